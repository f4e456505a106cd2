"""Whatever a user hands in: one clear line, the documented exit code, nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from narrate.cli import run
from narrate.cli.show import table

Story = Callable[[str], Path]
TALK = '# One\n\n"Hello," said Anna.\n\n"Good evening," said Ben.\n'


def refused(capsys: pytest.CaptureFixture[str], code: int, *argv: str) -> str:
    """Runs narrate, which must refuse with `code` and one line on stderr, which is given back."""
    assert run(argv) == code
    captured = capsys.readouterr()
    lines = captured.err.strip().splitlines()
    assert len(lines) == 1, captured.err
    assert captured.out == ""
    assert lines[0].startswith("narrate: ")
    assert "Traceback" not in lines[0]
    return lines[0]


def write(folder: Path, data: bytes | str, name: str = "story.md") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"   \n\n  ", "empty"),
        (b"---\ntitle: Nothing\n---\n", "no words"),
        (b"\x00\x01\x02\x03" * 500, "text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "text"),
    ],
)
def test_no_story_in_the_file(
    data: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, data)
    line = refused(capsys, 3, str(path), "--engine", "tone")
    assert says in line
    assert str(path) in line
    assert [p.name for p in tmp_path.iterdir()] == ["story.md"]


def test_a_missing_story_a_folder_and_another_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no such file" in refused(capsys, 3, str(tmp_path / "none.md"))
    assert "folder" in refused(capsys, 3, str(tmp_path))
    assert ".pdf" in refused(capsys, 3, str(write(tmp_path, "%PDF-1.7", "story.pdf")))


@pytest.mark.parametrize("command", [(), ("audition",), ("names",), ("cast",)])
@pytest.mark.parametrize("place", [".", ""])
def test_the_folder_one_stands_in_is_no_story(
    command: tuple[str, ...], place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is a folder, not a story" in refused(capsys, 3, *command, place)


def test_a_forgotten_suffix_is_offered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, TALK, "script-of-glass.md")
    assert f"did you mean {str(path)!r}?" in refused(capsys, 3, str(path.with_suffix("")))


def test_a_forgotten_suffix_beats_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, TALK, "scripts.md")
    assert "did you mean 'scripts.md'?" in refused(capsys, 3, "scripts")


def test_a_word_processors_file_is_not_to_be_renamed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "save it as plain text or Markdown" in refused(capsys, 3, str(write(tmp_path, "x", "story.docx")))


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("STORY", "--engin", "tone"), "there is no option '--engin'; did you mean '--engine'?"),
        (("STORY", "--workers", "x"), "--workers: this must be a whole number"),
        (("STORY", "--workers", "-1"), "--workers: there cannot be -1"),
        (("audition", "STORY", "--voices", "0"), "--voices: there cannot be 0"),
        (("STORY", "-o"), "-o needs a value"),
        (("STORY", "--quiet=1"), "--quiet takes no value"),
        (("STORY", "STORY"), "put a name with spaces between quotes"),
        (("cast",), "STORY is missing; write `narrate cast STORY`"),
        (("check",), "BOOK is missing; write `narrate check BOOK`"),
        (("check", "b.m4b", "--htlm", "r.html"), "did you mean '--html'?"),
        (("--engine", "tone"), "STORY is missing; write `narrate STORY`"),
    ],
)
def test_a_command_line_that_cannot_be(
    argv: tuple[str, ...], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(write(tmp_path, TALK))
    assert says in refused(capsys, 2, *(path if word == "STORY" else word for word in argv))


def test_a_mistyped_profile_is_said_before_the_story_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, TALK)
    assert "did you mean 'acx'?" in refused(capsys, 2, str(path), "--engine", "tone", "--profile", "acxx")
    assert [p.name for p in tmp_path.iterdir()] == ["story.md"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_story_that_may_not_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, TALK)
    path.chmod(0)
    assert "permission" in refused(capsys, 3, str(path)).lower()


def test_a_mistyped_command_is_met_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert "narrate voices" in refused(capsys, 2, "voicse")


@pytest.mark.parametrize(
    ("cast", "says"),
    [
        ("characters:\n  Anna: kokoro/bf_ema\n", ("2:9", "bf_emma")),
        ("characters:\n  Anna: koroko/bf_emma\n", ("2:9", "kokoro")),
        ("charcters:\n  Anna: kokoro/bf_emma\n", ("1:1", "characters")),
        ("characters:\n  Anna: {voice: kokoro/bf_emma, sped: 1.1}\n", ("2:33", "speed")),
        ("characters:\n  Anna: {voice: kokoro/bf_emma, speed: 9}\n", ("2:40", "speed")),
        ("characters:\n  Anna: [\n", ("story.cast.yaml",)),
        ("extend: britsh\n", ("1:9", "british")),
    ],
)
def test_a_cast_file_that_cannot_be(
    cast: str, says: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, TALK)
    file = tmp_path / "story.cast.yaml"
    file.write_text(cast, "utf-8")
    line = refused(capsys, 4, str(path), "--engine", "tone")
    assert all(word in line for word in says), line
    assert file.read_text("utf-8") == cast
    assert not path.with_suffix(".m4b").exists()


def test_a_character_who_is_not_in_the_story_is_noted_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, TALK)
    (tmp_path / "story.cast.yaml").write_text("characters:\n  Annna: kokoro/bf_emma\n", "utf-8")
    assert run([str(path), "--engine", "tone"]) == 0
    said = capsys.readouterr().err
    assert "Annna" in said
    assert "did you mean 'Anna'" in said


def test_an_output_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, TALK)
    assert ".m4b" in refused(capsys, 6, str(path), "--engine", "tone", "-o", str(tmp_path / "book.ogm"))
    assert ".m4a" in refused(capsys, 6, str(path), "--engine", "tone", "-o", str(tmp_path / "book.aac"))
    blocked = write(tmp_path, "a file", "blocked")
    line = refused(capsys, 6, str(path), "--engine", "tone", "-o", str(blocked / "book.m4b"))
    assert "blocked" in line


def test_an_engine_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "'espeak'" in refused(capsys, 5, str(write(tmp_path, TALK)), "--engine", "espaek")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, TALK)
    real = av.open

    def full(file: object, *args: object, **options: object) -> object:
        if "w" in (args[0] if args else options.get("mode", "r")):  # type: ignore[operator]
            raise OSError(28, "No space left on device", str(file))
        return real(file, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(av, "open", full)
    assert "full" in refused(capsys, 6, str(path), "--engine", "tone")
    left = {p.name for p in tmp_path.iterdir()}
    assert left == {"story.md", "story.cast.yaml", "story.script.yaml"}


@pytest.mark.parametrize(
    "text",
    [
        "Nobody says a word in this one. Not one.",
        '"Only this," "and this," "and that."',
        "Word",
        '"Hm."',
        "# Only a heading",
    ],
)
def test_odd_but_right_stories_become_books(text: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    assert run([str(path), "--engine", "tone", "-q"]) == 0
    with av.open(str(path.with_suffix(".m4b"))) as book:
        assert len(book.chapters()) == 1
        assert (book.duration or 0) > 1_000_000


@pytest.mark.slow
def test_a_megabyte_in_one_line(tmp_path: Path) -> None:
    path = write(tmp_path, 'She walked on. "And then?" asked Ben. ' * 27_000, "long.txt")
    assert path.stat().st_size > 1_000_000
    assert run(["script", str(path), "--format", "json"]) == 0


def test_a_read_only_folder_is_said_and_nothing_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, TALK)
    real = os.replace

    def read_only(source: object, target: object, **options: object) -> None:
        if str(target).endswith(".yaml"):
            raise OSError(30, "Read-only file system", str(target))
        real(source, target, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "replace", read_only)
    line = refused(capsys, 6, str(path), "--engine", "tone")
    assert "cannot be written" in line
    assert "--cast" in line
    assert sorted(p.name for p in tmp_path.iterdir()) == ["story.md"]


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert "narrate STORY" in capsys.readouterr().out
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("narrate ")
    assert run(["story.md", "--help"]) == 0
    assert "--engine" in capsys.readouterr().out


def test_json_of_a_script_tiles_the_story(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    path = story("rooster-on-the-roof")
    assert run(["script", str(path), "--format", "json"]) == 0
    lines = json.loads(capsys.readouterr().out)["lines"]
    text = path.read_text("utf-8")
    assert "".join(text[line["start"] : line["end"]] for line in lines) == text
    assert {"start", "end", "kind", "speaker", "probability", "reason"} <= set(lines[0])


def test_a_correction_is_heard_and_survives_an_edit_around_it(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    path = story("patient-margaret")
    assert run([str(path), "--engine", "tone", "-q"]) == 0
    script = path.with_name("patient-margaret.script.yaml")
    text = script.read_text("utf-8")
    at = text.index("How long does it take?")
    before, speaker = text[at:].split("speaker: ", 1)
    corrected = text[:at] + before + "speaker: Doyle" + speaker[speaker.index("\n") :]
    script.write_text(corrected, "utf-8")
    story_text = path.read_text("utf-8")
    path.write_text(
        story_text.replace("The inspector came aboard", "At noon the inspector came aboard"), "utf-8"
    )
    capsys.readouterr()
    assert run(["script", str(path), "--format", "json"]) == 0
    lines = json.loads(capsys.readouterr().out)["lines"]
    assert [k["speaker"] for k in lines if "How long does it take?" in k["text"]] == ["Doyle"]
    shutil.rmtree(os.environ["NARRATE_CACHE"], ignore_errors=True)  # the file alone is enough
    assert run(["script", str(path), "--format", "json"]) == 0
    lines = json.loads(capsys.readouterr().out)["lines"]
    assert [k["speaker"] for k in lines if "How long does it take?" in k["text"]] == ["Doyle"]


def test_square_brackets_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    table("a [b] title", "to mend it", rows=[("pip install 'narrate[espeak]'",)])
    assert "'narrate[espeak]'" in capsys.readouterr().out


def test_a_chapter_too_short_for_its_profile_is_written_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "# One\n\nIt rained and rained, and then it rained again.\n\n# Two\n\nNo.\n")
    assert run([str(path), "--engine", "tone", "-o", f"{tmp_path}/out/", "--profile", "acx"]) == 7
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("narrate: ")]
    assert len(said) == 1
    assert "the chapter 'Two' is too short (" in said[0]
    assert "for the profile acx" in said[0]
    assert "the book is written" in said[0]
    assert len(list((tmp_path / "out").glob("*.mp3"))) == 4
