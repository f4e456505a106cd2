"""Descriptions: people told of without a name, and the names that turn out to be theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from narrate.attribution.characters import Entity
from narrate.attribution.flow import Flow
from narrate.attribution.lexicon import GENERIC, OLD_ADJ, SPEECH, YOUNG_ADJ, noun_sex
from narrate.attribution.mentions import Mention
from narrate.attribution.words import Words

STAY = 6000  # characters after which "the man" is another man

AgeClass = Literal["old", "young", ""]


def age_class(parts: Sequence[str]) -> AgeClass:
    """`the old man` and `the young man` are two."""
    if any(p in OLD_ADJ for p in parts):
        return "old"
    return "young" if any(p in YOUNG_ADJ for p in parts) else ""


class Descriptions:
    """Remembers who was described how; entities are added on a description's first use."""

    def __init__(self, flow: Flow, words: Words, entities: list[Entity]) -> None:
        self.flow, self.words, self.entities = flow, words, entities
        self.linked: dict[tuple[str, AgeClass], tuple[int, int]] = {}  # -> (named entity, where)
        self.known: dict[tuple[str, int], dict[AgeClass, tuple[int, int]]] = {}  # (head, owner) -> by age

    def link(self, noun: Mention, number: int) -> None:
        """`Silas, the old weaver`: the weaver is Silas."""
        head = noun.words[-1]
        self.linked[head, age_class(noun.words) if head in GENERIC else ""] = (number, noun.start)

    def named(self, noun: Mention, head: str) -> int:
        """The named entity that a description was said to be, -1 for none."""
        age = age_class(noun.words) if head in GENERIC else ""
        held = self.linked.get((head, age))
        if held is None or (head in GENERIC and noun.start - held[1] >= STAY):
            return -1
        return held[0]

    def met(self, noun: Mention, head: str, owner: int) -> bool:
        """Whether somebody of that description was met already and may still be meant."""
        return self._held(noun, head, owner) is not None

    def _held(self, noun: Mention, head: str, owner: int) -> tuple[int, int] | None:
        ages = self.known.get((head, owner))
        if ages is None:
            return None
        if head not in GENERIC:
            return max(ages.values(), key=lambda held: held[1])
        age = age_class(noun.words)
        fresh = {a: held for a, held in ages.items() if noun.start - held[1] <= STAY}
        if age in fresh:
            return fresh[age]
        if age == "":
            return max(fresh.values(), key=lambda held: held[1], default=None)
        return fresh.get("") if len(fresh) == 1 else None

    def own(self, m: Mention, head: str, owner: int, *, group: bool = False, new: bool = False) -> int:
        """The entity of a description, made on its first use."""
        held = self._held(m, head, owner)
        if held is None or (new and head in GENERIC):
            entity = Entity(
                len(self.entities), "group" if group else "noun", words=m.words, first=m.start, group=group
            )
            sex = m.sex or noun_sex(head)
            if sex:
                entity.lean = 3.0 if sex == "f" else -3.0
                entity.why = f"“{head}”"
            self.entities.append(entity)
            held = (entity.number, m.start)
        age: AgeClass = age_class(m.words) if m.kind == "noun" else ""
        self.known.setdefault((head, owner), {})[age] = (held[0], m.start)
        entity = self.entities[held[0]]
        if m.kind == "pronoun":
            entity.words = (head,)
            entity.forms[f"the {head}"] += 1
            return held[0]
        shown = self.flow.text[
            self.words.start[m.first] : self.words.start[m.end - 1] + len(self.words.text[m.end - 1])
        ]
        entity.forms[shown.replace("\n", " ").removesuffix("'s").removesuffix("’s")] += 1
        entity.count += 1
        entity.acted += m.subject
        entity.said += m.subject and m.verb in SPEECH
        return held[0]
