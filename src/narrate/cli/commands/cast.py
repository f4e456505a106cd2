"""`narrate cast STORY`: who has which voice."""

from __future__ import annotations

from narrate.cli import options
from narrate.cli.show import err, progress, say_notes, table
from narrate.cli.voicing import described


def cast(
    story: options.Story,
    engine: options.AsIf = "",
    cast_file: options.CastFile = None,
    script: options.ScriptFile = None,
    ask: options.Ask = "",
    ask_url: options.AskUrl = "",
) -> None:
    """Show the cast, and write STORY.cast.yaml for you to edit."""
    from narrate.produce import Order, settle
    from narrate.script import NARRATOR

    order = Order(
        story=story, engine=engine, cast_file=cast_file, script_file=script, ask=ask, ask_url=ask_url
    )
    with progress(quiet=False) as watch:
        settled = settle(order, watch)
    shares = settled.shares()
    people = {who.name: who for who in settled.script.characters}
    table(
        f"{settled.book.title}: the cast",
        "character",
        "lines",
        "words",
        "gender",
        "age",
        "voice",
        "why",
        rows=[
            (
                name,
                f"{shares.get(name, (0, 0))[0]:,}",
                f"{shares.get(name, (0, 0))[1]:,}",
                people[name].gender if name in people else "",
                people[name].age if name in people else "",
                described(role.voice),
                role.why,
            )
            for name, role in sorted(
                settled.cast.roles.items(),
                key=lambda item: (item[0] != NARRATOR, -shares.get(item[0], (0, 0))[1], item[0]),
            )
        ],
        numbers=frozenset({"lines", "words"}),
        whole=frozenset({"voice"}),
    )
    say_notes(settled.notes)
    err.print(f"edit {settled.choices.path} to change a voice", style="dim", markup=False)
