"""The commands by name. `narrate STORY` is the command `book`, whose name nobody has to type."""

from __future__ import annotations

from difflib import get_close_matches
from glob import escape
from pathlib import Path
from typing import Annotated, Any

import typer

from narrate import __version__
from narrate.cli.commands import audition, book, cast, check, doctor, names, plan, script, voices
from narrate.cli.usage import DEFAULT, Group, flowing, register
from narrate.errors import UsageError


class StoryFirst(Group):
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
    path = Path(word)
    if path.exists() or path.suffix or len(path.parts) != 1 or any(path.parent.glob(f"{escape(word)}.*")):
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
    "6 output, 7 the book is there but a line may sound wrong, a chapter cannot meet its profile, or `check` "
    "found it wanting, 130 stopped by Ctrl-C.",
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"narrate {__version__}")
        raise typer.Exit


_HELP = """Make a full-cast, chaptered audiobook of a story.

[bold]narrate STORY[/bold] reads story.md, finds who speaks each line, gives every character a voice, and
writes story.m4b. Beside it lie story.cast.yaml (who has which voice) and story.script.yaml (who says what):
edit them and run again, and only what changed is spoken again.

[bold]narrate STORY --help[/bold] lists the options of the main job; the commands below look at its parts."""


@app.callback(help=flowing(_HELP))
def narrate(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Shows what `_HELP` says."""


register(app, DEFAULT, book.book, hidden=True)
register(app, "script", script.script)
register(app, "cast", cast.cast)
register(app, "plan", plan.plan)
register(app, "voices", voices.voices)
register(app, "audition", audition.audition)
register(app, "check", check.check)
register(app, "names", names.names)
register(app, "doctor", doctor.doctor)
