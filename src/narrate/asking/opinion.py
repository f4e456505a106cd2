"""A second opinion on the lines that attribution doubts: first an exam, then the questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from narrate.asking.endpoint import Endpoint
from narrate.asking.interview import Interview, Kept
from narrate.asking.questions import SURE, Question, Questioner, Turn
from narrate.asking.weighing import PASS, weigh, worth_of
from narrate.script import UNKNOWN, Character, Line, Script

EXAM = 20
"""Lines whose speakers we know, asked first: what a model is worth differs from model to model."""


@dataclass(frozen=True, slots=True)
class Change:
    """A line that the model gave to somebody else."""

    start: int  # Line.start
    was: str  # the speaker before
    reason: str  # the line's reason now


@dataclass(frozen=True, slots=True)
class Opinion:
    """What came of asking."""

    script: Script
    changes: tuple[Change, ...]
    note: str  # one line for the user


class Interviewed(Protocol):
    """A model that answers questions, as `Interview` does."""

    model: str
    stopped: bool  # no more is asked

    def ask(self, question: Question) -> dict[int, str]: ...
    def note(self, told: int, changed: int) -> str: ...


def second_opinion(
    script: Script, endpoint: Endpoint, kept: Kept, progress: Callable[[int, int], None] = lambda *_: None
) -> Opinion:
    """The script with the model's word on doubtful lines weighed against ours; text and places never change.

    `progress` gets questions done and to do. An endpoint that fails costs no more than what it did not say.
    """
    return consult(script, Interview(endpoint, kept), progress)


def consult(
    script: Script, interview: Interviewed, progress: Callable[[int, int], None] = lambda *_: None
) -> Opinion:
    """`second_opinion` of whoever can be asked."""
    questioner = Questioner(script)
    doubtful = [turn for turn in questioner.turns if turn.probability < _DOUBT]
    if not doubtful:
        return Opinion(script, (), f"{interview.model} was not asked: no line is in doubt")
    exam = _exam(questioner)
    right = asked = 0
    for k, question in enumerate(exam):
        progress(k, len(exam))
        for number, name in interview.ask(question).items():
            right += name == question.turns[number - 1].speaker
            asked += 1
    worth = worth_of(right, asked)
    if interview.stopped and not asked:
        return Opinion(script, (), interview.note(0, 0))
    if worth < PASS:
        known = f"{interview.model} knew {right} of {asked} speakers that are sure"
        return Opinion(script, (), f"{known}: not asked about the others")
    questions = list(questioner.questions(lambda turn: turn.probability < worth))
    lines = list(script.lines)
    changes: list[Change] = []
    told = 0
    for k, question in enumerate(questions):
        progress(k, len(questions))
        for number, name in interview.ask(question).items():
            turn = question.turns[number - 1]
            told += len(turn.lines)
            changes += _settle(lines, question, turn, name, worth, interview.model)
    progress(len(questions), len(questions))
    changed = Script(tuple(lines), _characters(script, lines))
    return Opinion(changed, tuple(changes), interview.note(told, len(changes)))


_DOUBT = worth_of(EXAM, EXAM)
"""The worth of a model that makes no mistake in its exam: no surer line could ever change."""


def _exam(questioner: Questioner) -> list[Question]:
    """Questions over some `EXAM` turns that we are sure of, spread over the book.

    Those whose speaker stands beside them are taken only where there are not enough others: they show that
    a model can read, and nothing more.
    """
    sure = [
        turn for turn in questioner.turns if turn.probability >= SURE and turn.speaker in questioner.people
    ]
    hard = {turn.lines for turn in sure if not questioner.tells(turn)}
    if len(hard) < EXAM:
        hard = {turn.lines for turn in sure}
    return _spread(list(questioner.questions(lambda turn: turn.lines in hard)))


def _spread(questions: Sequence[Question]) -> list[Question]:
    """As many as hold `EXAM` turns, evenly over the longer ones: any question costs about the same."""
    if sum(len(q.turns) for q in questions) <= EXAM:
        return list(questions)
    mean = sum(len(q.turns) for q in questions) / len(questions)
    large = [q for q in questions if len(q.turns) >= mean]
    turns = sum(len(q.turns) for q in large)
    if turns <= EXAM:
        return large
    wanted = max(1, round(EXAM * len(large) / turns))
    return [large[k * len(large) // wanted] for k in range(wanted)]


def _settle(
    lines: list[Line], question: Question, turn: Turn, name: str, worth: float, model: str
) -> list[Change]:
    """Weighs one answer and writes down the outcome; gives the lines whose speaker it changed."""
    if name == UNKNOWN:
        return []
    known = any(who.name == turn.speaker for who in question.people)
    ours = turn.probability if known else 0.0
    agrees = name == turn.speaker
    taken, chance = weigh(ours, worth, len(question.people), agrees=agrees)
    changes = []
    for k in turn.lines:
        line = lines[k]
        if agrees:
            reason = "; ".join(filter(None, (line.reason, f"{model} says so too")))
        elif not taken:
            reason = "; ".join(filter(None, (line.reason, f"{model} would say {name}")))
        elif known:
            reason = f"{model} says so; the text leaves {turn.speaker} or {name}"
        else:
            reason = f"{model} says so; the text does not tell"
        lines[k] = replace(line, speaker=name if taken else line.speaker, probability=chance, reason=reason)
        if taken and not agrees:
            changes.append(Change(line.start, turn.speaker, reason))
    return changes


def _characters(script: Script, lines: Sequence[Line]) -> tuple[Character, ...]:
    """Those who still have a line, most words first."""
    words: dict[str, int] = {}
    for line in lines:
        words[line.speaker] = words.get(line.speaker, 0) + len(line.text.split())
    spoke = {line.speaker for line in script.lines}
    left = [who for who in script.characters if who.name in words or who.name not in spoke or who.narrates]
    return tuple(sorted(left, key=lambda who: -words.get(who.name, 0)))
