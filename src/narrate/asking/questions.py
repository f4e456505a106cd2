"""What is asked: stretches of the story with their doubtful lines numbered, and who may be named for them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from narrate.script import QUOTE_KINDS, Character, Line, Script

BEFORE, AFTER = 1500, 500
"""Characters of context. All but a few speakers are named within 2,000 before their words or 500 after."""

TOGETHER = 5  # turns a question
REACH = 1500  # characters from the first asked turn of a question to the last
NEAR = 8  # turns on either side whose speakers may be named
MOST_NAMES = 12
SURE = 0.9  # from here on a speaker is written into the context as known
_LONG = 500  # characters of one line; a longer one is cut in its middle


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in one paragraph: a quote, or the parts of one that a tag breaks."""

    lines: tuple[int, ...]  # indexes into Script.lines
    speaker: str  # as attributed
    probability: float


@dataclass(frozen=True, slots=True)
class Question:
    """One request."""

    passage: str  # what the model reads: numbered, known and unasked lines, narration between them
    turns: tuple[Turn, ...]  # number 1 is the first
    people: tuple[Character, ...]  # the closed list, without `unknown`, which is always allowed


class Questioner:
    """A script laid out for asking."""

    def __init__(self, script: Script) -> None:
        self.lines = script.lines
        self.turns = tuple(_turns(script.lines))
        self.people = {who.name: who for who in script.characters}
        self._narrates = [who.name for who in script.characters if who.narrates]
        self._mentions = _Mentions(script.characters)
        self._firsts = [turn.lines[0] for turn in self.turns]

    def questions(self, wanted: Callable[[Turn], bool]) -> Iterator[Question]:
        """A question for each stretch of wanted turns; turns with less than two to choose from have none."""
        for group in self._groups(wanted):
            people = self._candidates(group)
            if len(people) > 1:
                yield Question(self._passage(group), group, people)

    def tells(self, turn: Turn) -> bool:
        """Whether the narration beside the turn names its speaker, so that it is easily known."""
        beside = self.lines[max(0, turn.lines[0] - 2) : turn.lines[-1] + 3]
        paragraph = self.lines[turn.lines[0]].paragraph
        return any(
            turn.speaker in self._mentions.of(line.text)
            for line in beside
            if line.kind == "narration" and line.paragraph == paragraph
        )

    def _groups(self, wanted: Callable[[Turn], bool]) -> Iterator[tuple[Turn, ...]]:
        group: list[Turn] = []
        for turn in self.turns:
            if not wanted(turn):
                continue
            if group and not self._belongs(group, turn):
                yield tuple(group)
                group = []
            group.append(turn)
        if group:
            yield tuple(group)

    def _belongs(self, group: Sequence[Turn], turn: Turn) -> bool:
        first, here = self.lines[group[0].lines[0]], self.lines[turn.lines[0]]
        return len(group) < TOGETHER and first.scene == here.scene and here.start - first.start <= REACH

    def _candidates(self, group: Sequence[Turn]) -> tuple[Character, ...]:
        """Who is guessed, speaks near, is named near, or tells the story: at most `MOST_NAMES`, by name."""
        a, b = self._bounds(group)
        first = bisect_left(self._firsts, group[0].lines[0])
        last = bisect_left(self._firsts, group[-1].lines[0])
        chapter = self.lines[group[0].lines[0]].chapter
        names = dict.fromkeys(turn.speaker for turn in group)
        names.update(dict.fromkeys(self._narrates))
        for away in range(1, NEAR + 1):
            for k in (first - away, last + away):
                if 0 <= k < len(self.turns) and self.lines[self.turns[k].lines[0]].chapter == chapter:
                    names.setdefault(self.turns[k].speaker)
        for turn in self.turns[first : last + 1]:
            names.setdefault(turn.speaker)
        for k in range(b - 1, a - 1, -1):
            names.update(dict.fromkeys(self._mentions.of(_cut(self.lines[k].text))))
        known = [name for name in names if name in self.people][:MOST_NAMES]
        return tuple(self.people[name] for name in sorted(known))

    def _bounds(self, group: Sequence[Turn]) -> tuple[int, int]:
        """The lines of the context, as a slice: the same chapter, so many characters before and after."""
        a, b = group[0].lines[0], group[-1].lines[-1] + 1
        chapter = self.lines[a].chapter
        room = BEFORE
        while a > 0 and self.lines[a - 1].chapter == chapter and room > 0:
            a -= 1
            room -= len(_cut(self.lines[a].text)) + 1
        room = AFTER
        while b < len(self.lines) and self.lines[b].chapter == chapter and room > 0:
            room -= len(_cut(self.lines[b].text)) + 1
            b += 1
        return a, b

    def _passage(self, group: Sequence[Turn]) -> str:
        number = {k: n for n, turn in enumerate(group, 1) for k in turn.lines}
        a, b = self._bounds(group)
        parts: list[str] = []
        before: Line | None = None
        for k in range(a, b):
            line = self.lines[k]
            if not line.text:
                continue
            if before is not None:
                broken = "\n\n* * *\n\n" if before.scene != line.scene else "\n\n"
                parts.append(" " if before.paragraph == line.paragraph else broken)
            # Square brackets are ours, so that the story cannot pretend to number a line.
            words = _cut(line.text).replace("[", "(").replace("]", ")")
            if k in number:
                parts.append(f"[{number[k]}] {words}")
            elif line.kind in QUOTE_KINDS:
                sure = line.probability >= SURE and line.speaker in self.people
                parts.append(f"[{line.speaker if sure else '?'}] {words}")
            else:
                parts.append(words)
            before = line
        return "".join(parts)


def _turns(lines: Sequence[Line]) -> Iterator[Turn]:
    own: list[int] = []
    for k, line in enumerate(lines):
        if line.kind not in QUOTE_KINDS:
            continue
        last = lines[own[-1]] if own else None
        if last is not None and (last.paragraph, last.speaker, last.probability) != (
            line.paragraph,
            line.speaker,
            line.probability,
        ):
            yield Turn(tuple(own), last.speaker, last.probability)
            own = []
        own.append(k)
    if own:
        yield Turn(tuple(own), lines[own[-1]].speaker, lines[own[-1]].probability)


def _cut(text: str) -> str:
    """A line's words in one row; the middle of a long one left out."""
    if len(text) <= _LONG:
        return " ".join(text.split())
    half = _LONG // 2
    return f"{' '.join(text[:half].split())} … {' '.join(text[-half:].split())}"


_WORD = re.compile(r"[^\W_]+")


class _Mentions:
    """Finds names and aliases in a text; capitals count, but for those that open a sentence."""

    def __init__(self, characters: Iterable[Character]) -> None:
        self._by_last: dict[str, list[tuple[list[str], str]]] = {}
        for who in characters:
            for form in (who.name, *who.aliases):
                words = _WORD.findall(form)
                if words and words != ["I"]:
                    self._by_last.setdefault(words[-1].lower(), []).append((words, who.name))

    def of(self, text: str) -> list[str]:
        """The names of those whom the text mentions, in the order it does."""
        words = _WORD.findall(text)
        found: dict[str, None] = {}
        for k, word in enumerate(words, 1):
            for form, name in self._by_last.get(word.lower(), ()):
                here = words[max(0, k - len(form)) : k]
                if len(here) == len(form) and all(
                    w in (f, f.capitalize()) for w, f in zip(here, form, strict=True)
                ):
                    found.setdefault(name)
        return list(found)
