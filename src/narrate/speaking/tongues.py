"""Which language a line is in, where it is not the book's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

VERSION = "1"
"""Raise it when another language is found for the same words: what was found is kept between runs."""

LANGUAGES = (
    *("en", "fr", "es", "de", "it", "pt", "nl", "la", "pl", "sv", "da", "no", "cs", "tr", "fi", "hu", "ro"),
    *("ru", "uk", "el", "ja", "zh", "ko", "ar", "fa", "he", "hi"),
)
"""Weighed against each other; a made-up language is sure to be none of so many."""

_SURE = 0.85
"""Probability. Of 4,532 quotes of English novels the six found above it were French, German and Latin; the
first wrong one stood at 0.62, and eight lines of invented languages below 0.6."""
_LEAST = 4
"""Words, or letters of another script. "Mon Dieu!" is said by anybody."""

_word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_foreign_letter = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_ENGLISH = frozenset(
    re.findall(
        r"\S+",
        "the and you of that this what your have with would could i'm i'll i've it's don't they she his "
        "there then them were from how which been know think said mr mrs miss",
    )
)
_SETTLED = 0.12
"""Share of a line's words that are English and nothing else, above which nobody need be asked."""


def tongue(text: str, book: str = "en") -> str:
    """The language (ISO 639-1) of a text in another than `book`'s; "" for the book's own and for doubt."""
    own = book.split("-")[0].lower()
    strange = len(_foreign_letter.findall(text))
    words = [word.lower().replace("’", "'") for word in _word.findall(text)]
    if len(words) < _LEAST and strange < _LEAST:
        return ""
    if own == "en" and sum(word in _ENGLISH for word in words) > _SETTLED * len(words):
        return ""
    language, probability = _classifier().classify(text)
    return str(language) if probability >= _SURE and language != own else ""


def tongues(texts: Iterable[str], book: str = "en") -> dict[int, str]:
    """The texts in another language, by their place."""
    found = ((k, tongue(text, book)) for k, text in enumerate(texts))
    return {k: language for k, language in found if language}


@cache
def _classifier() -> Any:
    """py3langid's model: 0.7 s of processor time to load, 0.5 ms a line."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    classifier.set_languages(list(LANGUAGES))
    return classifier
