"""Every failure that a user can meet, one tree, one exit code a branch.

NarrateError                   1   something of ours went wrong
├── UsageError                 2   the command line asks for something that cannot be
├── StoryError                 3   the story cannot be read as text
├── UserFileError              4   a cast, script or settings file says something impossible
├── EngineError                5   an engine is missing, broken, or cannot speak a line
├── OutputError                6   the book cannot be written where it was asked for
└── CheckFailed                7   a take, or the book that `narrate check` heard, is not good enough

130 is Ctrl-C, as every shell expects. Each error says what, where, and what to do, in one line.
"""

from __future__ import annotations


class NarrateError(Exception):
    """What went wrong; `where` it did (a path, or file:line:column); the `fix` the user can make."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what, where, fix)
        self.what = what
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}; {self.fix}" if self.fix else head

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from worker processes whole: keyword-only arguments need saying how."""
        return (_rebuild, (type(self), self.what, self.where, self.fix))


class UsageError(NarrateError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class StoryError(NarrateError):
    """The story cannot be read as text."""

    exit_code = 3


class UserFileError(NarrateError):
    """A cast, script or settings file says something impossible; `where` is file:line:column."""

    exit_code = 4


class EngineError(NarrateError):
    """An engine is missing, broken, or cannot speak a line."""

    exit_code = 5


class OutputError(NarrateError):
    """The book cannot be written where it was asked for."""

    exit_code = 6


class CheckFailed(NarrateError):
    """A take or the finished book does not measure up; it is there all the same."""

    exit_code = 7


def _rebuild(kind: type[NarrateError], what: str, where: str, fix: str) -> NarrateError:
    return kind(what, where=where, fix=fix)
