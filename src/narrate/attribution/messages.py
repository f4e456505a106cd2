"""Chat logs, text messages and play-scripts: `Ravi: it's 3 am`, `[03:14] Lucho: hi`, `<kit> hello`."""

from __future__ import annotations

import re

from narrate.attribution.flow import Flow
from narrate.attribution.lexicon import FUNCTION, TITLES, word_set
from narrate.book import Paragraph

_STAMP = r"(?:[\[(]?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[apAP]\.?[mM]\.?)?[\])]?[ \t]*[-–]?[ \t]*)"
_NAME = r"[A-Za-z@][\w.'’@-]*(?: [A-Z][\w.'’-]*){0,3}"
_ROOM = r"(?: \([^()\n]{1,20}\))?"  # what a group chat shows behind a name: `Nadia (5A):`
_LINE = re.compile(rf"[ \t]*({_STAMP})?<?({_NAME}){_ROOM}(?:>|:)[ \t]*(?=\S)")


_NO_NAME = word_set(
    """
    note notes warning warnings caution danger notice attention summary title author rating disclaimer nb ps
    answer question result conclusion example fact point reason moral problem total subject date time place
    from to re cc sent address phone
    """
)
"""What stands before a colon and is nobody."""


def message_spans(flow: Flow, paragraph: int) -> list[tuple[int, int, str]]:
    """(start, end, name) of every message when the paragraph is a log of them, else nothing."""
    held = flow.paragraphs[paragraph]
    if not (":" in held.text[:60] or ">" in held.text[:40]):
        return []
    lines = [
        (a, b, m) for a, b in flow.source_lines(paragraph) if (m := _LINE.match(held.text, a, b)) or True
    ]
    heads = [m for _, _, m in lines if m]
    if not heads or lines[0][2] is None:
        return []
    sure = any(m.group(1) or _is_bold(held, m.start(2)) for m in heads)
    if not sure and not _looks_like_script(flow, paragraph):
        return []
    spans: list[tuple[int, int, str]] = []
    for a, b, m in lines:
        if m and m.end() < b:
            spans.append((m.end(), b, m.group(2).lstrip("@")))
        elif spans and a < b:  # a message that goes on over a hard line break
            start, _, who = spans[-1]
            spans[-1] = (start, b, who)
    return spans


def _is_bold(paragraph: Paragraph, at: int) -> bool:
    return any(e.kind == "bold" and e.start <= at < e.end for e in paragraph.emphasis)


def _looks_like_script(flow: Flow, paragraph: int) -> bool:
    """Plain `Name: words` counts only in company: a neighbour in the same form."""
    name = _plain_name(flow, paragraph)
    if not name:
        return False
    lines = flow.source_lines(paragraph)
    text = flow.paragraphs[paragraph].text
    if sum(1 for a, b in lines if (m := _LINE.match(text, a, b)) and _is_name(m.group(2))) > 1:
        return True
    near = [k for k in (paragraph - 1, paragraph + 1) if 0 <= k < len(flow.paragraphs)]
    return any(_plain_name(flow, k) for k in near)


def _plain_name(flow: Flow, paragraph: int) -> str:
    text = flow.paragraphs[paragraph].text
    m = _LINE.match(text)
    return m.group(2) if m and _is_name(m.group(2)) else ""


def _is_name(words: str) -> bool:
    parts = words.split()
    first = parts[0].lower()
    if parts[-1].lower() in _NO_NAME:
        return False
    return words[0].isupper() and (first not in FUNCTION or first.rstrip(".") in TITLES) and len(words) < 25
