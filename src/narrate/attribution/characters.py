"""The cast: which names, titles and descriptions are one and the same person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from narrate.attribution.forms import HOUSE, Form, Spot, count_forms, shown, side_by_side, spot_of
from narrate.attribution.given_names import FEMALE, MALE, given_sex
from narrate.attribution.joins import join_forms
from narrate.attribution.lexicon import KIN, Sex, noun_sex
from narrate.attribution.mentions import Mention, title_sex
from narrate.attribution.words import Words

EntityKind = Literal["name", "noun", "narrator", "group"]


@dataclass(slots=True)
class Entity:
    """Somebody the text speaks of, under all the forms it uses for them."""

    number: int
    kind: EntityKind
    forms: Counter[str] = field(default_factory=Counter)  # surface form -> how often
    words: tuple[str, ...] = ()  # the fullest name, or the noun
    title: str = ""
    titles: frozenset[str] = frozenset()  # every word of every title before the name
    called_young: bool = False  # named by the given name alone, or as a Miss or Master
    lean: float = 0.0  # > 0 female, < 0 male; the size is how sure
    why: str = ""  # the strongest single ground for that
    count: int = 0  # mentions in narration and quotes
    said: int = 0  # times the subject of a speech verb
    acted: int = 0  # times the subject of any verb
    called: int = 0  # times spoken to by name
    first: int = 1 << 60  # offset of the first mention
    person: bool = True
    group: bool = False

    @property
    def sex(self) -> Sex:
        return "f" if self.lean > 0.6 else "m" if self.lean < -0.6 else ""


_SHORT = 2_500
"""Tokens below which a name need not prove that it is a person's: a short story gives it few chances to."""


def gather(words: Words, mentions: list[Mention]) -> list[Entity]:
    """Every named person; sets `Mention.entity` on the name mentions."""
    forms = count_forms(words, mentions)
    entities: list[Entity] = []
    where: dict[Spot, int] = {}
    for group in join_forms(forms, side_by_side(words, mentions)):
        entity = _entity(len(entities), [forms[s] for s in group], len(words) < _SHORT)
        entities.append(entity)
        where.update(dict.fromkeys(group, entity.number))
    for m in mentions:
        if m.kind == "name":
            m.entity = where[spot_of(m)]
    return entities


def _entity(number: int, held: list[Form], short: bool) -> Entity:
    entity = Entity(number, "name")
    for form in held:
        entity.forms[shown(form)] += form.count
        entity.count += form.count
        entity.said += form.said
        entity.acted += form.acted
        entity.called += form.called
        entity.first = min(entity.first, form.first)
    best = max(held, key=lambda k: (len(k.words), bool(k.title), k.count))
    entity.words, entity.title = best.words, next((k.title for k in held if k.title), "")
    entity.titles = frozenset(w for k in held for w in k.title.split())
    entity.called_young = any(
        k.title in ("miss", "master") or (not k.title and len(k.words) == 1 and k.words[0] == best.words[0])
        for k in held
        if len(best.words) > 1 or k.title
    )
    lean, why = 0.0, ""
    for form in held:
        sex = title_sex(form.title)
        if sex:
            lean += (3.0 if sex == "f" else -3.0) * min(1.0, 0.3 + form.count / 5)
            why = why or f"the title in “{shown(form)}”"
        given = form.words[0] if len(form.words) > 1 or form.title not in HOUSE else ""
        told = given_sex(given) if given else ""
        if given.lower() in KIN:
            told = noun_sex(given.lower())
        if told:
            lean += 2.0 if told == "f" else -2.0
            why = why or f"the name “{given}”"
    if not why and not best.title and len(best.words[0]) > 2:
        low = best.words[0].lower()
        if low.endswith(("a", "ette", "elle", "ine", "lyn")):
            lean, why = 0.7, f"the ending of “{best.words[0]}”"
        elif low.endswith(("o", "us", "ard")):
            lean, why = -0.7, f"the ending of “{best.words[0]}”"
    entity.lean, entity.why = max(-6.0, min(6.0, lean)), why
    placed, the = sum(k.placed for k in held), sum(k.the for k in held)
    titled = any(k.title for k in held)
    told_of = sum(k.count - k.quoted for k in held)
    sure = sum(k.mid for k in held) > 0
    known = any(k.words[0].lower() in FEMALE or k.words[0].lower() in MALE for k in held)
    entity.person = (
        entity.said > 0
        or (titled and (entity.acted > 0 or entity.called > 0 or entity.count > 2))
        or (known and placed * 3 <= entity.count and (entity.acted > 0 or entity.called > 0))
        or (entity.called > 1 and told_of > 0 and placed * 4 <= entity.count)
        or (short and placed == 0 and the == 0 and entity.count > entity.called and sure)
        or (
            entity.acted > 0
            and entity.acted * 12 > entity.count
            and placed * 5 <= entity.count
            and the * 2 <= entity.count
        )
    )
    return entity
