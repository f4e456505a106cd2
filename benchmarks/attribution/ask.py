"""What a second opinion is worth: `python benchmarks/attribution/ask.py GOLD --scorer SCORE.PY ...`.

With `--ask MODEL` (and `--ask-url`) a real one is asked, as narrate does; its replies are kept in `--kept`.
With `--right 0.5 0.7 0.9` nobody is asked: made-up models answer from the gold, right in so many cases of a
hundred and otherwise at random, in their exam as on doubtful lines (`--exam 0.9`: in their exam more often).
`--below 0.7` waives the exam and believes every answer about a line less sure than that, to see what the
exam is for. Prints macro figures over books, before and after.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from gold import book_of, gold
from predict import _fold_rankers
from table import scorer

from narrate.asking import endpoint_of, opinion
from narrate.asking.interview import Interview
from narrate.asking.questions import SURE, Question
from narrate.attribution import attribute
from narrate.book import Book
from narrate.rendering.memo import Memo
from narrate.script import QUOTE_KINDS, UNKNOWN, Script


@dataclass(slots=True)
class Told:
    """A made-up model: it has read the gold."""

    model: str
    right: float  # share of right answers about doubtful lines
    exam: float  # and in the exam
    truth: dict[int, str]  # by start of a line: who says it, under our name for them; "" for nobody we know
    script: Script
    stopped: bool = False

    def ask(self, question: Question) -> dict[int, str]:
        said = {}
        for number, turn in enumerate(question.turns, 1):
            line = self.script.lines[turn.lines[0]]
            dice = random.Random(f"{self.model} {line.start} {line.text}")
            names = [who.name for who in question.people]
            truth = turn.speaker if turn.probability >= SURE else self.truth.get(line.start, "")
            knows = dice.random() < (self.exam if turn.probability >= SURE else self.right)
            if knows:
                said[number] = truth if truth in names else UNKNOWN
            else:
                said[number] = dice.choice([name for name in names if name != truth])
        return said

    def note(self, told: int, changed: int) -> str:
        return f"asked {told} changed {changed}"


class Waived:
    """A model that passes its exam whatever it knows."""

    def __init__(self, other: Any) -> None:
        self.other, self.model, self.stopped = other, other.model, False

    def ask(self, question: Question) -> dict[int, str]:
        if all(turn.probability >= SURE for turn in question.turns):
            return {n: turn.speaker for n, turn in enumerate(question.turns, 1)}
        return self.other.ask(question)

    def note(self, told: int, changed: int) -> str:
        return self.other.note(told, changed)


def spans(book: Book, script: Script) -> list[dict[str, Any]]:
    """The quotes in the scorer's format."""
    return [
        {"start": k.start, "end": k.start + len(book.text[k.start : k.end].rstrip()), "speaker": k.speaker}
        for k in script.lines
        if k.kind in QUOTE_KINDS
    ]


def truths(score: ModuleType, held: dict[str, Any], said: list[dict[str, Any]]) -> dict[int, str]:
    """For the start of each predicted quote, our label of whoever says it in the gold."""
    scored = score.score_doc(held, said)
    ours = {score.norm_label(each["speaker"]): each["speaker"] for each in said}
    label = {who: ours[name] for name, who in scored["_pair"].items()}
    found: dict[int, str] = {}
    rows = sorted(scored["_rows"], key=lambda row: row["span"])
    k = 0
    for each in sorted(said, key=lambda s: s["start"]):
        while k < len(rows) and rows[k]["span"][1] <= each["start"]:
            k += 1
        if k < len(rows) and rows[k]["span"][0] < each["end"]:
            found[each["start"]] = label.get(rows[k]["speaker"], "")
    return found


def main() -> None:
    """One line for the texts as they are, and one for each model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--right", type=float, nargs="*", default=[])
    parser.add_argument("--exam", type=float)
    parser.add_argument("--below", type=float)
    parser.add_argument("--ask", default="")
    parser.add_argument("--ask-url", default="")
    parser.add_argument("--kept", type=Path, default=Path("asked"))
    args = parser.parse_args()
    score = scorer(args.scorer)
    unseen = _fold_rankers(args.folds) if args.folds else {}
    if args.below is not None:
        opinion.worth_of = lambda _right, _asked: args.below
    totals: dict[str, list[tuple[float, float, float, int, int]]] = {}
    for held in gold(args.gold):
        book = book_of({"id": held["id"], "text": held["text"], "text_file": held.get("text_file")})
        script = attribute(book, ranker=unseen.get(held["id"]))
        before = spans(book, script)
        truth = truths(score, held, before)
        models: list[Any] = [
            Told(f"right in {p:.0%}", p, p if args.exam is None else args.exam, truth, script)
            for p in args.right
        ]
        if args.ask:
            endpoint = replace(endpoint_of(args.ask, args.ask_url, os.environ), patience_s=600.0)
            models.append(Interview(endpoint, Memo(args.kept)))
        totals.setdefault("nobody asked", []).append((*figures(score, held, before), 0, 0))
        for model in models:
            asked = Waived(model) if args.below is not None else model
            found = opinion.consult(script, asked)
            told = sum(a.reason != b.reason for a, b in zip(script.lines, found.script.lines, strict=True))
            row = (*figures(score, held, spans(book, found.script)), told, len(found.changes))
            totals.setdefault(model.model, []).append(row)
            if args.ask:
                print(f"{held['id']}: {found.note}", file=sys.stderr, flush=True)
    print("| who is asked | voice | either | purity | lines asked | changed |\n" + "|---" * 6 + "|")
    for name, rows in totals.items():
        voice, either, purity = (100 * sum(row[k] for row in rows) / len(rows) for k in range(3))
        told, changed = (sum(row[k] for row in rows) for k in (3, 4))
        print(f"| {name} | {voice:.1f} | {either:.1f} | {purity:.1f} | {told} | {changed} |")


def figures(
    score: ModuleType, held: dict[str, Any], said: list[dict[str, Any]]
) -> tuple[float, float, float]:
    """Voice, either and purity of one book."""
    scored = score.summary({held["id"]: score.score_doc(held, said)}, boot=0)["macro"]
    return scored["voice"], scored["either"], scored["purity"] or 0.0


if __name__ == "__main__":
    main()
