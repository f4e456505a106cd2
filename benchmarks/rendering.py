"""What rendering adds to the engines: `python benchmarks/rendering.py [cues]`, printed as a table.

Speaks with `tone`, so nearly all the time measured is the shelf's and the pool's own.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from narrate.cast import Cast, Role, Voice
from narrate.engines import load
from narrate.rendering.cue import Cue
from narrate.rendering.executors import InlineExecutor, LocalPool
from narrate.rendering.plan import plan
from narrate.rendering.render import render
from narrate.rendering.shelf import Shelf
from narrate.script import Line, Script

T = TypeVar("T")

SENTENCE = "Sentence number {} of the book says no more than this, and that is all there is to it."


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 15_000
    voice = Voice("tone", "tone-01")
    lines = tuple(
        Line(0, 0, SENTENCE.format(k), "narration", "narrator", 1.0, "", 0, 0, 0) for k in range(count)
    )
    script, cast = Script(lines, ()), Cast({"narrator": Role("narrator", voice)})
    cues, seconds = timed(lambda: plan(script, cast, {"tone": "1"}, lambda line, _voice: line.text))
    row("plan", f"{seconds:.3f} s for {count} lines")

    few = cues[: min(count, 1500)]
    for name, make in (("inline", InlineExecutor), ("1 worker", one), ("2 workers", two)):
        with tempfile.TemporaryDirectory() as folder, make() as executor:
            shelf = Shelf(Path(folder))
            render(few[:4], shelf, executor, load)  # starts the workers
            report, seconds = timed(lambda: render(few, shelf, executor, load))  # noqa: B023
            row(
                f"render, {name}",
                f"{1e3 * seconds / len(few):.2f} ms a cue, "
                f"{1e3 * report.cpu_s / len(few):.2f} ms of a processor to sing, encode and write it",
            )
            if name == "inline":
                _takes, seconds = timed(lambda: sum(shelf.read(cue.key).rate for cue in few))  # noqa: B023
                row("read, every bit checked", f"{1e3 * seconds / len(few):.2f} ms a take")
    with tempfile.TemporaryDirectory() as folder:
        no_change(cues, Path(folder))
        ctrl_c(Path(folder))
    row("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def one() -> LocalPool:
    return LocalPool(1)


def two() -> LocalPool:
    return LocalPool(2)


def no_change(cues: tuple[Cue, ...], folder: Path) -> None:
    """The whole book is on the shelf: how long does it take to know?"""
    shelf = Shelf(folder)
    audio = load("tone").speak("A take.", cues[0].voice)
    for cue in cues:
        shelf.write(cue.key, audio)
    with LocalPool(2) as pool:
        report, seconds = timed(lambda: render(cues, shelf, pool, load))
    assert report.reused == len(cues)
    row("run with no change", f"{seconds:.3f} s for {report.reused} takes")
    _lengths, seconds = timed(lambda: [shelf.length(cue.key) for cue in cues])
    row("lengths", f"{seconds:.3f} s for {len(cues)} takes")
    size, seconds = timed(lambda: shelf.prune(10**15))
    assert size == 0
    row("prune, nothing to remove", f"{seconds:.3f} s for {len(cues)} takes")


def ctrl_c(folder: Path) -> None:
    """From SIGINT to the end of the program, with both workers in the middle of something long."""
    program = (
        "import time\n"
        "from narrate.rendering.executors import LocalPool\n"
        "with LocalPool(2) as pool:\n"
        "    jobs = [pool.submit(time.sleep, 60) for _ in range(9)]\n"
        "    print('going', flush=True)\n"
        "    jobs[0].result()\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder
    )
    assert run.stdout is not None
    run.stdout.readline()
    time.sleep(1.0)
    _code, seconds = timed(lambda: (os.kill(run.pid, signal.SIGINT), run.wait()))
    row("Ctrl-C to the end", f"{seconds:.2f} s")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def row(what: str, figure: str) -> None:
    print(f"| {what} | {figure} |")


if __name__ == "__main__":
    main()
