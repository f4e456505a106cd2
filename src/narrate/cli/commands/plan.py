"""`narrate plan STORY`: what a run would speak, and about how long it would take."""

from __future__ import annotations

from narrate.cli import options
from narrate.cli.show import duration, out, progress, table


def plan(
    story: options.Story,
    engine: options.AsIf = "",
    cast: options.CastFile = None,
    script: options.ScriptFile = None,
    ask: options.Ask = "",
    ask_url: options.AskUrl = "",
) -> None:
    """Show what a run would speak, without speaking it."""
    from narrate.produce import Order, cues_of, settle, staged
    from narrate.rendering.shelf import Shelf

    order = Order(story=story, engine=engine, cast_file=cast, script_file=script, ask=ask, ask_url=ask_url)
    with progress(quiet=False) as watch:
        settled = staged(settle(order, watch), order)
    cues = cues_of(settled)
    shelf = Shelf.default()
    rows = []
    repeated = 0
    for name in sorted({cue.voice.engine for cue in cues}):
        mine = [cue for cue in cues if cue.voice.engine == name]
        missing = {cue.key: cue for cue in mine if not shelf.has(cue.key)}
        repeated += sum(not shelf.has(cue.key) for cue in mine) - len(missing)
        characters = sum(len(cue.text) for cue in missing.values())
        rows.append((name, f"{len(mine):,}", f"{len(missing):,}", f"{characters:,}"))
    table(
        f"{settled.book.title}: what would be spoken",
        "engine",
        "cues",
        "to speak",
        "characters",
        rows=rows,
        numbers=frozenset({"cues", "to speak", "characters"}),
    )
    heard = sum(len(cue.text) for cue in cues) / CHARACTERS_A_SECOND
    if repeated:
        said = f"{repeated:,} cues that repeat another to the word are spoken once"
        out.print(said, markup=False)
    out.print(f"about {duration(heard)} of audio", markup=False)


CHARACTERS_A_SECOND = 14.5
"""How fast the default voices read, measured over the samples in `stories/`; for the estimate only."""
