"""What a person reads who asks for help, in a terminal of 80 columns."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from narrate.cli import run

COMMANDS = ["script", "cast", "plan", "voices", "audition", "check", "names", "doctor"]


@pytest.mark.parametrize("argv", [["--help"], ["story.md", "--help"], *([c, "--help"] for c in COMMANDS)])
def test_help_is_plain_at_80_columns(
    argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(argv) == 0
    shown = capsys.readouterr().out
    lines = shown.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert not re.search(r"<\w+|\{\w+\}|\[\[|\bbook \[", shown)  # <bool>, {STORY}, [[VOICE]]
    for line, after in pairwise(lines):
        prose = line.startswith(" ") and line.strip() and after.strip() and "or: " not in after
        # A line that another follows within its paragraph is full: the next word did not fit.
        assert not prose or len(line.rstrip()) + 1 + len(after.split()[0]) > 79, line


def test_the_main_job_is_called_as_it_is_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["story.md", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Usage: narrate STORY [OPTIONS]" in shown
    assert "[default: STORY.m4b]" in " ".join(shown.replace("│", " ").split())
