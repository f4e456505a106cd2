"""Quotes: which spans of the flow the author set as somebody's words, in whatever typography."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from narrate.attribution.aloud import is_speech
from narrate.attribution.dashes import dash_spans, is_dash_led
from narrate.attribution.flow import Flow
from narrate.attribution.italics import italic_spans
from narrate.attribution.letters import find_letters, signer
from narrate.attribution.lexicon import ELISIONS
from narrate.attribution.messages import message_spans
from narrate.attribution.minds import mind_spans
from narrate.attribution.notes import find_notes
from narrate.attribution.pairing import pair_marks
from narrate.attribution.plays import play_names, play_spans
from narrate.attribution.songs import song_runs
from narrate.script import LineKind


@dataclass(slots=True)
class Quote:
    """One span of somebody's words; offsets in `Flow.text`, marks included."""

    start: int
    end: int
    paragraph: int
    kind: LineKind = "speech"
    open: bool = False  # the paragraph ends without a closing mark
    label: str = ""  # who the page itself says is speaking: `Ravi` of `Ravi: it's 3 am`
    dash: bool = False  # set off by a dash and no marks


@dataclass(frozen=True, slots=True)
class Style:
    """How this book marks speech."""

    single: bool  # 'single marks' are the outer ones
    dash: bool  # — a dash opens a speech
    minds: bool  # «guillemets» hold voices in the head, since other marks hold speech
    cast: frozenset[str]  # names before speeches, where the book is a play


MOST_RUN_ON = 60
"""Paragraphs that one pair of marks may hold."""

_DOUBLE_OPEN = re.compile(r"[“„«»「]|(?<![\w.,!?;:])\"(?=\S)")
_SINGLE_OPEN = re.compile(r"(?<![^\s“\"(—–\-])(?:'(?=[A-Z])|‘(?=[^\W\d_]|[’“]))")
_WORD = re.compile(r"[^\W\d_]+")


def find_quotes(flow: Flow) -> list[Quote]:
    """Every quote of the flow in order, and every author's note; spans do not overlap."""
    style = _survey(flow)
    notes = find_notes(flow)
    found: list[Quote] = []
    for number in range(len(flow.paragraphs)):
        found += _of_paragraph(flow, number, style, notes.get(number, []))
    found = _run_on(flow, found)
    taken = {q.paragraph for q in found}
    runs = [*find_letters(flow, taken), *song_runs(flow, taken)]
    if runs:
        held: set[int] = set()
        for run in runs:  # a letter in verse is a letter
            if any(number in held for number, *_ in run):
                continue
            held |= {number for number, *_ in run}
            for j, (number, a, b, kind, label) in enumerate(run):
                base = flow.starts[number]
                goes_on = kind == "sung" and j + 1 < len(run)
                found.append(Quote(base + a, base + b, number, kind, open=goes_on, label=label))
        found.sort(key=lambda q: q.start)
    return found


def _of_paragraph(flow: Flow, number: int, style: Style, notes: Sequence[tuple[int, int]]) -> list[Quote]:
    paragraph = flow.paragraphs[number]
    base, text = flow.starts[number], paragraph.text
    if notes and notes[0] == (0, len(text)):
        return [Quote(base, base + len(text), number, "note")]
    if paragraph.kind == "heading":
        return []
    kind: LineKind = "speech"
    said = play_spans(flow, number, style.cast)
    if not said:
        kind, said = "message", message_spans(flow, number)
    if said:
        return [Quote(base + a, base + b, number, kind, label=who) for a, b, who in said]
    if style.dash and is_dash_led(text):
        return [Quote(base + a, base + b, number, dash=True) for a, b in dash_spans(text)]
    found = []
    for a, b, closed in pair_marks(text, style.single):
        if is_speech(text, a, b):
            kind = "telepathy" if style.minds and text[a] in "«»" else "speech"
            found.append(Quote(base + a, base + b, number, kind, open=not closed))
    found = _filled(found, [Quote(base + a, base + b, number, "telepathy") for a, b in mind_spans(text)])
    if paragraph.emphasis:
        italics = italic_spans(paragraph)
        found = _filled(found, [Quote(base + a, base + b, number, "thought") for a, b in italics])
    if notes:
        aside = [Quote(base + a, base + b, number, "note") for a, b in notes]
        inside = [q for q in found if not any(n.start <= q.start and q.end <= n.end for n in aside)]
        found = _filled(inside, aside)
    return found


def _run_on(flow: Flow, found: list[Quote]) -> list[Quote]:
    """A letter or tale between two marks only: opened in one paragraph, closed at the end of a later one.

    The mark that closes it is the proof; without it the quote ends with its paragraph, as a misprint does.
    """
    taken = {q.paragraph for q in found}
    more: list[Quote] = []
    for quote in found:
        first = quote.paragraph
        if not quote.open or quote.kind != "speech" or quote.end < flow.end_of(first):
            continue
        marks = '"' if flow.text[quote.start] == '"' else "“”"
        last = first + 1
        while last < min(first + MOST_RUN_ON, len(flow.paragraphs) - 1) and not (
            last in taken or any(mark in flow.paragraphs[last].text for mark in marks)
        ):
            last += 1
        if last >= len(flow.paragraphs) or not _closed_there(flow, last, marks):
            continue
        if last in taken or any(p.kind == "heading" for p in flow.paragraphs[first : last + 1]):
            continue
        run = [quote] + [
            Quote(flow.starts[number], flow.end_of(number), number, open=number < last)
            for number in range(first + 1, last + 1)
        ]
        name = signer(flow, last)
        for part in run if name else ():
            part.kind, part.label = "letter", name
        more += run[1:]
    return _filled(found, more)


def _closed_there(flow: Flow, number: int, marks: str) -> bool:
    """Whether the one double mark of a paragraph closes at its end."""
    text = flow.paragraphs[number].text.rstrip()
    return text[-1:] == marks[-1] and sum(text.count(mark) for mark in marks) == 1


def _filled(found: list[Quote], more: Sequence[Quote]) -> list[Quote]:
    """Both lists in order, without those of the second that would overlap one of the first."""
    if not more:
        return found
    both, k = [], 0
    for quote in more:
        while k < len(found) and found[k].end <= quote.start:
            k += 1
        if k == len(found) or quote.end <= found[k].start:
            both.append(quote)
    return sorted(found + both, key=lambda q: q.start)


def _survey(flow: Flow) -> Style:
    double = single = dashes = led = british = pointed = 0
    for paragraph in flow.paragraphs:
        text = paragraph.text
        double += len(_DOUBLE_OPEN.findall(text))
        pointed += text.count("«") + text.count("»")
        if "'" in text or "‘" in text:
            single += sum(
                1
                for m in _SINGLE_OPEN.finditer(text)
                if not ((w := _WORD.match(text, m.end())) and w.group().lower() in ELISIONS)
            )
        dashes += is_dash_led(text)
        led += text[:1] in '“„«»"‘「'
        british += text[:1] in "‘'" and _SINGLE_OPEN.match(text) is not None
    plain = double - pointed
    return Style(
        single=single >= 2 and (single > double or (british > 1 and 2 * british > led)),
        dash=dashes >= 3 and dashes > led,
        minds=plain >= pointed > 0,
        cast=play_names(flow),
    )
