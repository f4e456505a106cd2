"""Which character has which voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from narrate.script import NARRATOR, Age, Gender

Option = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Voice:
    """An engine's voice with its settings: all that decides how a text sounds."""

    engine: str  # an entry point of `narrate.engines`
    name: str  # one of that engine's voices
    speed: float = 1.0  # 1.0 is the voice's own pace; 0.5 to 2.0
    pitch: float = 0.0  # semitones, -12 to 12
    gain: float = 0.0  # dB, applied when takes are stitched, so changing it speaks nothing again
    options: tuple[tuple[str, Option], ...] = ()  # what only this engine knows, sorted by name


NARRATORS_VOICE = Voice("", NARRATOR)
"""What a cast file's `voice: narrator` says: whichever voice the narrator has. Casting puts it in place."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One voice as an engine or a catalogue lists it."""

    engine: str
    name: str
    gender: Gender = "unknown"
    age: Age = "unknown"
    language: str = "en"  # BCP 47, with the accent as its region: en-US, en-GB
    description: str = ""  # what a listener hears: "warm, close, unhurried"
    quality: float = 0.5  # 0 to 1, how glad a listener is of it; casting prefers higher
    base: str = ""  # for a variant: the voice it is made from
    voice: Voice | None = None  # the settings that make it; None: plain `name`
    unlike: Mapping[str, float] = field(default_factory=dict)  # other voice -> distance, 0 same, 1 far


@dataclass(frozen=True, slots=True)
class Role:
    """One character's entry in the cast."""

    character: str  # a character of the script, or NARRATOR
    voice: Voice
    why: str = ""  # why casting chose it, in plain words


@dataclass(frozen=True, slots=True)
class Cast:
    """A voice for everybody. The narrator's role is always there."""

    roles: Mapping[str, Role]  # by character
