"""The only slow step: every cue that has no take yet is spoken, and the take put on the shelf."""

from __future__ import annotations

import queue
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass

from narrate.cast import Voice
from narrate.errors import EngineError, NarrateError, OutputError
from narrate.rendering.cue import Cue
from narrate.rendering.executors import processors
from narrate.rendering.gate import unlike_peers
from narrate.rendering.progress import Meter, Progress
from narrate.rendering.shelf import Shelf
from narrate.rendering.speak import Job, Load, Spoken, speak_take

__all__ = ["Doubt", "Progress", "RenderFailed", "RenderReport", "render"]

_HOPELESS = 8
"""An engine that fails this often in a row before it has spoken once is not asked again."""
_TICK_S = 0.2  # how often a wait looks up: on Windows, how soon Ctrl-C is heard


@dataclass(frozen=True, slots=True)
class Doubt:
    """A take that did not pass its gate, tried again in other pieces or not."""

    line: int  # index into Script.lines
    text: str  # as it was given to the engine
    key: str  # hex SHA-256
    why: str  # what is wrong with it, in plain words


@dataclass(frozen=True, slots=True)
class RenderReport:
    """What a run of the renderer did."""

    spoken: tuple[str, ...]  # keys of the takes made in this run, in the order of the book
    reused: int  # how many takes were on the shelf already
    audio_s: float  # seconds of sound made
    cpu_s: float  # processor seconds the workers spent
    elapsed_s: float
    doubtful: tuple[Doubt, ...] = ()  # every take of this book that may be bad, made now or before


class RenderFailed(EngineError):
    """Some lines could not be spoken. All the others were, and their takes are kept."""

    lines: tuple[int, ...] = ()  # indices into Script.lines, in order


def render(
    cues: Sequence[Cue],
    shelf: Shelf,
    executor: Executor,
    load: Load,
    *,
    window: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    place: Callable[[int], str] = "line {}".format,
) -> RenderReport:
    """Makes the takes that the shelf lacks, each once, in the order of the book.

    `executor` runs the jobs, at most `window` at a time (by default twice the processors); where
    nothing is missing it is never used. `load` gives an engine by name, `place` says for a message
    where a line stands. A job whose worker dies is tried again with nothing beside it. A line that
    cannot be spoken stops no other: RenderFailed names it when all the rest is done. At the end the
    takes of each voice are compared, and one far from their pace is spoken again in other pieces.
    Raises OutputError where the shelf cannot be written. After Ctrl-C (KeyboardInterrupt), as after any
    error that stops the run, the executor's work is cancelled and what was finished is kept.
    """
    run = _Run(cues, shelf, executor, load, window or 2 * processors(), progress)
    try:
        run.speak(run.missing)
        run.compare()
    except _HopelessError:
        _stop(executor)
    except BaseException:
        _stop(executor)
        raise
    if run.failures:
        raise _failed(run.failures, place)
    return run.report()


class _HopelessError(Exception):
    """There is no sense in going on."""


class _Run:
    """The state of one call of `render`."""

    def __init__(
        self,
        cues: Sequence[Cue],
        shelf: Shelf,
        executor: Executor,
        load: Load,
        window: int,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.shelf, self.executor, self.load = shelf, executor, load
        self.window, self.progress = window, progress
        self.cues: dict[str, Cue] = {}  # by key, each once, in the order of the book
        lines_of: dict[str, set[int]] = defaultdict(set)
        for cue in cues:
            self.cues.setdefault(cue.key, cue)
            lines_of[cue.key].add(cue.line)
        self.order = {key: k for k, key in enumerate(self.cues)}
        self.missing: list[Cue] = []
        self.doubts: dict[str, str] = {}
        self.seconds: dict[str, float] = {}  # how long each take lasts
        for key, cue in self.cues.items():
            label = shelf.label(key)
            if label is None:
                self.missing.append(cue)
                continue
            self.seconds[key] = label.frames / label.rate
            if label.doubt:
                self.doubts[key] = label.doubt
        self.meter = Meter(self.missing, lines_of, len({cue.line for cue in cues}))
        self.spoken: set[str] = set()
        self.limits: dict[str, tuple[float, float]] = {}  # seconds that a take spoken again should last
        self.failures: list[tuple[Cue, BaseException]] = []
        self.flops: Counter[str] = Counter()  # failures in a row, by engine
        self.deaths = 0  # of workers, in a row
        self.death = ""  # how the last one died
        self.serial: dict[str, bool] = {}  # by engine: whether two workers must not use it at once
        self.finished: queue.SimpleQueue[tuple[Cue, Future[Spoken]]] = queue.SimpleQueue()

    def speak(self, cues: Sequence[Cue]) -> None:
        """Makes the takes of `cues`, in order."""
        if not cues:
            return
        self.shelf.sweep()
        self._tell()
        suspects = self._drain(cues, self.window)
        hopeless = self.deaths >= _HOPELESS
        for cue in suspects:
            # Alone, for it may have died of what was beside it; twice, for somebody may be killing workers.
            for _try in range(2):
                if not self._drain([cue], 1):
                    break
            else:
                self._fail(cue, EngineError(f"speaking it ends the worker ({self.death})"))
                if hopeless and not self.spoken:
                    raise _HopelessError

    def compare(self) -> None:
        """Speaks again, in other pieces, the takes whose pace is not that of their voice."""
        voices: dict[Voice, dict[str, tuple[str, float]]] = defaultdict(dict)
        for key, seconds in self.seconds.items():
            if key not in self.doubts:
                cue = self.cues[key]
                voices[cue.voice][key] = (cue.text, seconds * cue.manner.speed)
        for takes in voices.values():
            for key, (least, most) in unlike_peers(takes).items():
                speed = self.cues[key].manner.speed
                self.limits[key] = least / speed, most / speed
        self.speak([cue for key, cue in self.cues.items() if key in self.limits])

    def _drain(self, cues: Sequence[Cue], window: int) -> list[Cue]:
        """Runs jobs for all of `cues`, `window` at a time; the cues whose worker died."""
        lanes: dict[str, deque[Cue]] = defaultdict(deque)  # one for all, one for each engine that takes turns
        for cue in cues:
            lanes[self._lane(cue)].append(cue)
        busy: Counter[str] = Counter()
        suspects: list[Cue] = []
        flying = self.deaths = 0
        while flying or any(lanes.values()):
            while flying < window and self.deaths < _HOPELESS:
                free = [name for name, lane in lanes.items() if lane and not (name and busy[name])]
                if not free:
                    break
                name = min(free, key=lambda name: self.order[lanes[name][0].key])
                self._submit(lanes[name].popleft())
                busy[name] += 1
                flying += 1
            if not flying:  # workers die as fast as they start: find out whether one job can do it alone
                suspects.extend(cue for lane in lanes.values() for cue in lane)
                break
            cue, future = self._await()
            flying -= 1
            busy[self._lane(cue)] -= 1
            try:
                self._keep(cue, future.result())
                self.deaths = 0
            except BrokenExecutor as error:
                self.death = " ".join(str(error).split())
                suspects.append(cue)
                self.deaths += 1
            except OutputError:
                raise
            except Exception as error:
                self._fail(cue, error)
            self._tell()
        return suspects

    def _lane(self, cue: Cue) -> str:
        name = cue.voice.engine
        if name not in self.serial:
            engine = self.load(name)
            self.serial[name] = not engine.parallel
            engine.close()
        return name if self.serial[name] else ""

    def _submit(self, cue: Cue) -> None:
        limits, manner = self.limits.get(cue.key), cue.manner
        job = Job(
            cue.text, cue.given, cue.key, self.shelf.folder, self.load, limits, manner.breath, manner.edge
        )
        try:
            future = self.executor.submit(speak_take, job)
        except BrokenExecutor as error:
            raise EngineError(
                f"the workers cannot go on: {error}", fix="run again: what was spoken is kept"
            ) from error
        future.add_done_callback(lambda done: self.finished.put((cue, done)))

    def _await(self) -> tuple[Cue, Future[Spoken]]:
        while True:
            try:
                return self.finished.get(timeout=_TICK_S)
            except queue.Empty:
                continue

    def _keep(self, cue: Cue, spoken: Spoken) -> None:
        self.flops[cue.voice.engine] = 0
        self.spoken.add(cue.key)
        self.seconds[cue.key] = spoken.audio_s
        self.doubts.pop(cue.key, None)
        if spoken.doubt:
            self.doubts[cue.key] = spoken.doubt
        self.meter.made(cue, spoken)

    def _fail(self, cue: Cue, error: BaseException) -> None:
        engine = cue.voice.engine
        self.failures.append((cue, error))
        self.meter.failed(cue)
        self.flops[engine] += 1
        if self.flops[engine] >= _HOPELESS and engine not in self.meter.pace:
            raise _HopelessError

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.meter.read())

    def report(self) -> RenderReport:
        return RenderReport(
            spoken=tuple(key for key in self.cues if key in self.spoken),
            reused=len(self.cues) - len(self.missing),
            audio_s=self.meter.audio_s,
            cpu_s=self.meter.cpu_s,
            elapsed_s=self.meter.elapsed_s,
            doubtful=tuple(
                Doubt(cue.line, cue.text, key, self.doubts[key])
                for key, cue in self.cues.items()
                if key in self.doubts
            ),
        )


def _stop(executor: Executor) -> None:
    kill = getattr(executor, "kill", None)
    if callable(kill):
        kill()
    else:
        executor.shutdown(wait=False, cancel_futures=True)


def _failed(failures: Iterable[tuple[Cue, BaseException]], place: Callable[[int], str]) -> RenderFailed:
    ordered = sorted(failures, key=lambda failure: failure[0].line)
    cue, error = ordered[0]
    shown = cue.text if len(cue.text) <= 60 else cue.text[:57] + "..."
    why = error.what if isinstance(error, NarrateError) else f"{type(error).__name__}: {error}"
    others = len({other.line for other, _error in ordered} - {cue.line})
    more = f" (and {others} more line{'s' * (others > 1)})" if others else ""
    fix = (
        error.fix
        if isinstance(error, NarrateError) and error.fix
        else "say the word another way under `pronounce:` in the cast file, or choose another voice"
    )
    failed = RenderFailed(
        f"cannot speak {' '.join(shown.split())!r}: {' '.join(why.split())}{more}",
        where=place(cue.line),
        fix=f"{fix}, and run again: all the rest is kept",
    )
    failed.lines = tuple(sorted({other.line for other, _error in ordered}))
    return failed
