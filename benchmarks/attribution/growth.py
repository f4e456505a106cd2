"""How time grows with the text: `python benchmarks/attribution/growth.py NOVEL [--times 1 2 4 8]`.

Repeats a novel end to end, and builds one paragraph of many quotes; prints CPU seconds, words a second and
the largest memory so far for each size.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from narrate.attribution import attribute
from narrate.reading import read_text


def main() -> None:
    """Print one line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("novel", type=Path)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--quotes", type=int, nargs="+", default=[50_000, 100_000, 200_000])
    args = parser.parse_args()
    text = args.novel.read_text(encoding="utf8")
    for n in args.times:
        show(f"novel x {n}", "\n\n".join([text] * n))
    for n in args.quotes:
        show(
            f"one paragraph of {n} quotes",
            " ".join(f"“Line {k} of it,” said {'Ana' if k % 2 else 'Ben'}." for k in range(n)),
        )


def show(title: str, text: str) -> None:
    book = read_text(text, Path("story.txt"), markdown=False)
    started = time.process_time()
    script = attribute(book)
    spent = time.process_time() - started
    words = len(text.split())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{title}: {spent:.1f} CPU-s, {words / spent:,.0f} words/s, {len(script.lines)} lines, "
        f"{memory:.0f} MB at most so far"
    )


if __name__ == "__main__":
    main()
