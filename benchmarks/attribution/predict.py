"""Predictions in the scorer's format: `python benchmarks/attribution/predict.py GOLD_DIR OUT_DIR
[--folds DIR]`.

Reads only the text of each gold document; writes OUT_DIR/<id>.json, a list of {"start", "end", "speaker"}.
With `--folds`, each document is predicted with the weights of the fold that did not see it (training/
writes them).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from gold import book_of, gold

from narrate.attribution import attribute
from narrate.attribution.ranker import Ranker, load
from narrate.book import Book
from narrate.script import QUOTE_KINDS


def predict(book: Book, ranker: Ranker | None = None) -> list[dict[str, object]]:
    """One entry for each quote of the script; trailing white space stays out of the span."""
    found: list[dict[str, object]] = []
    for line in attribute(book, ranker=ranker).lines:
        if line.kind in QUOTE_KINDS:
            end = line.start + len(book.text[line.start : line.end].rstrip())
            found.append(
                {"start": line.start, "end": end, "speaker": line.speaker, "probability": line.probability}
            )
    return found


def main() -> None:
    """Predict a whole folder; says how fast on standard error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--weights", type=Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    unseen = _fold_rankers(args.folds) if args.folds else {}
    ranker = load(args.weights) if args.weights else None
    words, spent = 0, 0.0
    for held in gold(args.gold):
        book = book_of({"id": held["id"], "text": held["text"], "text_file": held.get("text_file")})
        started = time.perf_counter()
        found = predict(book, unseen[held["id"]] if unseen else ranker)
        spent += time.perf_counter() - started
        words += len(held["text"].split())
        (args.out / f"{held['id']}.json").write_text(json.dumps(found), encoding="utf8")
    (args.out / "speed.txt").write_text(f"{words / max(spent, 1e-9):.0f}\n", encoding="utf8")
    print(f"{words} words, {words / max(spent, 1e-9):,.0f} words/s", file=sys.stderr)


def _fold_rankers(folder: Path) -> dict[str, Ranker]:
    found: dict[str, Ranker] = {}
    for path in sorted(folder.glob("fold*.json")):
        ranker = load(path.with_suffix(".npz"))
        found |= dict.fromkeys(json.loads(path.read_text(encoding="utf8")), ranker)
    return found


if __name__ == "__main__":
    main()
