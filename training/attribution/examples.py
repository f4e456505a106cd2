"""Training examples: turns whose speaker is known, each with its candidates described for the ranker."""

from __future__ import annotations

import hashlib
import random
import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks" / "attribution"))
from gold import book_of

from narrate.attribution.analysis import Analysis, prepare
from narrate.attribution.features import Describer
from narrate.attribution.ranker import Forest
from narrate.attribution.scene import Ballot, ballot_of, first_beliefs, second_look


@dataclass(slots=True)
class Document:
    """One text ready for training: its ballot, and which rows of it are right."""

    name: str
    group: str  # author or book: never on both sides of a fold
    source: str  # gold, passages, stories, or together (gold run together)
    describer: Describer
    ballot: Ballot
    right: list[list[int]]  # for each of the ballot's turns, which candidates are right; none where unknown
    missed: int  # labelled turns whose speaker is no candidate
    start: list[dict[int, float]]  # the belief before the pass


def book_number(name: str) -> str:
    """The Project Gutenberg number in a file's name: what ties an excerpt to its novel."""
    match = re.search(r"(\d+)", name)
    return match.group(1) if match else name


def norm(words: str) -> str:
    words = re.sub(r"[’']s\b", "", words.replace("_", " ").casefold())
    parts = re.findall(r"[^\W_]+", re.sub(r"-\d+$", "", words))
    while parts and parts[0] in ("the", "a", "an"):
        parts = parts[1:]
    return " ".join(parts)


def from_gold(held: dict[str, Any], group: str, source: str, first: Forest | None = None) -> Document:
    """A document with labels: as the first pass sees it or, given the first pass, as those after it do."""
    found = prepare(book_of(held))
    spans = sorted((q["start"], q["end"], q["speaker"]) for q in held["quotes"] if not q.get("ignore"))
    said = gold_speakers(found, spans)
    stands = stand_ins(found, said, held["characters"])
    others = namesakes(found, held["characters"])
    wanted = {k: (stands.get(who, -1), *others.get(who, ())) for k, who in said.items()}
    if first is None:
        describer, ballot = found.describer, ballot_of(found.stage, found.describer)
        belief = first_beliefs(found.stage, ballot)
    else:
        describer, ballot, belief = second_look(found.stage, found.describer, found.look_again, first)
    right = [
        [j for j, (e, _) in enumerate(rows) if e in wanted.get(k, ())]
        for k, rows in zip(ballot.turns, ballot.held, strict=True)
    ]
    missed = sum(k in wanted and not r for k, r in zip(ballot.turns, right, strict=True))
    _lighten(describer)
    return Document(held["id"], group, source, describer, ballot, right, missed, belief)


def run_together(held: dict[str, Any], seed: str) -> dict[str, Any]:
    """The same document with most breaks between paragraphs of dialogue taken out, every offset kept.

    Some stories come as one long paragraph; gold has none of those.
    """
    rnd = random.Random(f"{seed}:{held['id']}")
    text = re.sub(
        r"\n[ \t]*\n\s*(?=[“\"‘'])",
        lambda m: " " * len(m.group()) if rnd.random() < 0.75 else m.group(),
        held["text"],
    )
    return {**held, "text": text, "id": f"{held['id']}-together"}


def source_span(found: Analysis, q: int) -> tuple[int, int]:
    """Where a quote stands in the book's own text."""
    quote = found.quotes[q]
    paragraph, base = found.flow.paragraphs[quote.paragraph], found.flow.starts[quote.paragraph]
    return paragraph.source(quote.start - base), paragraph.source(quote.end - base - 1) + 1


def gold_speakers(found: Analysis, spans: list[tuple[int, int, str]]) -> dict[int, str]:
    """The gold speaker of each turn that overlaps gold quotes."""
    starts = [s for s, _, _ in spans]
    said: dict[int, str] = {}
    for k, turn in enumerate(found.turns):
        votes: Counter[str] = Counter()
        for q in turn.quotes:
            a, b = source_span(found, q)
            j = max(0, bisect_left(starts, a) - 3)
            while j < len(spans) and spans[j][0] < b:
                over = min(b, spans[j][1]) - max(a, spans[j][0])
                if over > 0:
                    votes[spans[j][2]] += over
                j += 1
        if votes:
            said[k] = votes.most_common(1)[0][0]
    return said


def stand_ins(found: Analysis, said: dict[int, str], characters: list[dict[str, Any]]) -> dict[str, int]:
    """Which entity is which gold character: by the names they share and by the turns whose tag is sure."""
    alias = _whose(characters)
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for entity in found.entities:
        for form, n in entity.forms.items():
            for who in alias.get(norm(form), ()):
                votes[who][entity.number] += min(n, 20)
    if found.narrator >= 0:
        votes["I"][found.narrator] += 100
    for k, who in said.items():
        turn = found.turns[k]
        if turn.speaker >= 0:
            votes[who][turn.speaker] += 30
        elif turn.tag is not None and turn.tag.subject >= 0 and found.mentions[turn.tag.subject].entity >= 0:
            votes[who][found.mentions[turn.tag.subject].entity] += 1
    return {who: max(v.items(), key=lambda p: (p[1], -p[0]))[0] for who, v in votes.items()}


def _whose(characters: list[dict[str, Any]]) -> dict[str, set[str]]:
    """Which characters go by each name, plain forms."""
    found: dict[str, set[str]] = defaultdict(set)
    for c in characters:
        for a in {c["name"], *c.get("aliases", [])}:
            found[norm(a)].add(c["name"])
    return found


def namesakes(found: Analysis, characters: list[dict[str, Any]]) -> dict[str, list[int]]:
    """All entities that go by a name which is one character's alone: as right as the stand-in."""
    whose = _whose(characters)
    others: dict[str, list[int]] = defaultdict(list)
    for entity in found.entities:
        owners = [whose[norm(form)] for form in entity.forms if norm(form) in whose]
        if owners and all(o == owners[0] and len(o) == 1 for o in owners):
            others[next(iter(owners[0]))].append(entity.number)
    return others


def _lighten(describer: Describer) -> None:
    """Drop what later passes do not ask for, so that a hundred novels fit in memory."""
    board = describer.board
    board.order, board.places, board.spots, board.acts, board.recent = [], [], {}, {}, []
    board.stage.mentions, board.stage.entities, describer.text = [], [], ""
    describer.speech.forget()


def digest(paths: list[Path]) -> str:
    """One SHA-256 over the names and bytes of all source files, for the record beside the weights."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
