"""Lines that head a part, a chapter or a section, told by their words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

PART, CHAPTER, NUMBER, SECTION = 1, 2, 3, 4
"""Levels: `BOOK ONE`; `CHAPTER XIV`, `Prologue`; a bare `XIV.`; a line in capitals."""

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TEENS = " seventeen eighteen nineteen twenty"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
_MORE_ORDINALS = " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_WORDS = {word: k for k, word in enumerate((_UNITS + _TEENS).split(), 1)}
_WORDS |= {word: k for k, word in enumerate((_ORDINALS + _MORE_ORDINALS).split(), 1)}
_WORDS |= {**_TENS, "ninety": 90, "last": 0, "final": 0}
_WORDS |= {
    f"{ten}{joint}{unit}": value + k
    for ten, value in {**_TENS, "ninety": 90}.items()
    for k, unit in [*enumerate(_UNITS.split()[:9], 1), *enumerate(_ORDINALS.split()[:9], 1)]
    for joint in "- "
}
_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,4})", re.I)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_KEYED = re.compile(
    r"(?P<key>chapter|chap\.?|ch\.|part|pt\.|book|volume|vol\.?|phase|act|period|letter|stave|canto|episode|"
    r"scene|fit|fytte)(?:\s*[#:.–—-]\s*|\s+)(?:the\s+)?(?P<rest>\S.*)",
    re.I,
)
_PART_KEYS = ("part", "pt.", "book", "volume", "vol", "phase", "act", "period")
_ALONE = re.compile(
    r"(?:prologue|epilogue|preface|foreword|introduction|introductory|interlude|intermission|afterword|"
    r"conclusion|postscript|coda|finale|author['’]s (?:note|preface)(?=\.?$)|dedication|prelude|"
    r"acknowledge?ments)"
    r"(?:\.|$|\s*[.:–—-]+\s*(?P<title>\S.*))",
    re.I,
)
_CONTENTS = re.compile(r"(?:table of )?contents[.:]?", re.I)
_THE_END = re.compile(r"(?:the end|fin|finis|end)[.!]?", re.I)

_DRESSING = "_*=~-–—[]()# \t"
_QUOTES = '"“”‘«»„'
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line heads."""

    level: int  # PART to NUMBER
    number: int | None  # None: no number; 0: "the last"
    titled: bool  # whether the line has words beside its key and number
    style: str = ""  # how a bare number is written: "1", "I", "one", with what stands before it


def heading(line: str) -> Heading | None:
    """`CHAPTER XIV`, `Chapter 1. Title`, `BOOK THE FIRST`, `Prologue`; None for all other lines."""
    if len(line) > _LONGEST:
        return None
    bare = line.strip(_DRESSING)
    if alone := _ALONE.fullmatch(bare):
        return Heading(CHAPTER, None, alone["title"] is not None)
    keyed = _KEYED.fullmatch(bare)
    if keyed is None:
        return None
    number, rest = _number(keyed["rest"])
    if number is None or not (rest == "" or _is_title(rest)):
        return None
    level = PART if keyed["key"].lower().startswith(_PART_KEYS) else CHAPTER
    return Heading(level, number, rest.strip(" .:–—-") != "")


def numbered(line: str) -> Heading | None:
    """`XIV`, `3.`, `— I —`, `_One_`, `I. THE PRISON DOOR`, `01 My Early Home`: a heading if its neighbours
    number on (see `in_sequence`)."""
    if len(line) > _LONGEST:
        return None
    bare = line.strip(_DRESSING)
    number, rest = _number(bare)
    if not number or number > 400:
        return None
    style = line[: line.find(bare)].strip() + (
        "1" if bare[0].isdigit() else "I" if bare[:2].isupper() else "one"
    )
    if rest.strip(".:") == "":
        return Heading(NUMBER, number, False, style)
    title = rest.lstrip(" .:–—-)")
    words = title.split()
    in_title_case = len(words) > 1 and sum(1 for word in words if not word[0].islower()) > 0.6 * len(words)
    spaced = bare[0].isdigit() or title.isupper() or in_title_case
    marked = (rest[0] in ".:–—-)" and not bare[0].isalpha()) or (rest[0] in ".:–—" and bare[:2] != "I ")
    ends_as_title = title[-1:] not in '.!?,;:"”’' or title.isupper()
    if title and len(title) <= 60 and not title[0].islower() and ends_as_title and (spaced or marked):
        return Heading(NUMBER, number, True, style)
    return None


def in_sequence(found: Sequence[Heading | None]) -> list[bool]:
    """Which of the numbers count on, each style by itself: 1, 2, 3 and so on, from 1 again in each part.

    A lone 1 does not count: it is the pronoun, a list, a year's first figure.
    """
    runs: dict[str, list[list[int]]] = {}
    last: dict[str, int] = {}
    for k, head in enumerate(found):
        if head is None or head.number is None:
            continue
        if last.get(head.style, head.number) < head.number <= last.get(head.style, 0) + 2:
            runs[head.style][-1].append(k)
        elif head.number == 1:
            runs.setdefault(head.style, []).append([k])
        else:
            continue
        last[head.style] = head.number
    kept = {k for style in runs.values() for run in style if len(run) > 1 for k in run}
    return [k in kept for k in range(len(found))]


def is_capitals(line: str) -> bool:
    """`THE BOARDING HOUSE`: a line in capitals that is no cry, no quote, and no part of a sentence."""
    bare = line.strip(_DRESSING)
    letters = sum(1 for c in bare if c.isalpha())
    return (
        3 <= letters <= _LONGEST
        and bare.upper() == bare
        and bare.lower() != bare
        and letters > 0.6 * len(bare)
        and bare[-1] not in ",;:!?…-–—"
        and not any(c in _QUOTES for c in bare)
        and not is_the_end(bare)
    )


def is_contents(line: str) -> bool:
    return _CONTENTS.fullmatch(line.strip(_DRESSING)) is not None


def is_the_end(line: str) -> bool:
    return _THE_END.fullmatch(line.strip(_DRESSING)) is not None


def could_be_title(line: str) -> bool:
    """Whether a line standing alone reads as a title: short, no sentence, nobody speaking."""
    if line.rstrip("_* ")[-1:] in "-–—":
        return False
    line = line.strip(_DRESSING)
    if not line or len(line) > 90 or line[0].islower() or line[0] in _QUOTES + "'":
        return False
    return line[-1] not in '.!?,;:…"”’—–-' or is_capitals(line)


def one_line(parts: Sequence[str]) -> str:
    """Headings joined into one title for players: "CHAPTER I: THE PRISON DOOR"."""
    words = [" ".join(part.split()) for part in parts]
    title = ": ".join(w.rstrip(" .:") or w for w in words if w)
    return title if len(title) <= 200 else title[:199].rstrip() + "…"


def _number(text: str) -> tuple[int | None, str]:
    """The number that the text begins with, in figures, Roman or words, and what follows it."""
    figures = re.match(r"\d{1,4}(?![\w])", text)
    if figures:
        return int(figures[0]), text[figures.end() :]
    words = re.match(r"[A-Za-z]{3,9}(?:[- ][A-Za-z]{3,7})?(?![\w])", text)
    while words:
        value = _WORDS.get(words[0].lower())
        if value is not None:
            return value, text[words.end() :]
        words = re.match(r"[A-Za-z]{3,9}(?![\w])", text) if not words[0].isalpha() else None
    roman = _ROMAN.match(text)
    if roman and roman[0] and not text[roman.end() : roman.end() + 1].isalnum():
        if not (roman[0].isupper() or roman[0].islower()):
            return None, text
        return _roman(roman[0].upper()), text[roman.end() :]
    return None, text


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[c] for c in numeral]
    return sum(-v if v < max(values[k:]) else v for k, v in enumerate(values))


def _is_title(rest: str) -> bool:
    """What may follow "Chapter 4": a mark and words, or words that a sentence would not go on with."""
    if rest[0] in ".:,;–—-)]":
        return True
    words = rest.strip(_DRESSING)
    if words.lower().startswith("in which"):
        return True
    return bool(words) and (words.isupper() or not words[0].islower()) and words[-1] not in ",;"
