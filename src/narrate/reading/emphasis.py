"""Emphasis in plain text: `_so_`, `*so*` and `**so**`, as typists mark italics and bold."""

from __future__ import annotations

import re
from collections import deque

from narrate.reading.weaving import BOLD, ITALIC, Piece

_RUN = re.compile(r"_{1,3}|\*{1,3}")


def emphasised(rows: list[tuple[str, int]]) -> list[list[Piece]]:
    """Each row (text, source offset) as pieces without the marks that pair; single marks stay text.

    A mark opens before a word and closes after one; marks inside a word are text. Pairs may span rows.
    """
    if not any("_" in text or "*" in text for text, _ in rows):
        return [[(text, at, 0)] for text, at in rows]
    marks = [(k, m) for k, (text, _) in enumerate(rows) for m in _RUN.finditer(text)]
    paired: dict[tuple[int, int], bool] = {}  # (row, start) -> opens
    waiting: dict[str, tuple[int, int]] = {}
    for k, mark in marks:
        text = rows[k][0]
        before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
        if mark[0] in waiting and before and not before.isspace() and not after.isalnum():
            paired[waiting.pop(mark[0])] = True
            paired[k, mark.start()] = False
        elif after and not after.isspace() and not before.isalnum():
            waiting[mark[0]] = (k, mark.start())
    found: list[list[Piece]] = [[] for _ in rows]
    depth = {ITALIC: 0, BOLD: 0}
    done = [0] * len(rows)
    marked = deque((k, mark) for k, mark in marks if (k, mark.start()) in paired)
    for k, (text, at) in enumerate(rows):
        while marked and marked[0][0] == k:
            _, mark = marked.popleft()
            found[k].append((text[done[k] : mark.start()], at + done[k], _styles(depth)))
            done[k] = mark.end()
            step = 1 if paired[k, mark.start()] else -1
            for style in (ITALIC,) if len(mark[0]) == 1 else (BOLD,) if len(mark[0]) == 2 else (ITALIC, BOLD):
                depth[style] += step
        found[k].append((text[done[k] :], at + done[k], _styles(depth)))
    return found


def _styles(depth: dict[int, int]) -> int:
    return sum(style for style, level in depth.items() if level > 0)
