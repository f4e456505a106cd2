"""What a worker does: one cue spoken, heard, and its take put on the shelf."""

from __future__ import annotations

import atexit
import contextlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from narrate.audio import Audio
from narrate.cast import Voice
from narrate.engines.protocol import Engine
from narrate.errors import EngineError
from narrate.rendering.gate import fault
from narrate.rendering.sentences import sentences
from narrate.rendering.shelf import Shelf
from narrate.rendering.timbre import colour

Load = Callable[[str], Engine]
"""An engine by its name, as `narrate.engines.load`. Of a module's top level, so that it can be pickled."""

_BREATH_MS = 150
_CLAUSE = re.compile(r"[,;:—–][”’\"']?\s+")
_GAP = re.compile(r"\s+")
_RESPELLED = re.compile(r"\[[^\[\]]*\]\(/[^/()]*/\)")  # [word](/phonemes/): never cut


@dataclass(frozen=True, slots=True)
class Job:
    """One take to be made, as it is sent to a worker."""

    text: str  # as it is given to the engine
    voice: Voice
    key: str  # hex SHA-256
    folder: Path  # the shelf's
    load: Load
    limits: tuple[float, float] | None = None  # seconds the take should last, where that is known
    breath: float = 0.0  # as in Manner: done to the take once it is found right
    edge: float = 0.0  # likewise, dB


@dataclass(frozen=True, slots=True)
class Spoken:
    """What making a take came to. The audio itself is on the shelf, not here."""

    key: str  # hex SHA-256
    audio_s: float  # seconds of sound
    wall_s: float  # seconds it took
    cpu_s: float  # seconds of this process's processor time; an engine's subprocess is not counted
    doubt: str = ""  # what is wrong with the take, where no attempt passed the gate


def speak_take(job: Job) -> Spoken:
    """Speaks a cue, listens to it and shelves it.

    A take that fails its gate is spoken again in other pieces; where none passes, the first is kept
    with its doubt. Raises EngineError for what cannot be said, OutputError for the disk.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    engine = _engine(job.load, job.voice.engine)
    audio = _speak(engine, job.text, job.voice)
    doubt = fault(job.text, audio, job.voice.speed, job.limits)
    if doubt and not getattr(engine, "speech", True):
        doubt = ""  # what is no speech cannot be judged as speech
    if doubt:
        for pieces in retakes(job.text):
            again = _retake(engine, pieces, job)
            if again is not None:
                audio, doubt = again, ""
                break
    audio = colour(audio, job.breath, job.edge)
    Shelf(job.folder).write(job.key, audio, doubt)
    return Spoken(
        job.key,
        audio.samples.size / audio.rate,
        time.perf_counter() - wall,
        time.process_time() - cpu,
        doubt,
    )


def retakes(text: str) -> Iterator[tuple[str, ...]]:
    """Other ways to hand the same words to an engine, at most two: in halves, and clause by clause.

    A single clause is cut between words, a single word gets another stop.
    """
    cuts = [end for _start, end in sentences(text)][:-1] or _cuts(_CLAUSE, text) or _cuts(_GAP, text)
    whole = [match.span() for match in _RESPELLED.finditer(text)]
    cuts = [cut for cut in cuts if not any(start < cut < end for start, end in whole)]
    middle = min(cuts, key=lambda cut: abs(2 * cut - len(text)), default=0)
    seen: set[tuple[str, ...]] = {(text.strip(),)}
    for chosen in ([middle], cuts):
        pieces: list[str] = []
        for start, end in pairwise([0, *chosen, len(text)]):
            piece = text[start:end].strip()
            if any(map(str.isalnum, piece)):
                pieces.append(piece)
        if len(pieces) == 1:
            pieces = [pieces[0].rstrip(".,;:!?…—– ") + "."]
        if pieces and tuple(pieces) not in seen:
            seen.add(tuple(pieces))
            yield tuple(pieces)


def _retake(engine: Engine, pieces: tuple[str, ...], job: Job) -> Audio | None:
    """The words spoken in these pieces; None where a piece, or the whole, fails the gate too."""
    takes = []
    for piece in pieces:
        try:
            take = _speak(engine, piece, job.voice)
        except EngineError:
            return None  # the first take is doubtful, but there
        if fault(piece, take, job.voice.speed):
            return None
        takes.append(take)
    whole = _joined(takes)
    return None if fault(job.text, whole, job.voice.speed, job.limits) else whole


def _cuts(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.end() for match in pattern.finditer(text) if match.end() < len(text)]


def _joined(takes: list[Audio]) -> Audio:
    """Pieces one after the other, with the breath between them that the engine was not asked for."""
    rate = takes[0].rate
    if any(take.rate != rate for take in takes):
        raise EngineError("an engine changed its sample rate from one piece to the next")
    breath = np.zeros(rate * _BREATH_MS // 1000, np.float32)
    parts = [part for take in takes for part in (take.samples, breath)]
    return Audio(np.concatenate(parts[:-1]), rate)


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
