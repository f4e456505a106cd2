"""The table of the README: `python benchmarks/attribution/table.py --scorer SCORE.PY NAME=GOLD:PRED ...`.

The scorer is the project's shared `score.py`, given by path; PRED is a folder that `predict.py` wrote. Prints
Markdown: macro figures with 95 % intervals over books, spurious cast a book, words a second as measured then.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

HEAD = (
    "| texts | books | voice | either | purity | explicit / anaphoric / implicit | spurious cast | words/s |"
)
BASELINES = (
    "| *rule sieve, no model: 12 unseen novels* | 12 | 71.9 | 77.3 | 68.2 | 93 / 64 / 65 | 28 | 39,000 |",
    "| *boosted ranker: 12 unseen novels* | 12 | 73.5 | 81.0 | 71.9 | 94 / 73 / 71 | 20 | 3,600 |",
    "| *BookNLP-big: 10 of the 12* | 10 | 60.0 | 71.4 | 58.7 | - / - / 43 | 118 | about 1,000 |",
    "| *rule sieve: 7 unseen modern stories + seed* | 8 | 56.7 | 71.4 | 62.3 | 86 / 54 / 68 | 1 | |",
)


def scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def row(score: ModuleType, name: str, gold: Path, pred: Path) -> str:
    """One line of the table for one folder of gold."""
    per: dict[str, Any] = {}
    for path, held in score.load(str(gold)):
        if "text" not in held:
            held["text"] = (Path(path).parent / held["text_file"]).read_text(encoding="utf8")
        if held["quotes"]:
            per[held["id"]] = score.score_doc(
                held, json.loads((pred / f"{held['id']}.json").read_text(encoding="utf8"))
            )
    found = score.summary(per, boot=1000)
    macro, spread = found["macro"], found.get("macro_ci95", {})

    def cell(key: str) -> str:
        interval = spread.get(key)
        more = f" ({100 * interval[0]:.0f} to {100 * interval[1]:.0f})" if interval else ""
        return f"{100 * macro[key]:.1f}{more}"

    kinds = " / ".join(
        f"{100 * macro[f'either_{t}']:.0f}" if macro[f"either_{t}"] is not None else "-"
        for t in ("explicit", "anaphoric", "implicit")
    )
    speed = pred / "speed.txt"
    pace = f"{int(speed.read_text(encoding='utf8')):,}" if speed.exists() else ""
    main = " | ".join(cell(key) for key in ("voice", "either", "purity"))
    return f"| {name} | {len(per)} | {main} | {kinds} | {macro['spurious']:.1f} | {pace} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("sets", nargs="+", help="NAME=GOLD:PRED")
    args = parser.parse_args()
    score = scorer(args.scorer)
    print(HEAD)
    print("|---" * 8 + "|")
    for each in args.sets:
        name, _, folders = each.partition("=")
        gold, _, pred = folders.partition(":")
        print(row(score, name, Path(gold), Path(pred)))
    for line in BASELINES:
        print(line)


if __name__ == "__main__":
    main()
