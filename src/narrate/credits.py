"""Opening and closing credits: chapters of their own around the story, spoken but not of it.

They enter after the script is settled, so its lines still tile the source: a line of credits has no
source, the kind `credits`, and a place of its own among paragraphs, scenes and chapters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from narrate.book import Book, Chapter, Paragraph, Scene
from narrate.cast import Cast
from narrate.script import NARRATOR, UNKNOWN, Line, Script
from narrate.userfiles import CreditsChoice

CREDITS = "credits"
"""Who speaks them where the user chose a voice; else the narrator does."""

_FIELD = re.compile(r"\{(\w+)\}(\.?)")
_STOPS = (".", "!", "?", "…")
_NAMED = 8
_THE_END = re.compile(r"[^\w]*the\s+end[^\w]*", re.IGNORECASE)


def with_credits(
    book: Book, script: Script, cast: Cast, chosen: CreditsChoice, *, expected: bool, title: str, author: str
) -> tuple[Book, Script]:
    """The book and the script with the credits that the user, or else the profile (`expected`), wants.

    The same two where there are none. `title` and `author` are said as they are, whatever is in them.
    """
    words = {"title": _one_line(title), "author": _one_line(author), **_people(script, cast)}
    opening = tuple(_said(chosen.opening, expected, "opening", words))
    closing = tuple(_said(chosen.closing, expected, "closing", words))
    if closing and chosen.closing in (None, True) and _says_the_end(script):
        closing = tuple(line for line in closing if not _THE_END.fullmatch(line))
    if closing and chosen.produced_with:
        closing = (*closing, _shipped()["produced_with"])
    speaker = CREDITS if chosen.voice is not None else NARRATOR
    if opening:
        book, script = _before(book, script, opening, speaker)
    if closing:
        book, script = _after(book, script, closing, speaker)
    return book, script


def _said(chosen: bool | str | None, expected: bool, which: str, words: Mapping[str, str]) -> Iterator[str]:
    """The lines of one of the two, with what they name in its place."""
    if chosen is None:
        chosen = expected
    template = _shipped()[which] if chosen is True else chosen or ""
    for line in template.splitlines():
        if line.strip() and all(words[field[1]] for field in _FIELD.finditer(line)):
            # one pass: braces in a title are the title's
            yield _FIELD.sub(lambda field: _in_place(words[field[1]], field[2]), line).strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _in_place(value: str, stop: str) -> str:
    return value if value.endswith(_STOPS) else value + stop


def _people(script: Script, cast: Cast) -> dict[str, str]:
    said = Counter[str]()
    for line in script.lines:
        said[line.speaker] += len(line.text.split())
    voices = {role.voice for name, role in cast.roles.items() if said[name]}
    names = [name for name, _ in said.most_common() if name not in ("", NARRATOR, UNKNOWN)][:_NAMED]
    listed = ", ".join(names[:-1]) + " and " * (len(names) > 1) + "".join(names[-1:])
    heard = f"a cast of {len(voices)} voices" if len(voices) > 1 else "one voice"
    return {"cast": heard, "characters": listed}


def _says_the_end(script: Script) -> bool:
    last = next((line.text for line in reversed(script.lines) if line.kind != "silent"), "")
    return _THE_END.fullmatch(last.strip().rpartition("\n")[2]) is not None


def _before(book: Book, script: Script, texts: Sequence[str], speaker: str) -> tuple[Book, Script]:
    lines = _lines(texts, speaker, at=0, chapter=0, scene=0, paragraph=0)
    moved = tuple(
        replace(line, chapter=line.chapter + 1, scene=line.scene + 1, paragraph=line.paragraph + len(texts))
        for line in script.lines
    )
    chapters = (_chapter("Opening credits", texts, 0), *book.chapters)
    return replace(book, chapters=chapters), replace(script, lines=(*lines, *moved))


def _after(book: Book, script: Script, texts: Sequence[str], speaker: str) -> tuple[Book, Script]:
    last = script.lines[-1]
    lines = _lines(
        texts,
        speaker,
        at=last.end,
        chapter=len(book.chapters),
        scene=last.scene + 1,
        paragraph=sum(1 for _ in book.paragraphs()),
    )
    chapters = (*book.chapters, _chapter("Closing credits", texts, last.end))
    return replace(book, chapters=chapters), replace(script, lines=(*script.lines, *lines))


def _lines(
    texts: Sequence[str], speaker: str, *, at: int, chapter: int, scene: int, paragraph: int
) -> tuple[Line, ...]:
    return tuple(
        Line(at, at, text, "credits", speaker, 1.0, "", chapter, scene, paragraph + k)
        for k, text in enumerate(texts)
    )


def _chapter(title: str, texts: Sequence[str], at: int) -> Chapter:
    paragraphs = tuple(Paragraph(text, "prose", at, at, ((0, at),)) for text in texts)
    return Chapter(title, (Scene(paragraphs),))


@cache
def _shipped() -> dict[str, str]:
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    shipped: dict[str, str] = yaml.safe_load(text)
    return shipped
