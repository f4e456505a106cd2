"""Gold folders in the scorer's format, as books: only `text` (or the file it names) is read for
predicting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from narrate.book import Book, Chapter, Paragraph, Scene


def gold(folder: Path) -> Iterator[dict[str, Any]]:
    """Every gold document of a folder, in the order of the file names; a single file is a folder of one."""
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else [folder]:
        held = json.loads(path.read_text(encoding="utf8"))
        if "text" not in held:
            held["text"] = (path.parent / held["text_file"]).read_text(encoding="utf8")
        held["_path"] = path
        yield held


def book_of(held: dict[str, Any]) -> Book:
    """The document's text as narrate reads it."""
    name = held.get("text_file") or f"{held['id']}.txt"
    path = Path(name)
    try:
        from narrate.reading import read_text
    except ImportError:
        return plain_book(held["text"], path)
    return read_text(held["text"], path, markdown=path.suffix == ".md")


def plain_book(text: str, path: Path) -> Book:
    """Paragraphs by blank lines: what is needed before the readers land, and to measure without them."""
    paragraphs = []
    at = 0
    for block in re.split(r"\n[ \t]*\n", text):
        start = text.index(block, at)
        at = start + len(block)
        words: list[str] = []
        anchors: list[tuple[int, int]] = []
        length = 0
        for line in re.finditer(r"[^\n]+", block):
            kept = line.group().strip()
            if not kept:
                continue
            lead = len(line.group()) - len(line.group().lstrip())
            if words:
                words.append(" ")
                length += 1
            anchors.append((length, start + line.start() + lead))
            words.append(kept)
            length += len(kept)
        if words:
            end = start + len(block.rstrip())
            body = "".join(words)
            first = anchors[0][1]
            fixed = []
            for k, (a, b) in enumerate(anchors):  # the joining space stands for the line break itself
                fixed.append((a, b) if k == 0 else (a - 1, _break_before(text, b)))
                if k:
                    fixed.append((a, b))
            paragraphs.append(Paragraph(body, "prose", first, end, tuple(fixed)))
    chapter = Chapter(path.stem, (Scene(tuple(paragraphs)),))
    return Book(path, text, path.stem, "", "en", (chapter,))


def _break_before(text: str, at: int) -> int:
    return text.rindex("\n", 0, at)
