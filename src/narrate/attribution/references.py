"""References: whom each pronoun and description of the narration means.

One walk through the mentions in order, keeping who was spoken of last.
"""

from __future__ import annotations

from collections import defaultdict
from math import exp

from narrate.attribution.characters import Entity
from narrate.attribution.clauses import Clauses
from narrate.attribution.flow import Flow
from narrate.attribution.forms import rank
from narrate.attribution.kinship import Kinship, same_kin
from narrate.attribution.lexicon import GENERIC, GROUP_NOUNS, KIN, OLD_ADJ, SPEECH, Sex, noun_sex
from narrate.attribution.mentions import Mention
from narrate.attribution.sexes import votes_by_pronoun
from narrate.attribution.words import Words

_HONOURS = {
    "ladyship": ("lady", "countess", "duchess"), "lordship": ("lord", "earl", "sir"),
    "grace": ("duke", "duchess"), "excellency": ("governor", "ambassador"),
}  # fmt: skip
_REACH = 1500  # characters over which "he" looks back
_SCENE = 6000  # characters after which "the man" is another man


def lean_by_pronouns(words: Words, mentions: list[Mention], entities: list[Entity]) -> None:
    """A name is taken for a woman's when the next pronoun after it, with nobody between, is "she"."""
    for number, (male, female) in votes_by_pronoun(words, mentions, lambda m: m.entity).items():
        entity = entities[number]
        n = male + female
        vote = 2.5 * (female - male) / (n + 1.5) * min(1.0, n / 3 + 0.34)
        strong = abs(vote) > 1
        if strong and (not entity.why or "ending" in entity.why):
            entity.why = f"{'she' if vote > 0 else 'he'} follows the name {max(male, female)} of {n} times"
        entity.lean += vote if abs(entity.lean) < 4 else vote / 2


class References:
    """Resolves nouns and pronouns; adds entities for people who have no name."""

    def __init__(
        self, flow: Flow, words: Words, mentions: list[Mention], entities: list[Entity], narrator: int
    ) -> None:
        self.flow, self.words, self.mentions, self.entities, self.narrator = (
            flow,
            words,
            mentions,
            entities,
            narrator,
        )
        self.ranked: dict[str, list[int]] = defaultdict(list)  # "captain" -> named entities with that title
        for e in entities:
            for part in sorted(e.titles):
                self.ranked[part].append(e.number)
        self.linked: dict[str, tuple[int, int]] = {}  # noun -> (entity it stood beside, where)
        self.kinship = Kinship(entities)
        self.nouns: dict[tuple[str, int], tuple[int, int]] = {}  # (noun, owner) -> (entity, last place)
        self.last: dict[int, tuple[int, float]] = {}  # entity -> (last place, weight)
        self.recent: list[int] = []

    def resolve(self) -> None:
        order = sorted(range(len(self.mentions)), key=lambda k: self.mentions[k].start)
        self.clauses = Clauses(self.flow, self.words, self.mentions, order)
        previous: Mention | None = None
        for k in order:
            m = self.mentions[k]
            if m.kind == "hidden":  # training put it out of sight
                continue
            if m.kind == "name":
                kin = len(m.words) == 1 and not m.title and m.words[0].lower() in KIN
                if previous is not None:
                    self._appose(previous, m)
                if not self.entities[m.entity].person and not kin:
                    previous = m
                    continue
            elif m.kind == "pronoun":
                m.entity = self._pronoun(m, k)
            else:
                if previous is not None and previous.kind == "name":
                    self._appose(m, previous)
                m.entity = self._noun(m)
            if m.entity >= 0:
                self._touch(m)
            previous = m

    # ------------------------------------------------------------ memory

    def _touch(self, m: Mention) -> None:
        weight = (1.0 if m.subject else 0.6) * (0.35 if m.quote >= 0 else 1.0) * (0.8 if m.owner else 1.0)
        if m.entity in self.last:
            place, old = self.last[m.entity]
            weight = max(weight, old * exp((place - m.start) / 400))
            self.recent.remove(m.entity)
        self.recent.append(m.entity)
        if len(self.recent) > 14:
            self.last.pop(self.recent.pop(0), None)
        self.last[m.entity] = (m.start, weight)

    def weigh(self, m: Mention, sex: Sex) -> list[tuple[float, int]]:
        """Who may be meant by a word of that sex at this place, best first."""
        found = []
        for number in self.recent:
            entity = self.entities[number]
            place, weight = self.last[number]
            away = m.start - place
            if away > _REACH or entity.group or number == self.narrator:
                continue
            if sex and entity.sex and entity.sex != sex:
                continue
            score = weight * exp(-away / 350) * (1.0 if entity.sex == sex else 0.55)
            found.append((score, number))
        return sorted(found, reverse=True)

    def _pronoun(self, m: Mention, k: int) -> int:
        if m.words[0] in ("himself", "herself"):
            own = self.clauses.subject_before(k)
            if own >= 0 and self.mentions[own].entity >= 0 and self.mentions[own].sex in ("", m.sex):
                return self.mentions[own].entity
        barred = self.clauses.barred(k)
        best = [(s * (0.3 if e in barred else 1.0), e) for s, e in self.weigh(m, m.sex)]
        if best:
            return max(best)[1]
        if m.subject and m.verb in SPEECH and m.quote < 0:  # somebody whom nothing but "he said" tells of
            return self._own(m, "woman" if m.sex == "f" else "man", -1, new=True)
        return -1

    # ------------------------------------------------------------ nouns

    def _appose(self, noun: Mention, name: Mention) -> None:
        """`the old weaver, Silas` and `Silas, the old weaver`: one person."""
        if noun.kind != "noun" or name.kind != "name" or noun.group or name.entity < 0:
            return
        first, second = (noun, name) if noun.start < name.start else (name, noun)
        between = self.words.text[first.end : second.first]
        if between in ([","], []) or between == [",", "and"][:0]:
            if (
                noun.determiner in ("his", "her", "their", "my", "our")
                and noun.words[-1] in KIN
                and first is noun
            ):
                if not second.vocative and not (
                    noun.sex and self.entities[name.entity].sex not in ("", noun.sex)
                ):
                    self.kinship.link(noun.words[-1], name.entity)  # "her aunt, Mrs. Gardiner"
                return
            if noun.determiner in ("the", "a", "an", "") and not first.owner and not second.vocative:
                follow = self.words.text[second.end] if second.end < len(self.words) else "."
                if between == [] and second is noun:
                    return
                if follow[0] in ",.;:—" or between == []:
                    sex = self.entities[name.entity].sex
                    if not (sex and noun.sex and sex != noun.sex):
                        self.linked[noun.words[-1]] = (name.entity, noun.start)

    def _noun(self, m: Mention) -> int:
        head = same_kin(m.words[-1])
        if head == "lady" and m.determiner == "his":
            head = "wife"
        if m.group or head in GROUP_NOUNS:
            return self._own(m, head, -1, group=True)
        if head in KIN and m.determiner not in ("the", "a", "an", "that", "this", "another", ""):
            return self._kin(m, head)
        spoken = m.subject and m.verb in SPEECH
        if m.determiner in ("a", "an", "another", "one"):
            if not spoken and m.quote >= 0:
                return -1
            return self._own(m, head, -1, new=True)
        honour = _HONOURS.get(head, ())
        ranked = [n for title in honour or (rank(head) or head,) for n in self.ranked.get(title, [])]
        titled = [
            e for e in ranked if self.entities[e].first <= m.start + (5000 if len(ranked) == 1 else 200)
        ]
        if (
            titled
            and (honour or m.determiner in ("the", "this", "that", ""))
            and not (m.quote >= 0 and not spoken and len(titled) > 1)
        ):
            near = [e for e in self.recent if e in titled]
            return near[-1] if near else max(titled, key=lambda e: self.entities[e].count)
        if head in self.linked and m.start - self.linked[head][1] < (_SCENE if head in GENERIC else 1 << 60):
            return self.linked[head][0]
        known = self.nouns.get((head, -1))
        if known and (head not in GENERIC or m.start - known[1] < _SCENE):
            return self._own(m, head, -1)
        if head in GENERIC or head in KIN:
            sex = m.sex or noun_sex(head)
            best = [(s, e) for s, e in self.weigh(m, sex) if self._fits(e, m)]
            if best and best[0][0] > 0.08 and sex:
                return best[0][1]
        if m.quote >= 0 and not spoken:
            return -1
        return self._own(m, head, -1)

    def _fits(self, number: int, m: Mention) -> bool:
        """`the old man` is nobody young; `the girl` may be any woman just spoken of."""
        return not (
            m.words[0] in OLD_ADJ
            and any(w in ("boy", "girl", "child", "lad") for w in self.entities[number].words)
        )

    def _kin(self, m: Mention, head: str) -> int:
        if m.quote >= 0:
            return -1
        owners: list[int] = []
        if m.determiner == "my":
            owners = [self.narrator] if self.narrator >= 0 else []
        elif m.determiner in ("his", "her"):
            owners = [e for _, e in self.weigh(m, "m" if m.determiner == "his" else "f")]
        elif m.determiner in ("their", "our"):
            owners = self.recent[::-1]
        else:
            low = m.determiner.lower()
            owners = [n for n in reversed(self.recent) if low in (w.lower() for w in self.entities[n].words)][
                :1
            ]
        named = self.kinship.find(head, owners, self.recent)
        if named >= 0 and named not in owners[:1]:
            return named
        owner = owners[0] if owners and m.determiner not in ("their", "our") else -1
        return self._own(m, head, owner)

    def _own(self, m: Mention, head: str, owner: int, *, group: bool = False, new: bool = False) -> int:
        """The entity of a description, made on its first use."""
        known = self.nouns.get((head, owner))
        stale = known is not None and head in GENERIC and m.start - known[1] > _SCENE
        if known is None or stale or (new and head in GENERIC):
            entity = Entity(
                len(self.entities), "group" if group else "noun", words=m.words, first=m.start, group=group
            )
            sex = m.sex or noun_sex(head)
            if sex:
                entity.lean = 3.0 if sex == "f" else -3.0
                entity.why = f"“{head}”"
            self.entities.append(entity)
            known = (entity.number, m.start)
        self.nouns[(head, owner)] = (known[0], m.start)
        entity = self.entities[known[0]]
        if m.kind == "pronoun":
            entity.words = (head,)
            entity.forms[f"the {head}"] += 1
            return known[0]
        shown = self.flow.text[
            self.words.start[m.first] : self.words.start[m.end - 1] + len(self.words.text[m.end - 1])
        ]
        entity.forms[shown.replace("\n", " ").removesuffix("'s").removesuffix("’s")] += 1
        entity.count += 1
        entity.acted += m.subject
        entity.said += m.subject and m.verb in SPEECH
        return known[0]
