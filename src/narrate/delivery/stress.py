"""Words that the author stressed, by italics or by capitals, marked for engines that can stress a word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Mapping
from itertools import accumulate

from narrate.book import Book, Paragraph
from narrate.script import Line

STRESS = "ˈ"
"""Before a word, asks an engine that reads it (hibari, kokoro) to stress the word. IPA's own mark."""

ENGINES = frozenset({"hibari", "kokoro"})

_LONGEST = 3  # words: more in italics is a thought, a title, a letter
_WORD = re.compile(r"\[[^\[\]]*\]\(/[^()]*/\)|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{2,}\b")

Place = tuple[str, int]
"""A word in small letters, and its number among its equals in the line."""


def emphasised(book: Book) -> Mapping[int, Paragraph]:
    """The paragraphs with something in italics or bold, by their running number."""
    return {
        number: paragraph
        for number, paragraph in enumerate(book.paragraphs())
        if any(mark.kind != "code" for mark in paragraph.emphasis)
    }


def stressed(line: Line, paragraph: Paragraph | None) -> frozenset[Place]:
    """The words of a line that are to be stressed. `paragraph` is the line's, where it has emphasis."""
    spans = _italics(line, paragraph) if paragraph is not None else []
    if _CAPITALS.search(line.text) and any(map(str.islower, line.text)):
        spans += [match.span() for match in _CAPITALS.finditer(line.text)]
    spans.sort()
    begun = [start for start, _ in spans]
    reach = list(accumulate((end for _, end in spans), max))

    def inside(at: int) -> bool:
        k = bisect_right(begun, at) - 1
        return k >= 0 and at < reach[k]

    return frozenset(place for start, place in _words(line.text) if inside(start))


def marked(said: str, line: Line, places: Collection[Place]) -> str:
    """What an engine is given for a line, with STRESS before the words at `places`.

    A word in capitals is stressed only where it is no longer in capitals: what speaking left as it was,
    or spelt out, is no emphasis. So is a word left alone that comes as often in the line in another way.
    """
    if not places:
        return said
    there = Counter(word for _, (word, _) in _words(line.text))
    here = Counter(word for _, (word, _) in _words(said))
    loud = {match.group().casefold() for match in _CAPITALS.finditer(said)}
    cuts = [
        start
        for start, (word, number) in _words(said)
        if (word, number) in places and there[word] == here[word] and word not in loud
    ]
    parts = [said[a:b] for a, b in zip([0, *cuts], [*cuts, len(said)], strict=True)]
    return STRESS.join(parts)


def _words(text: str) -> list[tuple[int, Place]]:
    """Where each word begins; those that bring their own pronunciation are left out."""
    seen: Counter[str] = Counter()
    found: list[tuple[int, Place]] = []
    for match in _WORD.finditer(text):
        word = match.group().casefold().replace("’", "'")
        if word[0] != "[":
            found.append((match.start(), (word, seen[word])))
            seen[word] += 1
    return found


def _italics(line: Line, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Spans of the line's text that stress a word or three: no thought, no title, no name."""
    first = bisect_left(range(len(paragraph.text)), line.start, key=paragraph.source)
    offset = paragraph.text.find(line.text, max(0, first - 1))
    if offset < 0:
        return []
    spans = []
    for mark in paragraph.emphasis:
        start, end = mark.start - offset, mark.end - offset
        if mark.kind == "code" or start < 0 or end > len(line.text):
            continue
        words = line.text[start:end].split()
        others = len(line.text.split()) - len(words)
        begins = not line.text[:start].strip("\"'“‘ ") or line.text[:start].rstrip()[-1:] in ".!?—"
        named = words and all(word[:1].isupper() and word != "I" and not word.isupper() for word in words)
        if 0 < len(words) <= _LONGEST and others > 0 and (begins or not named):
            spans.append((start, end))
    return spans
