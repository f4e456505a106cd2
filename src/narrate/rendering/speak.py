"""What a worker does: one cue spoken and its take put on the shelf."""

from __future__ import annotations

import atexit
import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from narrate.audio import Audio
from narrate.cast import Voice
from narrate.engines.protocol import Engine
from narrate.errors import EngineError
from narrate.rendering.shelf import Shelf

Load = Callable[[str], Engine]
"""An engine by its name, as `narrate.engines.load`. Of a module's top level, so that it can be pickled."""


@dataclass(frozen=True, slots=True)
class Job:
    """One take to be made, as it is sent to a worker."""

    text: str  # as it is given to the engine
    voice: Voice
    key: str  # hex SHA-256
    folder: Path  # the shelf's
    load: Load


@dataclass(frozen=True, slots=True)
class Spoken:
    """What making a take came to. The audio itself is on the shelf, not here."""

    key: str  # hex SHA-256
    audio_s: float  # seconds of sound
    wall_s: float  # seconds it took
    cpu_s: float  # seconds of this process's processor time; an engine's subprocess is not counted
    doubt: str = ""  # why the take may be bad


def speak_take(job: Job) -> Spoken:
    """Speaks a cue and shelves it. Raises EngineError for what cannot be said, OutputError for the disk."""
    wall, cpu = time.perf_counter(), time.process_time()
    audio = _speak(_engine(job.load, job.voice.engine), job.text, job.voice)
    Shelf(job.folder).write(job.key, audio)
    return Spoken(
        job.key,
        audio.samples.size / audio.rate,
        time.perf_counter() - wall,
        time.process_time() - cpu,
    )


def _speak(engine: Engine, text: str, voice: Voice) -> Audio:
    try:
        audio = engine.speak(text, voice)
    except (EngineError, MemoryError):
        raise
    except Exception as error:  # an engine may be anybody's: one line for the user, the rest in the cause
        words = " ".join(str(error).split())
        raise EngineError(f"engine {voice.engine!r} failed: {type(error).__name__}: {words}") from error
    if not audio.samples.size or audio.rate <= 0:
        raise EngineError(f"engine {voice.engine!r} made no sound")
    if not np.isfinite(audio.samples).all():
        raise EngineError(f"engine {voice.engine!r} made samples that are no numbers")
    return audio


class _Loaded(threading.local):
    """The engines of this thread: loading a model takes seconds, and an engine belongs to one thread."""

    def __init__(self) -> None:
        self.engines: dict[tuple[Load, str], Engine] = {}


_loaded = _Loaded()


def _engine(load: Load, name: str) -> Engine:
    if (load, name) not in _loaded.engines:
        _loaded.engines[load, name] = load(name)
        atexit.register(_close, _loaded.engines[load, name])
    return _loaded.engines[load, name]


def _close(engine: Engine) -> None:
    with contextlib.suppress(Exception):  # the process is ending anyway
        engine.close()
