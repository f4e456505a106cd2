"""Where jobs run: in worker processes on this machine, or right here.

Why not concurrent.futures.ProcessPoolExecutor: when one of its workers is killed it breaks as a whole
and every waiting job with it, it cannot say which job the dead worker had, it runs on after Ctrl-C,
and its children import the program's main module again. A process of our own with a pipe of its own
has none of that. Any other Executor (a Dask client's) does as well for `render`.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, ParamSpec, TypeVar

from narrate.rendering import worker

P = ParamSpec("P")
T = TypeVar("T")

# -P and the path handed over: a file named like a module in the user's folder is never imported.
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from narrate.rendering.worker import serve; serve()"
)
_ENVIRONMENT = {
    # One thread a worker: two single-thread processes speak faster than one with two threads.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",  # an engine that walks a set says the same in every worker
}
_GOODBYE_S = 3.0  # a worker that has not closed its engines by then is killed


class WorkerDied(BrokenExecutor):
    """A worker process ended in the middle of a job. The other jobs, and the pool, are not touched."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class InlineExecutor(Executor):
    """Runs each job in the calling thread at once: for tests, and for jobs shorter than a process's start."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class LocalPool(Executor):
    """Worker processes, each started when a job finds all others busy, each replaced when it dies.

    `patience` is how many seconds one job may take before its worker counts as hung and is killed.
    Leaving the `with` block by an exception kills the workers; otherwise it waits for every job.
    """

    def __init__(self, workers: int | None = None, *, patience: float = 900.0) -> None:
        self.workers = max(1, workers or processors())
        self._patience = patience
        self._change = threading.Condition()
        self._queue: deque[tuple[Future[Any], bytes]] = deque()
        self._threads: list[threading.Thread] = []
        self._processes: set[_Process] = set()
        self._idle = 0
        self._closed = False
        self._killed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        call = pickle.dumps((fn, args, kwargs))
        with self._change:
            if self._closed:
                raise RuntimeError("the pool is shut down")
            self._queue.append((future, call))
            if self._idle < len(self._queue) and len(self._threads) < self.workers:
                thread = threading.Thread(target=self._attend, daemon=True)
                self._threads.append(thread)
                thread.start()
            self._change.notify()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with self._change:
            self._closed = True
            if cancel_futures:
                self._cancel()
            self._change.notify_all()
        if wait:
            for thread in self._threads:
                thread.join()

    def kill(self) -> None:
        """Ends every worker now, in whatever it is doing, and cancels what waits. May be called twice."""
        with self._change:
            self._closed = self._killed = True
            self._cancel()
            for process in self._processes:
                process.kill()
            self._change.notify_all()

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if kind is not None:
            self.kill()
        self.shutdown()

    def _cancel(self) -> None:
        while self._queue:
            self._queue.popleft()[0].cancel()

    def _next(self) -> tuple[Future[Any], bytes] | None:
        """The next job, None when there will be no more."""
        with self._change:
            self._idle += 1
            while not self._queue and not self._closed:
                self._change.wait()
            self._idle -= 1
            return self._queue.popleft() if self._queue else None

    def _attend(self) -> None:
        """One thread a worker: hands it jobs and waits for its answers."""
        process: _Process | None = None
        try:
            while (item := self._next()) is not None:
                future, call = item
                if not future.set_running_or_notify_cancel():
                    continue
                try:
                    if process is None or not process.alive():
                        process = self._replace(process)
                    future.set_result(process.run(call, self._patience))
                except BaseException as error:
                    future.set_exception(error)
        finally:
            if process is not None:
                process.close()

    def _replace(self, old: _Process | None) -> _Process:
        with self._change:
            if self._killed:
                raise WorkerDied("the pool was killed")
            if old is not None:
                old.close()
                self._processes.discard(old)
            new = _Process()
            self._processes.add(new)
            return new


class _Process:
    """One worker process and the pipes to it."""

    def __init__(self) -> None:
        # A file, not a pipe: nobody has to drain it, and it tells a dead worker's last words.
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._hung = False
        away: dict[str, Any] = (
            {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
            if os.name == "nt"
            else {"start_new_session": True}  # Ctrl-C in the terminal does not reach it
        )
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env=os.environ | _ENVIRONMENT,
            **away,
        )

    def alive(self) -> bool:
        return self._process.poll() is None

    def run(self, call: bytes, patience: float) -> Any:
        """The result of a call. Raises what it raised there, or WorkerDied."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        guard = threading.Timer(patience, self._give_up)
        guard.daemon = True
        guard.start()
        try:
            worker.send(self._process.stdin, call)
            answer = worker.receive(self._process.stdout)
        except OSError:
            answer = None
        finally:
            guard.cancel()
        if answer is None:
            raise WorkerDied(self._last_words(patience))
        good, value, *story = pickle.loads(answer)
        if good:
            return value
        value.add_note(story[0])
        raise value

    def kill(self) -> None:
        """Ends it and all it has started. Its process id is ours until it has been waited for."""
        if self._process.returncode is None:
            with contextlib.suppress(OSError):
                if os.name == "nt":
                    self._process.kill()
                else:
                    os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Lets it finish and waits for it."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            worker.send(self._process.stdin, worker.BYE)
        try:
            self._process.wait(_GOODBYE_S)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._stderr):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _give_up(self) -> None:
        self._hung = True
        self.kill()

    def _last_words(self, patience: float) -> str:
        self.kill()  # what it started may have outlived it
        code = self._process.wait()
        if self._hung:
            return f"the worker had no answer after {patience:.0f} s and was stopped"
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        self._stderr.seek(max(0, self._stderr.seek(0, os.SEEK_END) - 8000))
        words = [
            line.strip() for line in self._stderr.read().decode(errors="replace").split("\n") if line.strip()
        ]
        fatal = [line for line in words if line.startswith("Fatal Python error")]
        said = (fatal or words[-1:] or [""])[0]
        return f"the worker ended {how}" + (f", saying: {said[:200]}" if said else "")
