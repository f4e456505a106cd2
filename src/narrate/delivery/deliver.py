"""Every quote of a script with its delivery: from its tag, its own words, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from narrate.delivery import beside, words
from narrate.script import QUOTE_KINDS, Delivery, Line, Script

_SPOKEN = QUOTE_KINDS - {"letter", "message"}  # what is written is read out


def deliver(script: Script) -> Script:
    """The script with `Line.delivery` of every quote as the text has it."""
    lines = script.lines
    out: list[Line] = []
    for k, line in enumerate(lines):
        found = _delivery(lines, k, out) if line.kind in _SPOKEN else ()
        out.append(replace(line, delivery=found) if found != line.delivery else line)
    return Script(tuple(out), script.characters)


def _delivery(lines: Sequence[Line], k: int, done: Sequence[Line]) -> tuple[Delivery, ...]:
    line = lines[k]
    following = _narration(lines, k + 1, line)
    leading = _narration(lines, k - 1, line)
    manner = beside.after(line.text, following.text, line.speaker) if following else ()
    if not manner and leading:
        manner = beside.before(leading.text, line.speaker)
    elif not manner and k and lines[k - 1].paragraph != line.paragraph:
        before = lines[k - 1]
        if before.kind == "narration" and before.text.rstrip().endswith(":"):
            manner = beside.before(before.text, line.speaker)
    if not manner and leading and k > 1:
        manner = _carried(lines[k - 2], done[k - 2], leading, line)
    loud = words.loudness(line.text)
    if loud and (not manner or (loud == "shouted" and manner == ("exclaimed",))):
        manner = (loud,)
    onward = _onward(lines, k, following)
    end = words.ending(line.text, onward)
    return (*manner, end) if end else manner


def _narration(lines: Sequence[Line], k: int, quote: Line) -> Line | None:
    """The narration at `k`, if it stands in the quote's own paragraph."""
    if not 0 <= k < len(lines):
        return None
    line = lines[k]
    return line if line.kind == "narration" and line.paragraph == quote.paragraph else None


def _carried(before: Line, done: Line, between: Line, line: Line) -> tuple[Delivery, ...]:
    """What goes over a tag between two quotes of one paragraph: `"Come," she whispered. "Now."`"""
    same = (
        before.paragraph == line.paragraph and before.speaker == line.speaker and before.kind in QUOTE_KINDS
    )
    if not same or not beside.one_sentence(between.text):
        return ()
    tag = beside.after(before.text, between.text, line.speaker)
    return tuple(one for one in tag if one in done.delivery)


def _onward(lines: Sequence[Line], k: int, following: Line | None) -> str:
    """The words with which the same quote's sentence may go on after narration in between."""
    if following is None or k + 2 >= len(lines):
        return ""
    after = lines[k + 2]
    same = after.paragraph == lines[k].paragraph and after.speaker == lines[k].speaker
    return after.text if same and after.kind in QUOTE_KINDS else ""
