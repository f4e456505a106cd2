from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rehearsal import load, record

from narrate.engines import load as load_engine
from narrate.errors import EngineError
from narrate.rendering.cue import Cue
from narrate.rendering.executors import LocalPool, WorkerDied
from narrate.rendering.render import RenderFailed, render
from narrate.rendering.shelf import Shelf

Cues = Callable[..., list[Cue]]
Log = Callable[[str], list[str]]

posix = pytest.mark.skipif(os.name == "nt", reason="signals")


@pytest.fixture
def pool() -> Iterator[LocalPool]:
    with LocalPool(2) as made:
        yield made
        made.kill()


def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Waits for something that must come, however slow the machine."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    """Whether a process has ended (a zombie that nobody waits for has)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def test_results_and_errors_cross(pool: LocalPool) -> None:
    assert pool.submit(divmod, 7, 2).result() == (3, 1)
    with pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 7, 0).result()
    with pytest.raises(EngineError, match="nobody") as caught:
        pool.submit(load_engine, "nobody").result()
    assert caught.value.exit_code == 5


def test_nothing_is_started_before_there_is_work_nor_more_than_the_work() -> None:
    with LocalPool(8) as pool:
        assert not pool._processes
        pool.submit(divmod, 7, 2).result()
        assert len(pool._processes) == 1
        pool.submit(divmod, 7, 2).result()
        assert len(pool._processes) == 1


def test_a_worker_has_one_thread_and_a_fixed_hash_and_no_terminal(pool: LocalPool) -> None:
    assert pool.submit(os.getenv, "OMP_NUM_THREADS").result() == "1"
    assert pool.submit(os.getenv, "PYTHONHASHSEED").result() == "0"
    assert pool.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
    assert pool.submit(os.read, 0, 10).result() == b""
    assert "OMP_NUM_THREADS" not in os.environ or os.environ["OMP_NUM_THREADS"] != ""


def test_a_worker_never_imports_from_the_folder_it_runs_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('a file of the user was run')")
    monkeypatch.chdir(tmp_path)
    with LocalPool(1) as pool:
        assert pool.submit(divmod, 7, 2).result() == (3, 1)


@posix
def test_what_a_library_prints_does_not_reach_the_answers(pool: LocalPool, shelf: Shelf, cues: Cues) -> None:
    assert len(render(cues("PRINT", "More PRINT"), shelf, pool, load).spoken) == 2


@posix
def test_a_dead_worker_fails_its_own_job_only(pool: LocalPool) -> None:
    doomed = pool.submit(os._exit, 9)
    others = [pool.submit(divmod, k, 1) for k in range(20)]
    assert [future.result()[0] for future in others] == list(range(20))
    with pytest.raises(WorkerDied):
        doomed.result()


@posix
def test_last_words_of_a_worker_are_told(pool: LocalPool) -> None:
    with pytest.raises(WorkerDied, match="exit code 3"):
        pool.submit(os._exit, 3).result()
    with pytest.raises(WorkerDied, match="signal 6, saying: Fatal Python error: Aborted"):
        pool.submit(os.abort).result()


def test_a_hung_worker_is_stopped() -> None:
    with LocalPool(1, patience=0.5) as pool:
        hung = pool.submit(time.sleep, 60)
        with pytest.raises(WorkerDied, match="no answer"):
            hung.result(timeout=30)
        assert pool.submit(divmod, 7, 2).result(timeout=30) == (3, 1)


@posix
def test_killed_workers_lose_nothing(pool: LocalPool, shelf: Shelf, cues: Cues, log: Log) -> None:
    script = cues(*[f"Sentence {k}{' ONCE' * (k % 5 == 1)}" for k in range(30)])
    report = render(script, shelf, pool, load)
    assert report.spoken == tuple(cue.key for cue in script)
    assert len(log("begin")) == 30 + 6  # those whose worker died, again


@posix
def test_a_line_that_kills_its_worker_is_named_and_the_rest_is_kept(
    pool: LocalPool, shelf: Shelf, cues: Cues, log: Log
) -> None:
    script = cues(*[f"Sentence {k}" for k in range(20)], "CRASH", "Sentence 21")
    with pytest.raises(RenderFailed, match=r"'CRASH': speaking it ends the worker.*signal 9") as caught:
        render(script, shelf, pool, load)
    assert caught.value.lines == (20,)
    assert sum(shelf.has(cue.key) for cue in script) == 21


@posix
def test_workers_that_all_die_end_the_run(pool: LocalPool, shelf: Shelf, cues: Cues, log: Log) -> None:
    with pytest.raises(RenderFailed, match="ends the worker"):
        render(cues(*[f"CRASH {k}" for k in range(200)]), shelf, pool, load)
    assert len(log("begin")) < 16


def test_engines_are_closed_when_the_pool_is(shelf: Shelf, cues: Cues, log: Log) -> None:
    with LocalPool(1) as pool:
        render(cues("One."), shelf, pool, load)
    assert log("close") == ["rehearsal", "rehearsal"]  # here, and in the worker


NARRATION = """
import sys
from pathlib import Path
sys.path.insert(0, {rehearsal!r})
from rehearsal import load, record
from narrate.cast import Voice
from narrate.rendering.cue import Cue
from narrate.rendering.executors import LocalPool
from narrate.rendering.plan import key_of
from narrate.rendering.render import render
from narrate.rendering.shelf import Shelf

voice = Voice("rehearsal", "tone-01")
texts = [f"Sentence {{k}} {word}" for k in range({count})]
cues = [Cue(k, text, voice, key_of(text, voice, "1")) for k, text in enumerate(texts)]
with LocalPool(2) as pool:
    report = render(cues, Shelf(Path({folder!r})), pool, load)
record(f"0 spoken {{len(report.spoken)}}")
"""


@pytest.fixture
def narration(tmp_path: Path, log: Log) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """A program that renders, in a process group of its own, as a shell would start it."""
    started: list[subprocess.Popen[bytes]] = []

    def start(word: str, count: int) -> subprocess.Popen[bytes]:
        script = NARRATION.format(
            rehearsal=str(Path(__file__).parent / "rehearsal"),
            folder=str(tmp_path / "takes"),
            word=word,
            count=count,
        )
        program = subprocess.Popen([sys.executable, "-c", script], process_group=0, stderr=subprocess.PIPE)
        started.append(program)
        return program

    yield start
    for program in started:
        program.kill()
        program.wait()
        assert program.stderr is not None
        program.stderr.close()


def workers(tmp_path: Path) -> set[int]:
    lines = (tmp_path / "rehearsal.log").read_text().splitlines()
    return {int(line.split()[0]) for line in lines if " begin " in line}


@posix
@pytest.mark.slow
def test_ctrl_c_stops_in_the_middle_of_a_take_and_the_next_run_goes_on(
    tmp_path: Path, shelf: Shelf, log: Log, narration: Callable[..., subprocess.Popen[bytes]]
) -> None:
    first = narration("SLOW", 60)
    until(lambda: len(log("end")) >= 6)
    os.killpg(first.pid, signal.SIGINT)  # as a terminal does
    assert first.wait(20) in (-signal.SIGINT, 1, 130)
    assert first.stderr is not None
    assert first.stderr.read().count(b"Traceback") == 1  # that of the program; none of a worker
    until(lambda: all(map(gone, workers(tmp_path))))
    kept = len(list(shelf.folder.rglob("*.flac")))
    assert 4 <= kept < 60
    narration("SLOW", 60).wait(60)
    assert log("spoken") == [str(60 - kept)]


@posix
def test_ctrl_c_does_not_wait_for_a_take_that_never_ends(
    tmp_path: Path, log: Log, narration: Callable[..., subprocess.Popen[bytes]]
) -> None:
    program = narration("HANG", 4)
    until(lambda: len(log("begin")) == 2)
    os.killpg(program.pid, signal.SIGINT)
    program.wait(20)  # the takes would last a minute
    until(lambda: all(map(gone, workers(tmp_path))))


@posix
def test_workers_do_not_outlive_a_killed_parent(
    tmp_path: Path, log: Log, narration: Callable[..., subprocess.Popen[bytes]]
) -> None:
    program = narration("HANG", 4)
    until(lambda: len(log("begin")) == 2)
    program.kill()
    program.wait()
    until(lambda: all(map(gone, workers(tmp_path))))


@posix
@pytest.mark.slow
def test_killing_the_program_at_any_moment_leaves_only_whole_takes(
    tmp_path: Path, shelf: Shelf, log: Log, narration: Callable[..., subprocess.Popen[bytes]]
) -> None:
    for kill in range(10):
        program = narration("", 400)
        ends = len(log("end"))
        until(lambda: len(log("end")) > ends + 7 * kill + 1 or program.poll() is not None)  # noqa: B023
        program.kill()
        program.wait()
        until(lambda: all(map(gone, workers(tmp_path))))
        for path in shelf.folder.rglob("*.flac"):
            assert shelf.read(path.parent.name + path.stem).samples.size
    kept = len(list(shelf.folder.rglob("*.flac")))
    narration("", 400).wait(60)
    assert log("spoken")[-1] == str(400 - kept)  # a quick machine may have finished before the last kill


def test_the_log_itself(log: Log) -> None:
    record("1 begin a b")
    assert log("begin") == ["a b"]
