"""Train the ranker: `python training/attribution/train.py --gold DEV --novels NOVELS [--out ranker.npz]`.

Two forests (LightGBM, soft-max over a turn's candidates): one for the first pass, one for the passes after,
which is trained on beliefs of first passes that never saw the book. Everything is cut into folds by book and
author. All of it is done once for each member, with other tags hidden and other draws of rows and features,
and the members' forests are averaged.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zlib import crc32

import lightgbm
import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent))
import examples
from examples import Document, book_number
from gold import gold

from narrate.attribution.features import NAMES, STILL
from narrate.attribution.ranker import Forest
from narrate.attribution.scene import run_pass, run_passes

FOLDS = 5
SEED = 20240607
LENIENT = 0.4
"""Log-odds between naming the right entity and giving the right voice, measured on `dev` (unseen folds): a
line under another label of the same person counts as wrong here, and is heard as right.
"""
BEATS = [k for k, name in enumerate(STILL) if name.startswith("beat_")]
Floats = npt.NDArray[np.float64]

PARAMETERS = {
    "learning_rate": 0.03, "num_leaves": 24, "max_depth": 6, "min_data_in_leaf": 40, "lambda_l2": 4.0,
    "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 63,
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbosity": -1,
}  # fmt: skip


def gather(args: argparse.Namespace, seed: int) -> list[Document]:
    """All documents with their folds' groups; `seed` says which tags of the novels are hidden."""
    docs: list[Document] = []
    authors: dict[str, str] = {}
    for held in gold(args.gold):
        group = held.get("author") or held["id"]
        authors[book_number(held["id"])] = group
        docs.append(examples.from_gold(held, group))
        docs.append(examples.from_gold(examples.run_together(held, str(seed)), group))
        docs[-1].silver = True  # trained on, never reported as gold
    for path in novel_files(args):
        doc = examples.from_novel(path, args.per_novel, str(seed), args.characters)
        doc.group = authors.get(doc.group, doc.group)
        docs.append(doc)
    return docs


def novel_files(args: argparse.Namespace) -> list[Path]:
    """Novels spread evenly over the folder, at most as many as asked for."""
    every = sorted(args.novels.glob("*.txt")) if args.novels else []
    step = max(1, len(every) // max(1, args.most_novels))
    return every[::step][: args.most_novels]


def fold_of(group: str) -> int:
    return crc32(group.encode()) % FOLDS


# ---------------------------------------------------------------- one forest


class Table:
    """Rows of labelled turns, ready for LightGBM."""

    def __init__(
        self, rows: npt.NDArray[np.float32], sizes: list[int], right: list[int], weight: list[float]
    ) -> None:
        self.rows, self.sizes = rows, np.asarray(sizes)
        self.bounds = np.concatenate([[0], np.cumsum(self.sizes)])
        self.right = np.zeros(len(rows))
        self.right[self.bounds[:-1] + np.asarray(right)] = 1.0
        self.weight = np.repeat(np.asarray(weight), self.sizes)

    def objective(self, scores: Floats, _: object) -> tuple[Floats, Floats]:
        """Gradient and (diagonal) Hessian of the cross entropy of a soft-max within each turn."""
        top = np.repeat(np.maximum.reduceat(scores, self.bounds[:-1]), self.sizes)
        odds = np.exp(scores - top)
        p = odds / np.repeat(np.add.reduceat(odds, self.bounds[:-1]), self.sizes)
        return (p - self.right) * self.weight, np.maximum(2.0 * p * (1.0 - p), 1e-6) * self.weight


def table(docs: list[Document], belief: dict[str, list[dict[int, float]]], gold_weight: float) -> Table:
    rows, sizes, right, weight = [], [], [], []
    for doc in docs:
        ballot = doc.ballot
        for j, k in enumerate(ballot.turns):
            if doc.right[j] < 0 or len(ballot.held[j]) < 2:
                continue
            part = ballot.still[ballot.bounds[j] : ballot.bounds[j + 1]]
            if doc.silver and not doc.name.endswith("-together") and part[:, BEATS].any():
                continue  # a biased sample: beside a beat, a tag is written where the beat is another's
            moving = doc.describer.moving(k, ballot.held[j], belief[doc.name], ballot.guessed[j])
            part = np.concatenate([part, np.asarray(moving, dtype=np.float32)], axis=1)
            rows.append(part)
            sizes.append(len(part))
            right.append(doc.right[j])
            weight.append(1.0 if doc.silver else gold_weight)
    return Table(np.concatenate(rows), sizes, right, weight)


def grow(data: Table, trees: int, seed: int) -> Forest:
    held = lightgbm.Dataset(data.rows, label=data.right, feature_name=list(NAMES), free_raw_data=False)
    booster = lightgbm.train({**PARAMETERS, "seed": seed, "objective": data.objective}, held, trees)
    return flatten(booster)


def flatten(booster: lightgbm.Booster) -> Forest:
    """LightGBM's trees as flat arrays."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    roots: list[int] = []

    def walk(node: dict[str, object]) -> int:
        at = len(feature)
        feature.append(-1)
        threshold.append(0.0)
        left.append(-1)
        right.append(-1)
        value.append(float(node.get("leaf_value", 0.0)))  # type: ignore[arg-type]
        if "split_feature" in node:
            feature[at], threshold[at], value[at] = int(node["split_feature"]), float(node["threshold"]), 0.0  # type: ignore[call-overload, arg-type]
            left[at] = walk(node["left_child"])  # type: ignore[arg-type]
            right[at] = walk(node["right_child"])  # type: ignore[arg-type]
        return at

    for tree in booster.dump_model()["tree_info"]:
        roots.append(walk(tree["tree_structure"]))
    return Forest(
        np.asarray(feature, np.int32), np.asarray(threshold, np.float32), np.asarray(left, np.int32),
        np.asarray(right, np.int32), np.asarray(value, np.float32), np.asarray(roots, np.int32),
    )  # fmt: skip


# ---------------------------------------------------------------- both passes


def beliefs(docs: list[Document], first: Forest) -> dict[str, list[dict[int, float]]]:
    """What a first pass makes of every open turn."""
    found = {}
    for doc in docs:
        belief = [dict(b) for b in doc.start]
        run_pass(doc.describer, doc.ballot, belief, first)
        found[doc.name] = belief
    return found


def rate(docs: list[Document], scores: Mapping[str, Sequence[npt.NDArray[np.generic]]]) -> float:
    """Share of labelled open turns whose best candidate is right (a turn with no right row is wrong)."""
    hits = total = 0
    for doc in docs:
        for j, p in enumerate(scores[doc.name]):
            if doc.right[j] >= 0:
                hits += int(np.argmax(p)) == doc.right[j]
                total += 1
        total += doc.missed
    return hits / max(1, total)


@dataclass
class Member:
    """What one seed grows: the forests of each fold, which never saw its books, and those of all books."""

    firsts: list[Forest]
    laters: list[Forest]
    first: Forest
    later: Forest


def member(args: argparse.Namespace, seed: int) -> Member:
    """Everything from the examples to the forests, for one seed."""
    docs = gather(args, seed)
    folds = [[d for d in docs if fold_of(d.group) == f] for f in range(FOLDS)]
    others = [[d for d in docs if fold_of(d.group) != f] for f in range(FOLDS)]
    start = {d.name: d.start for d in docs}
    firsts = [grow(table(o, start, args.gold_weight), args.trees, seed) for o in others]
    unseen: dict[str, list[dict[int, float]]] = {}
    for f in range(FOLDS):
        unseen |= beliefs(folds[f], firsts[f])
    laters = [grow(table(o, unseen, args.gold_weight), args.trees, seed) for o in others]
    first = grow(table(docs, start, args.gold_weight), args.trees, seed)
    later = grow(table(docs, unseen, args.gold_weight), args.trees, seed)
    return Member(firsts, laters, first, later)


def averaged(forests: Sequence[Forest]) -> Forest:
    """One forest that says the mean of what these say."""
    shifts = np.cumsum([0, *(len(f.feature) for f in forests)])[:-1].astype(np.int32)

    def moved(ends: Sequence[npt.NDArray[np.int32]]) -> npt.NDArray[np.int32]:
        return np.concatenate([np.where(e >= 0, e + at, e) for e, at in zip(ends, shifts, strict=True)])

    return Forest(
        np.concatenate([f.feature for f in forests]),
        np.concatenate([f.threshold for f in forests]),
        moved([f.left for f in forests]).astype(np.int32),
        moved([f.right for f in forests]).astype(np.int32),
        np.concatenate([f.value / np.float32(len(forests)) for f in forests]).astype(np.float32),
        moved([f.roots for f in forests]).astype(np.int32),
    )


def main() -> None:
    """Cross-validate, calibrate, train on everything, write the weights and their record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--novels", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/narrate/attribution/ranker.npz"))
    parser.add_argument("--folds", type=Path, help="where to write the forests of each fold, for predict.py")
    parser.add_argument("--most-novels", type=int, default=76)
    parser.add_argument("--per-novel", type=int, default=250)
    parser.add_argument("--characters", type=int, default=350_000, help="how much of each novel is read")
    parser.add_argument("--gold-weight", type=float, default=14.0)
    parser.add_argument("--trees", type=int, default=400)
    parser.add_argument("--members", type=int, default=3, help="seeds whose forests are averaged")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()

    with ProcessPoolExecutor(args.workers) as pool:
        grown = list(pool.map(partial(member, args), range(SEED, SEED + args.members)))
    docs = [d for d in gather(argparse.Namespace(**{**vars(args), "novels": None}), SEED) if not d.silver]
    once, outcome = {}, {}
    for f in range(FOLDS):
        first, later = averaged([m.firsts[f] for m in grown]), averaged([m.laters[f] for m in grown])
        unseen = [d for d in docs if fold_of(d.group) == f]
        for d in unseen:
            once[d.name] = run_pass(d.describer, d.ballot, [dict(b) for b in d.start], first)
            outcome[d.name] = run_passes(d.describer, d.ballot, [dict(b) for b in d.start], first, later)
        if args.folds:
            args.folds.mkdir(parents=True, exist_ok=True)
            save(args.folds / f"fold{f}.npz", first, later, np.asarray([[0, 1], [0, 1]], np.float32))
            (args.folds / f"fold{f}.json").write_text(json.dumps(sorted(d.name for d in unseen)))
    guesses = {
        d.name: [
            np.asarray([float(e == g) for e, _ in h])
            for h, g in zip(d.ballot.held, d.ballot.guessed, strict=True)
        ]
        for d in docs
    }
    for step, found in (("guess", guesses), ("first pass", once), ("all passes", outcome)):
        print(f"open turns of the gold, {step}: {rate(docs, found):.3f}")
    save(
        args.out,
        averaged([m.first for m in grown]),
        averaged([m.later for m in grown]),
        calibrate(docs, outcome),
    )
    sources = sorted(args.gold.glob("*.json")) + novel_files(args)
    record = {"sources": len(sources), "sha256": examples.digest(sources), "seed": SEED,
              "members": args.members, "trees": args.trees,
              "gold_weight": args.gold_weight, "per_novel": args.per_novel,
              "novels": args.most_novels, "parameters": PARAMETERS}  # fmt: skip
    args.out.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf8")


def calibrate(
    docs: list[Document], outcome: dict[str, list[npt.NDArray[np.float32]]]
) -> npt.NDArray[np.float32]:
    """Raw probability of the winner -> share of winners that are right, on unseen gold; isotonic, in
    12 steps.
    """
    pairs = []
    for doc in docs:
        if doc.silver:
            continue
        pairs += [
            (float(p.max()), float(int(np.argmax(p)) == r))
            for p, r in zip(outcome[doc.name], doc.right, strict=True)
            if r >= 0
        ]
    pairs.sort()
    blocks: list[list[float]] = []  # pool adjacent violators: [sum of raw, sum of right, n]
    for raw, hit in pairs:
        blocks.append([raw, hit, 1.0])
        while len(blocks) > 1 and (
            blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2] or blocks[-2][2] < len(pairs) / 16
        ):
            last = blocks.pop()
            blocks[-1] = [x + y for x, y in zip(blocks[-1], last, strict=True)]
    x = [0.0] + [b[0] / b[2] for b in blocks] + [1.0]
    y = (
        [blocks[0][1] / blocks[0][2] * 0.8]
        + [b[1] / b[2] for b in blocks]
        + [min(0.99, blocks[-1][1] / blocks[-1][2] + 0.01)]
    )
    odds = [q / (1.0 - q) * np.exp(LENIENT) for q in (min(p, 0.99) for p in y)]
    return np.asarray([x, [min(0.99, o / (1.0 + o)) for o in odds]], np.float32)


def save(path: Path, first: Forest, later: Forest, calibration: npt.NDArray[np.float32]) -> None:
    arrays = {"calibration": calibration}
    for name, forest in (("first", first), ("later", later)):
        for part in ("feature", "threshold", "left", "right", "value", "roots"):
            arrays[f"{name}_{part}"] = getattr(forest, part)
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    main()
