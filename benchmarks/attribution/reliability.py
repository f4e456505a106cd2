"""Does 0.8 mean 80 %? `python benchmarks/attribution/reliability.py --scorer SCORE.PY [--plot PNG]
GOLD:PRED ...`

Pools the gold quotes of all folders, bins them by the probability that `predict.py` wrote, and prints for
each bin how many were right (by name or by voice), then the expected calibration error; then the gain in
purity of mending the least certain lines first, as `narrate script --review` lists them. `--plot` draws the
bins.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from PIL import Image, ImageDraw, ImageFont
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


def plot(bins: list[tuple[float, float, int]], error: float, path: Path) -> None:
    """A reliability plot: what was said against what was right, a dot a bin, its area as many quotes."""
    size, edge, scale = 640, 70, 2  # drawn twice as large, then reduced: smooth lines
    image = Image.new("RGB", (size * scale, size * scale), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(15 * scale)

    def place(x: float, y: float) -> tuple[float, float]:
        span = size - 2 * edge
        return (edge + x * span) * scale, (size - edge - y * span) * scale

    for tenth in range(0, 11, 2):
        at = tenth / 10
        draw.line([place(at, 0), place(at, 1)], fill="#e4e4e4", width=scale)
        draw.line([place(0, at), place(1, at)], fill="#e4e4e4", width=scale)
        x, y = place(at, 0)
        draw.text((x, y + 8 * scale), f"{at:.1f}", fill="#444", font=font, anchor="mt")
        x, y = place(0, at)
        draw.text((x - 8 * scale, y), f"{at:.1f}", fill="#444", font=font, anchor="rm")
    draw.line([place(0, 0), place(1, 1)], fill="#999", width=scale)
    draw.line([place(said, right) for said, right, _ in bins], fill="#1f6f8b", width=2 * scale)
    most = max((n for *_, n in bins), default=1)
    for said, right, n in bins:
        x, y = place(said, right)
        r = (3 + 11 * (n / most) ** 0.5) * scale
        draw.ellipse([x - r, y - r, x + r, y + r], fill="#1f6f8b")
    below = (size * scale / 2, (size - 18) * scale)
    draw.text(below, "probability given", fill="black", font=font, anchor="mm")
    above = "share of lines that were right"
    draw.text((edge * scale, 30 * scale), above, fill="black", font=font, anchor="lm")
    note = f"expected calibration error {error:.3f}"
    draw.text(((size - edge) * scale, 30 * scale), note, fill="black", font=font, anchor="rm")
    image.resize((size, size), Image.Resampling.LANCZOS).quantize(32).save(path, optimize=True)


def main() -> None:
    """Print the reliability table and the worth of reviewing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--plot", type=Path, help="draw the bins as a PNG")
    parser.add_argument("sets", nargs="+", help="GOLD:PRED")
    args = parser.parse_args()
    score = scorer(args.scorer)
    folders = [(Path(a), Path(b)) for a, _, b in (s.partition(":") for s in args.sets)]
    found = sorted(p for gold, pred in folders for p in pairs(score, gold, pred))
    error, bins = 0.0, []
    print("| probability | quotes | mean said | right |")
    print("|---|---|---|---|")
    for b in range(BINS):
        held = [p for p in found if b / BINS <= p[0] < (b + 1) / BINS or (b == BINS - 1 and p[0] == 1.0)]
        if held:
            said, right = sum(p for p, _ in held) / len(held), sum(r for _, r in held) / len(held)
            error += abs(said - right) * len(held) / len(found)
            bins.append((said, right, len(held)))
            print(f"| {b / BINS:.1f} to {(b + 1) / BINS:.1f} | {len(held)} | {said:.2f} | {right:.2f} |")
    print(f"\nexpected calibration error {error:.3f} over {len(found)} quotes\n")
    if args.plot:
        plot(bins, error, args.plot)
    for gold, pred in folders:
        for mended in (20, 50):
            before, after = review(score, gold, pred, mended)
            gain = f"purity {100 * before:.1f} -> {100 * after:.1f}"
            print(f"{gold.name}: the {mended} least certain lines a book mended: {gain}")


if __name__ == "__main__":
    main()
