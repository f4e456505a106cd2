"""A line in another language: spoken by a voice of that language, in the same gender; never silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.engines import all_voices
from narrate.produce import Order, cues_of, settle

STORY = """# At the border

“Your papers,” said Captain Anna Reed. She held out her hand.

“Je ne sais pas ce que vous voulez, madame,” said Tom.

“He says he doesn't know what you want,” said Anna. “Tom, please speak English with the lady.”

“Ich weiß nicht, was soll es bedeuten,” said Anna.

“Mon Dieu!” said Tom. “All right, all right, I will speak it.”
"""
CAST = "narrator: {narrator}\ncharacters:\n  Anna: {anna}\n  Tom: {tom}\n"


def settled(folder: Path, cast: str):  # type: ignore[no-untyped-def]
    story = folder / "border.md"
    story.write_text(STORY, encoding="utf-8")
    (folder / "border.cast.yaml").write_text(cast, encoding="utf-8")
    return settle(Order(story))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATE_CACHE", str(tmp_path / "cache"))


ESPEAK = CAST.format(narrator="espeak/en-gb", anna="espeak/en-gb+f2", tom="espeak/en-us+m3")


def voices_by_words(stage) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {cue.text: cue.voice.name for cue in cues_of(stage)}


def test_espeak_gives_each_language_to_a_voice_of_it_in_the_same_gender(tmp_path: Path) -> None:
    pytest.importorskip("espeakng_loader")
    stage = settled(tmp_path, ESPEAK)
    said = voices_by_words(stage)
    about = {info.name: info for info in all_voices(["espeak"])}
    french = next(name for words, name in said.items() if words.startswith("Je ne sais pas"))
    german = next(name for words, name in said.items() if words.startswith("Ich weiß"))
    assert (about[french].language.split("-")[0], about[french].gender) == ("fr", "male")
    assert (about[german].language.split("-")[0], about[german].gender) == ("de", "female")
    others = {name for words, name in said.items() if not words.startswith(("Je", "Ich"))}
    assert others == {"en-gb", "en-gb+f2", "en-us+m3"}
    assert not any("another language" in note for note in stage.notes)


def test_the_cast_file_can_keep_them_with_their_speakers(tmp_path: Path) -> None:
    pytest.importorskip("espeakng_loader")
    said = voices_by_words(settled(tmp_path, f"foreign: own\n{ESPEAK}"))
    assert next(name for words, name in said.items() if words.startswith("Je ne")) == "en-us+m3"


def test_without_such_a_voice_the_speaker_reads_and_the_user_is_told(tmp_path: Path) -> None:
    cast = CAST.format(narrator="tone/t01", anna="tone/t02", tom="tone/t03")
    names = [info.name for info in all_voices(["tone"])]
    for k, placeholder in enumerate(("t01", "t02", "t03")):
        cast = cast.replace(placeholder, names[k])
    stage = settled(tmp_path, cast)
    said = voices_by_words(stage)
    assert next(name for words, name in said.items() if words.startswith("Je ne")) == names[2]
    assert next(note for note in stage.notes if "another language" in note) == (
        "2 lines in another language (1 in German, 1 in French): tone has no voice for them, "
        "so the speaker's own reads"
    )
