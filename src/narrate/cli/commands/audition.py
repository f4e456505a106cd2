"""`narrate audition STORY`: every character says a line of their own in the voices that would suit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from narrate.cli import options
from narrate.cli.show import err, out, progress, table
from narrate.cli.voicing import described
from narrate.errors import UsageError


def audition(
    story: options.Story,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="What to write: .m4b, .mp3, .opus, .flac or .wav. \\[default: STORY.audition.m4b]",
        ),
    ] = None,
    character: Annotated[
        list[str] | None, typer.Option("--character", metavar="NAME", help="Only this one; may be repeated.")
    ] = None,
    voices: Annotated[
        int, typer.Option(metavar="N", help="How many voices each character tries, 1 to 20.")
    ] = 3,
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help="Try the voices of this engine.")
    ] = "",
    cast: options.CastFile = None,
    script: options.ScriptFile = None,
) -> None:
    """Let each character say one of their own lines in the candidate voices: one file, a chapter each.

    The first voice of each is the one they have now. Put the one you like into the cast file.
    """
    from narrate.produce import Order
    from narrate.samples import audition as hold

    if not 1 <= voices <= 20:
        raise UsageError(f"there cannot be {voices}", where="--voices", fix="give a number from 1 to 20")
    order = Order(story=story, engine=engine, cast_file=cast, script_file=script, looks=True)
    target = str(output or order.beside("audition.m4b"))
    with progress(quiet=False) as watch:
        tried = hold(order, target, tuple(character or ()), voices, watch)
    table(
        "in the order they are heard",
        "character",
        "voice",
        rows=[(name, described(voice)) for name, voice in tried],
        whole=frozenset({"voice"}),
    )
    out.print(target, markup=False)
    err.print("put the voice you like into the cast file", style="dim")
