"""Narration as sentences of tokens, and what in one belongs together: where a clause ends, what is denied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from narrate.delivery.lexicon import ADJECTIVES, ADVERBS, CUTS, NEGATIONS, PARTICIPLES, VERBS, listed

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\.{2,}|[,;:.!?…—–()]")
STOPS = frozenset(".!?…")
ABBREVIATED = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "mme", "mlle", "prof", "capt", "col", "rev", "sgt", "lt"}
)
BELONGS = listed("to at in into from with through over across for toward towards on by after under between")


def sentences(text: str) -> Iterator[list[str]]:
    """The tokens of each sentence, its stop with it."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        tokens.append(token)
        if token[0] in STOPS and not (
            token == "." and len(tokens) > 1 and tokens[-2].casefold() in ABBREVIATED
        ):
            yield tokens
            tokens = []
    if tokens:
        yield tokens


def clause_end(words: Sequence[str], start: int) -> int:
    """Where what a tag says of its quote ends."""
    for k in range(start, len(words)):
        word = words[k]
        if word in (";", ":"):
            return k
        if word not in CUTS:
            continue
        after = words[k + 1] if k + 1 < len(words) else ""
        if word in ("and", "but", "while", "or") and (
            (after in ADVERBS and stands_alone(words, k + 1)) or after in PARTICIPLES or after in ADJECTIVES
        ):
            continue
        if word in ("than", "as", "though", "so") and k > start and words[k - 1] in ("more", "little"):
            continue
        if word == "but" and k + 2 < len(words) and words[k + 2] in ADVERBS:
            continue
        return k
    return len(words)


def stands_alone(words: Sequence[str], k: int) -> bool:
    """Whether an adverb belongs to the saying, not to something that is done: `quickly closing the door`."""
    after = words[k + 1] if k + 1 < len(words) else "."
    return (
        not after[0].isalpha()
        or after in CUTS
        or after in BELONGS
        or after in ADVERBS
        or after in VERBS
        or after == "enough"
    )


def denied(words: Sequence[str], k: int) -> bool:
    """Whether the word at `k` is denied, or nearly so, by one of the three before it in its clause."""
    for word in reversed(words[max(0, k - 3) : k]):
        if word in NEGATIONS:
            return True
        if not word[0].isalpha() or word in ("but", "and"):
            return False
    return False
