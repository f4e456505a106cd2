"""`ˈ` before a word: lifted out of the text, and put where the voice can hear it."""

from __future__ import annotations

from narrate.engines.g2p import Word
from narrate.engines.stress import lifted, stressed


def test_marks_are_lifted_and_words_that_bring_their_sounds_keep_theirs() -> None:
    text, places = lifted("ˈYou know, and you ˈknow, [Siobhan](/ʃɪvˈɔn/).")
    assert text == "You know, and you know, [Siobhan](/ʃɪvˈɔn/)."
    assert places == {("you", 0), ("know", 1)}


def test_a_text_without_marks_is_left_alone() -> None:
    assert lifted("You know.") == ("You know.", frozenset())


def test_each_word_gets_more_stress_than_it_had() -> None:
    words = [Word("she", "ʃi", True), Word("never", "nˈɛvəɹ", True), Word("into", "ˌɪntu", True)]
    words += [Word("the", "ðə", True), Word("she", "ʃi", False)]
    places = {("she", 1), ("never", 0), ("into", 0), ("the", 0)}
    assert [w.phonemes for w in stressed(words, places)] == ["ʃi", "nˈˈɛvəɹ", "ˈɪntu", "ðə", "ʃˈi"]
