"""How things look: consoles, tables, and the progress of a long run."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from narrate.errors import UsageError

if TYPE_CHECKING:
    from rich import progress as bars

    from narrate.produce import Watch
    from narrate.rendering.render import Progress

out = Console(highlight=False, soft_wrap=True)
"""Results: what a pipe wants."""

err = Console(stderr=True, highlight=False, soft_wrap=True)
"""Progress and remarks: what only a person wants."""


def table(
    title: str,
    *columns: str,
    rows: Sequence[Sequence[str | Text]],
    numbers: frozenset[str] = frozenset(),
    whole: frozenset[str] = frozenset(),
) -> None:
    """A table on standard output. Columns named in `numbers` are set flush right; what stands in those
    named in `whole` is never broken, so that it can be copied: the others give way."""
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        right = column in numbers
        drawn.add_column(
            column, justify="right" if right else "left", overflow="fold", no_wrap=right or column in whole
        )
    for row in rows:
        # Words are never markup: think of a title, or of `pip install 'narrate[espeak]'`.
        drawn.add_row(*(cell if isinstance(cell, Text) else escape(cell) for cell in row))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    if title:
        console.print(Text(title, "italic"))
    console.print(drawn)


def say_notes(notes: Iterable[str]) -> None:
    """What the user should know, a line each, on standard error."""
    for note in notes:
        err.print(f"note: {note}", markup=False, style="yellow")


def wants_json(form: str) -> bool:
    """Whether `--format` asked for JSON. Raises UsageError for anything but text and json."""
    if form not in ("text", "json"):
        raise UsageError(f"there is no format {form!r}", where="--format", fix="use text or json")
    return form == "json"


def duration(seconds: float) -> str:
    """45 s, 3:07 min, 9:41 h: what a person would say."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02d} h"


class Watching:
    """Draws one bar for the stage that is running."""

    def __init__(self, bar: bars.Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None, remark="")

    def stage(self, name: str) -> None:
        self._bar.reset(self._task, description=name, total=None, remark="")

    def rendered(self, progress: Progress) -> None:
        remark = f"{progress.lines:,} of {progress.lines_total:,} lines"
        if progress.cues:
            remark += f"  {progress.realtime:.1f} x real time"
        if progress.eta_s is not None and progress.cues < progress.cues_total:
            remark += f"  {duration(progress.eta_s)} to go"
        self._bar.update(
            self._task, completed=progress.cues, total=max(1, progress.cues_total), remark=remark
        )

    def fraction(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=max(1, total))


@contextmanager
def progress(quiet: bool) -> Iterator[Watch]:
    """A progress bar on standard error while the block runs; nothing where that is no terminal."""
    from narrate.produce import Unwatched

    if quiet or not err.is_terminal:
        yield Unwatched()
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),  # names of files and models are no markup
        BarColumn(30),
        TextColumn("{task.fields[remark]}", markup=False),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        yield Watching(bar)
