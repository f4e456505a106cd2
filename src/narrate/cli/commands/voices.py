"""`narrate voices`: every voice there is, and how it sounds."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from narrate.cli import options
from narrate.cli.show import out, table, wants_json
from narrate.cli.voicing import play

TEXT = "The lamp was still burning when we came back, and somebody had been sitting in my chair."


def voices(
    voice: Annotated[
        str, typer.Argument(metavar="[VOICE]", help="Only voices whose name holds this, e.g. kokoro/bf_.")
    ] = "",
    engine: Annotated[str, typer.Option("--engine", metavar="NAME", help="Only this engine's.")] = "",
    play_it: Annotated[bool, typer.Option("--play", help="Let the first one shown speak.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write its sample to a .wav file.")
    ] = None,
    text: Annotated[str, typer.Option(metavar="WORDS", help="What it says.")] = TEXT,
    form: options.Json = "text",
) -> None:
    """List the voices of every engine that works here; --play or -o lets one speak."""
    from narrate.engines import all_voices
    from narrate.errors import UsageError
    from narrate.samples import write_sample

    known = all_voices([engine] if engine else None)
    shown = [info for info in known if voice.casefold() in f"{info.engine}/{info.name}".casefold()]
    if not shown:
        raise UsageError(f"no voice is called {voice!r}", fix="`narrate voices` lists them all")
    if play_it or output:
        exact = [info for info in shown if voice in (info.name, f"{info.engine}/{info.name}")]
        info = (exact or shown)[0]
        if output:
            write_sample(info, text, output)
            out.print(str(output), markup=False)
        if play_it:
            with TemporaryDirectory() as folder:
                sample = Path(folder) / "sample.wav"
                write_sample(info, text, sample)
                play(sample)
        return
    if wants_json(form):
        fields = ("engine", "name", "gender", "age", "language", "description", "quality")
        out.print(
            json.dumps([{f: getattr(info, f) for f in fields} for info in shown], indent=1), markup=False
        )
        return
    table(
        "",
        "voice",
        "gender",
        "age",
        "language",
        "sounds",
        rows=[(f"{v.engine}/{v.name}", v.gender, v.age, v.language, v.description) for v in shown],
    )
