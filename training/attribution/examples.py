"""Training examples: turns whose speaker is known, from gold folders and from novels with their tags
hidden.
"""

from __future__ import annotations

import hashlib
import json
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
from narrate.attribution.characters import Entity
from narrate.attribution.features import Describer
from narrate.attribution.mentions import Mention
from narrate.attribution.quotes import Quote
from narrate.attribution.scene import Ballot, ballot_of, first_beliefs
from narrate.attribution.tags import Evidence
from narrate.attribution.turns import Turn


@dataclass(slots=True)
class Document:
    """One text ready for training: its ballot, and for each of the ballot's turns the right row or -1."""

    name: str
    group: str  # author or book: never on both sides of a fold
    silver: bool
    describer: Describer
    ballot: Ballot
    right: list[int]  # index of the right candidate within the turn's candidates, -1 when unknown or absent
    missed: int  # labelled turns whose speaker is no candidate
    start: list[dict[int, float]]  # the belief before the first pass


def book_number(name: str) -> str:
    """The Project Gutenberg number in a file's name: what ties an excerpt to its novel."""
    match = re.search(r"(\d+)", name)
    return match.group(1) if match else name


# ---------------------------------------------------------------- gold


def norm(words: str) -> str:
    words = re.sub(r"[’']s\b", "", words.replace("_", " ").casefold())
    parts = re.findall(r"[^\W_]+", re.sub(r"-\d+$", "", words))
    while parts and parts[0] in ("the", "a", "an"):
        parts = parts[1:]
    return " ".join(parts)


def from_gold(held: dict[str, Any], group: str) -> Document:
    """A gold document: open turns labelled with the entity that stands for the gold speaker."""
    found = prepare(book_of(held))
    spans = sorted((q["start"], q["end"], q["speaker"]) for q in held["quotes"] if not q.get("ignore"))
    said = gold_speakers(found, spans)
    stands = stand_ins(found, said, held["characters"])
    wanted = {k: stands[who] for k, who in said.items() if who in stands}
    return _document(held["id"], group, False, found, wanted, set(said))


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


def gold_speakers(found: Analysis, spans: list[tuple[int, int, str]]) -> dict[int, str]:
    """The gold speaker of each turn that overlaps gold quotes."""
    starts = [s for s, _, _ in spans]
    said: dict[int, str] = {}
    for k, turn in enumerate(found.turns):
        votes: Counter[str] = Counter()
        for q in turn.quotes:
            quote = found.quotes[q]
            paragraph = found.flow.paragraphs[quote.paragraph]
            base = found.flow.starts[quote.paragraph]
            a, b = paragraph.source(quote.start - base), paragraph.source(quote.end - base - 1) + 1
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
    alias: dict[str, set[str]] = defaultdict(set)
    for c in characters:
        for a in {c["name"], *c.get("aliases", [])}:
            alias[norm(a)].add(c["name"])
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for entity in found.entities:
        for form, n in entity.forms.items():
            for who in alias.get(norm(form), ()):
                votes[who][entity.number] += min(n, 20)
    for k, who in said.items():
        turn = found.turns[k]
        if turn.speaker >= 0:
            votes[who][turn.speaker] += 30
        elif turn.tag is not None and turn.tag.subject >= 0 and found.mentions[turn.tag.subject].entity >= 0:
            votes[who][found.mentions[turn.tag.subject].entity] += 1
    return {who: max(v.items(), key=lambda p: (p[1], -p[0]))[0] for who, v in votes.items()}


# ---------------------------------------------------------------- silver


class Hider:
    """A mask that hides tags over stretches of a conversation: named ones go or turn into a pronoun.

    Stretches, because the untagged lines of real books come in runs; within one, pronoun tags go as well.
    """

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.hidden: dict[int, int] = {}  # quote -> entity

    def __call__(
        self, quotes: list[Quote], evidence: list[Evidence], mentions: list[Mention], entities: list[Entity]
    ) -> None:
        by_paragraph: dict[int, list[int]] = defaultdict(list)
        for k, quote in enumerate(quotes):
            by_paragraph[quote.paragraph].append(k)
        left, hiding, bare = 0, False, 0.5
        for held in by_paragraph.values():
            tagged = [k for k in held if self._named(evidence[k], mentions)]
            if left <= 0:
                hiding = not hiding
                left = self.random.randint(2, 7) if hiding else self.random.randint(2, 6)
                bare = self.random.choice((0.0, 0.4, 0.8))
            left -= bool(tagged)
            if not hiding:
                continue
            gone = self.random.random() < bare
            for k in held:
                tag = evidence[k].tag
                if tag is None or tag.subject < 0:
                    continue
                m = mentions[tag.subject]
                if k not in tagged:
                    if gone and m.kind == "pronoun" and tag.kind == "tag":
                        m.kind, m.entity, evidence[k].tag = "hidden", -1, None
                    continue
                if m.kind != "name":
                    continue
                entity = entities[m.entity]
                self.hidden[k] = m.entity
                m.entity = -1
                if not gone and entity.sex:
                    m.kind, m.words, m.sex, m.title = (
                        "pronoun",
                        ("she" if entity.sex == "f" else "he",),
                        entity.sex,
                        "",
                    )
                else:
                    m.kind, evidence[k].tag = "hidden", None

    @staticmethod
    def _named(held: Evidence, mentions: list[Mention]) -> bool:
        tag = held.tag
        return (
            tag is not None
            and tag.kind == "tag"
            and not tag.weak
            and tag.subject >= 0
            and mentions[tag.subject].kind == "name"
        )


def from_novel(path: Path, most: int, seed: str, characters: int) -> Document:
    """A novel with stretches of its tags hidden, to be found again; at most `most` of them, evenly spread."""
    text = path.read_text(encoding="utf8")
    if len(text) > characters:
        text = text[: text.rfind("\n\n", 0, characters)]
    hider = Hider(f"{seed}:{path.name}")
    found = prepare(book_of({"id": path.stem, "text": text}), hider)
    wanted: dict[int, int] = {}
    for k, turn in enumerate(found.turns):
        labels = {hider.hidden[q] for q in turn.quotes if q in hider.hidden}
        if turn.speaker < 0 and len(labels) == 1:
            wanted[k] = labels.pop()
            if turn.tag is None and not turn.beats:
                turn.alone = True
        elif turn.rule == "described_tag" and hider.random.random() < 0.25:
            wanted[k], turn.speaker = turn.speaker, -1  # "said the captain" means the captain
    keep = sorted(wanted)
    step = max(1, -(-len(keep) // most))
    keep = keep[::step]
    return _document(path.stem, book_number(path.stem), True, found, {k: wanted[k] for k in keep}, set(keep))


def _document(
    name: str, group: str, silver: bool, found: Analysis, wanted: dict[int, int], known: set[int]
) -> Document:
    ballot = ballot_of(found.stage, found.describer)
    right: list[int] = []
    missed = 0
    for k, held in zip(ballot.turns, ballot.held, strict=True):
        place = next((j for j, (e, _) in enumerate(held) if k in wanted and e == wanted[k]), -1)
        missed += k in known and place < 0
        right.append(place)
    _lighten(found.describer)
    return Document(
        name, group, silver, found.describer, ballot, right, missed, first_beliefs(found.stage, ballot)
    )


def _lighten(describer: Describer) -> None:
    """Drop what later passes do not ask for, so that a hundred novels fit in memory."""
    board = describer.board
    board.order, board.places, board.spots, board.acts = [], [], {}, {}
    board.stage.mentions, board.stage.entities, describer.text = [], [], ""
    describer.speech.forget()


def digest(paths: list[Path]) -> str:
    """One SHA-256 over the names and bytes of all source files, for the record beside the weights."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def gold_group(held: dict[str, Any]) -> str:
    return json.dumps([held.get("author", ""), book_number(held["id"])])


__all__ = ["Document", "Turn", "digest", "from_gold", "from_novel"]
