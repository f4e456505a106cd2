"""What a line's end means: a wrap, a line of verse, or a new paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

WRAP, GLUE, LINE, PARAGRAPH = " ", "", "\n", "\n\n"
"""What stands between two rows: a space, nothing (after a hyphen), a newline, a new paragraph."""

_CLOSED = re.compile(r"[.!?…:;—–-][\"'”’»)\]*_]*$|[\"”»]$")
_OPENER = re.compile(r"[\"'“‘„«‹—–―-]")
_CHAT = re.compile(
    r"\[[^\[\]]{1,30}\]:\s?\S|(?:\[[^\[\]]{1,30}\]|\(\d{1,2}[:.]\d\d[^()]{0,12}\)|\d{1,2}[:.]\d\d(?:\s?[ap]m)?\s?[-–—|]?)?\s*"
    r"<?[\w@][\w@ .'’\-()]{0,31}>?\s?(?::|(?<=>))\s?\S"
)
_PROSE_ROW = 100  # a row longer than this was not broken by hand to be verse or an address
_VERSE_ROW = 72


def wrap_width(lengths: Sequence[int], followed: Sequence[bool]) -> int:
    """The width that the text was hard-wrapped to, in characters; 0 if it was not.

    `lengths` are the rows' without indentation, `followed` tells which have a row right under them.
    """
    inner = sorted(n for n, more in zip(lengths, followed, strict=True) if more)
    if len(inner) < 2 or len(inner) < 0.3 * len(lengths):
        return 0
    width = inner[int(0.95 * (len(inner) - 1))]
    if not 30 <= width <= _PROSE_ROW:
        return 0
    full = sum(1 for n in inner if n >= 0.75 * width)
    return width if full >= 0.6 * len(inner) else 0


def is_chat(rows: Sequence[str]) -> bool:
    """Whether the rows are messages: `Ines: hi`, `[03:14] Lucho: hello`, a script's `ROMEO: But soft`."""
    if len(rows) < 2 or not _CHAT.match(rows[0]):
        return False
    return 3 * sum(1 for row in rows if _CHAT.match(row)) >= 2 * len(rows)


def joints(rows: Sequence[str], width: int) -> list[str]:
    """What stands between each row and the next; `width` as `wrap_width` found it for the whole text.

    In wrapped text a row broken well before the width was broken on purpose; in other text every row was,
    but for those that run on in lower case.
    """
    if len(rows) < 2:
        return []
    if is_chat(rows):
        return [PARAGRAPH] * (len(rows) - 1)
    return _wrapped(rows, width) if width else _unwrapped(rows)


def is_closed(row: str) -> bool:
    """Whether the row ends as a sentence or a speech may end."""
    return _CLOSED.search(row) is not None


def wrap(row: str, following: str) -> str:
    """A wrap's joint: nothing after a hyphen within a word, else a space."""
    hyphenated = len(row) > 1 and row[-1] in "-‐" and row[-2].isalpha() and following[:1].islower()
    return GLUE if hyphenated else WRAP


def _wrapped(rows: Sequence[str], width: int) -> list[str]:
    early = [len(a) + 1 + len(b.split(None, 1)[0]) <= width - 8 for a, b in pairwise(rows)]
    if all(early) and all(not row[0].islower() for row in rows[1:]):
        return [PARAGRAPH if _stops(rows) else LINE] * len(early)
    found = []
    for is_early, (row, following) in zip(early, pairwise(rows), strict=True):
        ended = is_early and len(row) < 0.6 * width and is_closed(row) and not following[0].islower()
        found.append(PARAGRAPH if ended else wrap(row, following))
    return found


def _unwrapped(rows: Sequence[str]) -> list[str]:
    if any(row[0].islower() for row in rows[1:]) and max(map(len, rows)) <= _PROSE_ROW:
        return [wrap(a, b) for a, b in pairwise(rows)]
    spoken = all(_OPENER.match(row) for row in rows)
    if spoken or max(map(len, rows)) > _VERSE_ROW or _stops(rows):
        return [wrap(a, b) if b[0].islower() else PARAGRAPH for a, b in pairwise(rows)]
    return [LINE] * (len(rows) - 1)


def _stops(rows: Sequence[str]) -> bool:
    """Whether every row ends as a sentence does: then they are paragraphs, not lines of verse."""
    return all(is_closed(row) and row[-1] not in ",;:—–-" for row in rows)
