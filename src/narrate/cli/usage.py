"""How the commands present themselves: the usage line as a person types it, no empty words in the help."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

DEFAULT = "book"
"""The command behind `narrate STORY`, whose name nobody has to type or to read."""


class _Plain:
    """What a command and the group of them have in common."""

    def get_params(self, ctx: Any) -> list[Any]:
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if getattr(param, "is_flag", False) and param.metavar is None:
                param.metavar = ""  # a flag takes no <bool>
            if param.param_type_name == "argument":
                param.display_type_rich = lambda **_: ""  # nor is a story a <path>
        return params


class Command(_Plain, TyperCommand):
    """One command."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        path = ctx.command_path
        arguments = [p.metavar for p in self.params if p.param_type_name == "argument" and p.metavar]
        formatter.write_usage(path.removesuffix(f" {DEFAULT}"), " ".join([*arguments, "[OPTIONS]"]))


class Group(_Plain, TyperGroup):
    """All of them."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, "STORY [OPTIONS]")
        formatter.write_usage(ctx.command_path, "COMMAND ...", prefix="   or: ")


def flowing(docstring: str | None) -> str:
    """A docstring with its paragraphs unwrapped, so that a terminal of any width can wrap them."""
    paragraphs = (docstring or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def register(app: typer.Typer, name: str, function: Any, *, hidden: bool = False) -> None:
    """Makes `function` the command `name`; its docstring is the help."""
    app.command(name, cls=Command, help=flowing(function.__doc__), hidden=hidden)(function)
