"""`story.cast.yaml`: who has which voice, as the user wants it.

    extend: british                    # a preset, or another cast file: ../series.cast.yaml
    narrator: {voice: hibari/heart}
    characters:
      Kylo: kokoro/am_onyx             # engine/name; a mapping says more:
      Rey: {voice: kokoro/bf_emma, speed: 0.95, aliases: [the scavenger], gender: female}

What a file leaves out comes from the one it extends, entry by entry; a voice is taken whole.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from narrate.cast import NARRATORS_VOICE, Option, Voice
from narrate.errors import UserFileError
from narrate.nearest import meant, near
from narrate.script import NARRATOR, UNKNOWN, LineKind
from narrate.shipped import voices_folder
from narrate.userfiles.cast_choices import CastFile, CreditsChoice, Entry, Spoken, laid_over
from narrate.userfiles.cast_shape import (
    CharacterShape,
    CreditsShape,
    EntryShape,
    FileShape,
    Settings,
    fold,
    one_line,
)
from narrate.userfiles.cast_text import chosen_above, short
from narrate.userfiles.marks import Marked, load
from narrate.userfiles.strict import validate

MAX_EXTENDS = 10  # files in a chain of `extend:`


def read_cast(path: Path) -> CastFile:
    """Reads a cast file and what it extends. Raises UserFileError at file:line:column."""
    return _read(path, ())


def presets() -> tuple[str, ...]:
    """The names of the shipped casts that `extend:` takes."""
    return tuple(sorted(p.stem for p in (voices_folder() / "presets").glob("*.yaml")))


def preset_path(name: str) -> Path:
    """The file of a shipped preset. Raises UserFileError naming the nearest."""
    if name not in presets():
        raise UserFileError(f"no preset is called {name!r}", fix=meant(name, presets()))
    return voices_folder() / "presets" / f"{name}.yaml"


def _read(path: Path, above: tuple[Path, ...]) -> CastFile:
    marked = load(path)
    read = validate(FileShape, marked)
    rows = marked.text.split("\n")
    own = CastFile(
        path=path,
        narrator=_entry(read.narrator, marked, rows, ("narrator",)),
        characters={
            _name(name): _entry(entry, marked, rows, ("characters", name))
            for name, entry in read.characters.items()
        },
        own=frozenset(_name(name) for name in read.characters),
        engine=read.engine or "",
        engine_at=marked.where(("engine",)) if read.engine else "",
        accent=read.accent or "",
        delivery=read.delivery,
        pacing=read.pacing.model_dump(exclude_none=True),
        pronounce=read.pronounce,
        said_at={word: marked.where(("pronounce", word)) for word in read.pronounce},
        kinds=cast(Mapping[LineKind, Spoken], read.kinds.model_dump(exclude_none=True)),
        credits=_credits(read.credits, marked),
        foreign=read.foreign or "",
        profile=read.profile,
        output=_place(read.output, path) if read.output else "",
        output_at=marked.where(("output",)) if read.output else "",
    )
    _aliases_once(own)
    if read.extend is None:
        return own
    where = marked.where(("extend",))
    base = _extended(read.extend, path, where)
    chain = (*above, path)
    if any(_same(base, earlier) for earlier in chain):
        raise UserFileError(f"`extend` leads back to {base.name}", where=where, fix="take one `extend:` out")
    if len(chain) > MAX_EXTENDS:
        raise UserFileError(f"more than {MAX_EXTENDS} files extend each other", where=where)
    return laid_over(own, _read(base, chain))


def _entry(read: EntryShape, marked: Marked, rows: Sequence[str], place: tuple[str, ...]) -> Entry:
    """An entry; `rows` are the file's lines, whose comments say what narrate itself chose."""
    mark = marked.mark(place, key=True)
    where = marked.at(mark)
    voice = None
    if read.voice is not None and read.voice.follows_narrator:
        voice = NARRATORS_VOICE
    elif read.voice is not None:
        voice = _set(_set(Voice(read.voice.engine, read.voice.name), read.voice), read)
    settings = [key for key in Settings.model_fields if getattr(read, key) is not None]
    if voice is None and settings:
        raise UserFileError(
            f"{settings[0]!r} without a voice",
            where=marked.where((*place, settings[0]), key=True),
            fix="add `voice: engine/name`",
        )
    chosen, why = chosen_above(rows, mark.line) if voice is not None else ("", "")
    entry = Entry(
        voice=voice,
        why=why if voice is not None and chosen == short(voice) else "",
        pronounce=read.pronounce,
        delivery=read.delivery,
        where=where,
        voice_at=marked.where((*place, "voice")) if voice is not None else where,
        options_at=_options_at(marked, (*place, "voice"), read.voice) | _options_at(marked, place, read),
        said_at={word: marked.where((*place, "pronounce", word)) for word in read.pronounce},
    )
    if isinstance(read, CharacterShape):
        places = {a: marked.where((*place, "aliases", k)) for k, a in enumerate(read.aliases)}
        entry = replace(entry, gender=read.gender, age=read.age, aliases=read.aliases, aliases_at=places)
    return entry


def _credits(read: CreditsShape, marked: Marked) -> CreditsChoice:
    voice = read.voice
    chosen = None
    if voice is not None and not voice.follows_narrator:
        chosen = _set(Voice(voice.engine, voice.name), voice)
    voice_at = marked.where(("credits", "voice")) if chosen is not None else ""
    options_at = _options_at(marked, ("credits", "voice"), voice)
    return CreditsChoice(read.opening, read.closing, chosen, voice_at, options_at, read.produced_with)


def _options_at(marked: Marked, place: tuple[str, ...], settings: Settings | None) -> dict[str, str]:
    """Where each option stands."""
    named = (settings.options or {}) if settings is not None else {}
    return {option: marked.where((*place, "options", option), key=True) for option in named}


def _set(voice: Voice, settings: Settings) -> Voice:
    if settings.speed is not None:
        voice = replace(voice, speed=settings.speed)
    if settings.pitch is not None:
        voice = replace(voice, pitch=settings.pitch)
    if settings.gain is not None:
        voice = replace(voice, gain=settings.gain)
    if settings.options is not None:
        options: dict[str, Option] = {**dict(voice.options), **settings.options}
        voice = replace(voice, options=tuple(sorted(options.items())))
    return voice


def _name(name: str) -> str:
    return UNKNOWN if fold(name) == UNKNOWN else one_line(name)


def _aliases_once(own: CastFile) -> None:
    """Two entries may not claim one name, and none may claim the narrator's."""
    owners: dict[str, str] = {}
    for name, entry in own.characters.items():
        for alias in entry.aliases:
            folded = fold(alias)
            if folded in (NARRATOR, UNKNOWN):
                raise UserFileError(
                    f"{alias!r} cannot be an alias",
                    where=entry.where,
                    fix="correct speakers in the script file",
                )
            if owners.setdefault(folded, name) != name:
                raise UserFileError(
                    f"{alias!r} is an alias of {owners[folded]!r} and of {name!r}",
                    where=entry.where,
                    fix="keep one of them",
                )
    for name in own.characters:
        owner, steps = owners.get(fold(name)), 0
        while owner is not None and owner != name and steps < len(owners):
            owner, steps = owners.get(fold(owner)), steps + 1
        if owner == name and steps:
            other = owners[fold(name)]
            raise UserFileError(
                f"{name!r} and {other!r} are aliases of each other",
                where=own.characters[name].where,
                fix="take one alias out",
            )


def _place(output: str, path: Path) -> str:
    """`output` from the folder of the cast file `path`; the slash at its end, which means a folder, stays."""
    place = str(path.parent / Path(output).expanduser())
    return place + "/" if output.endswith(("/", os.sep)) else place


def _extended(name: str, path: Path, where: str) -> Path:
    """A path has a slash or a suffix; anything else is a preset."""
    if "/" not in name and "\\" not in name and not name.endswith((".yaml", ".yml")):
        try:
            return preset_path(name)
        except UserFileError as error:
            raise UserFileError(error.what, where=where, fix=error.fix) from None
    base = path.parent / Path(name).expanduser()
    if base.is_file():
        return base
    try:
        beside = [p.name for p in base.parent.iterdir() if p.suffix in (".yaml", ".yml")]
    except OSError:
        beside = []
    close = near(base.name, beside)
    fix = (
        f"did you mean {str(Path(name).with_name(close))!r}?"
        if close
        else "paths start at this file's folder"
    )
    raise UserFileError(f"there is no file {name!r} to extend", where=where, fix=fix)


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
