"""Passages of the novels for a reader to label: `python training/attribution/passages.py NOVELS OUT`.

Writes, for each passage, OUT/<novel>.<k>.txt (what the reader sees: every quote has a number before it) and
OUT/<novel>.<k>.json (where those quotes stand in the novel). Passages are taken where many lines have no
named tag, since those are what a reader can teach; everything is drawn with a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks" / "attribution"))
from examples import source_span
from gold import book_of

from narrate.attribution.analysis import Analysis, prepare

QUOTES = 64  # quotes a passage
LEAD = 2500  # characters before the first numbered quote, for the reader to find out who is there
TAIL = 500
LONGEST = 18_000  # characters from the first to the last quote


def spans_of(found: Analysis) -> list[tuple[int, int, bool]]:
    """(start, end, whether its turn is open) of every quote, as offsets in the novel's text."""
    return sorted((*source_span(found, q), turn.speaker < 0) for turn in found.turns for q in turn.quotes)


def choose(spans: list[tuple[int, int, bool]], most: int, seed: str) -> list[list[tuple[int, int, bool]]]:
    """Up to `most` runs of quotes, apart from each other, those with many open turns first."""
    runs = []
    for k in range(0, len(spans) - QUOTES // 2, QUOTES // 2):
        run = spans[k : k + QUOTES]
        while run and run[-1][1] - run[0][0] > LONGEST:
            run.pop()
        if len(run) >= QUOTES // 2:
            runs.append(run)
    rnd = random.Random(seed)
    rnd.shuffle(runs)
    runs.sort(key=lambda r: -round(4 * sum(o for _, _, o in r) / len(r)))
    kept: list[list[tuple[int, int, bool]]] = []
    for run in runs:
        if len(kept) < most and all(run[0][0] > o[-1][1] or run[-1][1] < o[0][0] for o in kept):
            kept.append(run)
    return kept


def shown(text: str, run: list[tuple[int, int, bool]]) -> str:
    """The passage with a number before every quote."""
    at = max(0, run[0][0] - LEAD)
    at = text.find("\n\n", at) + 2 if at else 0
    parts = []
    for k, (start, _, _) in enumerate(run, 1):
        parts += [text[at:start], f"[{k}]"]
        at = start
    end = text.find("\n\n", run[-1][1] + TAIL)
    parts.append(text[at : end if end > 0 else len(text)])
    return re.sub(r"(?<=\S)\n(?=\S)", " ", "".join(parts))


def main() -> None:
    """Cut the passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("novels", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--most", type=int, default=4, help="passages a novel")
    parser.add_argument("--skip", type=int, default=0, help="passages a novel that are labelled already")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(args.novels.glob("*.txt")):
        text = path.read_text(encoding="utf8")
        found = prepare(book_of({"id": path.stem, "text": text}))
        names: dict[str, int] = {}
        for e in found.entities:
            if e.kind == "name" and e.person:
                names |= e.forms
        spans = spans_of(found)
        chosen = choose(spans, args.skip + args.most, path.stem)
        for k, run in enumerate(chosen[args.skip :], args.skip + 1):
            body = shown(text, run)
            near = sorted(n for n, c in names.items() if c > 1 and n.split()[-1] in body)
            head = f"# {path.stem}\n# names met in the book: {', '.join(near[:80])}\n\n"
            (args.out / f"{path.stem}.{k}.txt").write_text(head + body + "\n", encoding="utf8")
            (args.out / f"{path.stem}.{k}.json").write_text(
                json.dumps({"novel": path.stem, "quotes": [[a, b] for a, b, _ in run]}), encoding="utf8"
            )


if __name__ == "__main__":
    main()
