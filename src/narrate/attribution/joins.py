"""Joins: the forms of names that are one and the same person, the surest joins first."""

from __future__ import annotations

from collections import Counter, defaultdict

from narrate.attribution.clusters import Clusters
from narrate.attribution.diminutives import is_diminutive, same_given
from narrate.attribution.forms import FAMILY, HOUSE, Form, Spot
from narrate.attribution.given_names import NICKNAMES
from narrate.attribution.households import surnames
from narrate.attribution.mentions import title_sex

_YOUNG = FAMILY | {"miss", "master", "mistress", "lady", "sir"}
_BEFORE_GIVEN = frozenset({"lord", "king", "queen", "prince", "princess"})
"""Titles that stand before a given name alone: `Miss Nell`, `King John`."""


def join_forms(forms: dict[Spot, Form], together: Counter[tuple[Spot, Spot]]) -> list[list[Spot]]:
    """The forms of each person, in the order in which the text brings the people in."""
    clusters = Clusters(forms, together)
    for step in (same_words, nicknames_of_full_names, given_names, surnames, nicknames):
        step(clusters)
    return sorted(clusters.members.values(), key=lambda g: min(forms[s].first for s in g))


def same_words(clusters: Clusters) -> None:
    """`Miss Hope Marsh`, `Hope Marsh`: the same two words; titles that clash keep apart."""
    by_words: dict[tuple[str, ...], list[Spot]] = defaultdict(list)
    for spot in clusters.forms:
        if len(spot[1]) > 1:
            by_words[_plain(spot[1])].append(spot)
    for spots in by_words.values():
        _join_agreeing(clusters, spots)
    longer = sorted((w for w in by_words if len(w) > 2), key=len)
    for words in longer:  # "Edvard Aage Lund", "Edvard Lund"
        for short in ((words[0], words[-1]), words[:2]):  # "Ivan Ivanitch" of "Ivan Ivanitch Kuzmitchov"
            if short in by_words and short != words:
                _join_agreeing(clusters, by_words[words] + by_words[short])


def _join_agreeing(clusters: Clusters, spots: list[Spot]) -> None:
    base = max(spots, key=lambda s: clusters.forms[s].count)
    for spot in spots:
        a, b = title_sex(spot[0]), title_sex(base[0])
        if not (a and b and a != b) and not _by_husband(clusters, spot, base):
            clusters.join(base, spot)


def _by_husband(clusters: Clusters, a: Spot, b: Spot) -> bool:
    """`Mrs. Bute Marsh` is not `Bute Marsh`, unless Bute is known for a woman's name."""
    return (a[0] == "mrs") != (b[0] == "mrs") and clusters.sex(a if b[0] == "mrs" else b) != "f"


def nicknames_of_full_names(clusters: Clusters) -> None:
    """`Tom Sawyer`, `Thomas Sawyer`."""
    by_last: dict[str, list[Spot]] = defaultdict(list)
    for spot in clusters.forms:
        if len(spot[1]) > 1:
            by_last[spot[1][-1].lower()].append(spot)
    for spots in by_last.values():
        for a in spots:
            for b in spots[:40]:
                clash = {title_sex(a[0]), title_sex(b[0])} == {"f", "m"}
                if a < b and not clash and same_given(a[1][0], b[1][0]):
                    clusters.join(a, b)


def given_names(clusters: Clusters) -> None:
    """`Hope` joins the only `Hope Marsh`, else the one met most."""
    fulls = clusters.fulls()
    by_first: dict[str, list[Spot]] = defaultdict(list)
    for spot in fulls:
        by_first[spot[1][0].lower()].append(spot)
        for middle in spot[1][1:-1]:
            by_first[middle.lower()].append(spot)
    titles: dict[str, list[Spot]] = defaultdict(list)
    for spot in clusters.forms:
        if len(spot[1]) == 1 and spot[0] and not set(spot[0].split()) <= _YOUNG:
            titles[spot[1][0].lower()].append(spot)
    for spot in list(clusters.forms):
        if len(spot[1]) != 1:
            continue
        owners = by_first.get(spot[1][0].lower(), [])
        titled = sum(clusters.forms[t].count for t in titles[spot[1][0].lower()])
        if owners and (spot[0] or titled <= sum(clusters.forms[o].count for o in owners)):
            _attach(clusters, spot, owners)


def _attach(clusters: Clusters, spot: Spot, owners: list[Spot]) -> None:
    roots = sorted({clusters.find(o) for o in owners}, key=lambda r: (-clusters.weight(r), r))
    sex = title_sex(spot[0])
    if spot[0] and not set(spot[0].split()) <= _YOUNG | _BEFORE_GIVEN:
        return  # "Colonel James" is no James of ours
    for root in roots:
        told = clusters.sex(root)
        if not (sex and told and sex != told):
            clusters.join(spot, root)
            return


def nicknames(clusters: Clusters) -> None:
    """`Lizzy` joins `Elizabeth`, `Barty` joins `Bartholomew`, where only one can be meant."""
    singles = [s for s in clusters.forms if len(s[1]) == 1 and s[0] not in HOUSE]
    given: dict[str, list[Spot]] = defaultdict(list)
    for spot in clusters.forms:
        if len(spot[1]) > 1 or (len(spot[1]) == 1 and spot[0] not in HOUSE):
            given[spot[1][0].lower()].append(spot)
    stems: dict[str, list[str]] = defaultdict(list)
    for name in given:
        stems[name[:3]].append(name)
    for spot in singles:
        low = spot[1][0].lower()
        if clusters.has_surname(spot):
            continue
        full = [s for name in NICKNAMES.get(low, ()) for s in given.get(name, ()) if s[0] in ("", "miss")]
        if not full:
            full = [s for name in stems[low[:3]] if is_diminutive(low, name) for s in given[name]]
        roots = {clusters.find(s) for s in full} - {clusters.find(spot)}
        roots = {r for r in roots if not any(clusters.titled(r, t) for t in ("lady", "sir", "lord"))}
        if len(roots) == 1 and not clusters.apart(spot, next(iter(roots))):
            clusters.join(spot, roots.pop())


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w.lower().rstrip(".") for w in words)
