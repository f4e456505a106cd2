"""The commands that look at a story's parts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from listening import decoded, pitch

from narrate.cli import run
from narrate.engines.protocol import Health
from narrate.engines.tone import frequency
from narrate.produce import Order, settle

Story = Callable[[str], Path]


def test_an_audition_has_a_chapter_for_each_character(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    path = story("patient-margaret")
    target = path.with_name("try.m4b")
    assert run(["audition", str(path), "--engine", "tone", "-o", str(target), "--voices", "2"]) == 0
    with av.open(str(target)) as book:
        titles = [chapter["metadata"]["title"] for chapter in book.chapters()]
    assert sorted(titles) == ["Captain Varga", "Doyle", "Inspector Crane", "Patient Margaret", "Pim"]
    said = capsys.readouterr().out
    assert said.count("tone/") == 10


@pytest.mark.parametrize("name", ["Margaret", "captain varga", "the ship"])
def test_an_audition_takes_any_name_of_a_character(
    story: Story, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = story("patient-margaret")
    target = str(path.with_name("try.wav"))
    assert run(["audition", str(path), "--engine", "tone", "-o", target, "--character", name]) == 0
    assert capsys.readouterr().out.count("tone/") == 3


def test_an_audition_of_nobody_names_the_nearest(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    path = story("patient-margaret")
    assert run(["audition", str(path), "--engine", "tone", "--character", "Doile"]) == 2
    assert "did you mean 'Doyle'" in capsys.readouterr().err


def test_a_voices_sample_is_that_voice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = tmp_path / "sample.wav"
    assert run(["voices", "tone/tone-07", "-o", str(sample)]) == 0
    samples, rate = decoded(sample)
    assert abs(pitch(samples, rate) - frequency("tone-07")) < 5
    assert run(["voices", "tone-", "--format", "json"]) == 0
    shown = capsys.readouterr().out
    assert len(json.loads(shown[shown.index("[") :])) > 100
    assert run(["voices", "nobody-at-all"]) == 2


def test_a_sample_is_a_wav_file_and_says_whose_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["voices", "tone-07", "-o", str(tmp_path / "x.mp3")]) == 6
    assert "x.wav" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert run(["voices", "tone-07", "-o", str(tmp_path / "x.wav")]) == 0
    assert "this is tone/tone-07\n" in capsys.readouterr().err
    assert run(["voices", "tone-10", "-o", str(tmp_path / "x.wav")]) == 0
    assert "tone/tone-10" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--engine", "tone"], ["tone/tone-07"]])
def test_an_engine_that_does_not_work_here_says_what_mends_it(
    argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Health(False, "its bell is cracked", "pip install bell")
    monkeypatch.setattr("narrate.engines.tone.Tone.health", lambda _self: broken)
    assert run(["voices", *argv]) == 5
    assert capsys.readouterr().err == "narrate: tone: its bell is cracked; pip install bell\n"


def test_a_voice_that_may_be_taken_for_another_says_which(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voices", "--engine", "kokoro", "--format", "json"]) == 0
    heard = {voice["name"]: voice["taken_for"] for voice in json.loads(capsys.readouterr().out)}
    assert 0 < sum(map(bool, heard.values())) < len(heard)
    assert all(heard[other] for other in heard.values() if other)


def test_a_voice_can_be_copied_out_of_a_narrow_table(
    story: Story, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    path = story("patient-margaret")
    assert run(["cast", str(path), "--engine", "espeak"]) == 0
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80
    for role in settle(Order(path, engine="espeak")).cast.roles.values():
        assert f"{role.voice.engine}/{role.voice.name}" in shown


@pytest.mark.parametrize("argv", [["names"], ["audition", "--engine", "tone"]])
def test_who_only_looks_leaves_the_script_file_alone(argv: list[str], story: Story) -> None:
    path = story("patient-margaret")  # after --ask, its guesses would take the place of the model's
    assert run([argv[0], str(path), *argv[1:]]) == 0
    assert not path.with_name("patient-margaret.script.yaml").exists()


def test_plan_says_what_is_left_to_speak(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    path = story("prompt-corner")
    assert run(["plan", str(path), "--engine", "tone"]) == 0
    first = capsys.readouterr().out
    assert run([str(path), "--engine", "tone", "-q"]) == 0
    assert run(["plan", str(path), "--engine", "tone"]) == 0
    second = capsys.readouterr().out
    row = next(line for line in second.splitlines() if line.startswith("tone"))
    assert row.split()[2] == "0"
    assert row != next(line for line in first.splitlines() if line.startswith("tone"))


def test_the_cast_and_the_doctor_are_shown(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cast", str(story("rooster-on-the-roof"))]) == 0
    assert "Nadia Haddad" in capsys.readouterr().out
    assert run(["doctor"]) == 0
    assert "kokoro" in capsys.readouterr().out


def test_review_shows_the_least_certain_quotes_first(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    path = story("patient-margaret")
    assert run(["script", str(path), "--review", "--format", "json"]) == 0
    sure = [line["probability"] for line in json.loads(capsys.readouterr().out)["lines"]]
    assert sure == sorted(sure)
    assert len(sure) > 50
