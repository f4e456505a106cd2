"""The commands by name. `narrate STORY` is the command `book`, whose name nobody has to type."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from narrate import __version__
from narrate.cli.commands import audition, book, cast, check, doctor, names, plan, script, voices
from narrate.errors import UsageError

DEFAULT = "book"


class StoryFirst(TyperGroup):
    """A group whose first word may be a story instead of a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {name for param in self.params for name in (*param.opts, *param.secondary_opts)}
        own.update(ctx.help_option_names)
        first = args[0] if args else ""
        if first.startswith("-") and first.partition("=")[0] not in own:
            args = [DEFAULT, *args]  # narrate --engine espeak story.md
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        first = args[0]
        if first not in self.commands:
            if not ctx.resilient_parsing:
                _mistyped(first, [name for name, command in self.commands.items() if not command.hidden])
            args = [DEFAULT, *args]
        return super().resolve_command(ctx, args)


def _mistyped(word: str, commands: list[str]) -> None:
    """A word that is no file but nearly a command was meant as that command."""
    if Path(word).exists() or Path(word).suffix or len(Path(word).parts) != 1:
        return
    near = get_close_matches(word, commands, n=1)
    if near:
        raise UsageError(f"no command or story is called {word!r}", fix=f"did you mean `narrate {near[0]}`?")


app = typer.Typer(
    name="narrate",
    cls=StoryFirst,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 a fault of ours, 2 usage, 3 story, 4 cast or script file, 5 engine, "
    "6 output, 7 check failed, 130 stopped by Ctrl-C.",
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"narrate {__version__}")
        raise typer.Exit


@app.callback()
def narrate(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Make a full-cast, chaptered audiobook of a story.

    [bold]narrate STORY[/bold] reads story.md, finds who speaks each line, gives every character a
    voice, and writes story.m4b. Beside it lie story.cast.yaml (who has which voice) and
    story.script.yaml (who says what): edit them and run again, and only what changed is spoken again.

    [dim]narrate STORY --help[/dim] lists the options of the main job; the commands below look at
    its parts.
    """


app.command(DEFAULT, hidden=True)(book.book)
app.command("script")(script.script)
app.command("cast")(cast.cast)
app.command("plan")(plan.plan)
app.command("voices")(voices.voices)
app.command("audition")(audition.audition)
app.command("check")(check.check)
app.command("names")(names.names)
app.command("doctor")(doctor.doctor)
