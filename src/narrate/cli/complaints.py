"""What the parser of the command line refuses, said as narrate says everything else: one line."""

from __future__ import annotations

import re
from typing import Any

from narrate.cli.usage import DEFAULT
from narrate.errors import UsageError
from narrate.nearest import meant

_TOO_MANY = re.compile(r"unexpected extra argument(?:s|\(s\))? \((.*)\)", re.DOTALL)


def complaint(error: Any) -> UsageError | None:
    """The parser's exception as ours, None for what is none.

    Typer brings its parser in some versions and takes it from click in others, so the kinds are known by
    their names.
    """
    kind = type(error).__name__
    if not hasattr(error, "format_message") or kind == "NoArgsIsHelpError":
        return None
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "narrate").removesuffix(f" {DEFAULT}")
    params = list(getattr(getattr(context, "command", None), "params", ()))
    param, option = getattr(error, "param", None), getattr(error, "option_name", "")
    if kind == "NoSuchOption":
        long = [name for one in params for name in one.opts if name.startswith("--")]
        return UsageError(f"there is no option {option!r}", fix=meant(option, [*long, "--help"]))
    if kind == "MissingParameter" and param is not None:
        name = param.metavar or param.name.upper()
        return UsageError(f"{name} is missing", fix=f"write `{path} {name}`")
    if kind == "BadOptionUsage":
        if "not take" in error.message:
            return UsageError(f"{option} takes no value", fix=f"write `{option}` alone")
        return UsageError(f"{option} needs a value", fix="write it behind; --help says what it may be")
    if kind == "BadParameter" and param is not None:
        return UsageError(_wanted(error.message), where=max(param.opts, key=len), fix="")
    many = _TOO_MANY.search(error.message)
    if many:
        fix = "one at a time; put a name with spaces between quotes"
        return UsageError(f"there is no place for {many.group(1)!r}", fix=fix)
    return UsageError(error.format_message().rstrip("."))


def _wanted(message: str) -> str:
    """`Input should be a valid integer, unable to ...` is pydantic's voice, not ours."""
    if "integer" in message:
        return "this must be a whole number"
    return message.replace("Input should be ", "this must be ").rstrip(".")
