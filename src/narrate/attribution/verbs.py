"""Verbs beside a quote: which of them may carry somebody's words."""

from __future__ import annotations

from narrate.attribution.lexicon import FUNCTION, SAY, SPEECH, is_past, word_set
from narrate.attribution.page import Page

_AUXILIARIES = word_set(
    """
    would could did might will should used
    """
)


def _is_base(low: str) -> bool:
    """`say` of `would say`."""
    if low in FUNCTION and low not in ("say", "ask"):
        return False
    return low + "s" in SPEECH or low + "ed" in SPEECH or low + "d" in SPEECH


def leads(low: str) -> bool:
    """Verbs that may lead into words: base forms only where they cannot be nouns."""
    return low in SPEECH or low in ("say", "ask", "spoke")


def speaks(low: str) -> bool:
    """Verbs of speech in any form."""
    return low in SPEECH or _is_base(low)


def verb_near(page: Page, at: int, end: int) -> int | None:
    """The speech verb of a subject that ends before `at`: over adverbs, `had`, an aside in commas,
    `and`.
    """
    words, steps, aside = page.words, 0, False
    while at < end and steps < 12:
        low = words.low[at]
        if low == ",":
            aside = not aside
        elif low in SPEECH and words.text[at][0].islower():
            return at
        elif low in _AUXILIARIES and at + 1 < end and _is_base(words.low[at + 1]):
            return at + 1
        elif (
            is_past(low)
            and not aside
            and low not in ("had", "has", "have", "was", "would", "could", "did", "then")
        ):
            ahead = [words.low[j] for j in range(at + 1, min(end, at + 8))]
            for j, follow in enumerate(ahead):  # "turned and said"
                if follow in ("and", "then") and j + 1 < len(ahead) and ahead[j + 1] in SAY:
                    return at + 1 + j + 1
            return None
        elif low in (":", ";", "(", "—"):
            return None
        at += 1
        steps += 1
    return None
