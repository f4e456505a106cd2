"""The user's own pronunciations, told to each engine its way."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.engines.g2p import sayable
from narrate.errors import UserFileError
from narrate.speaking import compile_guide, speakable, unknown_words
from narrate.speaking.pronounce import ipa, parse

_SAID = {
    "Siobhan": "/ʃɪvˈɔːn/",
    "Caoimhe": "KEE-va",
    "mithril": "/mˈɪθɹɪl/",
    "Rose": "ROZE",
    "Tír na nÓg": "teer nuh nogue",
}


@pytest.mark.parametrize(
    ("written", "engine", "spoken"),
    [
        ("Siobhan ran.", "kokoro", "[Siobhan](/ʃɪvˈɔːn/) ran."),
        ("Siobhan ran.", "espeak", "Shivawn ran."),
        ("Siobhan ran.", "tone", "Shivawn ran."),
        ("Siobhan’s hat", "kokoro", "[Siobhan's](/ʃɪvˈɔːnz/) hat"),
        ("Siobhan's hat", "espeak", "Shivawn's hat"),
        ("‘I saw Siobhan’ he said", "kokoro", "I saw [Siobhan](/ʃɪvˈɔːn/) he said"),
        ("SIOBHAN!", "kokoro", "[SIOBHAN](/ʃɪvˈɔːn/)!"),
        ("siobhan", "kokoro", "siobhan"),
        ("Siobhana ran.", "kokoro", "Siobhana ran."),
        ("Dr. Siobhan Ray", "kokoro", "Doctor [Siobhan](/ʃɪvˈɔːn/) Ray"),
        ("S-Siobhan", "espeak", "S-Shivawn"),
        ("Caoimhe and Caoimhe's", "kokoro", "Keeva and Keeva's"),
        (
            "Mithril, MITHRIL, mithril",
            "kokoro",
            "[Mithril](/mˈɪθɹɪl/), [MITHRIL](/mˈɪθɹɪl/), [mithril](/mˈɪθɹɪl/)",
        ),
        ("The rose that Rose grew", "espeak", "The rose that Roze grew"),
        ("in Tír na nÓg's hills", "espeak", "in Teer nuh nogue's hills"),
        ("Siobhan/Caoimhe", "espeak", "Shivawn slash Keeva"),
        ("“Siobhan—”", "tone", "Shivawn—"),
    ],
)
def test_a_word_is_said_as_the_user_wants(written: str, engine: str, spoken: str) -> None:
    assert speakable(written, engine=engine, pronounce=_SAID) == spoken


@pytest.mark.parametrize(
    ("word", "said", "names"),
    [
        ("Siobhan", "/ʃɪvˈɔn", "Siobhan"),
        ("Siobhan", "/ʘǃ/", "IPA"),
        ("Siobhan", "/ʃʃ/", "vowel"),
        ("Siobhan", "shi[VAWN]", "respelling"),
        ("Siobhan", "", "respelling"),
        ("Siobhan", "😂", "respelling"),
        ("Siobhan", "a" * 200, "200"),
        ("--", "dash", "no word"),
    ],
)
def test_what_nobody_could_say_is_named(word: str, said: str, names: str) -> None:
    with pytest.raises(UserFileError, match=names):
        compile_guide({word: said})


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=12), st.sampled_from(["/ʃɪvˈɔn/", "shi-VAWN", "two words"]), max_size=4
    ),
    st.text(max_size=60),
    st.sampled_from(["tone", "kokoro"]),
)
@settings(max_examples=150, deadline=None)
def test_any_word_is_compiled_or_refused(pronounce: dict[str, str], text: str, engine: str) -> None:
    text = " ".join([text, *pronounce])
    try:
        said = speakable(text, engine=engine, pronounce=pronounce)
    except UserFileError:
        return
    assert not re.search("[\ue000-\uf8ff]", said)


@pytest.mark.parametrize(
    ("phonemes", "shown"),
    [
        ("vˈAl", "ˈveɪl"),
        ("θjˈul", "ˈθjul"),
        ("ˈæməɹˌɑθ", "ˈæməˌɹɑθ"),
        ("stɹˈAnʤ", "ˈstɹeɪndʒ"),
        ("ʤˈOi", "ˈdʒoʊi"),
    ],
)
def test_a_guess_is_shown_in_ipa_that_sounds_the_same_when_given_back(phonemes: str, shown: str) -> None:
    assert ipa(phonemes) == shown
    assert sayable(ipa(phonemes)) == sayable(phonemes) == phonemes
    assert sayable(parse("Vael", f"/{shown}/").phonemes) == phonemes
    assert parse("Vael", f"/{phonemes}/").phonemes == phonemes


def test_unknown_words_come_most_frequent_first_with_a_guess() -> None:
    texts = [
        "Kharzul met Nyssara. “Kharzul’s sword!” cried the king.",
        "Nyssara left; KHARZUL stayed. Walking, walked.",
    ]
    found = unknown_words(texts)
    assert [(word, count) for word, count, _ in found] == [("Kharzul", 3), ("Nyssara", 2)]
    assert all(phonemes for _, _, phonemes in found)


def test_ordinary_words_and_their_forms_are_known() -> None:
    assert (
        unknown_words(
            ["She's walking her dogs; they'd barked at John's uncle, didn't they? I'll say. TV, FBI."]
        )
        == []
    )
