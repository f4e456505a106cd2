"""The flow cut into words and stops, with what stands where: in which quote, at a sentence's start or not."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, MutableSequence, Sequence
from dataclasses import dataclass

from narrate.attribution.lexicon import word_set
from narrate.attribution.quotes import Quote

_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[.!?…]+|[,;:()]|--+|[—–―]|\n\n|[\"“”«»„‘]")
_ABBREVIATIONS = word_set(
    """
    mr mrs ms dr st capt col gen lieut lt prof rev hon messrs mme mlle sergt sgt jr sr esq
    """
)
STOPS = frozenset(".!?…:;\n")


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists over the tokens of the flow: words, stops and quote marks in order."""

    text: list[str]  # as written
    low: list[str]  # lower case, possessive 's taken off
    start: MutableSequence[int]  # offset in the flow
    quote: MutableSequence[int]  # index of the quote that holds it, -1 in narration
    fresh: list[bool]  # first word of a sentence, or of a quote: its capital tells nothing
    owner: list[bool]  # it was a possessive
    lower: Counter[str]  # how often each word stands in lower case
    capital: Counter[str]  # how often it has a capital inside a sentence

    def at(self, offset: int) -> int:
        """Index of the first token at or after an offset."""
        return bisect_left(self.start, offset)

    def __len__(self) -> int:
        return len(self.text)


def cut_words(text: str, quotes: Sequence[Quote]) -> Words:
    """Tokens of the whole flow, in one pass. Equal words share one string: a book has few different ones."""
    words = Words([], [], array("q"), array("q"), [], [], Counter(), Counter())
    known: dict[str, tuple[str, str, bool]] = {}  # token -> itself, in lower case, whether a possessive
    bounds = [(q.start, q.end) for q in quotes] + [(len(text) + 1, len(text) + 1)]
    k, fresh, previous = 0, True, -1
    add_text, add_low, add_start = words.text.append, words.low.append, words.start.append
    add_quote, add_fresh, add_owner = words.quote.append, words.fresh.append, words.owner.append
    for match in _TOKEN.finditer(text):
        token, at = match.group(), match.start()
        while at >= bounds[k][1]:
            k += 1
        inside = k if at >= bounds[k][0] else -1
        if inside != previous and (
            inside >= 0 or text[bounds[k - 1][1] - 2 : bounds[k - 1][1] - 1] in ".!?…"
        ):
            fresh = True
        previous = inside
        held = known.get(token)
        if held is None:
            held = known[token] = _read(token, known)
        token, low, owner = held
        add_text(token)
        add_low(low)
        add_start(at)
        add_quote(inside)
        add_owner(owner)
        if token[0].isalnum():
            add_fresh(fresh)
            if token[0].isupper():
                if not fresh:
                    words.capital[low] += 1
            else:
                words.lower[low] += 1
            fresh = False
        else:
            add_fresh(False)
            last = words.low[-2] if len(words.low) > 1 else ""
            dotted = token == "." and (last in _ABBREVIATIONS or (len(last) == 1 and last != "i"))
            if not dotted and token[0] in '.!?…:\n"“«„‘—':
                fresh = True
    return words


def _read(token: str, known: Mapping[str, tuple[str, str, bool]]) -> tuple[str, str, bool]:
    low, owner = token.lower(), False
    if low.endswith(("'s", "’s")):
        low, owner = low[:-2], True
    return token, known[low][0] if low in known else low, owner
