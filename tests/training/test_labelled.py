"""What was labelled for training says what its readers meant: no speaker unknown, no offset off."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

TRAINING = Path(__file__).parents[2] / "training" / "attribution"


def module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("labelled", TRAINING / "labelled.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_a_story_gives_its_text_back_without_the_marks() -> None:
    body = "# Ink\n\n{e Mara:“No,”} said Mara. {e Mara:“Never.”}\n\n— {i I:Now.}\n"
    marked = body + "\n= Mara | the clerk | F\n= I | Jo | -\n"
    told = module().story(marked, "ink")
    assert told["text"] == "# Ink\n\n“No,” said Mara. “Never.”\n\n— Now.\n"
    assert [(told["text"][q["start"] : q["end"]], q["speaker"], q["type"]) for q in told["quotes"]] == [
        ("“No,”", "Mara", "explicit"),
        ("“Never.”", "Mara", "explicit"),
        ("Now.", "I", "implicit"),
    ]
    assert told["characters"][0] == {"name": "Mara", "aliases": ["the clerk"], "gender": "female"}


@pytest.mark.parametrize("marked", ["{e Mara:“No,”", "{“No,”} said Mara", "{e Mara:“No.”}\n\n= Jo | F"])
def test_a_story_marked_wrongly_is_refused(marked: str) -> None:
    with pytest.raises(ValueError, match="ink: "):
        module().story(marked, "ink")


def test_every_story_that_ships_can_be_trained_on() -> None:
    told = list(module().stories())
    assert len(told) > 50
    for each in told:
        spans = [(q["start"], q["end"]) for q in each["quotes"]]
        assert all(a < b <= c for (a, b), (c, _) in zip(spans, [*spans[1:], (1 << 60, 0)], strict=True))


def test_every_passage_names_its_speakers() -> None:
    for line in module().PASSAGES.read_text(encoding="utf8").splitlines():
        held = json.loads(line)
        known = {c.split("|")[0].strip() for c in held["characters"]}
        assert {who for _, _, who in held["quotes"]} - {"?"} <= known, held["novel"]
        assert held["quotes"] == sorted(held["quotes"]), held["novel"]
