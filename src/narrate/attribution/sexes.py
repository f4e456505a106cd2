"""The sex of a name, as the pronouns after it and the nouns beside it tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise
from typing import TypeVar

from narrate.attribution.mentions import Mention
from narrate.attribution.words import Words

Key = TypeVar("Key", bound=Hashable)

_NEAR = 200  # characters from a name to the pronoun that takes it up


def votes_by_pronoun(
    words: Words, mentions: Sequence[Mention], of: Callable[[Mention], Key]
) -> dict[Key, list[int]]:
    """For each name, how often the next pronoun of the paragraph, with nobody between, is a man's and a
    woman's: [he, she]. Names are told apart by `of`.
    """
    votes: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    name: Mention | None = None
    for m in mentions:
        if m.quote >= 0 or m.kind not in ("name", "pronoun"):
            name = None
        elif m.kind == "name":
            name = m if m.subject or not m.after_preposition else None
        elif name is not None:
            near = m.start - name.start < _NEAR and "\n\n" not in words.text[name.end : m.first]
            if near and _takes_up(m, name):
                votes[of(name)][m.sex == "f"] += 1
            name = None
    return votes


def _takes_up(pronoun: Mention, name: Mention) -> bool:
    """`Ana saw her`: the object is anybody but the subject."""
    told = pronoun.subject or pronoun.owner or pronoun.words[0] in ("he", "she", "himself", "herself")
    return told or not name.subject


_COPULA = frozenset({"was", "is", "were", "became", "remained"})
_ENDS = frozenset(",.;:!?…—–)\n")


def votes_by_noun(
    words: Words, mentions: Sequence[Mention], of: Callable[[Mention], Key]
) -> dict[Key, list[int]]:
    """For each name, how often it is said to be a man and a woman: `Wren, her brother,`, `her brother Wren`,
    `Wren was the eldest daughter`. [men, women], told apart by `of`.
    """
    votes: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for a, b in pairwise(m for m in mentions if not (m.kind == "pronoun" and m.owner)):
        name, noun = (a, b) if a.kind == "name" else (b, a)
        if (name.kind, noun.kind) != ("name", "noun") or not noun.sex or noun.group or a.quote != b.quote:
            continue
        if name is b:
            told = a.end == b.first and a.determiner and not a.owner
        else:
            told = not a.owner and _is_told(words, a, b)
        if told:
            votes[of(name)][noun.sex == "f"] += 1
    return votes


def _is_told(words: Words, name: Mention, noun: Mention) -> bool:
    """`NAME, her brother,` or `NAME was her brother`."""
    if noun.owner or not noun.determiner or noun.first - name.end != 1:
        return False
    between = words.low[name.end]
    if between in _COPULA:
        return name.subject and not name.after_preposition
    closes = (
        noun.end >= len(words) or words.text[noun.end][0] in _ENDS or words.low[noun.end] in ("of", "who")
    )
    return between == "," and closes and not noun.verb
