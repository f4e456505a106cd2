"""`narrate check BOOK`: the finished file decoded, measured, and held to what it should be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli import options
from narrate.cli.show import duration, err, out, table, wants_json

if TYPE_CHECKING:
    from narrate.checking import Finding, Missed, Report

Book = Annotated[
    Path, typer.Argument(metavar="BOOK", help="An audiobook, or a folder with a file for each chapter.")
]


def check(
    book: Book,
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            metavar="NAME",
            help="Hold it to audiobook, podcast, acx or none. \\[default: what it was made with, "
            "else audiobook]",
        ),
    ] = "",
    form: options.Json = "text",
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with every line to hear, too.")
    ] = None,
    listen: Annotated[
        bool, typer.Option("--listen", help="Recognise the speech and list lines that were not heard.")
    ] = False,
    model: Annotated[
        str,
        typer.Option("--model", metavar="NAME|FOLDER", help="A Whisper model, or a folder that holds one."),
    ] = "base",
) -> None:
    """Decode BOOK to its end and say what is right and what is not; exit code 7 if anything failed.

    A book that narrate made here is also held to its timeline: every line heard once, in order, and
    the voices equally loud. "--profile acx" passes what meets the ACX audio specification.
    """
    from narrate.checking import DEFAULT, recogniser, write_page
    from narrate.checking import check as examine
    from narrate.checking import listen as hear
    from narrate.errors import CheckFailed, UsageError
    from narrate.speaking import speakable
    from narrate.timelines import timeline_of

    as_json = wants_json(form)
    if html and html.suffix.lower() not in (".html", ".htm"):  # `--html book.m4b` must not cost the book
        raise UsageError("a page is a .html file", where=str(html), fix="try --html report.html")
    timeline = timeline_of(book)
    if listen and timeline is None and book.exists():
        err.print(
            "note: no timeline of this book is known here, so no lines can be listened for",
            style="yellow",
            markup=False,
        )
    profile = profile or (timeline.profile if timeline else "") or DEFAULT
    recognise = recogniser(model) if listen and timeline is not None else None
    missed: tuple[Missed, ...] = ()
    with _bar() as told:
        report = examine(book, profile=profile, timeline=timeline, progress=lambda _name, done: told(done))
        same = all(f.ok for f in report.findings if f.name == "timeline")
        if recognise and timeline and same:
            findings, missed = hear(book, timeline, recognise, _said(speakable), told)
            report = replace(report, findings=(*report.findings, *findings))
    if html:
        write_page(html, report, book, timeline, missed)
    if as_json:
        listened = {"listened": recognise is not None, "missed": [asdict(line) for line in missed]}
        plain = {**report.to_json(), "timeline": timeline is not None, **listened}
        out.print(json.dumps(plain, ensure_ascii=False, indent=1), markup=False)
    else:
        _show(report, missed)
        if html:
            out.print(str(html), markup=False)
    failures = report.failures()
    if failures:
        raise CheckFailed(
            _failed(failures), where=str(book), fix="" if html else "`--html report.html` draws it"
        )


def _said(speakable: Callable[..., str]) -> Callable[[str], str]:
    return lambda text: speakable(text, engine="")  # "": words alone, no engine's marks


def _failed(failures: tuple[tuple[str, Finding], ...]) -> str:
    """One line that names what failed."""
    names = [
        f"{finding.name.replace('_', ' ')} ({finding.shown}{', asked ' * bool(finding.asked)}{finding.asked})"
        for _file, finding in failures
    ]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"failed: {', '.join(names[:3])}{more}"


def _show(report: Report, missed: tuple[Missed, ...]) -> None:
    rows = [("", finding) for finding in report.findings]
    rows += [(file.name, finding) for file in report.files for finding in file.findings]
    several = len(report.files) > 1
    if several:  # of forty files only what is wrong is of interest
        rows = [(name, finding) for name, finding in rows if not name or finding.ok is False]
    from rich.text import Text

    marks = {"PASS": Text("PASS", "green"), "FAIL": Text("FAIL", "bold red"), "": Text()}
    table(
        f"{report.path}: {duration(report.seconds)}, profile {report.profile}",
        "",
        *(["file"] if several else []),
        "what",
        "measured",
        "asked",
        "",
        rows=[
            (
                marks[finding.verdict],
                *([name] if several else []),
                finding.name.replace("_", " "),
                finding.shown[:60],
                finding.asked,
                finding.detail,
            )
            for name, finding in sorted(rows, key=lambda row: row[1].ok is not False)
        ],
        numbers=frozenset({"measured"}),
    )
    if missed:
        from narrate.checking.bounds import clock

        table(
            "not recognised",
            "at",
            "speaker",
            "should be",
            "heard",
            rows=[
                (clock(m.start), m.speaker, " ".join(m.expected), " ".join(m.heard.split())) for m in missed
            ],
        )
    passed = {"acx": "meets the ACX audio specification", "none": "the file is whole"}
    if report.ok:
        said = passed.get(report.profile, f"meets the profile {report.profile}")
        out.print(f"PASS: {said}", style="green", markup=False)


@contextmanager
def _bar() -> Iterator[Callable[[float], None]]:
    """Says on a terminal how far the listening is; gets seconds of sound."""
    if not err.is_terminal:
        yield lambda _seconds: None
        return
    with err.status("listening") as status:
        yield lambda seconds: status.update(f"listening: {duration(seconds)}")
