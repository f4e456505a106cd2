"""`python -m narrate` and the `narrate` command."""

from __future__ import annotations

import sys


def main() -> None:
    try:
        from narrate.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # in the first moments, while we are still being loaded
        sys.stderr.write("narrate: stopped\n")
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
