"""What a user says of a cast, as values; and one file laid over another that it extends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from narrate.cast import Voice
from narrate.script import NARRATOR, Age, Gender, LineKind
from narrate.userfiles.cast_shape import Profile, fold

Spoken = Literal["speaker", "narrator", "skip"]
"""By whom a kind of line is spoken: whoever says it, the narrator, or nobody."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the user says of one character, or of the narrator."""

    voice: Voice | None = None  # None leaves the choice to casting; NARRATORS_VOICE follows the narrator
    gender: Gender | None = None  # None leaves it to attribution
    age: Age | None = None  # None leaves it to attribution
    aliases: tuple[str, ...] = ()  # other names in the story that are this character
    pronounce: Mapping[str, str] = field(default_factory=dict)  # in this character's mouth only
    delivery: str | float | None = None  # how much is made of how they say it; None as for the whole cast
    why: str = ""  # where narrate chose the voice: why, as the comment above says
    where: str = ""  # file:line:column of the entry
    voice_at: str = ""  # file:line:column of its voice
    options_at: Mapping[str, str] = field(default_factory=dict, compare=False)  # option -> likewise
    aliases_at: Mapping[str, str] = field(default_factory=dict, compare=False)  # alias -> likewise
    said_at: Mapping[str, str] = field(default_factory=dict, compare=False)  # word -> where it is told


@dataclass(frozen=True, slots=True)
class CreditsChoice:
    """What the user says of the credits."""

    opening: bool | str | None = None  # on, off, or their own text; None leaves it to the profile
    closing: bool | str | None = None  # likewise
    voice: Voice | None = None  # None: the narrator's
    voice_at: str = ""  # file:line:column of that
    options_at: Mapping[str, str] = field(default_factory=dict, compare=False)  # option -> likewise
    produced_with: bool | None = None  # whether narrate is named; None: no


@dataclass(frozen=True, slots=True)
class CastFile:
    """A cast file with all that it extends."""

    path: Path
    narrator: Entry = Entry()
    characters: Mapping[str, Entry] = field(default_factory=dict)  # in order, this file's own first
    own: frozenset[str] = frozenset()  # the characters that stand in this file itself
    engine: str = ""  # from which casting takes every voice that is not chosen; "" leaves it to casting
    engine_at: str = ""  # file:line:column of that
    accent: str = ""  # BCP 47 language and region that casting prefers: en-GB
    delivery: str | float | None = None  # how much is made of how lines are said: a Strength, or 0 to 1
    pacing: Mapping[str, float] = field(default_factory=dict)  # pauses, as mastering names them
    pronounce: Mapping[str, str] = field(default_factory=dict)  # word -> respelling or /IPA/
    said_at: Mapping[str, str] = field(default_factory=dict, compare=False)  # word -> file:line:column
    kinds: Mapping[LineKind, Spoken] = field(default_factory=dict)  # only those the user set
    credits: CreditsChoice = CreditsChoice()
    foreign: str = ""  # "own": lines in another language stay in their speaker's voice; else "native" or ""
    profile: Profile | None = None
    output: str = ""  # where the book goes, as `-o` takes it, from the folder of the file that says so
    output_at: str = ""  # file:line:column of that
    extends: tuple[Path, ...] = ()  # every other file that was read, nearest first

    def chosen(self) -> Mapping[str, Voice]:
        """The voices that the user fixed, by character; the narrator under NARRATOR."""
        voices = {name: entry.voice for name, entry in self.characters.items() if entry.voice is not None}
        if self.narrator.voice is not None:
            voices[NARRATOR] = self.narrator.voice
        return MappingProxyType(voices)

    def whys(self) -> Mapping[str, str]:
        """Why those have their voices whom narrate cast, and whose voices the user left as they were."""
        whys = {name: entry.why for name, entry in self.characters.items() if entry.why}
        return whys | ({NARRATOR: self.narrator.why} if self.narrator.why else {})


def laid_over(own: CastFile, base: CastFile) -> CastFile:
    """`own` laid over what it extends, entry by entry."""
    characters = dict(own.characters)
    spelt = {fold(name): name for name in characters}
    for name, entry in base.characters.items():
        if name not in characters:
            name = spelt.get(fold(name), name)
        characters[name] = _entry_over(characters[name], entry) if name in characters else entry
    return replace(
        own,
        narrator=_entry_over(own.narrator, base.narrator),
        characters=characters,
        engine=own.engine or base.engine,
        engine_at=own.engine_at or base.engine_at,
        accent=own.accent or base.accent,
        delivery=base.delivery if own.delivery is None else own.delivery,
        pacing={**base.pacing, **own.pacing},
        pronounce={**base.pronounce, **own.pronounce},
        said_at={**base.said_at, **own.said_at},
        kinds={**base.kinds, **own.kinds},
        credits=_credits_over(own.credits, base.credits),
        foreign=own.foreign or base.foreign,
        profile=own.profile or base.profile,
        output=own.output or base.output,
        output_at=own.output_at or base.output_at,
        extends=(base.path, *base.extends),
    )


def _credits_over(own: CreditsChoice, base: CreditsChoice) -> CreditsChoice:
    voice = own if own.voice is not None else base
    return CreditsChoice(
        base.opening if own.opening is None else own.opening,
        base.closing if own.closing is None else own.closing,
        voice.voice,
        voice.voice_at,
        voice.options_at,
        base.produced_with if own.produced_with is None else own.produced_with,
    )


def _entry_over(own: Entry, base: Entry) -> Entry:
    return Entry(
        voice=own.voice or base.voice,
        why=own.why if own.voice else base.why,
        gender=own.gender or base.gender,
        age=own.age or base.age,
        aliases=tuple(dict.fromkeys((*own.aliases, *base.aliases))),
        aliases_at={**base.aliases_at, **own.aliases_at},
        pronounce={**base.pronounce, **own.pronounce},
        delivery=base.delivery if own.delivery is None else own.delivery,
        where=own.where if own != Entry(where=own.where, voice_at=own.voice_at) else base.where,
        voice_at=own.voice_at if own.voice else base.voice_at,
        options_at=own.options_at if own.voice else base.options_at,
        said_at={**base.said_at, **own.said_at},
    )
