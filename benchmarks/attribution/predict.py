"""Predictions in the scorer's format: `python benchmarks/attribution/predict.py GOLD_DIR OUT_DIR`.

Reads only the text of each gold document; writes OUT_DIR/<id>.json, a list of {"start", "end", "speaker"}.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from gold import book_of, gold

from narrate.attribution import attribute
from narrate.book import Book
from narrate.script import QUOTE_KINDS


def predict(book: Book) -> list[dict[str, object]]:
    """One entry for each quote of the script; trailing white space stays out of the span."""
    found: list[dict[str, object]] = []
    for line in attribute(book).lines:
        if line.kind in QUOTE_KINDS:
            end = line.start + len(book.text[line.start : line.end].rstrip())
            found.append({"start": line.start, "end": end, "speaker": line.speaker, "probability": line.probability})
    return found


def main() -> None:
    """Predict a whole folder; says how fast on standard error."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    words, spent = 0, 0.0
    for held in gold(source):
        book = book_of({"id": held["id"], "text": held["text"], "text_file": held.get("text_file")})
        started = time.process_time()
        found = predict(book)
        spent += time.process_time() - started
        words += len(held["text"].split())
        (target / f"{held['id']}.json").write_text(json.dumps(found), encoding="utf8")
    print(f"{words} words, {words / max(spent, 1e-9):,.0f} words/s", file=sys.stderr)


if __name__ == "__main__":
    main()
