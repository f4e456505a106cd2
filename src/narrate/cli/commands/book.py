"""`narrate STORY`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli import options
from narrate.cli.show import duration, err, out, progress, say_notes
from narrate.errors import CheckFailed, UsageError

if TYPE_CHECKING:
    from narrate.produce import Produced

Output = Annotated[
    list[str] | None,
    typer.Option(
        "-o",
        "--output",
        metavar="PATH",
        help="What to write: .m4b, .mp3, .opus, .flac, .wav, or a folder (ending in /) for one MP3 a "
        "chapter. May be given several times. \\[default: STORY.m4b]",
    ),
]


def book(
    story: options.Story,
    output: Output = None,
    engine: options.Engine = "",
    cast: options.CastFile = None,
    script: options.ScriptFile = None,
    cover: Annotated[
        Path | None, typer.Option(metavar="IMAGE", help="JPEG or PNG. \\[default: one is drawn]")
    ] = None,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="The book's title, where the story has none.")
    ] = "",
    author: Annotated[str, typer.Option(metavar="TEXT", help="Its author, likewise.")] = "",
    profile: options.Profile = "",
    workers: options.Workers = 0,
    ask: options.Ask = "",
    ask_url: options.AskUrl = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Make an audiobook of STORY.

    Beside it lie STORY.cast.yaml (who has which voice) and STORY.script.yaml (who says what). Edit
    them and run again: only what changed is spoken again.
    """
    from narrate.produce import Order, produce

    if workers < 0:
        raise UsageError(f"there cannot be {workers}", where="--workers", fix="give 0 for one a processor")
    order = Order(
        story=story,
        outputs=tuple(output or ()),
        engine=engine,
        cast_file=cast,
        script_file=script,
        cover=cover,
        title=title,
        author=author,
        profile=profile,
        workers=workers,
        ask=ask,
        ask_url=ask_url,
    )
    with progress(quiet) as watch:
        made = produce(order, watch)
    if not quiet:
        _show(made)
    _doubts(made)


def _show(made: Produced) -> None:
    say_notes(made.settled.notes)
    for path in made.files:
        out.print(str(path), markup=False)
    roles = made.settled.cast.roles.values()
    heard = made.master.length / made.master.rate
    chapters = len(made.master.chapters)
    err.print(
        f"{duration(heard)} of audio in {chapters} chapter{'s' * (chapters != 1)}; "
        f"{len(roles)} speakers in {len({role.voice for role in roles})} voices; "
        f"{len(made.report.spoken):,} takes spoken, {made.report.reused:,} from the shelf",
        markup=False,
    )
    files = f"voices: {made.settled.choices.path}   speakers: {made.settled.script_file}"
    err.print(files, markup=False, style="dim")


def _doubts(made: Produced) -> None:
    """Takes that may be bad are in the book, since nothing is left out; but never unsaid."""
    troubles = [
        CheckFailed(
            f"this line may sound wrong: {doubt.why}",
            where=made.settled.book.place(made.settled.script.lines[doubt.line].start),
            fix="listen to it; mend a name under `pronounce:` in the cast file, or choose another voice; "
            "the book is written",
        )
        for doubt in made.report.doubtful
    ]
    troubles += [
        CheckFailed(
            f"the chapter {why}",
            where=str(made.settled.book.path),
            fix="join it with another, or choose another --profile; the book is written",
        )
        for why in made.master.unmet
    ]
    for trouble in troubles[:-1]:
        where = f"{trouble.where}: " if trouble.where else ""
        err.print(f"narrate: {where}{trouble.what}", markup=False)
    if troubles:
        raise troubles[-1]
