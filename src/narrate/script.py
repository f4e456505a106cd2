"""The book as an ordered list of lines, plus the characters who speak them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

NARRATOR = "narrator"
"""The speaker of every line that no character speaks. Casting and the cast file use this name too."""

UNKNOWN = "unknown"
"""The speaker of a quote that no evidence gives to anybody: a voice of its own, cast like a character."""

LineKind = Literal[
    "narration",
    "title",
    "speech",
    "thought",
    "telepathy",
    "letter",
    "message",
    "sung",
    "note",
    "silent",
    "credits",
]
"""narration and title (a heading) are the narrator's; speech to sung are quotes; note is the author
speaking outside the story; silent is source that nobody reads: front matter, scene-break marks; credits
are said before and after the story, are no part of the source, and join the script only to be spoken."""

QUOTE_KINDS: frozenset[LineKind] = frozenset({"speech", "thought", "telepathy", "letter", "message", "sung"})

Delivery = Literal[
    "whispered", "soft", "muttered", "hissed", "called", "shouted", "screamed", "exclaimed", "astonished",
    "angry", "cold", "cheerful", "excited", "laughed", "sobbed", "sad", "pleading", "nervous", "tired",
    "weak", "breathless", "hoarse", "growled", "squeaked", "solemn", "hurried", "slow",
    "trailing", "interrupted", "thought", "telepathy", "letter", "message", "sung", "none",
]  # fmt: skip
"""How a line is said. trailing hangs, interrupted is cut off; thought to sung belong to kinds of quote;
none is plain, whatever the words and the kind."""

Gender = Literal["female", "male", "neutral", "unknown"]
Age = Literal["child", "young", "adult", "old", "unknown"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing one speaker says, and where it stands.

    The lines of a script tile the source: `start` of each is `end` of the one before. White space
    after a line's words belongs to it; other unspoken source has `silent` lines of its own.
    """

    start: int  # source offset
    end: int  # source offset, exclusive
    text: str  # the author's words without markup, quote marks included; "" for silent
    kind: LineKind
    speaker: str  # a character's name, NARRATOR or UNKNOWN; "" for silent
    probability: float  # calibrated, 0 to 1, that the speaker is right; 1.0 for narration
    reason: str  # the evidence in plain words; "" for narration
    chapter: int  # index into Book.chapters
    scene: int  # running number of the scene in the book, from 0
    paragraph: int  # running number of the paragraph in the book, from 0
    delivery: tuple[Delivery, ...] = ()  # how it is said, as tag and words have it; () plain but for its kind


@dataclass(frozen=True, slots=True)
class Character:
    """Someone who speaks."""

    name: str  # the fullest name that is not clumsy; unique in the script
    aliases: tuple[str, ...] = ()  # the other names the text uses for them, without `name`
    gender: Gender = "unknown"
    age: Age = "unknown"
    evidence: str = ""  # why this gender and age, in plain words
    narrates: bool = False  # the "I" of a first-person story


@dataclass(frozen=True, slots=True)
class Script:
    """Every line in order, and every character that speaks one, most words first."""

    lines: tuple[Line, ...]
    characters: tuple[Character, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the user said of one quote: on later runs it wins over attribution.

    Quotes are found again by their words, their order, and the words around them, since the text
    may have been edited in between.
    """

    text: str  # the quote's words as the script file held them
    occurrence: int  # 0 for the first quote with these words, 1 for the second, in the file's order
    before: str  # the words of the quote before it, "" at the start
    after: str  # the words of the quote after it, "" at the end
    speaker: str | None  # who says it, None where the user left the speaker alone
    kind: LineKind | None  # what it is, None where the user left the kind alone
    file: tuple[str, ...] = field(default=(), repr=False, compare=False)  # every quote there, in order
    index: int = -1  # of this quote in `file`; -1 where the file is not known
    delivery: tuple[Delivery, ...] | None = None  # how it is said, None where the user left that alone
