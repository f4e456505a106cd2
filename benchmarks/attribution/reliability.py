"""Does 0.8 mean 80 %? `python benchmarks/attribution/reliability.py --scorer SCORE.PY GOLD:PRED ...`

Pools the gold quotes of all folders, bins them by the probability that `predict.py` wrote, and prints
for each bin
how many were right (by name or by voice), then the expected calibration error; then the gain in purity
of mending
the least certain lines first, as `narrate script --review` lists them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from table import scorer

BINS = 10


def pairs(score: ModuleType, gold: Path, pred: Path) -> list[tuple[float, float]]:
    """(probability, right or not) of every gold quote that a predicted one covers."""
    found: list[tuple[float, float]] = []
    for _, held in score.load(str(gold)):
        said = json.loads((pred / f"{held['id']}.json").read_text(encoding="utf8"))
        rows = score.score_doc(held, said)["_rows"]
        spans = sorted((p["start"], p["end"], p["probability"]) for p in said)
        k = 0
        for row in rows:
            start, end = row["span"]
            while k < len(spans) and spans[k][1] <= start:
                k += 1
            if k < len(spans) and spans[k][0] < end and row["label"] is not None:
                found.append((spans[k][2], float(row["either"])))
    return found


def review(score: ModuleType, gold: Path, pred: Path, mended: int) -> tuple[float, float]:
    """Mean purity of a folder before and after the `mended` least certain quotes of each book are put
    right.
    """
    before, after, books = 0.0, 0.0, 0
    for _, held in score.load(str(gold)):
        said: list[dict[str, Any]] = json.loads((pred / f"{held['id']}.json").read_text(encoding="utf8"))
        scored = score.score_doc(held, said)
        names = {who: label for label, who in scored["_pair"].items()}
        rows = scored["_rows"]
        order = sorted(range(len(said)), key=lambda j: (said[j]["probability"], j))[:mended]
        for j in order:
            start, end = said[j]["start"], said[j]["end"]
            row = next((r for r in rows if r["span"][0] < end and start < r["span"][1]), None)
            if row is not None:
                said[j] = {**said[j], "speaker": names.get(row["speaker"], row["speaker"])}
        if scored["purity"] is not None:
            before, after, books = (
                before + scored["purity"],
                after + score.score_doc(held, said)["purity"],
                books + 1,
            )
    return before / books, after / books


def main() -> None:
    """Print the reliability table and the worth of reviewing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("sets", nargs="+", help="GOLD:PRED")
    args = parser.parse_args()
    score = scorer(args.scorer)
    folders = [(Path(a), Path(b)) for a, _, b in (s.partition(":") for s in args.sets)]
    found = sorted(p for gold, pred in folders for p in pairs(score, gold, pred))
    error = 0.0
    print("| probability | quotes | mean said | right |")
    print("|---|---|---|---|")
    for b in range(BINS):
        held = [p for p in found if b / BINS <= p[0] < (b + 1) / BINS or (b == BINS - 1 and p[0] == 1.0)]
        if held:
            said, right = sum(p for p, _ in held) / len(held), sum(r for _, r in held) / len(held)
            error += abs(said - right) * len(held) / len(found)
            print(f"| {b / BINS:.1f} to {(b + 1) / BINS:.1f} | {len(held)} | {said:.2f} | {right:.2f} |")
    print(f"\nexpected calibration error {error:.3f} over {len(found)} quotes\n")
    for gold, pred in folders:
        for mended in (20, 50):
            before, after = review(score, gold, pred, mended)
            gain = f"purity {100 * before:.1f} -> {100 * after:.1f}"
            print(f"{gold.name}: the {mended} least certain lines a book mended: {gain}")


if __name__ == "__main__":
    main()
