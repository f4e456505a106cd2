"""Chat logs, text messages and play-scripts: `Ravi: it's 3 am`, `[03:14] Lucho: hi`, `<kit> hello`."""

from __future__ import annotations

import re

from narrate.attribution.flow import Flow
from narrate.attribution.lexicon import FUNCTION, TITLES, word_set
from narrate.book import Paragraph

_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[apAP]\.?[mM]\.?)?"
_STAMP = rf"(?:[\[(]?{_TIME}[\])]?[ \t]*[-–]?[ \t]*)"
_NAME = r"[A-Za-z@][\w.'’@-]*(?: [A-Z][\w.'’-]*){0,3}"
_ROOM = rf"(?: \([^()\n]{{1,20}}\)|,? [\[(]?{_TIME}[\])]?)?"  # `Nadia (5A):`, `Nadia (12:03):`
_LINE = re.compile(rf"[ \t]*({_STAMP})?<?({_NAME})({_ROOM})(?:>|:)[ \t]*(?=\S)")
_ABOVE = re.compile(
    rf"[ \t]*({_NAME})[ \t,]*(?:[—–-]+ )?(?:(?:Today|Yesterday) at )?[\[(]?{_TIME}[\])]?[ \t]*$"
)
"""What stands over a message: `Marta — Today at 12:03`."""


_LONGEST_NAME = 25
_LONGEST = 60
"""Characters of a line that is a head and nothing else."""
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
    lines = flow.source_lines(paragraph)
    heads = [_head(held, a, b) for a, b in lines]
    if not heads or heads[0] is None:
        return []
    sure = any(h is not None and h[2] for h in heads)
    if not sure and not _looks_like_script(flow, paragraph):
        return []
    spans: list[tuple[int, int, str]] = []
    who = ""
    for (a, b), head in zip(lines, heads, strict=True):
        if head is not None:
            at, who, _ = head
            if at < b:
                spans.append((at, b, who))
        elif a < b and spans and spans[-1][2] == who:  # a message that goes on over a hard line break
            spans[-1] = (spans[-1][0], b, who)
        elif a < b:
            spans.append((a, b, who))
    return spans


def _head(held: Paragraph, a: int, b: int) -> tuple[int, str, bool] | None:
    """Of a line: where its message starts, who sends it, and whether a time or bold type makes it sure."""
    m = _LINE.match(held.text, a, b)
    if m is not None:
        timed = bool(m.group(1)) or (any(map(str.isdigit, m.group(3))) and ":" in m.group(3))
        return m.end(), m.group(2).lstrip("@"), timed or _is_bold(held, m.start(2))
    m = _ABOVE.match(held.text, a, b) if b - a < _LONGEST else None
    return (b, m.group(1), True) if m is not None and _is_name(m.group(1)) else None


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


def _is_handle(word: str) -> bool:
    """`marta_q`, `paulo99`; and whoever tells the story, in a log of their own."""
    return word.lower() in ("me", "you") or (any(not c.isalpha() for c in word) and word[0].isalpha())


def _plain_name(flow: Flow, paragraph: int) -> str:
    text = flow.paragraphs[paragraph].text
    m = _LINE.match(text)
    return m.group(2) if m and _is_name(m.group(2)) else ""


def _is_name(words: str) -> bool:
    parts = words.split()
    first = parts[0].lower()
    if parts[-1].lower() in _NO_NAME:
        return False
    if len(parts) == 1 and _is_handle(words):
        return len(words) < _LONGEST_NAME
    return (
        words[0].isupper()
        and (first not in FUNCTION or first.rstrip(".") in TITLES)
        and len(words) < _LONGEST_NAME
    )
