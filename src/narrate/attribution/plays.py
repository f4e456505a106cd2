"""Play scripts: `MARTA. Who left this here?`, `MARTA: ...`, and a name in capitals above the words."""

from __future__ import annotations

import re
from collections import Counter

from narrate.attribution.flow import Flow
from narrate.attribution.lexicon import FUNCTION, word_set

_CUE = re.compile(
    r"([A-Z][A-Z'’-]+\.?(?: (?:[A-Z][A-Z'’-]*\.?|&|\d)){0,3})[ \t]?"
    r"(?:\((?:[^()\n]{1,60})\)[ \t]?)?(?:\.(?=[ \t])|:|(?<=\.)(?=[ \t])|[ \t]?[—–](?=[ \t]))[ \t]*(?=\S)"
)
_ABOVE = re.compile(
    r"[ \t]*([A-Z][A-Z'’-]+\.?(?: (?:[A-Z][A-Z'’-]*\.?|\d)){0,3})(?:[ \t]?\([^()\n]{1,40}\))?[ \t]*$"
)
_SET_APART = re.compile(r"([A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20}){0,2})[.:]")
_ASIDE = re.compile(r"[(\[][^()\[\]\n]{1,300}[)\]][.:]?")
_LONGEST = 60
"""Characters of a line that may be a cue."""
_NEAR = 4
"""Paragraphs within which another cue must stand: stage directions come between, chapters do not."""
_NO_NAME = word_set("int ext fade cut scene act the end finis ps nb note chapter part book enter exit exeunt")


def play_names(flow: Flow) -> frozenset[str]:
    """The names that stand before speeches as in a script; none where the book is no play anywhere."""
    seen: Counter[str] = Counter()
    for number in range(len(flow.paragraphs)):
        head = _head(flow, number)
        if head is not None:
            seen[head[0]] += 1
    return frozenset(seen) if sum(seen.values()) > 2 and max(seen.values()) > 1 else frozenset()


def play_spans(flow: Flow, number: int, names: frozenset[str]) -> list[tuple[int, int, str]]:
    """(start, end, name) of what is spoken in one paragraph of a script, stage directions left out."""
    if not names:
        return []
    head = _head(flow, number) or (_lone(flow, number - 1) if number else None)
    near = range(max(0, number - _NEAR), min(len(flow.paragraphs), number + _NEAR + 1))
    if head is None or flow.paragraphs[number].kind == "heading":
        return []
    if not any(k not in (number, number - 1) and _head(flow, k) for k in near):
        return []
    label, at = head
    text = flow.paragraphs[number].text
    spans = []
    for aside in [*_ASIDE.finditer(text, at), None]:
        end = aside.start() if aside else len(text)
        words = text[at:end]
        if any(map(str.isalnum, words)):
            spans.append((at + len(words) - len(words.lstrip()), at + len(words.rstrip()), label))
        at = aside.end() if aside else end
    return spans


def _lone(flow: Flow, number: int) -> tuple[str, int] | None:
    """The name that is all of a paragraph: what comes next is its speech."""
    head = _head(flow, number)
    return (head[0], 0) if head is not None and head[1] >= len(flow.paragraphs[number].text) else None


def _head(flow: Flow, number: int) -> tuple[str, int] | None:
    """The name before a speech as a reader would write it, and where the speech starts."""
    paragraph = flow.paragraphs[number]
    text = paragraph.text
    if paragraph.kind != "heading" and paragraph.emphasis and paragraph.emphasis[0].start == 0:
        match = _SET_APART.match(text, 0, paragraph.emphasis[0].end + 1)
        if match and paragraph.emphasis[0].kind == "italic" and match.end() >= paragraph.emphasis[0].end:
            held = match.group(1)
            no_name = any(w in _NO_NAME or w in FUNCTION for w in held.lower().split())
            return None if no_name or not text[match.end() :].strip() else (held, match.end())
    if paragraph.kind == "heading" or not text[:1].isupper() or not text[:2].isupper():
        return None
    match = _CUE.match(text)
    end = match.end() if match else 0
    if match is None:
        lines = flow.source_lines(number)
        match = _ABOVE.match(text, *lines[0]) if lines and lines[0][1] - lines[0][0] < _LONGEST else None
        end = lines[1][0] if len(lines) > 1 else len(text)
    if match is None:
        return None
    name = match.group(1).rstrip(".")
    words = name.lower().replace(".", "").split()
    if any(w in _NO_NAME for w in words) or all(w in FUNCTION for w in words) or _is_roman(words[0]):
        return None
    return " ".join(w.capitalize() for w in name.split()), end


def _is_roman(word: str) -> bool:
    return not set(word) - set("ivxlc")
