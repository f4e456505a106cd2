"""What Project Gutenberg puts around a text: its header, its licence, and who made the file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrate.reading.frontmatter import language_tag

_START = re.compile(
    r"^[ \t]*\*{3}[ \t]*START OF TH(?:E|IS) PROJECT GUTENBERG[^\r\n]*"
    r"|^[ \t]*\*END[* ]*THE SMALL PRINT[^\r\n]*"
    r"|^[ \t]*\*END THE SMALL PRINT[^\r\n]*",
    re.M | re.I,
)
_END = re.compile(
    r"^[ \t]*\*{3}[ \t]*END OF TH(?:E|IS) PROJECT GUTENBERG"
    r"|^[ \t]*End of (?:the |this )?Project Gutenberg(?:'s|’s)?\b",
    re.M | re.I,
)
_FIELD = re.compile(r"^(Title|Author|Language):[ \t]*([^\r\n]+)", re.M | re.I)
_CREDITS = re.compile(
    r"(?:produced by|e-?text prepared by|transcribed from|this e-?text was|\[?transcriber['’]s note|"
    r"\[?illustration\b|html version by|updated editions will)",
    re.I,
)
_HEADER_ROOM = 60_000  # the oldest small print is some 20,000 characters long


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the story stands in the file, and what the header says of it ("" and "en" by default)."""

    start: int
    end: int
    title: str = ""
    author: str = ""
    language: str = "en"


def frame(text: str) -> Frame:
    """The part between `*** START OF` and `*** END OF`; all of the text where there are no such lines."""
    opening = None
    for opening in _START.finditer(text, 0, _HEADER_ROOM):  # noqa: B007 - the last one in the header's room
        pass
    start = opening.end() if opening else 0
    closing = _END.search(text, start)
    end = closing.start() if closing else len(text)
    if opening is None:
        return Frame(0, end)
    fields = {key.lower(): value.strip() for key, value in _FIELD.findall(text[: opening.start()])}
    return Frame(
        start,
        end,
        fields.get("title", ""),
        fields.get("author", ""),
        language_tag(fields.get("language", "")),
    )


def is_credit(paragraph: str) -> bool:
    """`Produced by ...`, `[Illustration: ...]`: said of the file, not in the story."""
    return _CREDITS.match(paragraph) is not None and (paragraph[0] != "[" or paragraph.rstrip()[-1] == "]")
