"""`python -m narrate` and the `narrate` command."""

from __future__ import annotations

import sys


def main() -> None:
    from narrate.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
