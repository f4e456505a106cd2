"""`narrate voices`: every voice there is, and how it sounds."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from narrate.cli import options
from narrate.cli.show import err, out, table, wants_json
from narrate.cli.voicing import play, taken_for

TEXT = "The lamp was still burning when we came back, and somebody had been sitting in my chair."


def voices(
    voice: Annotated[
        str,
        typer.Argument(
            metavar="[VOICE]", show_default=False, help="Only voices whose name holds this, e.g. kokoro/bf_."
        ),
    ] = "",
    engine: Annotated[str, typer.Option("--engine", metavar="NAME", help="Only this engine's.")] = "",
    play_it: Annotated[bool, typer.Option("--play", help="Let the first one shown speak.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write its sample to a .wav file.")
    ] = None,
    text: Annotated[str, typer.Option(metavar="WORDS", help="What it says.")] = TEXT,
    form: options.Json = "text",
) -> None:
    """List the voices of every engine that works here; --play or -o lets one speak.

    Where a listener may take a voice for another of its engine, the last column names that one.
    """
    from narrate.engines import all_voices
    from narrate.errors import OutputError, UsageError
    from narrate.samples import write_sample

    as_json = wants_json(form)
    if output and output.suffix.lower() != ".wav":
        fix = f"try -o {output.with_suffix('.wav')}" if output.name else "try -o sample.wav"
        raise OutputError("a sample is a .wav file", where=str(output), fix=fix)
    _working(engine or voice.partition("/")[0], asked=bool(engine))
    known = all_voices([engine] if engine else None)
    shown = [info for info in known if voice.casefold() in f"{info.engine}/{info.name}".casefold()]
    if not shown:
        raise UsageError(f"no voice is called {voice!r}", fix="`narrate voices` lists them all")
    if play_it or output:
        exact = [info for info in shown if voice in (info.name, f"{info.engine}/{info.name}")]
        info = (exact or shown)[0]
        rest = len(shown) - 1
        more = (
            f" ({rest} more voice{'s' * (rest > 1)} with {voice!r} in the name)" if rest and not exact else ""
        )
        err.print(f"this is {info.engine}/{info.name}{more}", markup=False, style="dim")
        if output:
            write_sample(info, text, output)
            out.print(str(output), markup=False)
        if play_it:
            with TemporaryDirectory() as folder:
                sample = Path(folder) / "sample.wav"
                write_sample(info, text, sample)
                play(sample)
        return
    alike = {f"{v.engine}/{v.name}": taken_for(v, known) for v in shown}
    if as_json:
        fields = ("engine", "name", "gender", "age", "language", "description", "quality")
        out.print(
            json.dumps(
                [
                    {**{f: getattr(v, f) for f in fields}, "taken_for": alike[f"{v.engine}/{v.name}"]}
                    for v in shown
                ],
                indent=1,
            ),
            markup=False,
        )
        return
    table(
        "",
        "voice",
        "gender",
        "age",
        "language",
        "sounds",
        "may be taken for",
        rows=[
            (name := f"{v.engine}/{v.name}", v.gender, v.age, v.language, v.description, alike[name])
            for v in shown
        ],
        whole=frozenset({"voice", "gender", "age", "language", "may be taken for"}),
    )


def _working(name: str, *, asked: bool) -> None:
    """An engine that was asked for and does not work here says so itself, with what mends it."""
    from narrate.engines import engine_names, load
    from narrate.errors import EngineError

    if not asked and name not in engine_names():
        return  # part of a voice's name
    engine = load(name)
    health = engine.health()
    engine.close()
    if not health.ok:
        raise EngineError(health.detail, where=name, fix=health.fix)
