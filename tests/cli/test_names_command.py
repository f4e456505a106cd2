"""`narrate names`: the words no dictionary knows, and a file that says them."""

import json
from pathlib import Path

import av
import pytest

from narrate.cli import run

TEXT = "# One\n\nXanthorel rode to Quibbledrum. “Xanthorel!” cried Vrisk. Xanthorel’s horse stood still.\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "ride.md"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_most_frequent_first_with_a_guess(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["names", str(story), "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    words = {entry["word"]: entry["count"] for entry in plain["words"]}
    assert plain["words"][0]["word"] == "Xanthorel"
    assert words["Xanthorel"] == 3
    assert words["Quibbledrum"] == 1
    assert all(entry["guess"] for entry in plain["words"])
    assert plain["audio"] is None


def test_the_user_is_told_where_to_put_corrections(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["names", str(story)]) == 0
    shown = capsys.readouterr()
    assert "Xanthorel" in shown.out
    assert "`pronounce:` in" in shown.err
    assert "ride.cast.yaml" in shown.err


def test_what_the_cast_file_says_is_shown(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story.with_name("ride.cast.yaml").write_text("pronounce:\n  Xanthorel: zan-tho-rell\n", "utf-8")
    assert run(["names", str(story), "--format", "json"]) == 0
    told = {entry["word"]: entry["told"] for entry in json.loads(capsys.readouterr().out)["words"]}
    assert told["Xanthorel"] == "zan-tho-rell"
    assert told["Quibbledrum"] == ""


def test_one_file_says_them_all(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound = tmp_path / "names.wav"
    assert run(["names", str(story), "--engine", "tone", "-o", str(sound)]) == 0
    assert str(sound) in capsys.readouterr().out
    with av.open(str(sound)) as container:
        assert container.duration is not None
        assert container.duration / 1e6 > 2.0
    assert not story.with_suffix(".m4b").exists()


def test_a_story_without_any(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plain.md").write_text("The dog sat on the mat.\n", "utf-8")
    assert run(["names", str(tmp_path / "plain.md")]) == 0
    assert "every word" in capsys.readouterr().out


def test_a_suffix_that_cannot_be_is_said_first(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["names", str(story), "-o", "names.xyz"]) in (2, 6)
    assert capsys.readouterr().err.count("\n") == 1
