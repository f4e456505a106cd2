"""The rows of a Markdown paragraph: its inline tokens as pieces that know their place in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from markdown_it.token import Token

from narrate.reading.layout import LINE, PARAGRAPH
from narrate.reading.shadow import Source
from narrate.reading.weaving import BOLD, CODE, ITALIC, Piece

_STYLES = {"em": ITALIC, "i": ITALIC, "strong": BOLD, "b": BOLD, "code": CODE, "tt": CODE}
_NEW_BLOCK = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "td",
        "hr",
    ]
)
_ITEM_NUMBER = re.compile(r"(\d{1,9}[.)])[ \t]+$")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+[ \t]*$")


@dataclass(slots=True)
class Row:
    """A line of a paragraph, as the author broke it."""

    start: int  # source offset, markup included
    end: int = 0  # source offset, exclusive
    pieces: list[Piece] = field(default_factory=list)
    hard: str = ""  # the joint that the author's markup asks for after this row: LINE, PARAGRAPH or none
    rule: bool = False  # whether an <hr> stands in it

    @property
    def text(self) -> str:
        return "".join(piece[0] for piece in self.pieces).strip()


def rows_of(token: Token, source: Source, with_number: bool) -> list[Row]:
    """The rows of an inline token that hold text or a rule; `with_number`: an item's number goes first."""
    first_line, last_line = token.map or [0, 1]
    places = _places(token.content, source, first_line)
    line = source.lines[first_line]
    row = Row(source.ends[first_line] - len(line.lstrip(" \t")) if line else source.starts[first_line])
    row.start = max(row.start, source.starts[first_line])
    rows = [row]
    if with_number:
        row.pieces += _number(line, places[0][1], source.ends[first_line])
    depth = dict.fromkeys((ITALIC, BOLD, CODE), 0)
    run_at, run = -1, 0  # emphasis marks are tokens of one character each, all at their run's place
    after_autolink = False

    def emit(text: str, at: int, extra: int = 0) -> None:
        styles = extra
        for bit, level in depth.items():
            styles |= bit if level > 0 else 0
        while text:
            k = bisect_right(places, at, key=lambda place: place[0]) - 1
            room = places[k + 1][0] - at if k + 1 < len(places) else len(text)
            rows[-1].pieces.append((text[:room], places[k][1] + at - places[k][0], styles))
            text, at = text[room:], at + room

    def end_row(at: int, hard: str) -> None:
        k = bisect_right(places, at, key=lambda place: place[0]) - 1
        rows[-1].end = places[k][1] + at - places[k][0]
        rows[-1].hard = hard
        rows.append(Row(-1))

    for child in token.children or ():
        at: int = child.meta.get("at", 0)
        kind = child.type
        if kind in ("em_open", "strong_open"):
            depth[_STYLES[child.tag]] += 1
        elif kind in ("em_close", "strong_close"):
            depth[_STYLES[child.tag]] -= 1
        if kind in ("em_open", "strong_open", "em_close", "strong_close") or (
            kind == "text" and child.content in ("*", "_", "")
        ):
            run_at, run = at, run + 1 if at == run_at else 0
            at += run
        if kind == "text":
            if after_autolink:
                at += 1
            emit(token.content[at : at + len(child.content)] if after_autolink else child.content, at)
        elif kind == "text_special":
            escaped = child.info == "escape" and len(child.content) < len(child.markup)
            emit(child.content, at + 1 if escaped else at)
        elif kind == "code_inline":
            begin = at + len(child.markup)
            raw = token.content[begin : begin + len(child.content)].replace("\n", " ")
            emit(child.content, begin if raw == child.content else begin + 1, CODE)
        elif kind in ("softbreak", "hardbreak"):
            end_row(at, LINE if kind == "hardbreak" else "")
        elif kind == "html_inline":
            name = child.info
            if name.lstrip("/") in _STYLES:
                depth[_STYLES[name.lstrip("/")]] += -1 if name[0] == "/" else 1
            elif name in ("br", "/br") or name.lstrip("/") in _NEW_BLOCK:
                rows[-1].rule = rows[-1].rule or name == "hr"
                end_row(at, LINE if name.endswith("br") else PARAGRAPH)
        after_autolink = kind == "link_open" and child.markup == "autolink"
    rows[-1].end = source.ends[min(last_line, len(source.ends)) - 1]
    return _settled(rows, source)


def _settled(rows: list[Row], source: Source) -> list[Row]:
    """The rows that hold something, each beginning where its line does or its first piece."""
    kept: list[Row] = []
    for row in rows:
        if not row.text and not row.rule:
            if kept and row.hard == PARAGRAPH:
                kept[-1].hard = PARAGRAPH
            continue
        if row.start < 0 and row.pieces:
            at = row.pieces[0][1]
            line = source.starts[bisect_right(source.starts, at) - 1]
            row.start = max(line, kept[-1].end if kept else line)
        elif row.start < 0:
            row.start = kept[-1].end if kept else row.end
        kept.append(row)
    return kept


def _places(content: str, source: Source, first_line: int) -> list[tuple[int, int]]:
    """For each line of an inline source: its offset there, and its offset in the story."""
    lines = content.split("\n")
    places: list[tuple[int, int]] = []
    offset = 0
    for k, line in enumerate(lines):
        shown = source.lines[first_line + k]
        bare = line.lstrip(" \t")
        at = len(shown) - len(bare) if shown.endswith(bare) else _find(shown, bare)
        end = source.ends[first_line + k]
        places.append((offset, end - len(shown) + at - (len(line) - len(bare))))
        offset += len(line) + 1
    return places


def _find(shown: str, bare: str) -> int:
    """Where a line's text begins when white space or a heading's closing hashes follow it."""
    trimmed = shown.rstrip()
    if not trimmed.endswith(bare):
        trimmed = _CLOSING_HASHES.sub("", trimmed).rstrip()
    return len(trimmed) - len(bare) if trimmed.endswith(bare) else max(shown.rfind(bare), 0)


def _number(line: str, at: int, end: int) -> list[Piece]:
    """A list item's number, which is read aloud, and the space after it."""
    place = at - (end - len(line))
    found = _ITEM_NUMBER.search(line[:place]) if place > 0 else None
    if found is None:
        return []
    return [(found[1], at - place + found.start(), 0), (" ", at - 1, 0)]
