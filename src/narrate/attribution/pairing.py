"""Pairing: which opening mark goes with which closing one, in every typography of fiction.

Marks are paired within one paragraph, so that a missing one spoils that paragraph and not the book.
"""

from __future__ import annotations

import re

from narrate.attribution.lexicon import ELISIONS, SPEECH

_MARKS = re.compile(r"[“”„‟«»\"‘’‚']")
_WORD = re.compile(r"[^\W\d_]+")


def pair_marks(text: str, single: bool) -> list[tuple[int, int, bool]]:
    """Outermost quotes of one paragraph: (start, end, closed), marks included. Linear in the text."""
    marks = [(m.start(), m.group()) for m in _MARKS.finditer(text)]
    spans: list[tuple[int, int, bool]] = []
    opened, mark = -1, ""
    for k, (at, c) in enumerate(marks):
        if opened < 0:
            if _opens(text, at, c, single):
                opened, mark = at, c
        elif _closes(text, at, c, mark, marks, k):
            spans.append((opened, at + 1, True))
            opened = -1
        elif _reopens(
            text, at, c, mark
        ):  # the closing mark is missing: the words end at the last stop before
            spans.append((opened, _last_stop(text, opened, at), False))
            opened, mark = at, c
    if opened >= 0:
        if mark in "‘'" and not _quotable(text, opened):
            return spans
        spans.append((opened, len(text), False))
    return spans


def _opens(text: str, at: int, c: str, single: bool) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if c in "“„«":
        return True
    if c == "»":
        return bool(after and not after.isspace())
    if c in '"”‟':
        return bool(after and not after.isspace()) and not before.isalnum()
    if not single or c == "‚":
        return False
    if before.isalnum() or not after or after.isspace():
        return False
    word = _WORD.match(text, at + 1)
    if c == "‘":
        return True
    return c == "'" and not (word and word.group().lower() in ELISIONS)


def _closes(text: str, at: int, c: str, mark: str, marks: list[tuple[int, str]], k: int) -> bool:
    if mark == "“":
        return c in '”"' or (c == "‟")
    if mark == "„":
        return c in '“”"'
    if mark == "«":
        return c == "»"
    if mark == "»":
        return c == "«"
    if mark in '"”‟':
        if c not in '"”':
            return False
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        return not (before.isspace() and after.isalnum() and c == '"' and _odd_one(text, marks, k))
    if c not in "’'" or (mark == "‘" and c == "'"):
        return False
    return _closes_single(text, at, marks, k)


def _odd_one(text: str, marks: list[tuple[int, str]], k: int) -> bool:
    """Whether a straight mark that looks like an opening one has a closing one of its own ahead."""
    if k + 1 >= len(marks) or marks[k + 1][1] != '"':
        return False
    follow = marks[k + 1][0]
    return not text[follow - 1].isspace() and not text[follow + 1 : follow + 2].isalnum()


def _closes_single(text: str, at: int, marks: list[tuple[int, str]], k: int) -> bool:
    """An apostrophe or a closing mark? After a stop, a mark; after a letter, a mark unless a better
    one comes.
    """
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if after.isalnum():
        return False
    if not before.isalnum():
        return not before.isspace() or not after or after.isspace()
    for j in range(k + 1, min(k + 6, len(marks))):  # `o' the`, `the boys' room`: look a few marks ahead
        place, other = marks[j]
        if other == "‘" or (
            other == "'" and text[place - 1].isspace() and text[place + 1 : place + 2].isalpha()
        ):
            return True
        if other in "’'" and not text[place - 1].isalnum() and not text[place + 1 : place + 2].isalnum():
            return False
    return k + 1 >= len(marks) or bool(after and after in ".,;:!?)—–-") or not after


def _reopens(text: str, at: int, c: str, mark: str) -> bool:
    """Whether an opening mark of the same kind inside a quote shows that a closing one is missing."""
    if c != mark or c not in '“"':
        return False
    before = text[at - 1 : at]
    return c == "“" or before.isspace()


_STOP = re.compile(r"[.!?,…—]")


def _last_stop(text: str, start: int, end: int) -> int:
    """Where a quote with no closing mark most likely ended: before `he said`, else at the next mark."""
    for m in _STOP.finditer(text, start, end):
        words = _WORD.findall(text[m.end() : m.end() + 40])[:3]
        if len(words) > 1 and any(w in SPEECH for w in words[:3]):
            return m.end()
    return len(text[:end].rstrip())


def _quotable(text: str, start: int) -> bool:
    return len(text) - start > 2 and start == 0
