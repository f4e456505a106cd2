"""The only slow step: every cue that has no take yet is spoken, and the take put on the shelf."""

from __future__ import annotations

import queue
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass

from narrate.errors import EngineError, NarrateError, OutputError
from narrate.rendering.cue import Cue
from narrate.rendering.executors import processors
from narrate.rendering.shelf import Shelf
from narrate.rendering.speak import Job, Load, Spoken, speak_take

_HOPELESS = 8
"""An engine that fails this often in a row before it has spoken once is not asked again."""
_TICK_S = 0.2  # how often a wait looks up: on Windows, how soon Ctrl-C is heard


@dataclass(frozen=True, slots=True)
class Progress:
    """How far rendering is. Lines whose takes were all on the shelf count as done from the start."""

    lines: int  # lines of the script whose takes are all there
    lines_total: int
    cues: int  # takes made in this run
    cues_total: int  # takes to be made in this run
    audio_s: float  # seconds of sound made in this run
    elapsed_s: float  # since it began
    eta_s: float | None  # seconds still to go, None while nothing is known

    @property
    def realtime(self) -> float:
        """Real-time factor: seconds of sound made in a second."""
        return self.audio_s / self.elapsed_s if self.elapsed_s > 0 else 0.0


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
    where a line stands. A job whose worker dies is tried once more with nothing beside it. A line that
    cannot be spoken stops no other: RenderFailed names it when all the rest is done. Raises OutputError
    where the shelf cannot be written. After Ctrl-C (KeyboardInterrupt), as after any error that stops
    the run, the executor's work is cancelled and what was finished is kept.
    """
    run = _Run(cues, shelf, executor, load, window or 2 * processors(), progress)
    if run.missing:
        try:
            run.all()
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
        self.start = time.monotonic()
        self.shelf, self.executor, self.load = shelf, executor, load
        self.window, self.progress = window, progress
        self.first: dict[str, Cue] = {}  # by key, in the order of the book
        self.lines_of: dict[str, set[int]] = defaultdict(set)
        for cue in cues:
            self.first.setdefault(cue.key, cue)
            self.lines_of[cue.key].add(cue.line)
        self.missing: list[Cue] = []
        self.doubts: dict[str, str] = {}
        for key, cue in self.first.items():
            label = shelf.label(key)
            if label is None:
                self.missing.append(cue)
            elif label.doubt:
                self.doubts[key] = label.doubt
        self.open: Counter[int] = Counter(line for cue in self.missing for line in self.lines_of[cue.key])
        self.lines_total = len({cue.line for cue in cues})
        self.lines_open = len(self.open)
        self.audio_s = self.cpu_s = 0.0
        self.done: dict[str, Spoken] = {}
        self.failures: list[tuple[Cue, BaseException]] = []
        self.left: Counter[str] = Counter()  # characters still to speak, by engine
        self.pace: dict[str, tuple[int, float]] = {}  # characters spoken and seconds it took, by engine
        self.flops: Counter[str] = Counter()  # failures in a row, by engine
        self.death = ""  # how the last worker that died did
        self.finished: queue.SimpleQueue[tuple[Cue, Future[Spoken]]] = queue.SimpleQueue()

    def all(self) -> None:
        self.shelf.sweep()
        lanes: dict[str, deque[Cue]] = defaultdict(deque)  # one for each engine that takes turns
        serial = self._serial({cue.voice.engine for cue in self.missing})
        for cue in self.missing:
            self.left[cue.voice.engine] += len(cue.text)
            lanes[cue.voice.engine if cue.voice.engine in serial else ""].append(cue)
        self._tell()
        for cue in self._drain(lanes, self.window):
            # Alone, for it may have died of what was beside it; twice, for somebody may be killing workers.
            for _try in range(2):
                if not self._drain({"": deque([cue])}, 1):
                    break
            else:
                self._fail(cue, EngineError(f"speaking it ends the worker ({self.death})"))

    def _drain(self, lanes: dict[str, deque[Cue]], window: int) -> list[Cue]:
        """Runs all that is in `lanes`; the cues whose worker died."""
        order = {cue.key: k for k, cue in enumerate(self.missing)}
        busy: Counter[str] = Counter()
        lane_of: dict[str, str] = {}
        suspects: list[Cue] = []
        flying = deaths = 0
        while flying or any(lanes.values()):
            while flying < window:
                free = [n for n, lane in lanes.items() if lane and not (n and busy[n])]
                if not free or deaths >= _HOPELESS:
                    break
                name = min(free, key=lambda n: order[lanes[n][0].key])
                cue = lanes[name].popleft()
                lane_of[cue.key] = name
                busy[name] += 1
                flying += 1
                self._submit(cue)
            if not flying:  # workers die as fast as they start: find out whether one job can do it alone
                suspects.extend(cue for lane in lanes.values() for cue in lane)
                break
            cue, future = self._await()
            flying -= 1
            busy[lane_of[cue.key]] -= 1
            try:
                self._keep(cue, future.result())
                deaths = 0
            except BrokenExecutor as error:
                self.death = " ".join(str(error).split())
                suspects.append(cue)
                deaths += 1
            except OutputError:
                raise
            except Exception as error:
                self._fail(cue, error)
            self._tell()
        return suspects

    def _submit(self, cue: Cue) -> None:
        job = Job(cue.text, cue.voice, cue.key, self.shelf.folder, self.load)
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
        engine = cue.voice.engine
        self.done[cue.key] = spoken
        self.flops[engine] = 0
        if spoken.doubt:
            self.doubts[cue.key] = spoken.doubt
        characters, seconds = self.pace.get(engine, (0, 0.0))
        self.pace[engine] = (characters + len(cue.text), seconds + spoken.wall_s)
        self.left[engine] -= len(cue.text)
        self.audio_s += spoken.audio_s
        self.cpu_s += spoken.cpu_s
        for line in self.lines_of[cue.key]:
            self.open[line] -= 1
            self.lines_open -= self.open[line] == 0

    def _fail(self, cue: Cue, error: BaseException) -> None:
        engine = cue.voice.engine
        self.failures.append((cue, error))
        self.left[engine] -= len(cue.text)
        self.flops[engine] += 1
        if self.flops[engine] >= _HOPELESS and engine not in self.pace:
            raise _HopelessError

    def _serial(self, engines: set[str]) -> set[str]:
        """The engines that must not speak in two workers at once."""
        serial = set()
        for name in engines:
            engine = self.load(name)
            if not engine.parallel:
                serial.add(name)
            engine.close()
        return serial

    def _tell(self) -> None:
        if self.progress is None:
            return
        elapsed = time.monotonic() - self.start
        self.progress(
            Progress(
                lines=self.lines_total - self.lines_open,
                lines_total=self.lines_total,
                cues=len(self.done),
                cues_total=len(self.missing),
                audio_s=self.audio_s,
                elapsed_s=elapsed,
                eta_s=self._eta(elapsed),
            )
        )

    def _eta(self, elapsed: float) -> float | None:
        """By what each engine took a character, and by how many jobs ran side by side on average."""
        work = sum(seconds for _n, seconds in self.pace.values())
        characters = sum(n for n, _seconds in self.pace.values())
        if not work or not characters or not elapsed:
            return None
        to_do = 0.0
        for engine, left in self.left.items():
            n, seconds = self.pace.get(engine, (characters, work))
            to_do += left * seconds / n
        return to_do * elapsed / work

    def report(self) -> RenderReport:
        return RenderReport(
            spoken=tuple(cue.key for cue in self.missing if cue.key in self.done),
            reused=len(self.first) - len(self.missing),
            audio_s=self.audio_s,
            cpu_s=self.cpu_s,
            elapsed_s=time.monotonic() - self.start,
            doubtful=tuple(
                Doubt(cue.line, cue.text, key, self.doubts[key])
                for key, cue in self.first.items()
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
    fix = error.fix if isinstance(error, NarrateError) and error.fix else "change its words or its voice"
    failed = RenderFailed(
        f"cannot speak {' '.join(shown.split())!r}: {' '.join(why.split())}{more}",
        where=place(cue.line),
        fix=f"{fix}, and run again: all the rest is kept",
    )
    failed.lines = tuple(sorted({other.line for other, _error in ordered}))
    return failed
