"""A second opinion on the lines that attribution doubts: first an exam, then the questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from time import sleep
from typing import Protocol

from narrate.asking.endpoint import Endpoint, NoReply, complete
from narrate.asking.prompt import FORMS, VERSION, answers, prompt, request_body
from narrate.asking.questions import SURE, Question, Questioner, Turn
from narrate.asking.weighing import PASS, weigh, worth_of
from narrate.script import UNKNOWN, Character, Line, Script

EXAM = 20
"""Lines whose speakers we know, asked first: what a model is worth differs from model to model."""

FAILURES = 3
"""Replies without an answer after which no more is asked."""


class Kept(Protocol):
    """Where replies are kept from run to run, by key."""

    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, data: bytes) -> None: ...


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


def second_opinion(
    script: Script, endpoint: Endpoint, kept: Kept, progress: Callable[[int, int], None] = lambda *_: None
) -> Opinion:
    """The script with the model's word on doubtful lines weighed against ours; text and places never change.

    `progress` gets questions done and to do. An endpoint that fails costs no more than what it did not say.
    """
    questioner = Questioner(script)
    interview = _Interview(endpoint, kept)
    doubtful = [turn for turn in questioner.turns if turn.probability < _DOUBT]
    if not doubtful:
        return Opinion(script, (), f"{endpoint.model} was not asked: no line is in doubt")
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
        failed = f"it knew {right} of {asked} speakers that are sure, so its opinion is left out"
        return Opinion(script, (), f"{endpoint.model}: {failed}")
    questions = list(questioner.questions(lambda turn: turn.probability < worth))
    lines = list(script.lines)
    changes: list[Change] = []
    told = 0
    for k, question in enumerate(questions):
        progress(k, len(questions))
        for number, name in interview.ask(question).items():
            turn = question.turns[number - 1]
            told += len(turn.lines)
            changes += _settle(lines, question, turn, name, worth, endpoint.model)
    progress(len(questions), len(questions))
    changed = Script(tuple(lines), _characters(script, lines))
    return Opinion(changed, tuple(changes), interview.note(told, len(changes)))


_DOUBT = worth_of(EXAM, EXAM)
"""The worth of a model that makes no mistake in its exam: no surer line could ever change."""


class _Interview:
    """One conversation with an endpoint: what was said before is not asked again."""

    def __init__(self, endpoint: Endpoint, kept: Kept) -> None:
        self._endpoint = endpoint
        self._kept = kept
        self._form = 0  # of FORMS: the plainest that was needed so far
        self._failures = 0
        self._refused = 0
        self._why = ""
        self.stopped = False

    def ask(self, question: Question) -> dict[int, str]:
        """The names that count, by number; none where there was no reply, or no use in it."""
        parts = ("asking", VERSION, self._endpoint.model, prompt(question))
        key = sha256(json.dumps(parts).encode()).hexdigest()
        said = self._kept.get(key)
        if said is None:
            if self.stopped:
                return {}
            try:
                said = self._complete(question).encode("utf-8", "replace")
            except NoReply as failure:
                self._fail(failure.why, hopeless=failure.hopeless)
                return {}
            self._kept.put(key, said)
        found, refused = answers(said.decode("utf-8", "replace"), question)
        self._refused += refused
        if not found:
            self._fail("its replies name nobody on the list", hopeless=False)
        return found

    def note(self, told: int, changed: int) -> str:
        """What to tell the user, in one line."""
        said = f"{self._endpoint.model} was asked about {told} lines: {changed} changed"
        if self._refused:
            said += f", {self._refused} answers refused that were not on the list"
        if not self._failures:
            return said
        trouble = f"{self._endpoint.model} at {self._endpoint.url}: {self._why}"
        return f"{trouble}; {said}" if told else f"{trouble}; nothing was changed"

    def _complete(self, question: Question) -> str:
        """One reply, in the first form of request that the server takes; a busy one is waited for once."""
        form, waited = self._form, False
        while True:
            try:
                said = complete(self._endpoint, request_body(question, self._endpoint.model, FORMS[form]))
            except NoReply as failure:
                if failure.wait_s and not waited:
                    sleep(failure.wait_s)
                    waited = True
                elif failure.unfit and form + 1 < len(FORMS):
                    form += 1
                else:
                    raise
            else:
                self._form = form
                return said

    def _fail(self, why: str, *, hopeless: bool) -> None:
        self._why = self._why or why
        self._failures += 1
        self.stopped = self.stopped or hopeless or self._failures >= FAILURES


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
    """As many as hold `EXAM` turns, evenly over all."""
    if not questions:
        return []
    mean = sum(len(q.turns) for q in questions) / len(questions)
    large = [q for q in questions if len(q.turns) >= mean]  # a question costs about the same, long or short
    wanted = min(len(large), max(1, round(EXAM * len(large) / sum(len(q.turns) for q in large))))
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
