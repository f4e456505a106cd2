"""Train the ranker: `python training/attribution/train.py --gold DEV --novels NOVELS [--out ranker.npz]`.

Two forests (LightGBM, soft-max over a turn's candidates): one for the first pass, one for the passes after,
which is trained on what first passes made of books that they never saw. Everything is cut into folds by book
and author. A forest may be the mean of several members, grown with other draws of rows and features.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import lightgbm
import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent))
import examples
import labelled
from examples import Document, book_number
from gold import gold

from narrate.attribution.features import NAMES, Describer
from narrate.attribution.ranker import Forest
from narrate.attribution.scene import Ballot, full_rows, later_passes, run_pass

FOLDS = 5
SEED = 20240607
WEIGHT = {"gold": 4.0, "passages": 4.0, "stories": 4.0, "together": 1.0}
Floats = npt.NDArray[np.float64]
Ranking = Callable[[Describer, Ballot, list[dict[int, float]], Forest], list[npt.NDArray[np.float32]]]
Shares = Mapping[str, Sequence[npt.NDArray[np.float32]]]

PARAMETERS = {
    "learning_rate": 0.08, "num_leaves": 48, "max_depth": 9, "min_data_in_leaf": 30, "lambda_l2": 4.0,
    "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 63,
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbosity": -1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """One labelled text before anything is made of it."""

    held: dict[str, Any]  # in the scorer's format
    group: str  # its author, or itself: never on both sides of a fold
    kind: str  # what `WEIGHT` says of it

    @property
    def fold(self) -> int:
        return fold_of(self.group)


def fold_of(group: str) -> int:
    return crc32(group.encode()) % FOLDS


def sources(args: argparse.Namespace) -> list[Source]:
    """Every labelled text, with the group that keeps it on one side of a fold."""
    found: list[Source] = []
    authors: dict[str, str] = {}
    for held in gold(args.gold):
        del held["_path"]
        group = held.get("author") or held["id"]
        authors[book_number(held["id"])] = group
        found.append(Source(held, group, "gold"))
        found.append(Source(examples.run_together(held, str(SEED)), group, "together"))
    for held in labelled.passages(args.novels):
        number = book_number(held["id"])
        found.append(Source(held, authors.get(number, number), "passages"))
    return found + [Source(held, held["id"], "stories") for held in labelled.stories()]


def document(first: Sequence[Forest] | None, source: Source) -> Document:
    """A source as the first pass sees it, or, with the first pass of each fold, as the passes after it do."""
    return examples.from_gold(source.held, source.group, source.kind, first[source.fold] if first else None)


# ---------------------------------------------------------------- one forest


class Table:
    """Rows of labelled turns, ready for LightGBM."""

    def __init__(self, docs: Sequence[Document]) -> None:
        rows, sizes, right, weight = [], [], [], []
        for doc in docs:
            ballot = doc.ballot
            every = full_rows(doc.describer, ballot, doc.start)
            for j, told in enumerate(doc.right):
                part = every[ballot.bounds[j] : ballot.bounds[j + 1]]
                if told and len(part) > len(told):
                    rows.append(part)
                    sizes.append(len(part))
                    right.append(np.isin(np.arange(len(part)), told))
                    weight.append(WEIGHT[doc.source])
        self.rows, self.sizes = np.concatenate(rows), np.asarray(sizes)
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        self.right = np.concatenate(right).astype(np.float64)
        self.weight = np.repeat(np.asarray(weight), self.sizes)

    def _within(self, odds: Floats) -> Floats:
        return odds / np.maximum(np.repeat(np.add.reduceat(odds, self.starts), self.sizes), 1e-12)

    def objective(self, scores: Floats, _: object) -> tuple[Floats, Floats]:
        """Gradient and (diagonal) Hessian of minus the log of the share that the right candidates get."""
        top = np.repeat(np.maximum.reduceat(scores, self.starts), self.sizes)
        odds = np.exp(scores - top)
        p = self._within(odds)
        gradient = (p - self._within(odds * self.right)) * self.weight
        return gradient, np.maximum(2.0 * p * (1.0 - p), 1e-6) * self.weight


def grow(data: Table, trees: int, seeds: Sequence[int]) -> Forest:
    """The mean of the forests that these seeds grow."""
    held = lightgbm.Dataset(data.rows, label=data.right, feature_name=list(NAMES), free_raw_data=False)
    grown = [
        flatten(lightgbm.train({**PARAMETERS, "seed": seed, "objective": data.objective}, held, trees))
        for seed in seeds
    ]
    return averaged(grown)


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


# ---------------------------------------------------------------- all folds


def grow_fold(docs: Sequence[Document], args: argparse.Namespace, fold: int) -> Forest:
    """A forest that never saw the books of a fold; `FOLDS` stands for one that saw all of them."""
    seen = [d for d in docs if fold_of(d.group) != fold]
    return grow(Table(seen), args.trees, range(SEED, SEED + args.members))


def unseen(docs: Sequence[Document], forests: Sequence[Forest], ranking: Ranking) -> Shares:
    """What a pass makes of each document, by the forest that never saw it."""
    return {d.name: ranking(d.describer, d.ballot, list(d.start), forests[fold_of(d.group)]) for d in docs}


def rate(docs: Sequence[Document], shares: Shares) -> str:
    """For each kind of text, the share of labelled open turns whose best candidate is right, and how many
    there are; a turn with no right candidate is wrong.
    """
    hits: dict[str, list[int]] = {}
    for doc in docs:
        held = hits.setdefault(doc.source, [])
        held += [int(int(np.argmax(p)) in r) for p, r in zip(shares[doc.name], doc.right, strict=True) if r]
        held += [0] * doc.missed
    return ", ".join(f"{kind} {100 * sum(h) / len(h):.1f} ({len(h)})" for kind, h in hits.items())


def main() -> None:
    """Cross-validate, calibrate, train on everything, write the weights and their record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--novels", type=Path, required=True, help="the texts that passages.jsonl labels")
    parser.add_argument("--out", type=Path, default=Path("src/narrate/attribution/ranker.npz"))
    parser.add_argument("--folds", type=Path, help="where to write the forests of each fold, for predict.py")
    parser.add_argument("--trees", type=int, default=300)
    parser.add_argument("--members", type=int, default=1, help="seeds whose forests are averaged")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()

    texts = sources(args)
    with ProcessPoolExecutor(args.workers) as pool:
        docs = list(pool.map(partial(document, None), texts, chunksize=4))
        firsts = list(pool.map(partial(grow_fold, docs, args), range(FOLDS + 1)))
        print(f"open turns, first pass: {rate(docs, unseen(docs, firsts, run_pass))}", flush=True)
        docs = list(pool.map(partial(document, firsts), texts, chunksize=4))
        laters = list(pool.map(partial(grow_fold, docs, args), range(FOLDS + 1)))
    last = unseen(docs, laters, later_passes)
    print(f"open turns, all passes: {rate(docs, last)}", flush=True)
    calibration = calibrate([d for d in docs if d.source == "gold"], last)
    for fold in range(FOLDS if args.folds else 0):
        args.folds.mkdir(parents=True, exist_ok=True)
        save(args.folds / f"fold{fold}.npz", firsts[fold], laters[fold], calibration)
        names = sorted(t.held["id"] for t in texts if t.fold == fold and t.kind != "together")
        (args.folds / f"fold{fold}.json").write_text(json.dumps(names))
    save(args.out, firsts[FOLDS], laters[FOLDS], calibration)
    files = sorted(args.gold.glob("*.json")) + sorted(labelled.STORIES.glob("*.md")) + [labelled.PASSAGES]
    record = {"sources": len(files), "sha256": examples.digest(files), "seed": SEED, "members": args.members,
              "trees": args.trees, "weights": WEIGHT, "parameters": PARAMETERS}  # fmt: skip
    args.out.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf8")


def calibrate(docs: Sequence[Document], shares: Shares) -> npt.NDArray[np.float32]:
    """Raw probability of the winner -> share of winners that are right, on unseen gold; isotonic, in
    12 steps.
    """
    pairs = []
    for doc in docs:
        pairs += [
            (float(p.max()), float(int(np.argmax(p)) in r))
            for p, r in zip(shares[doc.name], doc.right, strict=True)
            if r
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
    return np.asarray([x, np.minimum(y, 0.99)], np.float32)


def save(path: Path, first: Forest, later: Forest, calibration: npt.NDArray[np.float32]) -> None:
    arrays = {"calibration": calibration}
    for name, forest in (("first", first), ("later", later)):
        for part in ("feature", "threshold", "left", "right", "value", "roots"):
            arrays[f"{name}_{part}"] = getattr(forest, part)
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    main()
