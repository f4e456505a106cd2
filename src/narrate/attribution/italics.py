"""Words set in italics: thoughts and voices in the head, when they stand where speech would stand."""

from __future__ import annotations

import re

from narrate.book import Paragraph

_TAGGED = re.compile(r", (?:(?:he|she|they|[A-Z]\w{0,30}) )?(?:thought|wondered|mused)\b")
_ENDS = re.compile(r"[.!?,…—–]$")


def italic_spans(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Spans of a paragraph's text in italics that read as somebody's own words.

    A title or a stressed word sits inside a sentence; a thought starts one and ends like one.
    """
    text = paragraph.text
    last = len(text.rstrip())
    spans: list[tuple[int, int]] = []
    for mark in paragraph.emphasis:
        if mark.kind != "italic":
            continue
        words = text[mark.start : mark.end].strip()
        before = text[max(0, mark.start - 200) : mark.start].rstrip()
        starts = (
            not before
            or before[-1] in '.!?:,…—"”’»'
            or (spans and not text[spans[-1][1] : mark.start].strip())
        )
        ends = bool(_ENDS.search(words)) or text[mark.end : mark.end + 1] in ".!?"
        if not words or not starts or not (ends or _TAGGED.match(text, mark.end)):
            continue
        if len(words.split()) == 1 and before and not spans and words[-1] not in "!?,":
            continue
        alone = not before and mark.end >= last
        if alone and words.endswith(".") and _is_stage_direction(words):
            continue
        spans.append((mark.start, mark.end))
    return spans


_REPORT = re.compile(r"[A-Z]\w+ \w+(?:ed|t) ")


def _is_stage_direction(words: str) -> bool:
    """`Ravi added Lucho to this conversation.`: narration of a chat log, set in italics."""
    return (bool(_REPORT.match(words)) and "conversation" in words) or words.endswith(
        ("chat.", "channel.", "call.")
    )
