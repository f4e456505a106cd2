"""Finding engines: names, broken packages, catalogues."""

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from narrate.cast import Voice
from narrate.engines import all_voices, catalogue, engine_names, load, registry
from narrate.errors import EngineError


def offer(monkeypatch: pytest.MonkeyPatch, *entries: tuple[str, str]) -> None:
    group = registry.GROUP
    monkeypatch.setattr(
        registry, "entry_points", lambda group=group: [EntryPoint(n, v, group) for n, v in entries]
    )


def test_built_in_engines_are_found() -> None:
    assert {"espeak", "hibari", "kokoro", "pyttsx3", "tone"} <= set(engine_names())


def test_an_unknown_engine_is_met_with_the_nearest() -> None:
    with pytest.raises(EngineError, match="did you mean 'kokoro'"):
        load("kokro")
    with pytest.raises(EngineError, match=r"there are: .*tone"):
        load("zzzzz")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("no_such_module:Engine", "ModuleNotFoundError"),
        ("narrate.engines.tone:Absent", "AttributeError"),
        ("builtins:dict", "does not make an engine"),
    ],
)
def test_a_broken_package_is_named(monkeypatch: pytest.MonkeyPatch, value: str, says: str) -> None:
    offer(monkeypatch, ("bad", value), ("tone", "narrate.engines.tone:Tone"))
    with pytest.raises(EngineError, match=says) as caught:
        load("bad")
    assert "'bad'" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert {info.engine for info in all_voices()} == {"tone"}, "the others still work"


def test_all_voices_of_one_engine() -> None:
    voices = all_voices(["tone"])
    assert len(voices) >= 24
    assert {info.engine for info in voices} == {"tone"}
    with pytest.raises(EngineError, match="did you mean 'tone'"):
        all_voices(["tonne"])


def test_find_names_the_nearest() -> None:
    with pytest.raises(EngineError, match="did you mean 'tone-03'"):
        catalogue.find(catalogue.catalogue("tone"), Voice("tone", "tone-003"))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "- a list",
        "voices: {}",
        "voices: {a: {gender: robot}}",
        "voices: {a: {age: 12}}",
        "voices: {a: {colour: red}}",
        "voices: [",
    ],
)
def test_a_damaged_catalogue_is_an_engine_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    (tmp_path / "odd.yaml").write_text(content)
    monkeypatch.setattr(catalogue, "voices_folder", lambda: tmp_path)
    catalogue.catalogue.cache_clear()
    with pytest.raises(EngineError, match="catalogue is damaged"):
        catalogue.catalogue("odd")
    catalogue.catalogue.cache_clear()


def test_distances_are_read_both_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.yaml").write_text("voices: {a: {}, b: {}, c: {}}")
    (tmp_path / "odd.distances.yaml").write_text("distances: {a: [], b: [12], c: [30, 45]}")
    monkeypatch.setattr(catalogue, "voices_folder", lambda: tmp_path)
    catalogue.catalogue.cache_clear()
    a, b, c = catalogue.catalogue("odd")
    catalogue.catalogue.cache_clear()
    assert a.unlike == {"b": 0.12, "c": 0.3}
    assert b.unlike == {"a": 0.12, "c": 0.45}
    assert c.unlike == {"a": 0.3, "b": 0.45}
