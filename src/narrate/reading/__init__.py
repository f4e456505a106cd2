"""From a file to a Book: one module a format, and a dict from suffix to reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from narrate.book import Book
from narrate.errors import StoryError
from narrate.reading.decoding import decode, read_bytes, refuse_binary
from narrate.reading.markdown import looks_like_markdown, read_markdown
from narrate.reading.plain import read_plain

Reader = Callable[[str, Path, str], Book]
"""Decoded text, where it came from, and the title to use where the text has none."""

READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_plain,
    ".text": read_plain,
}
"""By suffix, in lower case."""


def read(path: Path) -> Book:
    """The story at `path` as a Book of at least one chapter.

    StoryError: no such file, a folder, not readable, not text, no words in it, or a suffix of another format.
    """
    data = read_bytes(path, READERS)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        what = f"has the suffix {path.suffix!r}" if path.suffix else "has no suffix"
        raise StoryError(
            f"{what}, so its format is not known",
            where=str(path),
            fix="save it as plain text or Markdown, under a name that ends in .txt or .md",
        )
    return _checked(reader(decode(data, path), path, title_of(path)))


def read_text(text: str, path: Path, markdown: bool | None = None) -> Book:
    """A story that is text already; `path` is for its name and messages only.

    `markdown` says how to read it; None decides by the marks in the text. StoryError: no words, or binary.
    """
    refuse_binary(text, path)
    as_markdown = looks_like_markdown(text) if markdown is None else markdown
    return _checked((read_markdown if as_markdown else read_plain)(text, path, title_of(path)))


def title_of(path: Path) -> str:
    """A title out of a file's name: `02-the_long-way.md` is "The long way"."""
    words = re.sub(r"[_\s-]+", " ", path.stem).strip()
    bare = re.sub(r"^\d+\s+(?=\D)", "", words)
    return bare[:1].upper() + bare[1:] if bare else "Untitled"


def _checked(book: Book) -> Book:
    if not book.chapters:
        what = "has markup but no words" if book.text.strip() else "is empty"
        raise StoryError(what, where=str(book.path), fix="write the story into it")
    return book
