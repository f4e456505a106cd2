"""`narrate names STORY`: the words that no dictionary knows, to hear and to mend."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from narrate.cli import options
from narrate.cli.show import err, out, progress, table, wants_json


def names(
    story: options.Story,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Say them all in one file: .m4b, .mp3, .opus, .flac or .wav.",
        ),
    ] = None,
    form: options.Json = "text",
    engine: Annotated[str, typer.Option("--engine", metavar="NAME", help="Say them with this engine.")] = "",
    cast: options.CastFile = None,
    script: options.ScriptFile = None,
) -> None:
    """List the words that no dictionary knows, most frequent first, with the guess; -o says them all.

    Where the guess is wrong, put the word under "pronounce:" in the cast file, as a respelling
    (Siobhan: shiv-AWN) or between slashes in IPA (Siobhan: /ʃɪˈvɔːn/).
    """
    from narrate.names import names_of, say_names
    from narrate.produce import Order, settle
    from narrate.publishing import publisher

    as_json = wants_json(form)
    if output:
        publisher(str(output))  # a wrong suffix is said before the work
    order = Order(story=story, engine=engine, cast_file=cast, script_file=script, looks=True)
    settled = settle(order)
    found = names_of(settled)
    if output and found:
        with progress(quiet=as_json) as watch:
            say_names(settled, found, str(output), order, watch)
    if as_json:
        plain = {
            "title": settled.book.title,
            "words": [asdict(name) for name in found],
            "audio": str(output) if output and found else None,
        }
        out.print(json.dumps(plain, ensure_ascii=False, indent=1), markup=False)
        return
    if not found:
        out.print("every word is in the dictionaries", markup=False)
        return
    out.print(f"{settled.book.title}: {len(found):,} words that no dictionary knows", markup=False)
    table(
        "",
        "word",
        "times",
        "said",
        "you say",
        rows=[(name.word, f"{name.count:,}", f"/{name.guess}/", name.told) for name in found],
        numbers=frozenset({"times"}),
    )
    if output:
        out.print(str(output), markup=False)
    err.print(
        f"put corrections under `pronounce:` in {settled.choices.path}, as {found[0].word}: re-SPELL-ing "
        f"or {found[0].word}: /IPA/",
        style="dim",
        markup=False,
    )
