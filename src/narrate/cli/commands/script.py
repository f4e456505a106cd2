"""`narrate script STORY`: who says what, and why we think so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli import options
from narrate.cli.show import out, progress, say_notes, table, wants_json

if TYPE_CHECKING:
    from narrate.asking import Change
    from narrate.produce import Settled
    from narrate.script import Line


def script(
    story: options.Story,
    form: options.Json = "text",
    review: Annotated[
        bool, typer.Option("--review", help="Only quotes, the least certain first: what to check by ear.")
    ] = False,
    cast: options.CastFile = None,
    script_file: options.ScriptFile = None,
    ask: options.Ask = "",
    ask_url: options.AskUrl = "",
) -> None:
    """Show who says what, and write STORY.script.yaml for corrections.

    New characters go to the end of the cast file.

    JSON has every line with its place in the story's text (start, end), kind, speaker, probability,
    reason and delivery (how it is said), and what --ask changed also with who it was before.
    """
    from narrate.produce import Order, settle
    from narrate.script import QUOTE_KINDS

    order = Order(story=story, cast_file=cast, script_file=script_file, ask=ask, ask_url=ask_url)
    with progress(quiet=False) as watch:
        settled = settle(order, watch)
    say_notes(settled.notes)
    was = {change.start: change for change in settled.changes}
    lines = [line for line in settled.script.lines if not review or line.kind in QUOTE_KINDS]
    if review:
        lines.sort(key=lambda line: (line.probability, line.start))
    if wants_json(form):
        shown = [
            {
                "start": line.start,
                "end": line.end,
                "kind": line.kind,
                "speaker": line.speaker,
                "probability": round(line.probability, 3),
                "reason": line.reason,
                "delivery": list(line.delivery),
                "text": line.text,
                **({"was": was[line.start].was} if _stands(line, was) else {}),
            }
            for line in lines
        ]
        people = [
            {
                "name": who.name,
                "aliases": list(who.aliases),
                "gender": who.gender,
                "age": who.age,
                "evidence": who.evidence,
                "narrates": who.narrates,
            }
            for who in settled.script.characters
        ]
        out.print(
            json.dumps(
                {"title": settled.book.title, "lines": shown, "characters": people},
                ensure_ascii=False,
                indent=1,
            ),
            markup=False,
        )
        return
    changed = [line for line in lines if _stands(line, was)]
    if changed:
        table(
            f"{settled.book.title}: what {ask} changes",
            "where",
            "was",
            "speaker",
            "sure",
            "words",
            rows=[
                (
                    _where(settled, line),
                    was[line.start].was,
                    line.speaker,
                    f"{line.probability:.0%}",
                    _short(line.text),
                )
                for line in changed
            ],
            numbers=frozenset({"sure"}),
        )
        out.print()
    quotes = [line for line in lines if line.kind in QUOTE_KINDS]
    table(
        f"{settled.book.title}: {len(quotes)} quotes, {len(settled.script.characters)} characters",
        "where",
        "speaker",
        "sure",
        "words",
        "how",
        "because",
        rows=[
            (
                _where(settled, line),
                line.speaker,
                f"{line.probability:.0%}",
                _short(line.text),
                ", ".join(line.delivery),
                line.reason if line.kind == "speech" else f"{line.kind}: {line.reason}",
            )
            for line in quotes
        ],
        numbers=frozenset({"sure"}),
    )


def _stands(line: Line, was: Mapping[int, Change]) -> bool:
    """Whether the line is as the model left it: what the user says in the script file wins."""
    return line.start in was and was[line.start].reason == line.reason


def _where(settled: Settled, line: Line) -> str:
    return settled.book.place(line.start).removeprefix(f"{settled.book.path}:")


def _short(text: str, most: int = 60) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= most else folded[: most - 1] + "…"
