"""`--ask` from the command line: what would change is shown, written down, and yields to the user."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from narrate import produce
from narrate.attribution import attribute
from narrate.book import Book
from narrate.cli import run
from narrate.script import Line, Script

from .conftest import Behaviour, Handler, Stub, envelope

Serve = Callable[[Behaviour], Stub]
STORY = """\
# The Lamp

{sure}

Ana looked at Ben, and Ben looked at Ana, and neither of them looked at the lamp.

“It was you who broke it.”

“It was the wind.”

“The wind has no hands.”

“The cat has paws.”
"""
SURE = "\n\n".join(
    f"“Here is line {k} of ours,” said {'Ana' if k % 2 else 'Ben'}. She and he had said so before."
    for k in range(8)
)


@pytest.fixture
def lamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The story, with attribution in doubt about all that has no tag, whatever it really thinks of it."""

    def doubting(book: Book) -> Script:
        script = attribute(book)
        return replace(script, lines=tuple(_doubted(line) for line in script.lines))

    monkeypatch.setattr(produce, "attribute", doubting)
    path = tmp_path / "lamp.md"
    path.write_text(STORY.format(sure=SURE), encoding="utf-8")
    return path


def _doubted(line: Line) -> Line:
    if line.kind != "speech":
        return line
    tagged = line.text.startswith("“Here is line")
    return replace(line, speaker=line.speaker if tagged else "Ana", probability=0.97 if tagged else 0.45)


def contrary(handler: Handler, body: dict[str, Any]) -> None:
    """Passes its exam; of the doubtful lines it says that all are Ben's."""
    prompt = body["messages"][0]["content"]
    said = {}
    for number, words in re.findall(r"\[(\d+)\] “(.*?)”", prompt):
        known = re.fullmatch(r"Here is line (\d+) of ours,", words)
        said[number] = ("Ana" if int(known[1]) % 2 else "Ben") if known else "Ben"
    handler.answer(200, envelope(json.dumps(said)))


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return json.loads(capsys.readouterr().out)["lines"]  # type: ignore[no-any-return]


def test_the_change_is_shown_and_written_down_and_the_user_wins(
    lamp: Path, serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["script", str(lamp), "--format", "json"]) == 0
    before = lines_of(capsys)
    stub = serve(contrary)
    ask = ["script", str(lamp), "--ask", "m7", "--ask-url", stub.url]
    assert run([*ask, "--format", "json"]) == 0
    after = lines_of(capsys)
    changed = [line for line in after if "was" in line]
    assert changed
    assert [line["text"] for line in after] == [line["text"] for line in before]
    for line in changed:
        assert (line["speaker"], line["was"]) == ("Ben", "Ana")
        assert line["reason"] == "m7 says so; the text leaves Ana or Ben"
    asked = len(stub.bodies)
    assert run(ask) == 0
    shown = capsys.readouterr()
    assert "The Lamp: what m7 changes" in shown.out
    assert "m7 was asked about" in shown.err
    assert len(stub.bodies) == asked

    file = lamp.with_name("lamp.script.yaml")
    text = file.read_text(encoding="utf-8")
    assert "m7 says so; the text leaves Ana or Ben" in text
    words = changed[0]["text"]
    entry = text.index(json.dumps(words, ensure_ascii=False))
    file.write_text(text[:entry] + text[entry:].replace("speaker: Ben", "speaker: Ana", 1), encoding="utf-8")
    assert run([*ask, "--format", "json"]) == 0
    mine = next(line for line in lines_of(capsys) if line["text"] == words)
    assert mine["speaker"] == "Ana"
    assert mine["reason"] == "you said so in the script file"
    assert "was" not in mine


def test_a_dead_endpoint_costs_one_line(lamp: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["script", str(lamp), "--format", "json"]) == 0
    before = lines_of(capsys)
    assert (
        run(["script", str(lamp), "--format", "json", "--ask", "m7", "--ask-url", "http://localhost:1"]) == 0
    )
    shown = capsys.readouterr()
    assert json.loads(shown.out)["lines"] == before
    assert shown.err.count("\n") == 1
    assert "m7 at http://localhost:1/v1" in shown.err


def test_an_address_without_a_model_is_a_usage_error(lamp: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["script", str(lamp), "--ask-url", "http://localhost:1"]) == 2
    assert "--ask" in capsys.readouterr().err
