"""The sieve: rules that name a speaker outright, the surest first.

`RULES` is the order. Each rule looks at one turn and says who speaks, how sure it is and why, or passes.
A rule runs over the whole book before the next one starts, so that later rules stand on earlier answers;
what no rule decides is left to the scene (`scene.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

from narrate.attribution.characters import Entity
from narrate.attribution.lexicon import GENERIC, KIN, PERSON_NOUNS
from narrate.attribution.mentions import Mention
from narrate.attribution.tags import NOBODY, I
from narrate.attribution.turns import Turn


@dataclass(slots=True)
class Stage:
    """What the rules may look at."""

    turns: list[Turn]
    mentions: list[Mention]
    entities: list[Entity]
    narrator: int  # the entity of the first-person narrator, -1 in a third-person story
    labels: dict[str, int]  # names that the page itself puts before messages -> entity
    groups: list[Mention]  # mentions of several people at once, in order
    introduced: dict[int, int] = field(default_factory=dict)  # quote -> the entity that names itself in it


@dataclass(frozen=True, slots=True)
class Verdict:
    speaker: int  # entity
    probability: float
    reason: str


Rule = Callable[[Stage, int], Verdict | None]


def page_label(stage: Stage, k: int) -> Verdict | None:
    """`Ravi: it's 3 am`; the signature of a letter."""
    label = stage.turns[k].label
    if not label or label not in stage.labels:
        return None
    return Verdict(stage.labels[label], 0.98, f"the page says “{label}”")


def named_tag(stage: Stage, k: int) -> Verdict | None:
    """`said Ana`, `Ana said`, `Ana said: ...`."""
    tag = stage.turns[k].tag
    if tag is None or tag.subject < 0 or tag.kind == "beat":
        return None
    mention = stage.mentions[tag.subject]
    if mention.kind != "name" or mention.entity < 0:
        return None
    if tag.kind == "lead" and tag.weak:
        return None
    if tag.kind == "lead":
        return Verdict(mention.entity, 0.85, f"“{' '.join(mention.words)}” leads into the words")
    return Verdict(mention.entity, 0.9 if tag.weak else 0.97, f"“{' '.join(mention.words)} {tag.verb}”")


def own_name(stage: Stage, k: int) -> Verdict | None:
    """`"I am Ana Marsh."`."""
    turn = stage.turns[k]
    who = next((stage.introduced[q] for q in turn.quotes if q in stage.introduced), -1)
    if who < 0:
        return None
    subject = stage.mentions[turn.tag.subject] if turn.tag is not None and turn.tag.subject >= 0 else None
    if subject is not None and subject.sex and stage.entities[who].sex not in ("", subject.sex):
        return None
    return Verdict(who, 0.93, "says that this is their name")


def own_tag(stage: Stage, k: int) -> Verdict | None:
    """`I said`."""
    tag = stage.turns[k].tag
    if tag is None or tag.subject != I or stage.narrator < 0 or tag.kind == "beat":
        return None
    if tag.kind == "lead" and tag.weak and tag.verb:  # "I said that I did not follow." ends a paragraph
        return None
    return Verdict(stage.narrator, 0.96 if tag.kind == "tag" else 0.85, f"“I {tag.verb}”")


def described_tag(stage: Stage, k: int) -> Verdict | None:
    """`said the tall stranger`, `her mother said`, `they said together`."""
    tag = stage.turns[k].tag
    if tag is None or tag.subject < 0 or tag.kind != "tag" or tag.weak:
        return None
    mention = stage.mentions[tag.subject]
    if mention.kind != "noun" or mention.entity < 0:
        return None
    head = mention.words[-1]
    if mention.determiner in ("a", "an", "one", "another") and not mention.after_preposition:
        return Verdict(mention.entity, 0.88, f"“{mention.determiner} {' '.join(mention.words)} {tag.verb}”")
    if (
        stage.entities[mention.entity].kind == "noun"
        and stage.entities[mention.entity].count < 2
        and head in PERSON_NOUNS
    ):
        return None
    if mention.determiner in ("his", "her", "their", "our") or head in GENERIC or head in KIN:
        return None  # often somebody who has a name: the ranker weighs it
    shown = " ".join(w for w in (mention.determiner, *mention.words) if w)
    return Verdict(mention.entity, 0.9, f"“{shown} {tag.verb}”")


def together_tag(stage: Stage, k: int) -> Verdict | None:
    """`they asked together`: the group that was spoken of last."""
    turn = stage.turns[k]
    if turn.tag is None or turn.tag.subject != NOBODY or turn.tag.kind != "tag" or not turn.tag.together:
        return None
    near = bisect_left(stage.groups, turn.start, key=lambda m: m.start)
    groups = [m for m in stage.groups[max(0, near - 1) : near] if m.start > turn.start - 800]
    return Verdict(groups[-1].entity, 0.7, f"“they {turn.tag.verb}”") if groups else None


RULES: tuple[Rule, ...] = (page_label, named_tag, own_tag, own_name, described_tag, together_tag)


def sift(stage: Stage) -> None:
    """Run the rules in order over all turns; decided turns are left alone."""
    for rule in RULES:
        for k, turn in enumerate(stage.turns):
            if turn.speaker >= 0:
                continue
            verdict = rule(stage, k)
            if verdict is not None:
                turn.speaker, turn.probability, turn.reason = (
                    verdict.speaker,
                    verdict.probability,
                    verdict.reason,
                )
                turn.rule = rule.__name__


__all__ = ["NOBODY", "RULES", "Rule", "Stage", "Verdict", "sift"]
