"""Speech tags: what the narration beside a quote says of who is speaking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TagKind = Literal["tag", "lead", "beat"]


@dataclass(slots=True)
class Tag:
    """One piece of narration that points at a speaker."""

    kind: TagKind  # tag: "said Ana"; lead: "Ana turned:" before the words; beat: "Ana smiled."
    subject: int  # index into the mentions; -1 for "I", -2 for "they" or nobody we can name
    verb: str
    after: bool  # stands after the quote
    together: bool = False  # "they said together"
    second: int = -1  # index of the mention that speaks along: "Ana and Ben said"
    weak: bool = False  # a gesture, or a pronoun far from its verb


@dataclass(slots=True)
class Evidence:
    """All that stands beside one quote."""

    tag: Tag | None = None
    beats: tuple[Tag, ...] = ()  # nearest first: after the quote, then before it
    joined: bool = False  # the sentence of the quote before runs on into this one: same speaker
    gap: int = 0  # characters of narration since the quote before
    gap_words: int = 0  # words of narration before it in its own paragraph


I = -1  # noqa: E741  the narrator's own "I"
NOBODY = -2
