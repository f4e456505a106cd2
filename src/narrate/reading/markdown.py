"""Markdown by markdown-it-py, read as fiction is written in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it.token import Token

from narrate.book import Book, ParagraphKind
from narrate.reading import layout
from narrate.reading.breaks import is_break
from narrate.reading.chapters import Block, assemble, chapter_level
from narrate.reading.frontmatter import front_matter
from narrate.reading.headings import could_be_title, heading, in_sequence, is_the_end, numbered
from narrate.reading.inline import Row, rows_of
from narrate.reading.placed import parser
from narrate.reading.shadow import Source, shadow
from narrate.reading.weaving import weave, woven

_SIGNS = re.compile(
    r"^ {0,3}#{1,6} \S|^ {0,3}> |\]\(\S|^\[\d\d?:\d\d[^\]\n]{0,20}\] ?\S"
    r"|(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*",
    re.M,
)


def looks_like_markdown(text: str) -> bool:
    """Whether text of unknown format has Markdown's marks: front matter, `#` headings, `>`, links, `**`."""
    return front_matter(text).end > 0 or _SIGNS.search(text) is not None


def read_markdown(text: str, path: Path, stem: str) -> Book:
    """A Markdown text as a Book; `stem` is its title where it names none. No chapters if it has no words."""
    front = front_matter(text)
    blocks = _worded_headings(list(_blocks(shadow(text, front.end))))
    own_title = _book_title(blocks)
    level = chapter_level(blocks[1:] if own_title else blocks)
    title = front.title or own_title or stem
    byline = blocks[1].paragraph.text if own_title and len(blocks) > 1 and blocks[1].paragraph else ""
    author = byline[3:].strip() if byline[:3].lower() == "by " and len(byline) < 80 else ""
    chapters = assemble(blocks, level, own_title or title)
    return Book(path, text, title, front.author or author, front.language or "en", chapters)


@dataclass(slots=True)
class _Walk:
    """Where the walk over the parser's tokens stands."""

    kinds: list[ParagraphKind]
    covered: int = 0  # lines below this have had their turn
    number: bool = False  # whether the next text is the first of a numbered item


def _blocks(source: Source) -> Iterator[Block]:
    env: dict[str, dict[str, dict[str, tuple[int, int]]]] = {}
    tokens = parser().parse("\n".join(source.lines), env)
    definitions = {
        line for found in env.get("references", {}).values() for line in range(*found.get("map", (0, 0)))
    }
    width = _width(tokens)
    lone = _lone_items(tokens)
    walk = _Walk([])
    for k, token in enumerate(tokens):
        if token.map and token.type in ("inline", "hr"):
            yield from _left_over(source, walk.covered, token.map[0], definitions)
            whole = tokens[k - 1].map if token.type == "inline" else None  # with a heading's underline
            walk.covered = (whole or token.map)[1]
        match token.type:
            case "blockquote_open":
                walk.kinds.append("quotation")
            case "list_item_open":
                walk.kinds.append("prose" if k in lone else "list")
                walk.number = bool(token.info)
            case "blockquote_close" | "list_item_close":
                walk.kinds.pop()
                walk.number = False
            case "hr":
                yield Block(None)
            case "inline":
                yield from _text(token, tokens[k - 1], source, walk, width)
                walk.number = False
    yield from _left_over(source, walk.covered, len(source.lines), definitions)


def _text(token: Token, opening: Token, source: Source, walk: _Walk, width: int) -> Iterator[Block]:
    """The paragraphs in one of the parser's: rows that the author kept apart come apart."""
    rows = rows_of(token, source, with_number=walk.number)
    if not rows:
        return
    if opening.type == "heading_open" and not _is_lone_number(opening, source):
        joints = [layout.WRAP] * (len(rows) - 1)
        yield from _paragraphs(rows, joints, "heading", int(opening.tag[1:]))
        return
    if len(rows) == 1 and is_break(rows[0].text):
        yield Block(None)
        return
    joints = layout.joints([row.text for row in rows], width)
    for k, row in enumerate(rows[:-1]):
        if row.hard == layout.PARAGRAPH or (row.hard and joints[k] != layout.PARAGRAPH):
            joints[k] = row.hard
    yield from _paragraphs(rows, joints, walk.kinds[-1] if walk.kinds else "prose")


def _paragraphs(
    rows: Sequence[Row], joints: Sequence[str], kind: ParagraphKind, level: int = 0
) -> Iterator[Block]:
    for group, paragraph in woven(rows, joints, kind, lambda group: [row.pieces for row in group]):
        if paragraph is not None:
            yield Block(paragraph, level)
        elif any(row.rule for row in group):
            yield Block(None)


def _is_lone_number(opening: Token, source: Source) -> bool:
    """Whether the heading is the shadow's dress for a line that holds a number alone."""
    line = opening.map[0] if opening.map else 0
    return source.ends[line] - source.starts[line] < len(source.lines[line])


def _left_over(source: Source, first: int, last: int, definitions: set[int]) -> Iterator[Block]:
    """Lines that the parser passed over, nested too deep for it: their words are still the author's."""
    for k in range(first, last):
        line = source.lines[k]
        if k in definitions or not any(c.isalnum() for c in line):
            continue
        at = source.ends[k] - len(line)
        paragraph = weave([(line, at, 0)], "prose", source.starts[k], source.ends[k])
        if paragraph is not None:
            yield Block(paragraph)


def _width(tokens: Sequence[Token]) -> int:
    lengths: list[int] = []
    followed: list[bool] = []
    for token in tokens:
        if token.type == "inline":
            lines = token.content.split("\n")
            lengths += map(len, lines)
            followed += [True] * (len(lines) - 1) + [False]
    return layout.wrap_width(lengths, followed)


def _lone_items(tokens: Sequence[Token]) -> set[int]:
    """Where numbered items stand that are alone in their list: a sentence that begins with a year, mostly."""
    open_lists: list[list[int]] = []
    lone: set[int] = set()
    for k, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_lists.append([])
        elif token.type == "list_item_open":
            open_lists[-1].append(k)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items = open_lists.pop()
            if token.type == "ordered_list_close" and len(items) == 1:
                lone.add(items[0])
    return lone


def _worded_headings(blocks: list[Block]) -> list[Block]:
    """Headings by their words ("Chapter 4", "IV") in a story that marks none but its title."""
    if sum(1 for block in blocks if block.level) > 1:
        return blocks
    texts = [
        b.paragraph.text if b.paragraph and b.paragraph.kind == "prose" and not b.level else ""
        for b in blocks
    ]
    told = [heading(text) if text else None for text in texts]
    counted = [numbered(text) if text else None for text in texts]
    kept = in_sequence(counted)
    found: list[Block] = []
    awaiting = 0  # the level of a heading that may have its title on the next line
    for block, text, by_word, by_number, counts_on in zip(blocks, texts, told, counted, kept, strict=True):
        head = by_word or (by_number if counts_on else None)
        if block.paragraph is not None and head is not None:
            level = 1 + head.level  # under a title's 1
            found.append(Block(replace(block.paragraph, kind="heading"), level))
            awaiting = 0 if head.titled or head.number is None else level
        else:
            if block.paragraph is not None and awaiting and text and could_be_title(text):
                block = Block(replace(block.paragraph, kind="heading"), awaiting)
            awaiting = 0
            found.append(block)
    return found


def _book_title(blocks: Sequence[Block]) -> str:
    """The book's title, where its first heading is that and not a chapter's; else ""."""
    first = blocks[0] if blocks else None
    if first is None or not first.level or first.paragraph is None or heading(first.paragraph.text):
        return ""
    others = [b.level for b in blocks[1:] if b.level and b.paragraph and not is_the_end(b.paragraph.text)]
    leads = len(blocks) > 1 and blocks[1].level >= first.level
    if not others or min(others) > first.level or (leads and min(others) == first.level):
        return " ".join(first.paragraph.text.split())
    return ""
