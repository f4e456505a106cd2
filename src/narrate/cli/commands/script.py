"""`narrate script STORY`: who says what, and why we think so."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from narrate.cli import options
from narrate.cli.show import out, table, wants_json


def script(
    story: options.Story,
    form: options.Json = "text",
    review: Annotated[
        bool, typer.Option("--review", help="Only quotes, the least certain first: what to check by ear.")
    ] = False,
    cast: options.CastFile = None,
    script_file: options.ScriptFile = None,
) -> None:
    """Show who says what, and write STORY.script.yaml for corrections.

    JSON has every line with its place in the story's text (start, end), kind, speaker, probability
    and reason.
    """
    from narrate.produce import Order, settle
    from narrate.script import QUOTE_KINDS

    settled = settle(Order(story=story, cast_file=cast, script_file=script_file))
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
                "text": line.text,
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
    quotes = [line for line in lines if line.kind in QUOTE_KINDS]
    table(
        f"{settled.book.title}: {len(quotes)} quotes, {len(settled.script.characters)} characters",
        "where",
        "speaker",
        "sure",
        "words",
        "because",
        rows=[
            (
                settled.book.place(line.start).removeprefix(f"{settled.book.path}:"),
                line.speaker,
                f"{line.probability:.0%}",
                _short(line.text),
                line.reason if line.kind == "speech" else f"{line.kind}: {line.reason}",
            )
            for line in quotes
        ],
        numbers=frozenset({"sure"}),
    )


def _short(text: str, most: int = 60) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= most else folded[: most - 1] + "…"
