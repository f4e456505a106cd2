"""Whatever goes wrong, a file is whole, or as it was before."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from narrate.errors import OutputError
from narrate.publishing import PUBLISHERS, Metadata, publish

BOOK = Metadata("A Play", "Nobody")
OUTPUTS = [*(f"book{suffix}" for suffix in sorted(PUBLISHERS)), "book/"]


def left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("again", [False, True], ids=["first run", "over an older book"])
def test_a_disk_that_fills_leaves_nothing_of_the_new_and_all_of_the_old(
    output: str, again: bool, master: Callable, tmp_path: Path
) -> None:
    if again:
        publish(master(), f"{tmp_path}/{output}", BOOK)
    before = {name: (tmp_path / name).read_bytes() for name in left(tmp_path)}
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(OutputError, match=r"book.*: the disk is full; make room"):
        publish(master(broken=full), f"{tmp_path}/{output}", BOOK)
    assert {name: (tmp_path / name).read_bytes() for name in left(tmp_path)} == before
    assert not list(tmp_path.rglob(".*"))


@pytest.mark.parametrize("output", OUTPUTS)
def test_ctrl_c_leaves_nothing(output: str, master: Callable, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        publish(master(broken=KeyboardInterrupt()), f"{tmp_path}/{output}", BOOK)
    assert list(tmp_path.iterdir()) == []


_SCRIPT = """
    import resource, sys, time
    import numpy as np
    from narrate.errors import OutputError
    from narrate.mastering.timeline import Mark, Master
    from narrate.publishing import Metadata, publish

    limit, pause = int(sys.argv[2]), float(sys.argv[3])
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    size = 44_100 * 60

    def blocks():
        for _ in range(60):
            yield np.random.default_rng(0).normal(0, 0.1, 44_100).astype(np.float32)
            print("block", flush=True)
            time.sleep(pause)

    master = Master(44_100, size, (Mark("One", 0, size),), (), blocks, "0")
    try:
        publish(master, sys.argv[1], Metadata("A Play"))
    except OutputError as error:
        print(error)
        sys.exit(error.exit_code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.slow
@pytest.mark.parametrize("output", OUTPUTS)
def test_a_real_limit_on_the_disk_is_met_with_one_line(output: str, tmp_path: Path) -> None:
    target = f"{tmp_path}/{output}"
    command = [sys.executable, "-c", textwrap.dedent(_SCRIPT), target, "200000", "0"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == OutputError.exit_code, run.stderr
    assert "the disk is full" in run.stdout.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.slow
@pytest.mark.parametrize("output", ["book.m4b", "book/"])
def test_a_killed_run_leaves_no_half_book_and_the_next_clears_up(
    output: str, master: Callable, tmp_path: Path
) -> None:
    target = f"{tmp_path}/{output}"
    command = [sys.executable, "-c", textwrap.dedent(_SCRIPT), target, "0", "0.05"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    for _ in range(5):
        run.stdout.readline()
    run.send_signal(signal.SIGKILL)
    run.wait(timeout=30)
    run.stdout.close()
    assert all(part.startswith(".") for name in left(tmp_path) for part in [name.removeprefix("book/")])
    for path in tmp_path.rglob("*"):
        os.utime(path, (time.time() - 7200,) * 2)
    files = publish(master(), target, BOOK)
    assert sorted(left(tmp_path)) == sorted(str(path.relative_to(tmp_path)) for path in files)


def test_a_place_that_refuses_is_said_in_one_line(
    master: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"a file stands where a folder should be"):
        publish(master(), tmp_path / "file" / "book.m4b", BOOK)
    with pytest.raises(OutputError, match="a file stands where"):
        publish(master(), f"{tmp_path}/file/", BOOK)
    with pytest.raises(OutputError, match="too long"):
        publish(master(), tmp_path / f"{'x' * 300}.m4b", BOOK)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "mkdir", refuse)
    for output in ("book.m4b", "book/"):
        with pytest.raises(OutputError, match="writing here is not allowed; choose a place"):
            publish(master(), f"{tmp_path}/new/{output}", BOOK)


def test_what_came_out_short_is_not_published(master: Callable, tmp_path: Path) -> None:
    one = master(seconds=5.0)
    short = type(one)(one.rate, 2 * one.length, one.chapters, one.lines, one.blocks, one.key)
    for output in ("book.m4b", "book.wav"):
        with pytest.raises(OutputError, match="long instead of"):
            publish(short, tmp_path / output, BOOK)
    assert left(tmp_path) == []
