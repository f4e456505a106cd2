"""What an engine is. `docs/write-an-engine.md` builds one in 40 lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from narrate.audio import Audio
from narrate.cast import Voice, VoiceInfo

GROUP = "narrate.engines"
"""The entry-point group; an entry's name is the engine's name, its object a factory taking nothing."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether an engine can speak here."""

    ok: bool
    detail: str  # one line: version and models, or what is missing
    fix: str = ""  # the one line that mends it, where `ok` is false


@runtime_checkable
class Engine(Protocol):
    """Speaks text in one of its voices.

    Making an engine is cheap: models load on the first `speak`, in the worker process that calls
    it. An instance is used by one thread. The same text and voice give the same samples, byte for
    byte, in every process of one machine.

    An engine whose sound is no speech (Morse code) has `speech = False` besides: its takes are not judged
    by how long words take to say.
    """

    name: str
    """The entry point's name."""

    options: frozenset[str]
    """The names that `Voice.options` may hold for this engine."""

    parallel: bool
    """Whether several worker processes may speak at once (the system's own voices may not)."""

    def version(self) -> str:
        """What of engine and model is audible (versions, hashes): part of every key. Cheap."""
        ...

    def voices(self) -> Sequence[VoiceInfo]:
        """Every voice it has here, in a fixed order. Raises EngineError where it cannot work."""
        ...

    def health(self) -> Health:
        """Whether it can speak here; never raises."""
        ...

    def speak(self, text: str, voice: Voice) -> Audio:
        """The whole text spoken, however long. Raises EngineError for what it cannot say.

        `voice.speed` and `voice.pitch` are heeded, `voice.gain` is not (stitching applies it).
        """
        ...

    def close(self) -> None:
        """Lets models and subprocesses go; may be called twice."""
        ...
