"""The cast: which names, titles and descriptions are one and the same person."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Literal

from narrate.attribution.lexicon import (
    DESCRIBING,
    FEMALE,
    KIN,
    MALE,
    NICKNAMES,
    SPEECH,
    Sex,
    given_sex,
    is_past,
    noun_sex,
)
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


Spot = tuple[str, tuple[str, ...]]
"""A form of a name: (title, words)."""


@dataclass(slots=True)
class _Key:
    title: str
    words: tuple[str, ...]
    count: int = 0
    said: int = 0
    acted: int = 0
    called: int = 0
    placed: int = 0  # after in, at, from ...
    the: int = 0
    owner: int = 0
    quoted: int = 0  # inside quotes
    first: int = 1 << 60


_RANKS = {
    "capt": "captain", "cap'n": "captain", "dr": "doctor", "col": "colonel", "gen": "general",
    "prof": "professor", "sergt": "sergeant", "sgt": "sergeant", "lieut": "lieutenant", "lt": "lieutenant",
    "rev": "reverend", "mister": "mr", "missus": "mrs", "gov": "governor", "madam": "mrs", "m": "monsieur",
    "mme": "madame",
}  # fmt: skip
_HOUSE = frozenset(
    {"mr", "mrs", "miss", "ms", "monsieur", "madame", "mademoiselle", "sir", "lady", "lord", "herr", "frau"}
)
_FAMILY = frozenset(
    {
        "uncle",
        "aunt",
        "aunty",
        "auntie",
        "father",
        "mother",
        "brother",
        "sister",
        "cousin",
        "grandfather",
        "grandmother",
    }
)


_SHORT = 2_500
"""Tokens below which a name need not prove that it is a person's: a short story gives it few chances to."""


def rank(title: str) -> str:
    """One spelling for each title; describing words ("old Marsh") are no title."""
    parts = [p for p in title.split() if p not in DESCRIBING]
    return " ".join(_RANKS.get(p, p) for p in parts)


def gather(words: Words, mentions: list[Mention]) -> list[Entity]:
    """Every named person; sets `Mention.entity` on the name mentions."""
    keys: dict[Spot, _Key] = {}
    for m in mentions:
        if m.kind != "name":
            continue
        spot = (rank(m.title), m.words)
        key = keys.get(spot)
        if key is None:
            key = keys[spot] = _Key(*spot)
        key.count += 1
        key.said += m.subject and m.verb in SPEECH and m.quote < 0
        key.acted += m.subject
        key.called += m.vocative
        before = words.low[m.first - 1] if m.first else ""
        key.placed += _placed(words, m.first, before)
        key.the += before == "the"
        key.owner += m.owner
        key.quoted += m.quote >= 0
        key.first = min(key.first, m.start)
    groups = _Clusters(keys, _side_by_side(words, mentions)).run()
    entities: list[Entity] = []
    where: dict[Spot, int] = {}
    for group in groups:
        held = [keys[s] for s in group]
        entity = _entity(len(entities), held, len(words) < _SHORT)
        entities.append(entity)
        for spot in group:
            where[spot] = entity.number
    for m in mentions:
        if m.kind == "name":
            m.entity = where[(rank(m.title), m.words)]
    return entities


def _side_by_side(words: Words, mentions: list[Mention]) -> Counter[tuple[Spot, Spot]]:
    """How often two forms stand in one sentence of narration: the forms of one person hardly ever do."""
    together: Counter[tuple[Spot, Spot]] = Counter()
    recent: list[tuple[int, int, Spot]] = []
    for m in mentions:
        if m.kind != "name" or m.quote >= 0:
            continue
        spot = (rank(m.title), m.words)
        recent = [r for r in recent[-4:] if m.start - r[0] < 120]
        for _, token, other in recent:
            if other != spot and not any(words.text[t][0] in '.!?…\n"”“' for t in range(token, m.first)):
                together[min(spot, other), max(spot, other)] += 1
        recent.append((m.start, m.end, spot))
    return together


def _placed(words: Words, first: int, before: str) -> bool:
    """`in Lisbon`, `at Lisbon`; `looked at Marta` places nobody."""
    if before == "at":
        verb = words.low[first - 2] if first > 1 else ""
        return not (is_past(verb) or verb.endswith("ing"))
    return before in ("in", "near", "through", "across", "into")


def _entity(number: int, held: list[_Key], short: bool) -> Entity:
    entity = Entity(number, "name")
    for key in held:
        entity.forms[_shown(key)] += key.count
        entity.count += key.count
        entity.said += key.said
        entity.acted += key.acted
        entity.called += key.called
        entity.first = min(entity.first, key.first)
    best = max(held, key=lambda k: (len(k.words), bool(k.title), k.count))
    entity.words, entity.title = best.words, next((k.title for k in held if k.title), "")
    lean, why = 0.0, ""
    for key in held:
        sex = title_sex(key.title)
        if sex:
            lean += (3.0 if sex == "f" else -3.0) * min(1.0, 0.3 + key.count / 5)
            why = why or f"the title in “{_shown(key)}”"
        given = key.words[0] if len(key.words) > 1 or key.title not in _HOUSE else ""
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
    known = any(k.words[0].lower() in FEMALE or k.words[0].lower() in MALE for k in held)
    entity.person = (
        entity.said > 0
        or (titled and (entity.acted > 0 or entity.called > 0 or entity.count > 2))
        or (known and placed * 3 <= entity.count and (entity.acted > 0 or entity.called > 0))
        or (entity.called > 1 and told_of > 0 and placed * 4 <= entity.count)
        or (short and placed == 0 and the == 0 and entity.count > entity.called)
        or (
            entity.acted > 0
            and entity.acted * 12 > entity.count
            and placed * 5 <= entity.count
            and the * 2 <= entity.count
        )
    )
    return entity


def _shown(key: _Key) -> str:
    name = " ".join(key.words)
    if not key.title:
        return name
    dotted = {"mr": "Mr.", "mrs": "Mrs.", "ms": "Ms.", "doctor": "Dr."}
    title = " ".join(dotted.get(p, p.capitalize()) for p in key.title.split())
    return f"{title} {name}"


class _Clusters:
    """Joins the forms of one person: union-find over (title, words) keys, the surest joins first."""

    def __init__(self, keys: dict[Spot, _Key], together: Counter[tuple[Spot, Spot]]) -> None:
        self.keys, self.together = keys, together
        self.parent: dict[Spot, Spot] = {s: s for s in keys}
        self.members: dict[Spot, list[Spot]] = {s: [s] for s in keys}

    def find(self, spot: Spot) -> Spot:
        while self.parent[spot] != spot:
            self.parent[spot] = self.parent[self.parent[spot]]
            spot = self.parent[spot]
        return spot

    def join(self, a: Spot, b: Spot) -> None:
        ra, rb = self.find(a), self.find(b)
        if ra != rb:
            keep, gone = min(ra, rb), max(ra, rb)
            self.parent[gone] = keep
            self.members[keep] += self.members.pop(gone)

    def run(self) -> list[list[Spot]]:
        self.same_words()
        self.nicknames_of_full_names()
        self.given_names()
        self.surnames()
        self.nicknames()
        return sorted(self.members.values(), key=lambda g: min(self.keys[s].first for s in g))

    # -------------------------------------------------------- the joins, in order

    def same_words(self) -> None:
        """`Miss Hope Marsh`, `Hope Marsh`: the same two words; titles that clash keep apart."""
        by_words: dict[tuple[str, ...], list[Spot]] = defaultdict(list)
        for spot in self.keys:
            if len(spot[1]) > 1:
                by_words[_plain(spot[1])].append(spot)
        for spots in by_words.values():
            self._join_agreeing(spots)
        longer = sorted((w for w in by_words if len(w) > 2), key=len)
        for words in longer:  # "Edvard Aage Lund", "Edvard Lund"
            for short in ((words[0], words[-1]), words[:2]):  # "Ivan Ivanitch" of "Ivan Ivanitch Kuzmitchov"
                if short in by_words and short != words:
                    self._join_agreeing(by_words[words] + by_words[short])

    def _join_agreeing(self, spots: list[Spot]) -> None:
        base = max(spots, key=lambda s: self.keys[s].count)
        for spot in spots:
            a, b = title_sex(spot[0]), title_sex(base[0])
            if not (a and b and a != b):
                self.join(base, spot)

    def nicknames_of_full_names(self) -> None:
        """`Tom Sawyer`, `Thomas Sawyer`."""
        by_last: dict[str, list[Spot]] = defaultdict(list)
        for spot in self.keys:
            if len(spot[1]) > 1:
                by_last[spot[1][-1].lower()].append(spot)
        for spots in by_last.values():
            for a in spots:
                for b in spots[:40]:
                    clash = {title_sex(a[0]), title_sex(b[0])} == {"f", "m"}
                    if a < b and not clash and _same_given(a[1][0], b[1][0]):
                        self.join(a, b)

    def given_names(self) -> None:
        """`Hope` joins the only `Hope Marsh`, else the one met most."""
        fulls = self._fulls()
        by_first: dict[str, list[Spot]] = defaultdict(list)
        for spot in fulls:
            by_first[spot[1][0].lower()].append(spot)
            for middle in spot[1][1:-1]:
                by_first[middle.lower()].append(spot)
        titles: dict[str, list[Spot]] = defaultdict(list)
        for spot in self.keys:
            if (
                len(spot[1]) == 1
                and spot[0]
                and not set(spot[0].split()) <= _FAMILY | {"miss", "lady", "sir"}
            ):
                titles[spot[1][0].lower()].append(spot)
        for spot in list(self.keys):
            if len(spot[1]) != 1:
                continue
            owners = by_first.get(spot[1][0].lower(), [])
            titled = sum(self.keys[t].count for t in titles[spot[1][0].lower()])
            if owners and (spot[0] or titled <= sum(self.keys[o].count for o in owners)):
                self._attach(spot, owners)

    def surnames(self) -> None:
        """`Mr. Marsh`, `Captain Marsh`, `Marsh`: to the full name they fit, one house at a time."""
        fulls = self._fulls()
        by_last: dict[str, list[Spot]] = defaultdict(list)
        for spot in fulls:
            by_last[spot[1][-1].lower()].append(spot)
        singles: dict[str, list[Spot]] = defaultdict(list)
        for spot in self.keys:
            if len(spot[1]) == 1 and (spot[0] or not self._joined(spot)):
                singles[spot[1][0].lower()].append(spot)
        for last, spots in singles.items():
            owners = by_last.get(last, [])
            self._household(spots, owners)

    def _household(self, spots: list[Spot], owners: list[Spot]) -> None:
        roots = sorted({self.find(o) for o in owners}, key=lambda r: (-self._weight(r), r))
        taken: dict[str, Spot] = {}
        titled = sorted((s for s in spots if s[0]), key=lambda s: (s[0] != "miss", -self.keys[s].count))
        for spot in titled:
            if self._joined(spot):
                continue
            sex = title_sex(spot[0])
            fits = [
                r for r in roots if (self._sex(r) in ("", sex) or not sex) and not self._contrasted(spot, r)
            ]
            fits = [r for r in fits if not self._apart(spot, r)]
            if spot[0] in ("mrs", "madame", "lady"):
                fits = [r for r in fits if not self._titled(r, "miss")]
            if spot[0] == "lady" and len(fits) > 1:
                fits = []
            if spot[0] == "miss" and len(fits) > 1:
                fits = self._eldest(fits)
            if spot[0] in ("mrs", "madame") and len(fits) > 1:
                fits = [r for r in fits if not self._ranked(r)]  # a captain is nobody's Mrs.
                fits = fits if len(fits) == 1 else []
            if len(fits) == 1 or (fits and sex != "f"):
                self.join(spot, fits[0])
                taken.setdefault(sex, spot)
            elif sex and sex in taken and spot[0] not in _HOUSE:
                self.join(spot, taken[sex])  # "Colonel Marsh", "Mr. Marsh"
            elif not sex and not roots and "m" in taken:
                self.join(spot, taken["m"])
            elif spot[0] in ("mr", "sir", "") and any(not title_sex(t[0]) for t in taken.values()):
                self.join(spot, next(t for t in taken.values() if not title_sex(t[0])))
            else:
                taken.setdefault(sex, spot)
        for spot in spots:
            if spot[0] or self._joined(spot):
                continue
            others = {self.find(s) for s in list(roots) + list(titled)}
            choices = sorted(
                {r for r in others if not self._apart(spot, r)}, key=lambda r: (-self._weight(r), r)
            )
            told = given_sex(spot[1][0])
            if told and not owners and all(title_sex(s[0]) not in ("", told) for s in titled):
                continue  # "Grace" is nobody of the house of "Mr. Grace"
            if choices:
                male = [c for c in choices if self._sex(c) != "f"]
                self.join(
                    spot,
                    male[0] if male and self._weight(male[0]) * 4 > self._weight(choices[0]) else choices[0],
                )

    def nicknames(self) -> None:
        """`Lizzy` joins `Elizabeth`, `Barty` joins `Bartholomew`, where only one can be meant."""
        singles = [s for s in self.keys if len(s[1]) == 1 and s[0] not in _HOUSE]
        given: dict[str, list[Spot]] = defaultdict(list)
        for spot in self.keys:
            if len(spot[1]) > 1 or (len(spot[1]) == 1 and spot[0] not in _HOUSE):
                given[spot[1][0].lower()].append(spot)
        stems: dict[str, list[str]] = defaultdict(list)
        for name in given:
            stems[name[:3]].append(name)
        for spot in singles:
            low = spot[1][0].lower()
            if self._has_surname(spot):
                continue
            full = [s for name in NICKNAMES.get(low, ()) for s in given.get(name, ()) if s[0] in ("", "miss")]
            if not full:
                full = [s for name in stems[low[:3]] if _diminutive(low, name) for s in given[name]]
            roots = {self.find(s) for s in full} - {self.find(spot)}
            roots = {r for r in roots if not any(self._titled(r, t) for t in ("lady", "sir", "lord"))}
            if len(roots) == 1 and not self._apart(spot, next(iter(roots))):
                self.join(spot, roots.pop())

    # -------------------------------------------------------- what a cluster holds

    def _fulls(self) -> list[Spot]:
        return [s for s in self.keys if len(s[1]) > 1]

    def _joined(self, spot: Spot) -> bool:
        return len(self.members[self.find(spot)]) > 1

    def _weight(self, root: Spot) -> int:
        return sum(self.keys[s].count for s in self.members[self.find(root)])

    def _sex(self, root: Spot) -> Sex:
        for spot in self.members[self.find(root)]:
            told = title_sex(spot[0]) or (
                given_sex(spot[1][0]) if len(spot[1]) > 1 or spot[0] not in _HOUSE else ""
            )
            if told:
                return told
        return ""

    def _titled(self, root: Spot, title: str) -> bool:
        return any(s[0] == title for s in self.members[self.find(root)])

    def _apart(self, spot: Spot, root: Spot) -> bool:
        """Named in one breath too often to be the same."""
        n = sum(self.together[min(spot, s), max(spot, s)] for s in self.members[self.find(root)])
        return n > 2 and n * 6 > min(self.keys[spot].count, self._weight(root))

    def _contrasted(self, spot: Spot, root: Spot) -> bool:
        """`Mr. John Marsh` beside a frequent `Mr. Marsh` is his brother, or there were no need for the
        `John`.
        """
        last = spot[1][-1].lower()
        full = [
            self.keys[s] for s in self.members[self.find(root)] if len(s[1]) > 1 and s[1][-1].lower() == last
        ]
        titled = sum(k.count for k in full if k.title == spot[0])
        return titled * 2 > sum(k.count for k in full) and titled > 2 and self.keys[spot].count > titled

    def _ranked(self, root: Spot) -> bool:
        return any(s[0] and s[0] not in _HOUSE and not title_sex(s[0]) for s in self.members[self.find(root)])

    def _eldest(self, roots: list[Spot]) -> list[Spot]:
        """`Miss Marsh` is the sister who is not told apart as `Miss Nell Marsh`, the one met most."""
        held = []
        for root in roots:
            members = self.members[self.find(root)]
            apart = sum(
                self.keys[s].count
                for s in members
                if s[0] == "miss" and (len(s[1]) > 1 or given_sex(s[1][0]))
            )
            if apart * 50 <= self._weight(root):
                held.append(root)
        return sorted(held, key=lambda r: (-self._weight(r), r))[:1]

    def _has_surname(self, spot: Spot) -> bool:
        return any(len(s[1]) > 1 for s in self.members[self.find(spot)])

    def _attach(self, spot: Spot, owners: list[Spot]) -> None:
        roots = sorted({self.find(o) for o in owners}, key=lambda r: (-self._weight(r), r))
        sex = title_sex(spot[0])
        if spot[0] and not set(spot[0].split()) <= _FAMILY | {
            "miss",
            "lady",
            "sir",
            "lord",
            "king",
            "queen",
            "prince",
            "princess",
        }:
            return  # "Colonel James" is no James of ours
        for root in roots:
            told = self._sex(root)
            if not (sex and told and sex != told):
                self.join(spot, root)
                return


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w.lower().rstrip(".") for w in words)


def _same_given(a: str, b: str) -> bool:
    a, b = a.lower(), b.lower()
    return (
        a == b
        or b in NICKNAMES.get(a, ())
        or a in NICKNAMES.get(b, ())
        or _diminutive(a, b)
        or _diminutive(b, a)
    )


def _diminutive(short: str, full: str) -> bool:
    """`barty` of `bartholomew`, `ilonka` of `ilona`: a common stem and a fond ending."""
    if short == full or len(full) < 4 or short in FEMALE or short in MALE or short in NICKNAMES:
        return False
    for ending in ("ie", "y", "ey", "ka", "ita", "chen", "kin", "ette", ""):
        if ending and not short.endswith(ending):
            continue
        stem = short[: len(short) - len(ending)] if ending else short
        if ending == "" and (len(stem) < 3 or len(full) - len(stem) < 3 or not given_sex(full)):
            continue
        if len(stem) > 2 and stem[-1] == stem[-2] and not full.startswith(stem):
            stem = stem[:-1]
        if len(stem) >= 3 and full.startswith(stem) and len(stem) + 1 < len(full) + (ending != ""):
            return True
    return False
