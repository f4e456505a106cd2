"""`narrate check`: what it prints, writes and exits with."""

import json
import os
import shutil
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from narrate.cli import run
from narrate.produce import Produced

Made = Callable[..., Produced]
TEXT = """# One

“Where is the lamp?” asked Ann. “I left it by the door.”

“Nobody has touched it,” said Bob. “Look in the hall.”

# Two

She looked in the hall. “Here it is!” cried Ann.
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.md"
    path.write_text(f"---\ntitle: The Lamp\nauthor: A. Writer\n---\n\n{TEXT}", "utf-8")
    return path


@pytest.fixture
def book(story: Path, made: Made) -> Path:
    return made(story).files[0]


def test_a_book_of_our_own_passes(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(book), "--profile", "none"]) == 0
    shown = capsys.readouterr()
    assert "lines skipped" in shown.out
    assert "PASS: the file is whole" in shown.out
    assert shown.err == ""


def test_json_has_the_verdict_first_and_every_figure(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(book), "--profile", "none", "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert next(iter(plain)) == "pass"
    assert plain["pass"] is True
    assert plain["timeline"] is True
    assert (plain["listened"], plain["missed"]) == (False, [])
    names = {finding["name"] for finding in plain["findings"]}
    assert {"lines_skipped", "lines_doubled", "lines_out_of_order", "lines_silent", "timeline"} <= names
    figures = {finding["name"]: finding["figure"] for finding in plain["files"][0]["findings"]}
    assert {"loudness", "true_peak", "rms", "floor", "head", "tail", "decodes"} <= set(figures)
    assert [chapter["title"] for chapter in plain["files"][0]["chapters"]] == ["One", "Two"]


def test_what_fails_is_named_in_one_line_and_json_is_still_whole(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(book), "--profile", "acx", "--format", "json"]) == 7
    shown = capsys.readouterr()
    assert json.loads(shown.out)["pass"] is False
    assert shown.err.count("\n") == 1
    assert "failed: " in shown.err
    assert "codec" in shown.err


def test_a_book_is_held_to_the_profile_it_was_made_with(
    story: Path, made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    book = made(story, profile="none").files[0]
    assert run(["check", str(book)]) == 0
    assert "profile none" in capsys.readouterr().out
    run(["check", str(book), "--profile", "podcast"])
    assert "profile podcast" in capsys.readouterr().out


def test_a_moved_and_renamed_book_keeps_its_timeline(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "elsewhere" / "renamed.m4b"
    other.parent.mkdir()
    shutil.move(book, other)
    assert run(["check", str(other), "--profile", "none", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["timeline"] is True


def test_a_folder_of_chapters_has_its_timeline_too(
    story: Path, made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(story, outputs=(str(tmp_path / "book") + "/",))
    assert run(["check", str(tmp_path / "book"), "--profile", "none", "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert (plain["timeline"], len(plain["files"])) == (True, 2)


def test_a_truncated_book_fails(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.truncate(book, book.stat().st_size * 7 // 10)
    assert run(["check", str(book)]) == 7
    assert capsys.readouterr().err.startswith("narrate: ")


def test_a_file_of_another_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with wave.open(str(tmp_path / "other.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(22_050)
        file.writeframes((np.sin(np.arange(88_200) / 20) * 6000).astype("<i2").tobytes())
    assert run(["check", str(tmp_path / "other.wav"), "--profile", "none", "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["timeline"] is False
    assert plain["files"][0]["channels"] == 2
    assert run(["check", str(tmp_path / "other.wav")]) == 7  # no title, no chapters


def test_the_page_is_written_whatever_the_verdict(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    assert run(["check", str(book), "--profile", "acx", "--html", str(page)]) == 7
    text = page.read_text("utf-8")
    assert "The Lamp" in text
    assert "Where is the lamp?" in text
    assert "FAIL" in text


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.m4b"], 2, "no such file"),
        (["BOOK", "--profile", "acxx"], 2, "did you mean 'acx'"),
        (["BOOK", "--format", "xml"], 2, "use text or json"),
        (["BOOK", "--html", "BOOK"], 2, "--html report.html"),
        (["BOOK", "--html", "no/such/folder/r.html"], 6, "r.html"),
        (["BOOK", "--listen", "--model", "no/such/model"], 2, "model.bin"),
    ],
)
def test_what_cannot_be_is_one_line(
    arguments: list[str], code: int, said: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    assert run(["check", *(str(book) if word == "BOOK" else word for word in arguments)]) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert book.read_bytes() == before
