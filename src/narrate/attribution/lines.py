"""Lines: the source cut into what the narrator, the characters and nobody speaks, tiling every character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narrate.attribution.flow import Flow
from narrate.attribution.quotes import Quote
from narrate.script import NARRATOR, Line


@dataclass(frozen=True, slots=True)
class Said:
    """What attribution concluded of one quote."""

    speaker: str
    probability: float
    reason: str


def tile(flow: Flow, quotes: Sequence[Quote], said: Sequence[Said]) -> tuple[Line, ...]:
    """Every character of the source in exactly one line, in order."""
    lines: list[Line] = []
    at = k = 0
    for number, paragraph in enumerate(flow.paragraphs):
        base, text = flow.starts[number], paragraph.text
        at = _silence(lines, flow, at, paragraph.start, number)
        cuts: list[tuple[int, int, int]] = []  # (start, end, index of the quote or -1) in the paragraph
        done = 0
        while k < len(quotes) and quotes[k].start < base + len(text):
            a, b = quotes[k].start - base, quotes[k].end - base
            if any(c.isalnum() for c in text[done:a]):
                cuts.append((done, a, -1))
            else:
                stray = text[done:a]  # a dash or a stray mark goes with the words after it
                a = done + len(stray) - len(stray.lstrip())
            cuts.append((a, b, k))
            done = b
            k += 1
        if any(c.isalnum() for c in text[done:]) or not cuts:
            cuts.append((done, len(text), -1))
        for j, (a, b, quote) in enumerate(cuts):
            end = paragraph.end if j + 1 == len(cuts) else paragraph.source(cuts[j + 1][0])
            words = text[a:b].strip()
            kind = "title" if paragraph.kind == "heading" else "narration"
            place = (flow.chapters[number], flow.scenes[number], number)
            if quote >= 0 and quotes[quote].kind == "note":
                lines.append(Line(at, end, words, "note", NARRATOR, 1.0, "the author's own words", *place))
            elif quote >= 0:
                held = said[quote]
                lines.append(
                    Line(
                        at,
                        end,
                        words,
                        quotes[quote].kind,
                        held.speaker,
                        held.probability,
                        held.reason,
                        *place,
                    )
                )
            else:
                lines.append(Line(at, end, words, kind, NARRATOR, 1.0, "", *place))  # type: ignore[arg-type]
            at = end
    _silence(lines, flow, at, len(flow.source), max(0, len(flow.paragraphs) - 1))
    return tuple(lines)


def _silence(lines: list[Line], flow: Flow, at: int, end: int, number: int) -> int:
    """Source between two paragraphs: white space goes to the line before it, other marks are silent."""
    if end <= at:
        return at
    between = flow.source[at:end]
    blank = len(between) - len(between.lstrip())
    if lines and blank:
        last = lines[-1]
        lines[-1] = _stretched(last, at + blank)
        at += blank
    if at < end or not lines:
        place = (flow.chapters[number], flow.scenes[number], number) if flow.paragraphs else (0, 0, 0)
        if at < end:
            lines.append(Line(at, end, "", "silent", "", 1.0, "", *place))
    return end


def _stretched(line: Line, end: int) -> Line:
    return Line(
        line.start, end, line.text, line.kind, line.speaker, line.probability, line.reason,
        line.chapter, line.scene, line.paragraph,
    )  # fmt: skip
