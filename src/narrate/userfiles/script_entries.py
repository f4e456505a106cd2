"""`story.script.yaml` in its pieces: the head, one entry a quote with the lines it was written in, the tail.

The lines are kept because the file is spliced, never written anew: what the user wrote stays as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, get_args

from narrate.errors import UserFileError
from narrate.nearest import meant
from narrate.script import Delivery, LineKind
from narrate.userfiles.cast_text import scalar
from narrate.userfiles.marks import Listing, Marked, Scalar, Table, parse

KINDS: tuple[LineKind, ...] = tuple(k for k in get_args(LineKind) if k not in ("title", "silent", "credits"))
"""What the user may call a quote."""

DELIVERIES: tuple[Delivery, ...] = get_args(Delivery)
"""How the user may have a quote said."""

_KEYS = ("says", "speaker", "kind", "delivery", "guess", "sure")
_LINES_KEY = re.compile(r"lines:[ \t]*(?:#.*)?")
_SCALAR = (
    r"'(?P<single>(?:[^'\r\n]|'')*)'"
    r"|\"(?P<double>(?:[^\"\\\r\n]|\\.)*)\""
    r"|(?P<plain>[^\W\d_](?:[\w .,'’&()-]*[\w.)])?)"
)
_PAIR = re.compile(rf"(?P<lead>[ ]*(?:- )?)(?P<key>{'|'.join(_KEYS)}): (?:{_SCALAR})[ ]*\r?")
_GUESS = re.compile(
    rf"(?:(?P<kind>{'|'.join(KINDS)}), )?(?P<name>.+?) \((?P<sure>\d{{1,3}}) %(?:, .*)?\)"
    r"(?P<said>(?:, [a-z]+)*)",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One quote's entry."""

    above: tuple[str, ...]  # blank lines and comments right above it
    lines: tuple[str, ...]  # its own lines
    says: str  # the quote's words
    speaker: str | None  # as the file has it, None where it has none
    kind: LineKind  # as the file has it; speech where it has none
    delivery: tuple[Delivery, ...] | None  # as the file has it, None where it has none
    guess: str | None  # ours, as the file has it
    sure: bool  # whether the user pinned it

    @property
    def guessed(self) -> tuple[LineKind, str] | None:
        """The kind and the speaker of our guess, None where the file has none that can be read."""
        found = _GUESS.fullmatch(self.guess) if self.guess is not None else None
        return (_kind(found["kind"]) or "speech", found["name"]) if found else None

    @property
    def guessed_delivery(self) -> tuple[Delivery, ...]:
        """How our guess has it said."""
        found = _GUESS.fullmatch(self.guess) if self.guess is not None else None
        return (_delivery(found["said"].removeprefix(", ")) or ()) if found and found["said"] else ()


@dataclass(frozen=True, slots=True)
class Pieces:
    """A whole file."""

    head: tuple[str, ...]  # up to the line `lines:`, with it
    entries: tuple[Entry, ...]
    tail: tuple[str, ...]  # after the last entry
    indent: str  # before each entry's dash


def pieces_of(text: str, path: Path) -> Pieces:
    """The file in its pieces. Raises UserFileError at file:line:column for what cannot be an entry."""
    lines = text.split("\n")
    return _as_we_write(lines) or _as_yaml(lines, parse(text, path))


def written(
    says: str, speaker: str, kind: LineKind, delivery: Sequence[Delivery], guess: str, indent: str
) -> tuple[str, ...]:
    """An entry's lines as we write them."""
    rows = [f"{indent}- says: {quoted(says)}", f"{indent}  speaker: {scalar(speaker)}"]
    if kind != "speech":
        rows.append(f"{indent}  kind: {kind}")
    if delivery:
        rows.append(f"{indent}  delivery: {', '.join(delivery)}")
    return (*rows, f"{indent}  guess: {quoted(guess)}")


def guess_of(
    kind: LineKind, speaker: str, probability: float, reason: str, delivery: Sequence[Delivery]
) -> str:
    """`Ana (93 %, "said Ana" follows), whispered`, with the kind before it where it is not speech."""
    named = kind != "speech" or speaker.startswith(tuple(f"{k}, " for k in KINDS))
    why = " ".join(reason.split())
    sure = f"{speaker} ({100 * probability:.0f} %{', ' + why if why else ''})"
    return ", ".join([kind, sure, *delivery] if named else [sure, *delivery])


def quoted(text: str) -> str:
    """`text` between the quote marks that it holds fewer of; one line, whatever it holds."""
    if not text.isprintable():
        return "".join(c if c.isprintable() else _escape(c) for c in json.dumps(text, ensure_ascii=False))
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def says_line(line: str, words: str) -> str | None:
    """An entry's first line with new words, None where the user has laid it out in another way."""
    pair = _PAIR.fullmatch(line)
    if pair is None or pair["key"] != "says":
        return None
    return f"{pair['lead']}says: {quoted(words)}" + ("\r" if line.endswith("\r") else "")


def _escape(c: str) -> str:
    return f"\\u{ord(c):04x}" if ord(c) <= 0xFFFF else f"\\U{ord(c):08x}"


def _kind(name: str | None) -> LineKind | None:
    return next((kind for kind in KINDS if kind == name), None)


def _delivery(text: str | None) -> tuple[Delivery, ...] | None:
    """`whispered, trailing` as deliveries; None where one of them is none."""
    words = [word.strip() for word in text.split(",")] if text else []
    known = tuple(one for word in words for one in DELIVERIES if one == word)
    return known if len(known) == len(words) else None


def _is_between(line: str) -> bool:
    """Whether the line may stand between entries: blank, or a comment at the margin."""
    return not line.strip() or line[0] == "#"


def _as_we_write(lines: Sequence[str]) -> Pieces | None:
    """The pieces of a file that is laid out as we do it, ten times faster than YAML; None for another."""
    first = next((k for k, line in enumerate(lines) if _LINES_KEY.fullmatch(line.rstrip())), None)
    if first is None or not all(_is_between(line) for line in lines[:first]):
        return None
    entries: list[Entry] = []
    above: list[str] = []
    own: list[str] = []
    waiting: list[str] = []
    values: dict[str, str] = {}
    indent: str | None = None
    for line in lines[first + 1 :]:
        if _is_between(line):
            waiting.append(line)
            continue
        pair = _PAIR.fullmatch(line)
        if pair is None:
            return None
        lead, key, value = pair["lead"], pair["key"], _value(pair)
        if lead.endswith("- "):
            if own:
                entries.append(_entry(above, own, values))
            elif entries or indent is not None:
                return None
            above, own, values = waiting, [], {}
            indent = lead[:-2] if indent is None else indent
        if value is None or key in values or indent is None or lead.replace("-", " ") != indent + "  ":
            return None
        if lead[:-2] == indent and lead.endswith("- ") and key != "says":
            return None
        own += [*(waiting if own else ()), line]
        waiting = []
        if (key == "kind" and _kind(value) is None) or (key == "sure" and value not in ("true", "false")):
            return None
        if key == "delivery" and _delivery(value) is None:
            return None
        values[key] = value
        if "says" not in values:
            return None
    if own:
        entries.append(_entry(above, own, values))
    return Pieces(tuple(lines[: first + 1]), tuple(entries), tuple(waiting), indent or "")


def _value(pair: re.Match[str]) -> str | None:
    """A scalar's text; None where only YAML can tell."""
    if pair["single"] is not None:
        return pair["single"].replace("''", "'")
    if pair["plain"] is not None:
        return None if pair["plain"].casefold() == "null" else pair["plain"]
    double = pair["double"]
    if "\\" not in double:
        return double
    try:
        return str(json.loads(f'"{double}"'))
    except ValueError:
        return None


def _entry(above: Sequence[str], own: Sequence[str], values: dict[str, str]) -> Entry:
    speaker = values["speaker"] if values.get("speaker", "").strip() else None
    kind = _kind(values.get("kind")) or "speech"
    delivery = _delivery(values["delivery"]) if "delivery" in values else None
    sure = values.get("sure") == "true"
    return Entry(tuple(above), tuple(own), values["says"], speaker, kind, delivery, values.get("guess"), sure)


def _as_yaml(lines: Sequence[str], marked: Marked) -> Pieces:
    """The pieces of any YAML that means the same."""
    for key in marked.table:
        if key != "lines":
            _refuse(f"unknown key {key!r}", marked.where([key], key=True), meant(key, ["lines"]))
    listing: Any = marked.table.get("lines")
    if listing is None or (isinstance(listing, Scalar) and listing.null):
        first = marked.mark(["lines"], key=True).line if "lines" in marked.table else len(lines)
        key_line = () if "lines" in marked.table else ("lines:",)
        head = [*lines[:first], *key_line]
        return Pieces(tuple(head), (), tuple(lines[first:]), "")
    if not isinstance(listing, Listing):
        _refuse("`lines` must be a list", marked.where(["lines"]), "begin each entry with `- says:`")
    if not listing:
        first = marked.mark(["lines"], key=True).line
        head = [*lines[: first - 1], "lines:"]
        return Pieces(tuple(head), (), tuple(lines[first:]), "")
    values = [_values(marked, k, entry) for k, entry in enumerate(listing)]
    starts = [_dash(lines, entry.mark.line - 1, marked) for entry in listing]
    entries: list[Entry] = []
    tops = [_top(lines, start) for start in starts]
    for k, start in enumerate(starts):
        end = tops[k + 1] if k + 1 < len(starts) else _top(lines, len(lines))
        above = lines[tops[k] : start] if k else lines[max(tops[0], _key_line(marked)) : start]
        entries.append(_entry(above, lines[start:end], values[k]))
    head_end = max(tops[0], _key_line(marked))
    indent = lines[starts[0]][: len(lines[starts[0]]) - len(lines[starts[0]].lstrip(" "))]
    return Pieces(tuple(lines[:head_end]), tuple(entries), tuple(lines[_top(lines, len(lines)) :]), indent)


def _key_line(marked: Marked) -> int:
    return marked.mark(["lines"], key=True).line


def _dash(lines: Sequence[str], line: int, marked: Marked) -> int:
    """The line on which an entry's dash stands."""
    while line > 0 and not lines[line].lstrip().startswith("-"):
        line -= 1
    if line < _key_line(marked):
        _refuse("entries in one line", marked.where(["lines"]), "give each a line that begins with `- says:`")
    return line


def _top(lines: Sequence[str], start: int) -> int:
    """The first of the blank lines and comments right above a line."""
    while start > 0 and _is_between(lines[start - 1]):
        start -= 1
    return start


def _values(marked: Marked, index: int, entry: Any) -> dict[str, str]:
    at: list[str | int] = ["lines", index]
    if not isinstance(entry, Table):
        _refuse("an entry must hold `key: value` lines", marked.where(at), "begin it with `- says:`")
    values: dict[str, str] = {}
    for key, value in entry.items():
        if key not in _KEYS:
            _refuse(f"unknown key {key!r}", marked.where([*at, key], key=True), meant(key, _KEYS))
        if not isinstance(value, Scalar):
            _refuse(f"`{key}` must be text", marked.where([*at, key]), "put quotes around it")
        if not value.null:
            values[key] = str(value)
    if "says" not in values:
        _refuse("`says` is missing", marked.where(at), "add the quote's words, or take the entry out")
    if _kind(values.get("kind", "speech")) is None:
        _refuse(
            f"`kind` cannot be {values['kind']!r}",
            marked.where([*at, "kind"]),
            meant(values["kind"], KINDS, listed=20),
        )
    for word in values["delivery"].split(",") if "delivery" in values else ():
        if word.strip() not in DELIVERIES:
            _refuse(
                f"`delivery` cannot be {word.strip()!r}",
                marked.where([*at, "delivery"]),
                meant(word.strip(), DELIVERIES, listed=40),
            )
    if values.get("sure", "true") not in ("true", "false"):
        _refuse("`sure` must be true or false", marked.where([*at, "sure"]), "write true, or take it out")
    return values


def _refuse(what: str, where: str, fix: str) -> NoReturn:
    raise UserFileError(what, where=where, fix=fix)
