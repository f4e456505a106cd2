"""What the cast file says of the characters themselves, put into the script; and what it says in vain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from narrate.cast import NARRATORS_VOICE, Voice, VoiceInfo
from narrate.errors import UserFileError
from narrate.nearest import meant, near
from narrate.script import NARRATOR, UNKNOWN, Character, Line, Script
from narrate.userfiles.cast_choices import CastFile, CreditsChoice, Entry
from narrate.userfiles.cast_shape import NO_ENGINE, bare, fold
from narrate.userfiles.cast_text import short

SAID = "the cast file says so"


def amend(script: Script, cast: CastFile) -> Script:
    """The script with the characters as the cast file names them.

    An entry's `aliases` become that character: their lines are theirs. An entry that names a character
    by an alias of the story's renames them, so that their voice stays when attribution finds a fuller
    name. `gender` and `age` replace what attribution found. Lines keep their place and words.
    """
    renamed = _renamed(script, cast)
    merged: dict[str, Character] = {}
    for character in sorted(script.characters, key=lambda c: c.name in renamed):  # their own facts first
        name = renamed.get(character.name, character.name)
        if name != character.name:
            others = (character.name, *character.aliases)
            character = replace(character, name=name, aliases=tuple(a for a in others if a != name))
        merged[name] = _joined(merged[name], character) if name in merged else character
    for name, character in merged.items():
        merged[name] = _as_said(character, cast.characters.get(name, Entry()))
    if not renamed:
        return replace(script, characters=tuple(merged.values()))
    lines = tuple(
        replace(line, speaker=renamed[line.speaker]) if line.speaker in renamed else line
        for line in script.lines
    )
    words = Counter[str]()
    for line in lines:
        words[line.speaker] += len(line.text.split())
    order = sorted(merged.values(), key=lambda c: -words[c.name])  # stable: ties stay as they were
    return Script(lines, tuple(order))


def route(script: Script, cast: CastFile) -> Script:
    """The script with each kind of line given to whom the section `kinds:` gives it."""
    if not cast.kinds:
        return script

    def routed(line: Line) -> Line:
        match cast.kinds.get(line.kind):
            case "narrator":
                return replace(line, speaker=NARRATOR)
            case "skip":
                return replace(line, kind="silent", text="", speaker="", reason="skipped by the cast file")
            case _:
                return line

    return replace(script, lines=tuple(routed(line) for line in script.lines))


def check_voices(
    cast: CastFile, voices: Sequence[VoiceInfo], engines: Mapping[str, Collection[str] | None]
) -> None:
    """Raises UserFileError at the first engine, voice or engine option in the cast that does not exist.

    `voices` are all that there are here; `engines` has every installed engine with the names of its
    options (None: not known). The voices of an engine that lists none here are not judged: it may only
    be out of order, and `narrate doctor` says how to mend it.
    """
    listed: dict[str, list[str]] = {}
    for info in voices:
        listed.setdefault(info.engine, []).append(info.name)
    if cast.engine and cast.engine not in engines:
        raise UserFileError(
            f"no engine is called {cast.engine!r}",
            where=cast.engine_at,
            fix=meant(cast.engine, sorted(engines)),
        )
    chosen: tuple[Entry | CreditsChoice, ...] = (cast.narrator, *cast.characters.values(), cast.credits)
    for entry in chosen:
        voice = entry.voice
        if voice is not None and voice != NARRATORS_VOICE:
            _check(voice, entry, listed, engines)


def clashes(cast: CastFile, script: Script, voices: Sequence[VoiceInfo]) -> tuple[str, ...]:
    """A line for each entry whose gender the user gave, while its voice is of another.

    A boy may have a young woman's voice. `script` is the amended one.
    """
    genders = {(info.engine, info.name): info.gender for info in voices}
    people = {c.name: c for c in script.characters}
    notes = []
    for name, entry in cast.characters.items():
        if entry.voice is None or entry.gender not in ("female", "male") or name not in people:
            continue
        heard = genders.get((entry.voice.engine, entry.voice.name), "unknown")
        if heard not in ("female", "male") or heard == entry.gender or people[name].age == "child":
            continue
        notes.append(
            f"{entry.where}: {name!r} is {entry.gender}, but {short(entry.voice)} is a {heard} voice; "
            "take the voice out and another is chosen"
        )
    return tuple(notes)


def strangers(cast: CastFile, script: Script) -> tuple[str, ...]:
    """A line for each entry of the file itself that nobody in the (amended) story answers to.

    Those of a preset or of a series' cast are no strangers: a book need not have everybody.
    """
    speakers = {line.speaker for line in script.lines if line.speaker}
    known = {c.name for c in script.characters} | speakers
    answering = {fold(name) for name in known}
    aliases = {fold(a): name for name, entry in cast.characters.items() for a in entry.aliases}
    spoken = {fold(a) for c in script.characters for a in c.aliases}
    notes = []
    for name, entry in cast.characters.items():
        if name not in cast.own or fold(name) in answering:
            continue
        if fold(name) in aliases:
            owner = aliases[fold(name)]
            notes.append(f"{entry.where}: {name!r} is an alias of {owner!r}, so this entry is unused")
            continue
        if fold(name) in spoken or fold(name) == UNKNOWN:
            continue
        close = near(name, known - {NARRATOR, UNKNOWN})
        hint = f"; did you mean {close!r}?" if close else ""
        notes.append(f"{entry.where}: nobody in the story is called {name!r}{hint}")
    return tuple(notes)


def idle_aliases(cast: CastFile, script: Script) -> tuple[str, ...]:
    """A line for each alias in the file itself that nobody speaks under, and that the story does not have.

    `script` is the one before `amend`.
    """
    given = [
        (name, entry, alias, at)
        for name, entry in cast.characters.items()
        for alias, at in entry.aliases_at.items()
        if at.startswith(f"{cast.path}:")
    ]
    speaking = {bare(c.name) for c in script.characters}
    owners = {bare(alias): c.name for c in script.characters for alias in c.aliases}
    known = {name for c in script.characters for name in (c.name, *c.aliases)}
    notes = []
    for name, entry, alias, at in given:
        key = bare(alias)
        owner = owners.get(key, name)
        if key in speaking or key in map(bare, cast.characters):
            continue
        if bare(owner) != bare(name) and owner not in entry.aliases:
            notes.append(
                f"{at}: {alias!r} is another name of {owner!r}; if they are one, make {owner!r} the alias"
            )
        elif key not in owners and not any(key in fold(line.text) for line in script.lines):
            close = near(alias, known)
            notes.append(
                f"{at}: nobody in the story is called {alias!r}"
                + (f"; did you mean {close!r}?" if close else "")
            )
    return tuple(notes)


def _renamed(script: Script, cast: CastFile) -> dict[str, str]:
    """Each character of the script whose name becomes another, with that name."""
    names = {c.name for c in script.characters}
    by_fold = {fold(name): name for name in sorted(names)}
    by_alias: dict[str, str] = {}
    for character in script.characters:
        for alias in character.aliases:
            by_alias.setdefault(fold(alias), character.name)
    owner = {fold(a): name for name, entry in cast.characters.items() for a in entry.aliases}
    without = {bare(a): name for name, entry in cast.characters.items() for a in entry.aliases}
    entries = {fold(name) for name in cast.characters}
    renamed: dict[str, str] = {}
    for name in sorted(names):  # an alias that the story has as a character of its own
        target = owner.get(fold(name))
        if target is None and fold(name) not in entries:
            target = without.get(bare(name))
        steps = 0
        while target is not None and fold(target) in owner and steps < len(owner):
            target, steps = owner[fold(target)], steps + 1
        if target is not None and target != name:
            renamed[name] = target
    for name in cast.characters:  # an entry by another name than the story's fullest, or spelt otherwise
        if name in names or fold(name) in owner:
            continue
        found = by_fold.get(fold(name)) or by_alias.get(fold(name))
        if found is not None and found not in renamed and found not in cast.characters:
            renamed[found] = name
    for old, new in renamed.items():  # where the target was renamed in its turn
        renamed[old] = renamed.get(new, new)
    return {old: new for old, new in renamed.items() if old != new}


def _joined(one: Character, other: Character) -> Character:
    """Two who are one: what the first does not know, the second may."""
    names = dict.fromkeys((*one.aliases, *(a for a in (other.name, *other.aliases) if a != one.name)))
    return Character(
        one.name,
        tuple(names),
        one.gender if one.gender != "unknown" else other.gender,
        one.age if one.age != "unknown" else other.age,
        one.evidence or other.evidence,
        one.narrates or other.narrates,
    )


def _as_said(character: Character, entry: Entry) -> Character:
    given = {alias for alias in entry.aliases if alias != character.name}
    aliases = dict.fromkeys((*character.aliases, *sorted(given)))
    changed = entry.gender not in (None, character.gender) or entry.age not in (None, character.age)
    return replace(
        character,
        aliases=tuple(aliases),
        gender=entry.gender or character.gender,
        age=entry.age or character.age,
        evidence=SAID if changed else character.evidence,
    )


def _check(
    voice: Voice,
    entry: Entry | CreditsChoice,
    listed: Mapping[str, list[str]],
    engines: Mapping[str, Collection[str] | None],
) -> None:
    where = entry.voice_at
    if voice.engine == NO_ENGINE:
        raise UserFileError(
            f"no voice is called {voice.name!r}", where=where, fix=_with_engine(voice, listed)
        )
    if voice.engine not in engines:
        raise UserFileError(
            f"no engine is called {voice.engine!r}", where=where, fix=meant(voice.engine, sorted(engines))
        )
    names = listed.get(voice.engine)
    if names and voice.name not in names:
        raise UserFileError(
            f"engine {voice.engine!r} has no voice {voice.name!r}", where=where, fix=meant(voice.name, names)
        )
    options = engines[voice.engine]
    for option, _ in voice.options:
        if options is not None and option not in options:
            fix = meant(option, sorted(options)) if options else "take it out: this engine has no options"
            raise UserFileError(
                f"engine {voice.engine!r} has no option {option!r}",
                where=entry.options_at.get(option, where),
                fix=fix,
            )


def _with_engine(voice: Voice, listed: Mapping[str, list[str]]) -> str:
    """The fix for a voice without its engine: the nearest there is, in full."""
    full = {name: f"{engine}/{name}" for engine in sorted(listed) for name in listed[engine]}
    close = voice.name if voice.name in full else near(voice.name, full)
    return f"did you mean {full[close]!r}?" if close else "write engine/name, as `narrate voices` lists them"
