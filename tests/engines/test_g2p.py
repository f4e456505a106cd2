"""Fiction's traps for hibari's G2P, and pronunciations given in the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.engines.g2p import Phonemizer, sayable, speakable, vocabulary
from narrate.errors import EngineError

READER = Phonemizer()


def said(text: str, british: bool = False) -> str:
    words = READER.words(text, british=british)
    return "".join(word.phonemes + (" " if word.space else "") for word in words).strip()


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("“Hello,” she said.", "Hello, she said."),
        ("'Hello,' she said.", "Hello, she said."),
        ("‘Yes’ I said.", "Yes I said."),
        ("«Hello», she said", "Hello, she said"),
        ("well--no", "well—no"),
        ("well -- no", "well—no"),
        ("well - no", "well—no"),
        ("wait...", "wait…"),
        ("wait . . .", "wait …"),
        ("Nooooo!", "No!"),
        ("it was sooo cooool, pleeease", "it was so cool, please"),
        ("Henry VIII and Louis XIII", "Henry the eighth and Louis the thirteenth"),
        ("hel\u00adlo\u200b there\ufeff", "hello there"),
        ("the dogs' bowls", "the dogs bowls"),
        ("No. 5", "Number five"),
        ("‘I don’t,’ he said.", "I don't, he said."),
    ],
)
def test_reads_the_same(text: str, like: str) -> None:
    assert said(text) == said(like)


@pytest.mark.parametrize(
    ("text", "has", "has_not"),
    [
        ("He said no.", "nˈO", "nˈʌmbəɹ"),
        ("They sat in the sun.", "sˈʌn", "dˌA"),
        ("Shh!", "ʃ", "ˌɛs"),
        ("Hmm.", "hˈʌm", "Aʧ"),
        ("W-we can't", "wə—wi", "dˈʌb"),
        ("B-b-but", "bə—bə—b", "bˈi"),
        ("Esq.", "ɪskwˈI", "ˈɛsk"),
        ("’Tis he", "tˈɪz", "“"),
        ("I-I don’t", "I—", "“"),
    ],
)
def test_traps(text: str, has: str, has_not: str) -> None:
    assert has in said(text)
    assert has_not not in said(text)


def test_accents_differ() -> None:
    assert said("I can't dance", british=True) != said("I can't dance")


def test_a_pronunciation_is_spoken_and_keeps_its_possessive() -> None:
    assert said("Ask [Siobhan](/ʃɪˈvɔːn/), now.") == said("Ask [X](/ʃɪvˈɔːn/), now.")
    assert "ʃɪvˈɔn" in said("[Siobhan](/ʃɪˈvɔn/)")
    assert "ʃɪvˈɔnz fɹ" in said("[Siobhan](/ʃɪˈvɔn/)’s friend").replace("ˈɛnd", "")[:20]
    words = READER.words("Ask [Siobhan](/ʃɪˈvɔn/) now", british=False)
    assert [word.text for word in words] == ["Ask", "Siobhan", "now"]


def test_what_only_looks_like_a_pronunciation_is_read_as_text() -> None:
    assert said("see [page](/ȹ_1/) now") == said("see page now")
    assert said("see [page](/a/b/c.html) now")  # an address: not ours to judge, but it must not fail


@pytest.mark.parametrize(
    ("ipa", "british", "is_said"),
    [
        ("/ʃɪˈvɔn/", False, "ʃɪvˈɔn"),
        ("dʒeɪn", False, "ʤAn"),
        ("ˈtʃɑːrlz", False, "ʧˈɑːɹlz"),
        ("ɡəʊ", True, "ɡQ"),
        ("ɡəʊ", False, "ɡO"),
        ("hæt", True, "hat"),
        ("hat", False, "hæt"),
    ],
)
def test_dictionary_ipa_becomes_the_models(ipa: str, british: bool, is_said: str) -> None:
    assert sayable(ipa, british=british) == is_said


@pytest.mark.parametrize("ipa", ["", "//", "ˈ", "…", "ȹ", "k!ǂa"])
def test_what_cannot_be_said_is_named(ipa: str) -> None:
    with pytest.raises(EngineError, match="pronunciation"):
        sayable(ipa)


@pytest.mark.parametrize("text", ["", " ", "...", "—!?", "😀🎉", "你好", "“”"])
def test_no_sound_is_no_sound(text: str) -> None:
    assert not speakable(READER.words(text, british=False))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet="0123¹²½٣４.,:/-$%£°'’aIVX \n", max_size=40), st.booleans())
def test_any_text_becomes_known_phonemes(text: str, british: bool) -> None:
    words = READER.words(text, british=british)
    assert {c for word in words for c in word.phonemes} <= vocabulary().keys()


def test_a_huge_word_is_spoken_in_pieces() -> None:
    words = READER.words("rhubarb" * 300, british=False)
    assert len(words) > 60
    assert all(len(word.phonemes) < 100 for word in words)


@pytest.mark.parametrize("text", ["King Charles came in.", "Pope Leo and Queen Isabella.", "Chapter Links."])
def test_a_name_after_a_title_is_no_empty_numeral(text: str) -> None:
    said = [word.text for word in Phonemizer().words(text, british=False)]
    assert " ".join(said).replace(" .", ".") == text


def test_a_numeral_after_a_title_is_still_one() -> None:
    said = " ".join(word.text for word in Phonemizer().words("King Henry and King Louis XIV.", british=False))
    assert "zero" not in said


def test_joined_tens_are_two_words() -> None:
    """Joined, British voices slur them: Whisper heard "9 to 9" for ninety-nine."""
    assert said("Ninety-nine, thirty-first.", british=True) == said(
        "Ninety nine, thirty first.", british=True
    )
