"""story.cast.yaml: what it may say, what it extends, and every mistake in it met with its place."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import get_args

import pytest
from places import ROOT

from narrate.cast import NARRATORS_VOICE, Voice
from narrate.errors import UserFileError
from narrate.mastering.pacing import Pacing
from narrate.script import NARRATOR, LineKind
from narrate.userfiles import CastFile, presets, read_cast
from narrate.userfiles.cast_shape import CharacterShape, FileShape, KindsShape, PacingShape

FULL = """\
narrator: {voice: hibari/heart, speed: 1.05}
characters:
  Kylo: kokoro/am_onyx   # a word is enough
  Rey:
    voice:
      engine: kokoro
      name: bf_emma
      options: {blend: 0.3, mode: "3", loud: true, as: whisper}
    pitch: -1
    gain: 2.5
    gender: female
    age: young
    aliases: [the scavenger, "Kira"]
    pronounce: {Jakku: JACK-oo}
  Jim: narrator
  No:
pacing: {scene: 2000, variation: 0}
pronounce: {Siobhan: /ʃɪˈvɔːn/}
kinds: {note: skip, thought: narrator}
engine: kokoro
accent: en-GB
profile: acx
output: out/
"""


def cast(folder: Path, text: str, name: str = "s.cast.yaml") -> CastFile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_cast(path)


def test_all_that_a_cast_file_can_say(tmp_path: Path) -> None:
    read = cast(tmp_path, FULL)
    rey = Voice(
        "kokoro",
        "bf_emma",
        1.0,
        -1.0,
        2.5,
        (("as", "whisper"), ("blend", 0.3), ("loud", True), ("mode", "3")),
    )
    assert read.chosen() == {
        NARRATOR: Voice("hibari", "heart", speed=1.05),
        "Kylo": Voice("kokoro", "am_onyx"),
        "Rey": rey,
        "Jim": NARRATORS_VOICE,
    }
    entry = read.characters["Rey"]
    assert (entry.gender, entry.age, entry.aliases) == ("female", "young", ("the scavenger", "Kira"))
    assert entry.pronounce == {"Jakku": "JACK-oo"}
    assert entry.where == f"{tmp_path}/s.cast.yaml:4:3"
    assert read.characters["Kylo"].voice_at == f"{tmp_path}/s.cast.yaml:3:9"
    assert read.characters["No"].voice is None
    assert list(read.characters) == ["Kylo", "Rey", "Jim", "No"]
    assert (read.pacing, read.pronounce) == ({"scene": 2000, "variation": 0}, {"Siobhan": "/ʃɪˈvɔːn/"})
    assert read.kinds == {"note": "skip", "thought": "narrator"}
    assert (read.engine, read.accent, read.profile) == ("kokoro", "en-GB", "acx")
    assert read.output == f"{tmp_path}/out/"  # from the folder of the file that says so


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("charcters: {}", "1:1", "unknown key 'charcters'; did you mean 'characters'?"),
        ("characters: {K: {voce: a/b}}", "1:18", "unknown key 'voce'; did you mean 'voice'?"),
        ("characters: {K: {voice: {engine: a, nam: b}}}", "1:37", "did you mean 'name'?"),
        ("characters: {K: {voice: {engine: a}}}", "1:18", "`name` is missing"),
        ("characters: {K: a/}", "1:17", "'a/' is no voice; write engine/name"),
        ("characters: {K: {engine: a, voice: b}}", "1:18", "unknown key 'engine'; write `voice: a/b`"),
        ("characters: {K: {voice: a/b, engine: a}}", "1:30", "unknown key 'engine'; take it out"),
        ("characters:\n  Ann kokoro/bf_emma", "2:3", "put `:` after the name"),
        ("characters:\n  Ann:kokoro/bf_emma", "2:3", "put a space after the `:`"),
        ("characters: {K: {voice: [a]}}", "1:25", "`voice` must hold"),
        ("characters: {K: {voice: a/b, speed: fast}}", "1:37", "`speed` must be a number, not 'fast'"),
        ("characters: {K: {voice: a/b, speed: 3}}", "1:37", "`speed` must be at most 2, not '3'"),
        ("characters: {K: {voice: a/b, pitch: .nan}}", "1:37", "`pitch` must be a number"),
        ("characters: {K: {voice: a/b, gain: 99}}", "1:36", "`gain` must be at most 24"),
        ("characters: {K: {voice: a/b, options: {x: [1]}}}", "1:43", "one word or number"),
        ("characters: {K: {speed: 1.1}}", "1:18", "'speed' without a voice"),
        ("characters: {K: {voice: narrator, speed: 1.1}}", "1:35", "takes no 'speed'"),
        (
            "characters: {K: {voice: {engine: a, name: b, speed: 1.1}, speed: 1.2}}",
            "1:59",
            "'speed' is here twice",
        ),
        ("characters: {K: {gender: femal}}", "1:26", "did you mean 'female'?"),
        ("characters: {K: {aliases: M}}", "1:27", "must be a list"),
        ("characters: {K: {aliases: [L]}, L: {aliases: [K]}}", "1:14", "aliases of each other"),
        ("characters: {K: {aliases: [M]}, L: {aliases: [m]}}", "1:33", "'m' is an alias of 'K' and of 'L'"),
        ("characters: {K: {aliases: [Unknown]}}", "1:14", "cannot be an alias"),
        ("characters: {narrator: a/b}", "1:14", "use the section `narrator:`"),
        ("characters: [a]", "1:13", "`characters` must hold"),
        ('characters: {"": a/b}', "1:14", "is no name"),
        ('characters: {"a\\nb": a/b}', "1:14", "is no name"),
        ("narrator: narrator", "1:1", "cannot be the narrator's voice"),
        ("narrator: {voice: a/b, gender: male}", "1:24", "unknown key 'gender'"),
        ("pacing: {scene: -1}", "1:17", "`scene` must be at least 0"),
        ("pacing: {scen: 1}", "1:10", "did you mean 'scene'?"),
        ("pronounce: {a: /b}", "1:16", "neither a respelling nor /IPA/"),
        ("kinds: {speech: skip}", "1:17", "`speech` cannot be 'skip'"),
        ("profile: acxx", "1:10", "did you mean 'acx'?"),
        ("accent: british", "1:9", "like en-GB"),
        ("extend: britsh", "1:9", "no preset is called 'britsh'; did you mean 'british'?"),
        ("extend: none.yaml", "1:9", "there is no file 'none.yaml'"),
        ("extend: ./s.cast.yml", "1:9", "did you mean 's.cast.yaml'?"),
        ("profile: acxx\ncharacters: {K: {speed: 9}}", "1:10", "acx"),  # the first of several
    ],
)
def test_a_mistake_is_met_with_its_place_and_a_way_out(
    tmp_path: Path, text: str, where: str, said: str
) -> None:
    with pytest.raises(UserFileError) as error:
        cast(tmp_path, text)
    assert error.value.where == f"{tmp_path}/s.cast.yaml:{where}"
    assert said in str(error.value)


def test_a_series_keeps_its_cast(tmp_path: Path) -> None:
    cast(
        tmp_path,
        "accent: en-US\npacing: {scene: 1, turn: 2}\ncharacters: {Kylo: a/b, Rey: a/c}",
        "series.yaml",
    )
    (tmp_path / "two").mkdir()
    read = cast(
        tmp_path / "two",
        "extend: ../series.yaml\ncharacters: {Rey: {voice: a/d}, Kylo: {aliases: [Ren]}}\npacing: {turn: 3}",
    )
    assert read.chosen() == {"Kylo": Voice("a", "b"), "Rey": Voice("a", "d")}
    assert read.characters["Kylo"].aliases == ("Ren",)
    assert (read.pacing, read.accent) == ({"scene": 1, "turn": 3}, "en-US")
    assert read.own == {"Rey", "Kylo"}
    assert read.extends == (tmp_path / "two" / "../series.yaml",)


def test_a_circle_of_casts_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("extend: b.yaml")
    with pytest.raises(UserFileError, match=r"a\.yaml:1:9: `extend` leads back to b\.yaml"):
        cast(tmp_path, "extend: a.yaml", "b.yaml")


@pytest.mark.parametrize("name", presets())
def test_every_preset_can_be_extended(tmp_path: Path, name: str) -> None:
    read = cast(tmp_path, f"extend: {name}")
    assert read.extends
    assert read.own == frozenset()


def test_the_page_lists_every_pause_with_its_length_and_every_key() -> None:
    page = (ROOT / "docs" / "cast-file.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", page, re.MULTILINE))
    assert {name: float(value) for name, value in rows.items()} == asdict(Pacing.default())
    listed = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    keys = {*CharacterShape.model_fields, *FileShape.model_fields, *KindsShape.model_fields}
    assert keys - listed == {"narrator", "characters"}


def test_pauses_and_kinds_are_those_that_mastering_and_the_script_know() -> None:
    assert set(PacingShape.model_fields) == set(Pacing.names())
    assert set(KindsShape.model_fields) < set(get_args(LineKind))
