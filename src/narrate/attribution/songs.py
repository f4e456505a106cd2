"""Songs and verses that somebody sings or recites, set apart without quote marks."""

from __future__ import annotations

import re

from narrate.attribution.flow import Flow
from narrate.attribution.lexicon import word_set
from narrate.attribution.runs import Run

SING = word_set(
    """
    sang sings sing sung singing chanted chants chant chanting crooned croons crooning hummed hums humming
    intoned intones intoning recited recites recite reciting declaimed declaims declaiming carolled caroled
    warbled warbles yodelled yodeled
    """
)
"""Verbs that carry verse rather than talk."""

_WORD = re.compile(r"[^\W\d_]+")
_NOTE = "♪♫♩♬"


def song_runs(flow: Flow, taken: set[int]) -> list[Run]:
    """Stanzas that the paragraph before them leads into (`Then she sang:`), or that notes stand around."""
    found: list[Run] = []
    number = 0
    while number < len(flow.paragraphs):
        last = number
        if _stanza(flow, number, taken) and (_noted(flow, number) or (number > 0 and _led(flow, number - 1))):
            while (
                last + 1 < len(flow.paragraphs)
                and _stanza(flow, last + 1, taken)
                and (flow.scenes[last + 1] == flow.scenes[number])
            ):
                last += 1
            found.append([(k, 0, len(flow.paragraphs[k].text), "sung", "") for k in range(number, last + 1)])
        number = last + 1
    return found


def _stanza(flow: Flow, number: int, taken: set[int]) -> bool:
    """Verse, a block of verse, or a whole paragraph in italics; with no quote in it."""
    paragraph = flow.paragraphs[number]
    if number in taken:
        return False
    if paragraph.kind in ("verse", "quotation"):
        return True
    return _noted(flow, number)


def _noted(flow: Flow, number: int) -> bool:
    text = flow.paragraphs[number].text.strip()
    return text[:1] in _NOTE and text[:1] != "" and text[-1] in _NOTE


def _led(flow: Flow, number: int) -> bool:
    """Whether a paragraph of narration ends in somebody's singing: `and Marta began to sing:`."""
    paragraph = flow.paragraphs[number]
    tail = paragraph.text[-160:].rstrip()
    if paragraph.kind == "heading" or tail[-1:] not in ":,.—–":
        return False
    words = _WORD.findall(tail.lower())[-14:]
    return any(w in SING for w in words) and (tail[-1] == ":" or len(words) < 14)
