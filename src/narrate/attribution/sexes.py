"""The sex of a name, as the pronouns after it tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
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
