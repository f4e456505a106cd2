"""Pairing: which opening mark goes with which closing one, in every typography of fiction.

Marks are paired within one paragraph, so that a missing one spoils that paragraph and not the book.
"""

from __future__ import annotations

import re

from narrate.attribution.lexicon import ELISIONS, SPEECH

_MARKS = re.compile(r"[“”„‟«»「」\"‘’‚']")
_WORD = re.compile(r"[^\W\d_]+")


def pair_marks(text: str, single: bool) -> list[tuple[int, int, bool]]:
    """Outermost quotes of one paragraph: (start, end, closed), marks included. Linear in the text."""
    marks = [(m.start(), m.group()) for m in _MARKS.finditer(text)]
    spans: list[tuple[int, int, bool]] = []
    opened, mark, passed = -1, "", -1
    for k, (at, c) in enumerate(marks):
        if k <= passed:
            continue
        if opened < 0:
            if _opens(text, at, c, single) or (single and _elided(text, marks, k)):
                opened, mark = at, c
        elif (inner := _nested(text, marks, k, mark)) > k:
            passed = inner
        elif _closes(text, at, c, mark, marks, k):
            spans.append((opened, at + 1, True))
            opened = -1
        elif _reopens(
            text, at, c, mark
        ):  # the closing mark is missing: the words end at the last stop before
            spans.append((opened, _last_stop(text, opened, at), False))
            opened, mark = at, c
    if opened >= 0:
        if mark in "‘'" and not _quotable(text, opened, after_speech=bool(spans)):
            return spans
        spans.append((opened, len(text), False))
    return spans


def _opens(text: str, at: int, c: str, single: bool) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if c in "“„«「":
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
    if mark == "「":
        return c == "」"
    if mark in '"”‟':
        if c not in '"”':
            return False
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if c == '"' and before.isdigit() and _is_inches(text, marks, k):
            return False
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


def _is_inches(text: str, marks: list[tuple[int, str]], k: int) -> bool:
    """`6'2"` and `a 12" ruler`: another mark that closes comes before any that opens."""
    follow = next((at for at, c in marks[k + 1 : k + 6] if c in '"”'), -1)
    return follow > 0 and not text[follow - 1].isspace() and not text[follow + 1 : follow + 2].isalnum()


def _elided(text: str, marks: list[tuple[int, str]], k: int) -> bool:
    """`'Tis,' said Ana`: the one mark of an elision opens the quote as well."""
    at, c = marks[k]
    if c != "'" or text[at - 1 : at].isalnum() or not text[at + 1 : at + 2].isalpha() or k + 1 >= len(marks):
        return False
    follow = marks[k + 1][0]
    return (
        marks[k + 1][1] == "'" and text[follow - 1] in ",.!?" and not text[follow + 1 : follow + 2].isalnum()
    )


def _nested(text: str, marks: list[tuple[int, str]], k: int, mark: str) -> int:
    """Index of the mark that closes a quote of the outer kind within the quote, -1 where none opens at `k`.

    `“He said, ‘She told me “never” and left,’”`: what closes both must come before anything opens.
    """
    at, c = marks[k]
    if c != mark or c not in '“"' or not text[at + 1 : at + 2].isalnum():
        return -1
    if c == '"' and not text[at - 1 : at].isspace():
        return -1
    doubles = [j for j in range(k + 1, min(k + 7, len(marks))) if marks[j][1] in '“”"'][:2]
    if len(doubles) < 2 or any(marks[j][1] == "“" for j in doubles):
        return -1
    first, second = doubles
    if c == '"':  # what closes the single marks between must show that this is a quote in a quote in a quote
        place = marks[second][0]
        if text[place - 1] not in "'’" or text[marks[first][0] - 1].isspace():
            return -1
    return first


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


def _quotable(text: str, start: int, *, after_speech: bool) -> bool:
    """Whether a single mark that nothing closes opens words that the next paragraph goes on with."""
    goes_on = after_speech and text[start] == "‘" and text[start + 1 : start + 2].isupper()
    return len(text) - start > 2 and (start == 0 or goes_on)
