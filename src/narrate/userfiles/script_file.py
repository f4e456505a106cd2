"""`story.script.yaml`: who says what, which the user may correct.

One entry a quote: its words, who says them, and our guess with its reason. What differs from the guess is
a correction; it wins on every later run, also after the story was edited. The file is spliced, never
written anew: what the user wrote in it, comments included, stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import fill

from narrate.script import (
    NARRATOR,
    QUOTE_KINDS,
    UNKNOWN,
    Character,
    Correction,
    Delivery,
    Line,
    LineKind,
    Script,
)
from narrate.userfiles.alignment import align, folded
from narrate.userfiles.script_entries import (
    DELIVERIES,
    KINDS,
    Entry,
    Pieces,
    guess_of,
    pieces_of,
    says_line,
    written,
)

CORRECTED = "you said so in the script file"
"""The reason of a line that the user corrected."""

_LISTED = QUOTE_KINDS | {"note"}
"""What the file lists: a paragraph that is wrongly taken for a note must not be skipped for good."""

_DELIVERIES = fill(
    ", ".join(DELIVERIES), 100, initial_indent="#             ", subsequent_indent="#             "
)
_HEAD = f"""\
# Who says what. Correct it here and run narrate again: only what changed is spoken anew.
#
#   says      the words, as in the story (they are never spoken from here)
#   speaker   change this to another name; a new name is a new character; {NARRATOR} reads it in the
#             narrator's voice
#   kind      what it is where it is not speech: {", ".join(k for k in KINDS if k not in ("speech",))}
#   delivery  how it is said where it is not plain; none is plain. One or several of:
{_DELIVERIES}
#   guess     what narrate thinks, how sure it is, and why; leave it as it is
#   sure      `sure: true` holds a guess that is right, should narrate ever change its mind
#
# A paragraph that is not listed, as of a letter, may be given to somebody too: add an entry with all of it.
# Your changes and comments stay, also when the story is edited. To undo one, delete its entry.
lines:"""
_CHAPTER = "# ----- "
_GONE = "# ----- not in the story any more: kept in case these words come back -----"


def render_script(script: Script, previous: str | None, path: Path = Path("script.yaml")) -> str:
    """The file's text for `script` as it was attributed, before any corrections were applied.

    `previous` is the text it has now (None: there is none): entries that the user touched stay as they are,
    the others follow the script, and what the user corrected in quotes that are gone goes to the end. The
    same script gives the same text. Raises UserFileError at `path`:line:column where `previous` is broken.
    """
    titles = _chapter_marks(script)
    if previous is None or not previous.strip():
        pieces = Pieces(tuple(_HEAD.split("\n")), (), ("",), "")
    else:
        pieces = pieces_of(previous, path)
    end = "\r" if pieces.head and pieces.head[0].endswith("\r") else ""
    touched = [_is_touched(entry, pieces.indent) for entry in pieces.entries]
    says = [entry.says for entry in pieces.entries]
    wanted = [k for k, is_touched in enumerate(touched) if is_touched]
    quotes = [script.lines[k] for k in _listed(script, [says[k] for k in wanted])]
    place = align(says, [line.text for line in quotes], wanted)
    at = {j: k for k, j in enumerate(place) if j >= 0}
    comments = _homeless_comments(pieces.entries, place, touched)
    out = list(pieces.head)
    if not quotes and not any(touched):
        out[-1] = f"lines: []{end}"
    chapter = -1
    for j, line in enumerate(quotes):
        mark = titles[line.chapter] if line.chapter != chapter else None
        chapter = line.chapter
        k = at.get(j)
        if k is None:
            out += [row + end for row in _above((), mark)]
            out += [row + end for row in _lines(line, pieces.indent)]
            continue
        entry = pieces.entries[k]
        out += comments.get(k, ())
        out += _above(entry.above, mark, end)
        if touched[k]:
            out += _with_words(entry, line.text)
        else:
            rows = _lines(line, pieces.indent)
            out += entry.lines if tuple(map(_bare, entry.lines)) == rows else [row + end for row in rows]
    gone = [entry for k, entry in enumerate(pieces.entries) if touched[k] and place[k] < 0]
    for n, entry in enumerate(gone):
        out += _above(entry.above, _GONE if n == 0 else None, end)
        out += entry.lines
    out += comments.get(len(pieces.entries), ())
    return "\n".join([*out, *pieces.tail])


def read_corrections(text: str, path: Path) -> tuple[Correction, ...]:
    """What the user corrected, in the file's order. UserFileError at file:line:column if it is broken."""
    entries = pieces_of(text, path).entries
    words = tuple(entry.says for entry in entries)
    seen: Counter[str] = Counter()
    corrections: list[Correction] = []
    for k, entry in enumerate(entries):
        speaker, kind = _corrected(entry)
        delivery = _said(entry)
        if speaker is not None or kind is not None or delivery is not None:
            before = words[k - 1] if k else ""
            after = words[k + 1] if k + 1 < len(words) else ""
            corrections.append(
                Correction(entry.says, seen[entry.says], before, after, speaker, kind, words, k, delivery)
            )
        seen[entry.says] += 1
    return tuple(corrections)


def apply_corrections(
    script: Script, corrections: Sequence[Correction]
) -> tuple[Script, tuple[Correction, ...]]:
    """The script with what the user said, and the corrections whose quotes are not in it.

    A speaker is found by name or alias, capitals aside; one who is not known is a new character. Characters
    who have no line left are gone.
    """
    places = _listed(script, [correction.text for correction in corrections])
    found = _places(corrections, [script.lines[k].text for k in places])
    lines = list(script.lines)
    names = _names(script.characters)
    unplaced: list[Correction] = []
    for correction, j in zip(corrections, found, strict=True):
        if j < 0:
            unplaced.append(correction)
            continue
        k = places[j]
        lines[k] = _correct(lines[k], correction, names)
    if lines == list(script.lines):
        return script, tuple(unplaced)
    return Script(tuple(lines), _characters(script, lines)), tuple(unplaced)


def _listed(script: Script, corrected: Collection[str]) -> list[int]:
    """The lines that the file lists: all quotes, and the narration whose words somebody was given there."""
    listed = [k for k, line in enumerate(script.lines) if line.kind in _LISTED]
    if not corrected:
        return listed
    wanted = {folded(words) for words in corrected} - {folded(script.lines[k].text) for k in listed}
    if not wanted:
        return listed
    narration = (k for k, line in enumerate(script.lines) if line.kind == "narration")
    return sorted([*listed, *(k for k in narration if folded(script.lines[k].text) in wanted)])


def _corrected(entry: Entry) -> tuple[str | None, LineKind | None]:
    """The speaker and the kind that the user settled, None for what was left alone."""
    guess = entry.guessed
    if guess is None:
        return entry.speaker, entry.kind if entry.kind != "speech" or entry.sure else None
    kind, speaker = guess
    return (
        entry.speaker if entry.speaker is not None and (entry.sure or entry.speaker != speaker) else None,
        entry.kind if entry.sure or entry.kind != kind else None,
    )


def _said(entry: Entry) -> tuple[Delivery, ...] | None:
    """The delivery that the user settled, None where it was left alone."""
    if entry.delivery is not None:
        return entry.delivery if entry.sure or entry.delivery != entry.guessed_delivery else None
    return () if entry.guessed_delivery and not entry.sure else None


def _is_touched(entry: Entry, indent: str) -> bool:
    """Whether the entry's lines are other than those we would write for its words and guess."""
    guess = entry.guessed
    if guess is None or entry.guess is None:
        return True
    kind, speaker = guess
    ours = written(entry.says, speaker, kind, entry.guessed_delivery, entry.guess, indent)
    return tuple(map(_bare, entry.lines)) != ours


def _bare(line: str) -> str:
    return line.removesuffix("\r")


def _lines(line: Line, indent: str) -> tuple[str, ...]:
    guess = guess_of(line.kind, line.speaker, line.probability, line.reason, line.delivery)
    return written(line.text, line.speaker, line.kind, line.delivery, guess, indent)


def _with_words(entry: Entry, words: str) -> tuple[str, ...]:
    """A touched entry's lines; the words follow the story, so that they are found again next time."""
    first = says_line(entry.lines[0], words) if entry.says != words else None
    return entry.lines if first is None else (first, *entry.lines[1:])


def _above(above: Sequence[str], mark: str | None, end: str = "") -> list[str]:
    """What stands above an entry: the user's lines as they are, and our own mark, if one belongs there."""
    ours = [line for line in above if _is_ours(line)]
    if above and [_bare(line) for line in ours] == ([mark] if mark else []):
        return list(above)
    users = [line for line in above if line.strip() and not _is_ours(line)]
    return ["" + end, *([mark + end, "" + end] if mark else []), *users]


def _is_ours(line: str) -> bool:
    return line.startswith(_CHAPTER)


def _homeless_comments(
    entries: Sequence[Entry], place: Sequence[int], touched: Sequence[bool]
) -> dict[int, list[str]]:
    """Comments above entries that go away, by the index of the next entry that stays."""
    found: dict[int, list[str]] = {}
    waiting: list[str] = []
    for k, entry in enumerate(entries):
        if place[k] >= 0:
            if waiting:
                found[k] = ["", *waiting]
            waiting = []
        elif not touched[k]:
            waiting += [line for line in entry.above if line.strip() and not _is_ours(line)]
    if waiting:
        found[len(entries)] = ["", *waiting]
    return found


def _chapter_marks(script: Script) -> dict[int, str]:
    """For each chapter the comment above its first entry: its headings, or its number."""
    titles: dict[int, list[str]] = {}
    for line in script.lines:
        heading = titles.setdefault(line.chapter, [])
        if line.kind == "title" and len(heading) < 4:
            heading.append(" ".join(line.text.split()))
    return {
        chapter: f"{_CHAPTER}{' / '.join(words)[:100] or f'chapter {chapter + 1}'} -----"
        for chapter, words in titles.items()
    }


def _places(corrections: Sequence[Correction], quotes: Sequence[str]) -> list[int]:
    """For each correction the index of its quote, or -1."""
    found = [-1] * len(corrections)
    by_file: dict[int, list[int]] = {}
    for n, correction in enumerate(corrections):
        if 0 <= correction.index < len(correction.file):
            by_file.setdefault(id(correction.file), []).append(n)
        else:
            found[n] = _by_neighbours(correction, quotes)
    for members in by_file.values():
        file = corrections[members[0]].file
        place = align(file, quotes, [corrections[n].index for n in members])
        for n in members:
            found[n] = place[corrections[n].index]
    return found


def _by_neighbours(correction: Correction, quotes: Sequence[str]) -> int:
    """The place of a correction whose file is not known: its words, then its neighbours, then its turn."""
    equal = [j for j, words in enumerate(quotes) if words == correction.text]

    def fit(turn: int) -> tuple[int, int]:
        j = equal[turn]
        same = (quotes[j - 1] if j else "") == correction.before
        same_after = (quotes[j + 1] if j + 1 < len(quotes) else "") == correction.after
        return same + same_after, -abs(turn - correction.occurrence)

    return equal[max(range(len(equal)), key=fit)] if equal else -1


def _names(characters: Sequence[Character]) -> dict[str, str]:
    """Every way to name a character, as it is and in small letters; names go before aliases."""
    names = {name: name for name in (NARRATOR, UNKNOWN, *(character.name for character in characters))}
    for name in list(names):
        names.setdefault(name.casefold(), name)
    for character in characters:
        for alias in character.aliases:
            names.setdefault(alias, character.name)
            names.setdefault(alias.casefold(), character.name)
    return names


def _correct(line: Line, correction: Correction, names: dict[str, str]) -> Line:
    if correction.delivery is not None:
        line = replace(line, delivery=correction.delivery)
    if correction.speaker is None and correction.kind is None:
        return line  # who says it is as sure as it was
    kind = correction.kind or line.kind
    if correction.speaker is not None:
        said = correction.speaker
        speaker = names.get(said) or names.setdefault(said.casefold(), said)
    else:
        speaker = NARRATOR if kind in ("narration", "note") else line.speaker
    if speaker == NARRATOR and kind in QUOTE_KINDS and correction.kind is None:
        kind = "narration"
    if speaker != NARRATOR and kind == "narration" and correction.kind is None:
        kind = "speech"
    return replace(line, kind=kind, speaker=speaker, probability=1.0, reason=CORRECTED)


def _characters(script: Script, lines: Sequence[Line]) -> tuple[Character, ...]:
    """Those who spoke before and still do, and the new ones, most words first."""
    words: Counter[str] = Counter()
    for line in lines:
        words[line.speaker] += len(line.text.split())
    spoke = {line.speaker for line in script.lines}
    known = {character.name for character in script.characters}
    kept = [c for c in script.characters if c.name in words or c.name not in spoke or c.narrates]
    new = [
        Character(name, evidence="named in the script file")
        for name in dict.fromkeys(line.speaker for line in lines)
        if name not in known | {NARRATOR, UNKNOWN, ""} and name not in spoke
    ]
    return tuple(sorted([*kept, *new], key=lambda character: -words[character.name]))
