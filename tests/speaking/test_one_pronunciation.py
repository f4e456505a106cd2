"""One word, one pronunciation: a name that no dictionary has sounds the same wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.engines.neural import phonemizer
from narrate.produce import Order, cues_of, settle
from narrate.script import LineKind
from narrate.speaking import speakable

SENTENCES: tuple[tuple[LineKind, str], ...] = (
    ("title", "{}"),
    ("narration", "{} came in, and the whole room fell silent."),
    ("narration", "Nobody had seen {} since the winter, not even her sister."),
    ("narration", "It was {}'s own house, or had been."),
    ("speech", "“{}!” cried the captain."),
    ("speech", "“Is that you, {}?”"),
    ("speech", "“{}… {}, wait for me—”"),
    ("thought", "*{}, you fool,* she thought."),
    ("letter", "Dear {},"),
    ("narration", "THE SIGN SAID {loud} IN RED."),
    ("speech", "“{loud}!” he roared."),
)
MARKS = str.maketrans("", "", "ˈˌ .,;:!?…—")


def said(engine: str, sentence: str, name: str, kind: LineKind, british: bool, told: dict[str, str]) -> str:
    written = sentence.format(*[name] * 2, loud=name.upper())
    return speakable(written, engine=engine, kind=kind, british=british, pronounce=told)


def phonemes_of(name: str, text: str, british: bool) -> set[str]:
    """How a text says the name, its possessive and its stress left out."""
    found = set()
    for word in phonemizer().words(text, british=british):
        if word.text.casefold().replace("’", "'").removesuffix("'s") == name.casefold():
            sound = word.phonemes.translate(MARKS)
            found.add(sound[:-1] if word.text[-2:] in ("'s", "’s") else sound)
    return found


@pytest.mark.parametrize("british", [False, True])
@pytest.mark.parametrize("name", ["Xanthorel", "Quibbledrum", "Vrisk", "Aelindra", "Tharn"])
def test_a_guess_is_the_same_in_every_place(name: str, british: bool) -> None:
    heard = set()
    for kind, sentence in SENTENCES:
        found = phonemes_of(name, said("kokoro", sentence, name, kind, british, {}), british)
        assert found, sentence
        heard |= found
    assert len(heard) == 1, heard


@pytest.mark.parametrize("how", ["/zˈænθoʊɹˌɛl/", "ZAN-tho-rell"])
@pytest.mark.parametrize("engine", ["kokoro", "hibari", "espeak", "pyttsx3", "tone"])
def test_what_the_user_told_is_the_same_in_every_place(engine: str, how: str) -> None:
    told = {"Xanthorel": how}
    for kind, sentence in SENTENCES:
        text = said(engine, sentence, "Xanthorel", kind, False, told)
        held = "[Xanthorel" if engine in ("kokoro", "hibari") and how[0] == "/" else "Zan"
        assert held.casefold() in text.casefold(), (sentence, text)


def test_through_chapters_characters_and_engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATE_CACHE", str(tmp_path / "cache"))
    story = tmp_path / "ride.md"
    story.write_text(
        "# Chapter I\n\nXanthorel rode in. “Xanthorel, stop!” cried Anna Reed. “I am here,” said Tom Hale. "
        "“Not Xanthorel's horse!”\n\n"
        "# Chapter II\n\n“Xanthorel is gone,” said Anna. Tom Hale looked for Xanthorel.\n",
        encoding="utf-8",
    )
    (tmp_path / "ride.cast.yaml").write_text(
        "narrator: hibari/heart\ncharacters:\n  Anna Reed: kokoro/bf_emma\n  Tom Hale: kokoro/am_michael\n",
        encoding="utf-8",
    )
    cues = [cue for cue in cues_of(settle(Order(story))) if "anthorel" in cue.text]
    assert {cue.voice.name for cue in cues} >= {"heart", "bf_emma"}

    heard = {
        accent: {
            sound
            for cue in cues
            if cue.voice.name.startswith("b") == accent
            for sound in phonemes_of("Xanthorel", cue.text, accent)
        }
        for accent in (False, True)
    }
    assert {accent: len(sounds) for accent, sounds in heard.items()} == {False: 1, True: 1}
