"""How long each silence is, and which kind of silence falls between two cues."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from narrate.book import ParagraphKind
from narrate.errors import UserFileError
from narrate.script import QUOTE_KINDS, Line

PauseKind = Literal[
    "clause",
    "sentence",
    "tag",
    "turn",
    "paragraph",
    "cut_in",
    "interrupted",
    "trailing",
    "verse",
    "verse_line",
    "item",
    "letter",
    "scene",
    "title_after",
    "chapter_head",
    "chapter_tail",
]

_Ending = Literal["stop", "trail", "cut", "open"]

_LONGEST = 60_000.0  # ms; a longer pause is a slip of the finger, not a wish
_LONGEST_CUT_IN = 1000.0  # ms; longer, and neither is understood
_ALOUD = frozenset({"speech", "telepathy", "sung"})
_APART = frozenset({"letter", "message", "note"})
_CLOSERS = "\"'”’»)]}*_ \t\n"
_ENDS = ".!?…。！？"


@dataclass(frozen=True, slots=True)
class Pacing:
    """Every pause in ms; what each is for stands in `pacing.yaml`, which holds the defaults."""

    clause: float
    sentence: float
    tag: float
    turn: float
    paragraph: float
    cut_in: float  # the one that is no pause: how long two voices are heard at once
    interrupted: float
    trailing: float
    verse: float
    verse_line: float
    item: float
    letter: float
    scene: float
    title_after: float
    chapter_head: float
    chapter_tail: float
    variation: float  # fraction of each pause, 0 to 0.5

    @staticmethod
    def default() -> Pacing:
        """The pauses that ship with narrate."""
        return _shipped()

    @staticmethod
    def names() -> tuple[str, ...]:
        """What a `pacing:` section may hold."""
        return tuple(field.name for field in fields(Pacing))

    @staticmethod
    def from_mapping(given: Mapping[str, Any], *, where: str = "pacing") -> Pacing:
        """The defaults with what the user gave in their place.

        Raises UserFileError, with `where` for its place, for a name that is none of `names()` (the
        nearest is offered) and for a value out of range.
        """
        changes: dict[str, float] = {}
        for name, value in given.items():
            if name not in Pacing.names():
                near = get_close_matches(str(name), Pacing.names(), 1)
                fix = f"did you mean {near[0]}?" if near else f"there are: {', '.join(Pacing.names())}"
                raise UserFileError(f"there is no pause called {name!r}", where=where, fix=fix)
            top = {"variation": 0.5, "cut_in": _LONGEST_CUT_IN}.get(name, _LONGEST)
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not 0 <= value <= top:
                unit = "a fraction" if name == "variation" else "milliseconds"
                raise UserFileError(
                    f"{name} is {value!r}", where=where, fix=f"write {unit} from 0 to {top:g}"
                )
            changes[name] = float(value)
        return replace(_shipped(), **changes)

    def ms(self, kind: PauseKind, seed: str) -> float:
        """The length of one pause in ms; the same seed gives the same."""
        length: float = getattr(self, kind)
        if not self.variation:
            return length
        digest = hashlib.sha256(f"{kind}\0{seed}".encode()).digest()
        chance = int.from_bytes(digest[:8], "big") / 2**63 - 1.0  # -1 to 1
        return length * (1.0 + self.variation * chance)

    def as_mapping(self) -> dict[str, float]:
        """Every name with its value, in order: what a key or a report holds."""
        return asdict(self)


@cache
def _shipped() -> Pacing:
    """Read here and not by users' rules: a mistake in it is ours and shows at once."""
    text = Path(__file__).with_name("pacing.yaml").read_text("utf-8")
    return Pacing(**{name: float(value) for name, value in yaml.safe_load(text).items()})


def pause_kind(
    before: Line,
    after: Line,
    said: str,
    paragraphs: tuple[ParagraphKind, ParagraphKind],
    breaks: bool = False,
) -> PauseKind:
    """Which silence falls between two cues of one chapter, the second of which follows the first.

    `said` is the first cue's text; `paragraphs` the kinds of paragraph that the two stand in; `breaks`
    whether the author breaks the line between them.
    """
    if after is before:
        if breaks:
            return "verse_line"
        return "sentence" if _ending(said) in ("stop", "trail") else "clause"
    if before.kind == "title" and after.kind != "title":
        return "title_after"
    if after.scene != before.scene:
        return "scene"
    ending = _how_it_ends(before)
    changes = after.speaker != before.speaker
    if ending == "cut" and changes and before.kind in QUOTE_KINDS and not _runs_on(after):
        return "cut_in" if before.kind in _ALOUD and after.kind in _ALOUD else "interrupted"
    if ending == "trail" and (changes or after.paragraph != before.paragraph) and not _runs_on(after):
        return "trailing"
    if breaks:
        return "verse_line"
    if after.paragraph != before.paragraph:
        if paragraphs == ("verse", "verse"):
            return "verse"
        if paragraphs == ("list", "list"):
            return "item"
        if (before.kind in _APART) != (after.kind in _APART) or _set_apart(paragraphs):
            return "letter"
        quoted = before.kind in QUOTE_KINDS or after.kind in QUOTE_KINDS
        return "turn" if changes and quoted else "paragraph"
    if not changes:
        return "sentence" if ending in ("stop", "trail") else "clause"
    if ending in ("open", "cut") or _runs_on(after):
        return "tag"
    return "turn" if before.kind in QUOTE_KINDS and after.kind in QUOTE_KINDS else "sentence"


def _set_apart(paragraphs: tuple[ParagraphKind, ParagraphKind]) -> bool:
    """Whether a block set apart begins or ends here."""
    return (paragraphs[0] == "quotation") != (paragraphs[1] == "quotation")


def _how_it_ends(line: Line) -> _Ending:
    """As its delivery has it, for a user may have said so; else as its marks have it."""
    if "interrupted" in line.delivery:
        return "cut"
    if "trailing" in line.delivery:
        return "trail"
    ending = _ending(line.text)
    return "stop" if "none" in line.delivery and ending in ("cut", "trail") else ending


def _ending(text: str) -> _Ending:
    """How a text ends: a full stop, trailing off, cut by a dash, or with its sentence still open."""
    bare = text.rstrip(_CLOSERS)
    if bare.endswith(("…", "...")):
        return "trail"
    if bare.endswith(("—", "–", "--")):
        return "cut"
    return "stop" if bare.endswith(tuple(_ENDS)) else "open"


def _runs_on(line: Line) -> bool:
    """Whether narration goes on with the quote's own sentence: `"Stop!" he said`."""
    return line.kind not in QUOTE_KINDS and line.text.lstrip("—– \t\n,-")[:1].islower()
