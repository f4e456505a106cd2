"""The command line: the only place that prints, prompts or exits.

`app.py` knows the commands, `commands/` holds one module each, `show.py` how things look.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from narrate.errors import NarrateError, UsageError

INTERRUPTED = 130


def run(argv: Sequence[str]) -> int:
    """Run one command line; returns its exit code (errors.py draws them). No traceback gets out."""
    try:
        return _run(argv)
    except NarrateError as error:
        return _say(str(error), error.exit_code)
    except KeyboardInterrupt:
        return stopped()
    except BrokenPipeError:
        # The reader of a pipe has gone (`narrate script … | head`): nothing is wrong on our side.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("NARRATE_DEBUG"):
            raise
        kind = type(error).__name__
        return _say(f"a fault of ours: {kind}: {error}; set NARRATE_DEBUG=1 to see where, and report it", 1)


def stopped() -> int:
    """What Ctrl-C ends with."""
    return _say("stopped; what was finished is kept, the same command goes on from there", INTERRUPTED)


def _run(argv: Sequence[str]) -> int:
    import typer

    from narrate.cli.app import app
    from narrate.cli.complaints import complaint

    try:
        code = typer.main.get_command(app).main(list(argv), prog_name="narrate", standalone_mode=False)
    except typer.Abort:
        code = INTERRUPTED
    except Exception as error:
        ours = complaint(error)
        if ours is not None:
            raise ours from None
        show = getattr(error, "show", None)
        if not callable(show):
            raise
        show()  # the page of help that `narrate` alone is answered with
        return int(getattr(error, "exit_code", UsageError.exit_code))
    if code == INTERRUPTED:  # Typer makes this of Ctrl-C itself
        return stopped()
    return code if isinstance(code, int) else 0


def _say(message: str, code: int) -> int:
    one_line = " ".join(message.split())
    print(f"narrate: {one_line}", file=sys.stderr)
    return code
