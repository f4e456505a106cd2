"""Ctrl-C at the command line: out in two seconds with 130, and the next run goes on from there."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from narrate.rendering.shelf import Shelf


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_ctrl_c_keeps_what_was_spoken(tmp_path: Path) -> None:
    story = tmp_path / "story.md"
    turns = (f'"Number {k} it is," said Anna, and she counted the {k} boats again.' for k in range(60))
    story.write_text("\n\n".join(turns), "utf-8")
    command = [sys.executable, "-m", "narrate", str(story), "--engine", "hibari", "--workers", "1"]
    first = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    shelf = Shelf.default().folder
    deadline = time.monotonic() + 60
    while len(list(shelf.rglob("*.flac"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    first.send_signal(signal.SIGINT)
    _out, said = first.communicate(timeout=30)
    assert first.returncode == 130
    assert len(said.strip().splitlines()) == 1
    assert not story.with_suffix(".m4b").exists()
    kept = len(list(shelf.rglob("*.flac")))
    assert kept >= 3
    again = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=True)
    reused = re.search(r"(\d+) from the shelf", again.stderr)
    assert reused is not None
    assert int(reused.group(1)) == kept


@pytest.mark.parametrize("loading", ["narrate.cli", "typer", "narrate.cli.app"])
def test_ctrl_c_while_loading_is_no_traceback(loading: str) -> None:
    code = f"""
import sys
class Impatient:
    def find_spec(self, name, *_):
        if name == {loading!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Impatient())
from narrate.__main__ import main
main()
"""
    said = subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, check=False)
    assert said.returncode == 130
    assert said.stderr.startswith("narrate: stopped")
    assert said.stderr.count("\n") == 1
