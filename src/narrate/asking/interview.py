"""One conversation with an endpoint: cached, in a form that it takes, and broken off when it is no use."""

from __future__ import annotations

import json
from hashlib import sha256
from time import sleep
from typing import Protocol

from narrate.asking.endpoint import Endpoint, NoReply, complete
from narrate.asking.prompt import FORMS, VERSION, answers, prompt, request_body
from narrate.asking.questions import Question

FAILURES = 3
"""Replies without an answer after which no more is asked."""


class Kept(Protocol):
    """Where replies are kept from run to run, by key."""

    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, data: bytes) -> None: ...


class Interview:
    """One conversation with an endpoint: what was said before is not asked again."""

    def __init__(self, endpoint: Endpoint, kept: Kept) -> None:
        self.model = endpoint.model
        self._endpoint = endpoint
        self._kept = kept
        self._form = 0  # of FORMS: the plainest that was needed so far
        self._failures = 0
        self._refused = 0
        self._why = ""
        self.stopped = False

    def ask(self, question: Question) -> dict[int, str]:
        """The names that count, by number; none where there was no reply, or no use in it."""
        parts = ("asking", VERSION, self.model, prompt(question))
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
        said = f"{self.model} was asked about {told} lines: {changed} changed"
        if self._refused:
            said += f", {self._refused} answers refused that were not on the list"
        if not self._failures:
            return said
        trouble = f"{self.model} at {self._endpoint.url}: {self._why}"
        return f"{trouble}; {said}" if told else f"{trouble}; nothing was changed"

    def _complete(self, question: Question) -> str:
        """One reply, in the first form of request that the server takes; a busy one is waited for once."""
        form, waited = self._form, False
        while True:
            try:
                said = complete(self._endpoint, request_body(question, self.model, FORMS[form]))
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
