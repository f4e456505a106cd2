"""Words spelled alike and said apart, told by the words beside them.

The table is `heteronyms.txt`. A rule there looks at a few neighbours only; where none settles it,
nothing is said and the engine's own guess stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from narrate.speaking.page import Page


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to say a word, and where it is said so. Conditions are patterns, "" for none."""

    phonemes: str  # in Kokoro's alphabet, American
    respelling: str  # for engines without phonemes; "" where they say the word so anyway
    before: str  # what ends just before the word
    after: str  # what follows the word


_GROUPS = {
    "{to}": (
        "to|will|would|can|could|shall|should|may|might|must|cannot|can't|won't|don't|didn't|not|let's|help"
        "|please|never|i'll|you'll|he'll|she'll|we'll|they'll|i'd|he'd|she'd|you'd|we'd|they'd|couldn't|wouldn't"
    ),
    "{the}": (
        "the|a|an|this|that|his|her|my|your|our|their|its|one|no|any|every|each|some|another|first|last|old|new"
    ),
    "{have}": (
        "have|has|had|having|was|were|been|being|be|is|are|'ve|i've|you've|we've|they've|hadn't|haven't|hasn't"
    ),
    "{it}": (
        "it|him|them|me|us|her|you|myself|himself|herself|themselves|itself|yourself|the|a|an|my|his|our|your"
        "|their|this|that|these|those"
    ),
    "NAME": "(?-i:[A-Z][a-z]+)",
}
_START = r"""^["“'‘(\s]*$|[.!?…—:;]["”'’)]* ["“'‘(]*$|"""
_WINDOW = 48
"""Characters beside the word that a rule may look at: a rule names at most four words."""


def _read_table(text: str) -> dict[str, tuple[Reading, ...]]:
    """word / reading / "<" before, ">" after, ">~" after as a pattern; deeper lines go on."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("      "):
            lines[-1] += " " + line.strip()
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
    table: dict[str, list[dict[str, str]]] = {}
    word = ""
    for line in lines:
        mark, _, rest = line.strip().partition(" ")
        if not line.startswith(" "):
            word = line
            table[word] = []
        elif not line.startswith("    "):
            table[word].append({"phonemes": mark, "respelling": rest})
        else:
            table[word][-1][mark] = rest
    return {
        word: tuple(
            Reading(
                r["phonemes"],
                r["respelling"],
                _before(r.get("<", "")),
                _after(r.get(">", ""), r.get(">~", "")),
            )
            for r in readings
        )
        for word, readings in table.items()
    }


def _words(listed: str) -> str:
    words = [w.strip() for w in listed.split(" | ")]
    return "|".join(_GROUPS.get(w, w) for w in words if w != "START")


def _before(listed: str) -> str:
    if not listed:
        return ""
    start = _START if "START" in listed else ""
    words = _words(listed)
    return f"(?i:{start}{rf'(?:^|[^A-Za-z])(?:{words}),? $' if words else '(?!)'})"


def _after(listed: str, pattern: str) -> str:
    if pattern:
        return f"(?i:{pattern})"
    return rf"(?i: (?:{_words(listed)})(?![\w']))" if listed else ""


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, tuple[Reading, ...]], re.Pattern[str]]:
    table = _read_table(files("narrate.speaking").joinpath("heteronyms.txt").read_text(encoding="utf-8"))
    words = "|".join(sorted(table, key=len, reverse=True))
    return table, re.compile(rf"(?<![\w'-])(?i:{words})(?![\w'])")


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def heteronyms(text: str, page: Page) -> str:
    """read, lead, wind, tear, bow, live and their like, where the words beside them tell."""
    if page.style == "plain":
        return text
    table, pattern = _table()
    return pattern.sub(lambda m: _said(m, page, table), text)


# A capital inside a sentence makes a name or another word of these: Polish, Mr Close, the Lead.
_PROPER = frozenset({"polish", "lead", "bow", "wind", "close", "live", "row", "read"})


def _said(match: re.Match[str], page: Page, table: dict[str, tuple[Reading, ...]]) -> str:
    word = match.group()
    key = word.lower()
    text, (start, end) = match.string, match.span()
    before = text[max(0, start - _WINDOW) : start]
    after = text[end : end + _WINDOW]
    if word[0].isupper() and key in _PROPER and before.rstrip()[-1:].isalnum():
        return word
    for reading in table[key]:
        if reading.before and not _compiled(reading.before).search(before):
            continue
        if reading.after and not _compiled(reading.after).match(after):
            continue
        respelling = reading.respelling or key
        return page.say(word, reading.phonemes, respelling.capitalize() if word[0].isupper() else respelling)
    return word
