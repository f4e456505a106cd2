"""References: whom each pronoun and description of the narration means.

One walk through the mentions in order, keeping who was spoken of last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import exp

from narrate.attribution.characters import Entity
from narrate.attribution.clauses import Clauses
from narrate.attribution.descriptions import Descriptions, age_class
from narrate.attribution.flow import Flow
from narrate.attribution.forms import rank
from narrate.attribution.kinship import Kinship, same_kin
from narrate.attribution.lexicon import GENERIC, GROUP_NOUNS, KIN, OLD_ADJ, SPEECH, Sex, is_past, noun_sex
from narrate.attribution.mentions import Mention
from narrate.attribution.reveals import reveal
from narrate.attribution.sexes import votes_by_noun, votes_by_pronoun
from narrate.attribution.words import Words

_HONOURS = {
    "ladyship": ("lady", "countess", "duchess"), "lordship": ("lord", "earl", "sir"),
    "grace": ("duke", "duchess"), "excellency": ("governor", "ambassador"),
}  # fmt: skip
_REACH = 1500  # characters over which "he" looks back
CALLED, TALKED_OF = 1.4, 0.05  # how much in mind is who is called or spoken of in a quote; outside, 1
UNSURE = 0.2  # how far a name of unknown sex is "he" as against one that is a man's
SPOKE = 0.8  # who has just spoken
_PAIR = 600  # characters after "one of them" in which "the other" is the second of two strangers
_EITHER = frozenset({"other", "latter", "former"})
_OWNERS = frozenset({"his", "her", "their", "my", "our"})
_CHILDREN = frozenset({"boy", "girl", "child", "lad"})


def lean_by_pronouns(words: Words, mentions: list[Mention], entities: list[Entity]) -> None:
    """A name is taken for a woman's when the next pronoun after it, with nobody between, is "she", or when a
    noun beside it says so.
    """
    for number, (male, female) in votes_by_pronoun(words, mentions, lambda m: m.entity).items():
        entity = entities[number]
        n = male + female
        vote = 2.5 * (female - male) / (n + 1.5) * min(1.0, n / 3 + 0.34)
        strong = abs(vote) > 1
        if strong and (not entity.why or "ending" in entity.why):
            entity.why = f"{'she' if vote > 0 else 'he'} follows the name {max(male, female)} of {n} times"
        entity.lean += vote if abs(entity.lean) < 4 else vote / 2
    for number, (men, women) in votes_by_noun(words, mentions, lambda m: m.entity).items():
        entity = entities[number]
        if men != women and abs(entity.lean) < 2:
            entity.lean += 2.0 if women > men else -2.0
            entity.why = f"is called a {'woman' if women > men else 'man'} beside the name"


def _called_old(words: Words, m: Mention) -> bool:
    return "old" in m.title.split() or (m.first > 0 and words.low[m.first - 1] in OLD_ADJ)


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
        self.kinship = Kinship(entities)
        self.descriptions = Descriptions(flow, words, entities)
        self.old = {m.entity for m in mentions if m.kind == "name" and _called_old(words, m)}
        self.clauses = Clauses(flow, words, mentions)
        self.last: dict[int, tuple[int, float]] = {}  # entity -> (last place, weight)
        self.recent: list[int] = []
        self.one_at = -_PAIR  # where "one" of several was last spoken of

    def resolve(self) -> None:
        """The first walk: names, nouns and pronouns, before anybody is known to speak."""
        previous: Mention | None = None
        for k in self.clauses.order:
            m = self.mentions[k]
            if m.kind == "name":
                if previous is not None:
                    self._appose(previous, m)
                if not self._a_person(m):
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
        reveal(self.words, self.mentions)

    def again(self, speaking: Sequence[tuple[int, int, float]]) -> None:
        """The second walk, when speakers are known: (offset, entity, how sure), in order; pronouns only.

        Whoever has just spoken is in mind as much as whoever was named: in a long exchange nobody is.
        """
        self.last, self.recent = {}, []
        heard = iter([*speaking, (1 << 60, -1, 0.0)])
        place, entity, sure = next(heard)
        for k in self.clauses.order:
            m = self.mentions[k]
            while place < m.start:
                self._remember(entity, place, SPOKE * sure)
                place, entity, sure = next(heard)
            if m.kind == "pronoun":
                found = self._meant(m, k)
                m.entity = found if found >= 0 else m.entity
            if m.entity >= 0 and (m.kind != "name" or self._a_person(m)):
                self._touch(m)

    def _a_person(self, m: Mention) -> bool:
        kin = len(m.words) == 1 and not m.title and m.words[0].lower() in KIN
        return kin or self.entities[m.entity].person

    # ------------------------------------------------------------ memory

    def _touch(self, m: Mention) -> None:
        told = 1.0 if m.quote < 0 else CALLED if m.vocative else TALKED_OF
        self._remember(m.entity, m.start, (1.0 if m.subject else 0.7) * told)

    def _remember(self, entity: int, at: int, weight: float) -> None:
        if entity in self.last:
            place, old = self.last[entity]
            weight = max(weight, old * exp((place - at) / 400))
            self.recent.remove(entity)
        self.recent.append(entity)
        if len(self.recent) > 14:
            self.last.pop(self.recent.pop(0), None)
        self.last[entity] = (at, weight)

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
            score = weight * exp(-away / 350) * (1.0 if entity.sex == sex else UNSURE)
            found.append((score, number))
        return sorted(found, reverse=True)

    def _meant(self, m: Mention, k: int) -> int:
        if m.words[0] in ("himself", "herself"):
            own = self.clauses.subject_before(k)
            if own >= 0 and self.mentions[own].entity >= 0 and self.mentions[own].sex in ("", m.sex):
                return self.mentions[own].entity
        barred = self.clauses.barred(k)
        best = [(s * (0.3 if e in barred else 1.0), e) for s, e in self.weigh(m, m.sex)]
        return max(best)[1] if best else -1

    def _pronoun(self, m: Mention, k: int) -> int:
        found = self._meant(m, k)
        if found < 0 and m.subject and m.verb in SPEECH and m.quote < 0:
            # somebody of whom nothing but "he said" tells
            return self.descriptions.own(m, "woman" if m.sex == "f" else "man", -1, new=True)
        return found

    # ------------------------------------------------------------ nouns

    def _appose(self, noun: Mention, name: Mention) -> None:
        """`the old weaver, Silas`, `Silas, the old weaver`, `Silas was the weaver`: one person."""
        if noun.kind != "noun" or name.kind != "name" or noun.group or name.entity < 0:
            return
        first, second = (noun, name) if noun.start < name.start else (name, noun)
        sex = self.entities[name.entity].sex
        if first.owner or second.vocative or (sex and noun.sex and sex != noun.sex):
            return
        between = self.words.low[first.end : second.first]
        head = noun.words[-1]
        if noun.determiner in _OWNERS and head in KIN:
            if first is noun and between in ([","], []):
                self.kinship.link(head, name.entity)  # "her aunt, Mrs. Gardiner"
            return
        if noun.determiner not in ("the", "a", "an", ""):
            return
        follow = self.words.text[second.end] if second.end < len(self.words) else "."
        if between == [","]:
            told = follow[0] in ",.;:—"
        elif not between:  # "Silas the weaver"; not "gave Silas the weaver"
            before = self.words.low[first.first - 1] if first.first else ""
            told = first is noun or (noun.determiner == "the" and not is_past(before))
        else:
            told = first is name and head not in GENERIC and between in (["was"], ["is"]) and name.subject
        if told:
            self.descriptions.link(noun, name.entity)

    def _noun(self, m: Mention) -> int:
        head = same_kin(m.words[-1])
        if head == "lady" and m.determiner == "his":
            head = "wife"
        if m.group or head in GROUP_NOUNS:
            return self.descriptions.own(m, head, -1, group=True)
        if head in KIN and m.determiner not in ("the", "a", "an", "that", "this", "another", ""):
            return self._kin(m, head)
        spoken = m.subject and m.verb in SPEECH
        if m.determiner == "one":
            self.one_at = m.start
        if m.determiner == "the" and m.words[-1] in _EITHER and m.start - self.one_at > _PAIR:
            return -1  # whoever has not just spoken: the scene tells who that is
        if m.determiner in ("a", "an", "another", "one"):
            if m.determiner in ("a", "an") and self._compared(m):
                return -1
            if not spoken and m.quote >= 0:
                return -1
            return self.descriptions.own(m, head, -1, new=True)
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
        linked = self.descriptions.named(m, head)
        if linked >= 0:
            return linked
        if self.descriptions.met(m, head, -1):
            return self.descriptions.own(m, head, -1)
        if head in GENERIC or head in KIN:
            sex = m.sex or noun_sex(head)
            best = self._fitting(m, sex)
            if best and best[0][0] > 0.08 and sex:
                return best[0][1]
        if m.quote >= 0 and not spoken:
            return -1
        return self.descriptions.own(m, head, -1)

    def _fitting(self, m: Mention, sex: Sex) -> list[tuple[float, int]]:
        """Who a general word may mean: `the old man` is old Silas rather than anybody just spoken of."""
        weighed = self.weigh(m, sex)
        if age_class(m.words) == "old":
            old = [(s, e) for s, e in weighed if e in self.old or self._told_old(e)]
            weighed = [(max(s, 0.1), e) for s, e in old] or weighed
        elif age_class(m.words) == "young" or m.words[-1] in _CHILDREN:
            return [(s, e) for s, e in weighed if e not in self.old]
        return [
            (s, e)
            for s, e in weighed
            if not (m.words[0] in OLD_ADJ and any(w in _CHILDREN for w in self.entities[e].words))
        ]

    def _compared(self, m: Mention) -> bool:
        """`teeth like an old horse`: nobody is there but whoever has the teeth."""
        at = m.first - (self.words.low[m.first] != m.determiner)
        return at > 0 and self.words.low[at - 1] == "like"

    def _told_old(self, entity: int) -> bool:
        who = self.entities[entity]
        return who.kind == "noun" and any(w in OLD_ADJ for form in who.forms for w in form.lower().split())

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
        if named >= 0:
            return named
        owner = owners[0] if owners and m.determiner not in ("their", "our") else -1
        return self.descriptions.own(m, head, owner)
