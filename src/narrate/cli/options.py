"""Options that several commands share, described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Story = Annotated[
    Path, typer.Argument(metavar="STORY", help="A story in Markdown (.md) or plain text (.txt).")
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="Speak everything with this engine for once (espeak: a quick draft); the cast file stays.",
    ),
]
AsIf = Annotated[
    str,
    typer.Option("--engine", metavar="NAME", help="Show it as a run with this `--engine` would have it."),
]
CastFile = Annotated[
    Path | None, typer.Option("--cast", metavar="FILE", help="The cast file. \\[default: STORY.cast.yaml]")
]
ScriptFile = Annotated[
    Path | None,
    typer.Option("--script", metavar="FILE", help="The script file. \\[default: STORY.script.yaml]"),
]
Ask = Annotated[
    str,
    typer.Option(
        "--ask",
        metavar="MODEL",
        help="Ask this language model who says the lines that are in doubt. It is sent those lines and what "
        "stands around them.",
    ),
]
AskUrl = Annotated[
    str,
    typer.Option(
        "--ask-url",
        metavar="URL",
        help="Where it answers: any OpenAI-compatible server. \\[default: OPENAI_BASE_URL, else Ollama "
        "on this machine]",
    ),
]
Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        metavar="N",
        show_default=False,
        help="Worker processes. \\[default: one a processor]",
    ),
]
Json = Annotated[str, typer.Option("--format", metavar="text|json", help="How to show it.")]
Profile = Annotated[
    str,
    typer.Option(
        "--profile",
        metavar="NAME",
        help="Levels: audiobook, podcast, acx or none. \\[default: the cast file's, else audiobook]",
    ),
]
