"""The page: what is read for tags, and where on it everybody is mentioned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from narrate.attribution.flow import Flow
from narrate.attribution.mentions import Mention
from narrate.attribution.quotes import Quote
from narrate.attribution.words import Words


@dataclass(slots=True)
class Page:
    """The lists that the readers of tags look at; `mentions` grows by those that only a tag shows."""

    flow: Flow
    quotes: Sequence[Quote]
    words: Words
    mentions: list[Mention]
    by_first: dict[int, int] = field(init=False)  # first token -> index of the mention
    firsts: list[int] = field(init=False)  # first tokens of the mentions at the start, ascending

    def __post_init__(self) -> None:
        self.by_first = {m.first: k for k, m in reversed(list(enumerate(self.mentions)))}
        self.firsts = [m.first for m in self.mentions]


def sentence_end(page: Page, a: int, b: int) -> int:
    """The token that ends the sentence of token `a`, `b` where none does before it."""
    words = page.words
    while a < b:
        if words.text[a][0] in ".!?…" and (
            a + 1 >= len(words) or words.fresh[a + 1] or not words.text[a + 1][0].isalnum()
        ):
            return a
        a += 1
    return b
