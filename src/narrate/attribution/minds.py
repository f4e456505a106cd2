"""Voices in the head: the marks by which fan fiction tells telepathy from speech."""

from __future__ import annotations

import re

_MIND = re.compile(
    r"(?<![^\s“\"(—])(?:::[ \t]?(?=[^\s:])[^:\n]{1,600}?[ \t]?::(?!:)"
    r"|/(?=[^\s/])[^/\n]{1,600}?/(?![\w/])"
    r"|<(?=[^\s<>])[^<>\n]{1,600}?>(?!\s*[\w<]*:))"
)
_STOPPED = re.compile(r"[.!?,…—–~][’'*_]?\s?(?:::|/|>)$")


def mind_spans(text: str) -> list[tuple[int, int]]:
    """`::Are you there?::`, `/I am here,/` and `<Both of us.>`: spans that end as spoken words end."""
    if "::" not in text and "/" not in text and "<" not in text:
        return []
    return [m.span() for m in _MIND.finditer(text) if _STOPPED.search(text[m.end() - 8 : m.end()])]
