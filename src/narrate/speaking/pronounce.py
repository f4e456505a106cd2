"""The user's own pronunciations: whole words, as a respelling or as IPA, told to each engine its way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from narrate.errors import UserFileError
from narrate.speaking.page import Page

PHONEMES = frozenset("bdfhjklmnpstvwzðŋɡɹʃʒʤʧθxAIOQWYaieouæɑɒɔəɛɜɪʊʌᵊᵻçɲɣɾʔTˈˌː")
"""The alphabet of Kokoro and hibari: what IPA is brought to."""

# IPA as people write it -> Kokoro's alphabet: its diphthongs and affricates are one character each.
_TO_KOKORO = (
    ("t͡ʃ", "ʧ"), ("d͡ʒ", "ʤ"), ("tʃ", "ʧ"), ("dʒ", "ʤ"), ("ts͡", "ts"), ("eɪ", "A"), ("ei", "A"), ("aɪ",
    "I"),
    ("ai", "I"), ("aʊ", "W"), ("au", "W"), ("oʊ", "O"), ("ou", "O"), ("əʊ", "Q"), ("ɔɪ", "Y"), ("ɔi", "Y"),
    ("ɝ", "ɜɹ"),
    ("ɚ", "əɹ"), ("ɜr", "ɜɹ"), ("ɫ", "l"), ("g", "ɡ"), ("r", "ɹ"), ("ʁ", "ɹ"), ("ʀ", "ɹ"), ("ɻ", "ɹ"), ("ɐ",
    "ə"), ("ɵ", "O"),
    ("ø", "ɜ"), ("œ", "ɜ"), ("y", "u"), ("ʏ", "ʊ"), ("ɨ", "ɪ"), ("ɯ", "u"), ("ɤ", "ʌ"), ("χ", "x"), ("ħ",
    "h"), ("ɦ", "h"),
    ("β", "v"), ("ʋ", "v"), ("ɸ", "f"), ("ʎ", "lj"), ("c", "k"), ("ɟ", "ɡ"), ("q", "k"), ("ɬ", "ʃl"), ("ʂ",
    "ʃ"), ("ʐ", "ʒ"),
    ("ɕ", "ʃ"), ("ʑ", "ʒ"), ("ɖ", "d"), ("ʈ", "t"), ("ɳ", "n"), ("ɭ", "l"), ("e", "ɛ"), ("'", "ˈ"), ("ʼ",
    "ˈ"), (",", "ˌ"), (":", "ː"),
)  # fmt: skip
_TO_IPA = str.maketrans(
    {
        "A": "eɪ", "I": "aɪ", "O": "oʊ", "Q": "əʊ", "W": "aʊ", "Y": "ɔɪ", "ʧ": "tʃ", "ʤ": "dʒ", "T": "ɾ",
        "ᵊ": "ə", "ᵻ": "ɪ",
    }
)  # fmt: skip
_ONSET = re.compile(r"((?:s?[ptk]|[bdɡfθʃ])[ɹlwj]?|s[mnlwj]?|[mnvhzl]j?|[ðʒjɹwʧʤ])([ˈˌ])")
"""What may begin an English syllable, before the stress that Kokoro's alphabet has at the vowel."""
_dropped = re.compile("[.\\s͜͡‿|ʰʲʷˠˤ̩̯̥̪̬̹̟̠̝̞̃̈̊˞()-]")

_TO_SPELLING = {
    "A": "ay", "I": "eye", "O": "oh", "Q": "oh", "W": "ow", "Y": "oy", "i": "ee", "u": "oo", "a": "ah",
    "æ": "a", "ɑ": "ah",
    "ɒ": "o", "ɔ": "aw", "ə": "uh", "ɛ": "e", "ɜ": "ur", "ɪ": "i", "ʊ": "oo", "ʌ": "uh", "ᵊ": "u", "ᵻ": "i",
    "ð": "th", "θ": "th",
    "ŋ": "ng", "ɡ": "g", "ɹ": "r", "ʃ": "sh", "ʒ": "zh", "ʤ": "j", "ʧ": "ch", "j": "y", "T": "t", "ɾ": "t",
    "ʔ": "", "x": "kh",
    "ç": "h", "ɲ": "ny", "ɣ": "g", "e": "e", "o": "o", "ˈ": "", "ˌ": "", "ː": "",
}  # fmt: skip

_respelled = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’ .-]*")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How one word is said, both ways."""

    phonemes: str  # in Kokoro's alphabet; "" where the user gave a respelling
    respelling: str  # as a reader of English would say it


@dataclass(frozen=True, slots=True)
class Guide:
    """All of a user's pronunciations, compiled: one pattern over the text."""

    pattern: re.Pattern[str]  # matches any of the words, with its possessive
    exact: Mapping[str, Pronunciation]  # by the word as the user wrote it
    loose: Mapping[str, Pronunciation]  # words written all in lower case, which any capitals match


def compile_guide(pronounce: Mapping[str, str]) -> Guide | None:
    """Words and how to say them: "/ʃɪvˈɔn/" is IPA, anything else a respelling. None for no words.

    Raises UserFileError for a word or a pronunciation that cannot be: the message names both.
    """
    return _compiled(tuple(sorted(pronounce.items()))) if pronounce else None


@lru_cache(maxsize=64)
def _compiled(items: tuple[tuple[str, str], ...]) -> Guide:
    exact: dict[str, Pronunciation] = {}
    loose: dict[str, Pronunciation] = {}
    words = []
    for word, said in items:
        key = " ".join(word.replace("’", "'").split())
        if not any(c.isalpha() for c in key):
            raise UserFileError(f"pronounce: {word!r} is no word", fix="write the word as the story has it")
        found = parse(word, said)
        exact[key] = found
        if key == key.lower():
            loose[key] = found
        else:
            exact.setdefault(key.upper(), found)
        words.append(key)
    # "Siobhan" leaves "siobhan" alone; "siobhan" takes Siobhan and SIOBHAN as well.
    choices = [_shape(w, any_case=w in loose) for w in sorted(words, key=len, reverse=True)]
    pattern = re.compile(rf"(?<![\w])({'|'.join(choices)})(['’][sS](?!\w)|['’](?!\w))?(?![\w]|['’]\w)")
    return Guide(pattern, exact, loose)


def check(pronounce: Mapping[str, str], places: Mapping[str, str]) -> None:
    """Raises UserFileError for the first pronunciation that cannot be said, at its place (word -> where)."""
    for word, said in pronounce.items():
        try:
            compile_guide({word: said})
        except UserFileError as error:
            raise UserFileError(error.what, where=places.get(word, ""), fix=error.fix) from None


def _shape(word: str, *, any_case: bool) -> str:
    spelled = re.escape(word).replace("'", "['’]").replace(r"\ ", r"\s+")
    if any_case:
        return f"(?i:{spelled})"
    return f"{spelled}|{re.escape(word.upper()).replace(chr(39), '[' + chr(39) + '’]')}"


def parse(word: str, said: str) -> Pronunciation:
    """One pronunciation as the user wrote it. Raises UserFileError for one that nobody could say."""
    said = said.strip()
    if len(said) > _LONGEST:
        raise UserFileError(
            f"pronounce: what {word!r} is to sound like has {len(said)} characters",
            fix=f"keep it under {_LONGEST}",
        )
    if len(said) > 2 and said[0] == said[-1] == "/":
        phonemes = kokoro_phonemes(said[1:-1])
        strange = sorted(set(phonemes) - PHONEMES)
        if strange:
            raise UserFileError(
                f"pronounce: {word!r} has {' '.join(strange)} in its IPA, which no engine here can say",
                fix="use English sounds, or write a respelling such as shi-VAWN",
            )
        if not any(c in _VOWELS for c in phonemes):
            raise UserFileError(
                f"pronounce: {word!r} has no vowel in its IPA {said}", fix="write it out, as in /ʃɪvˈɔn/"
            )
        if "ˈ" not in phonemes:
            phonemes = _stressed(phonemes)
        return Pronunciation(phonemes, spelling(phonemes))
    if not _respelled.fullmatch(said):
        raise UserFileError(
            f"pronounce: {word!r} cannot be said as {said!r}",
            fix="write a respelling in plain letters (shi-VAWN) or IPA between slashes (/ʃɪvˈɔn/)",
        )
    return Pronunciation("", said)


_VOWELS = frozenset("AIOQWYaieouæɑɒɔəɛɜɪʊʌᵊᵻ")


def ipa(phonemes: str) -> str:
    """Kokoro's alphabet as a dictionary writes it, "vˈAl" -> "ˈveɪl"; `parse` takes either."""
    return _ONSET.sub(r"\2\1", phonemes).translate(_TO_IPA)


def kokoro_phonemes(ipa: str) -> str:
    """IPA in the alphabet of Kokoro's G2P; what has no place there stays, for `parse` to name."""
    for theirs, ours in _TO_KOKORO:
        ipa = ipa.replace(theirs, ours)
    return _dropped.sub("", ipa)


def _stressed(phonemes: str) -> str:
    """Stress on the first vowel where the user marked none: an unstressed word is swallowed."""
    at = next((k for k, c in enumerate(phonemes) if c in _VOWELS and c not in "əᵊᵻ"), None)
    if at is None:
        at = next(k for k, c in enumerate(phonemes) if c in _VOWELS)
    return f"{phonemes[:at]}ˈ{phonemes[at:]}"


def spelling(phonemes: str) -> str:
    """A respelling for engines that take no phonemes: "ʃɪvˈɔn" -> "shivawn"."""
    return "".join(_TO_SPELLING.get(c, c) for c in phonemes.replace("ɜɹ", "ɜ").replace("əɹ", "ɜ"))


def plain_respelling(said: str) -> str:
    """shi-VAWN -> shivawn: capitals and hyphens show stress and syllables, and engines stumble on them."""
    return " ".join(part.replace("-", "").lower() for part in said.replace("’", "'").split())


def pronounced(text: str, page: Page, guide: Guide) -> str:
    """Every word of the guide, held as it is to be said."""
    return guide.pattern.sub(lambda m: _said(m, page, guide), text)


def _said(match: re.Match[str], page: Page, guide: Guide) -> str:
    word, tail = match.group(1), match.group(2) or ""
    key = " ".join(word.replace("’", "'").split())
    found = guide.exact.get(key) or guide.loose.get(key.lower())
    if found is None:
        return match.group()
    owns = len(tail) == 2
    shown = word.replace("’", "'") + ("'s" if owns else "")
    if found.phonemes and page.style == "phonemes":
        phonemes = found.phonemes.replace("O", "Q") if page.british else found.phonemes
        return page.hold(f"[{shown}](/{phonemes}{possessive(phonemes) if owns else ''}/)") + _mark(tail)
    respelling = plain_respelling(found.respelling)
    if word[:1].isupper():
        respelling = respelling[:1].upper() + respelling[1:]
    return page.hold(respelling + ("'s" if owns else "")) + _mark(tail)


def _mark(tail: str) -> str:
    """A lone mark after the word may be a closing quote: the quotes rule decides."""
    return tail if len(tail) == 1 else ""


def possessive(phonemes: str) -> str:
    """The sound of 's after these phonemes."""
    last = phonemes.rstrip("ˈˌː")[-1:]
    return "ɪz" if last in "szʃʒʧʤ" else "s" if last in "ptkfθ" else "z"
