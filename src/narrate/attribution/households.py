"""Households: which person of a surname a title means, one house at a time."""

from __future__ import annotations

from collections import defaultdict

from narrate.attribution.clusters import Clusters
from narrate.attribution.forms import HOUSE, Spot
from narrate.attribution.given_names import given_sex
from narrate.attribution.lexicon import word_set
from narrate.attribution.mentions import title_sex


def surnames(clusters: Clusters) -> None:
    """`Mr. Marsh`, `Captain Marsh`, `Marsh`: to the full name they fit, one house at a time."""
    fulls = clusters.fulls()
    by_last: dict[str, list[Spot]] = defaultdict(list)
    for spot in fulls:
        by_last[spot[1][-1].lower()].append(spot)
    singles: dict[str, list[Spot]] = defaultdict(list)
    for spot in clusters.forms:
        if len(spot[1]) == 1 and (spot[0] or not clusters.joined(spot)):
            singles[spot[1][0].lower()].append(spot)
    for last, spots in singles.items():
        owners = by_last.get(last, [])
        _household(clusters, spots, owners)


def _household(clusters: Clusters, spots: list[Spot], owners: list[Spot]) -> None:
    roots = sorted({clusters.find(o) for o in owners}, key=lambda r: (-clusters.weight(r), r))
    women = sum(clusters.sex(r) == "f" for r in roots)
    taken: dict[str, Spot] = {}
    titled = sorted((s for s in spots if s[0]), key=lambda s: (s[0] != "miss", -clusters.forms[s].count))
    for spot in titled:
        if clusters.joined(spot):
            continue
        told_apart = any(  # "Mr. Henry Marsh" is no "Captain Marsh"; but he may be "Mr. Marsh"
            s[0] in _OFFICES and s != spot and clusters.forms[s].count > 4 and not clusters.joined(s)
            for s in titled
        )
        sex = title_sex(spot[0]) or clusters.sex(spot)
        fits = [
            r
            for r in roots
            if (clusters.sex(r) in ("", sex) or not sex)
            and (told_apart or not _contrasted(clusters, spot, r))
        ]
        fits = [r for r in fits if not clusters.apart(spot, r)]
        if spot[0] in ("mrs", "madame", "lady"):
            fits = [r for r in fits if not clusters.titled(r, "miss")]
            if women > 1:  # of several women, the one who is never a Miss need not be the lady of the house
                fits = [r for r in fits if clusters.titled(r, spot[0])]
        if spot[0] == "lady" and len(fits) > 1:
            fits = []
        if spot[0] == "miss":
            fits = [r for r in fits if not _married(clusters, r)]
        likely = sex or "m"
        fits = [r for r in fits if clusters.sex(r) == likely] or fits
        if sex != "f" and clusters.forms[spot].count > 9:
            fits = [r for r in fits if not _by_given_name(clusters, spot, r)]
        if spot[0] in _OFFICES:
            fits = [r for r in fits if not _civil(clusters, r)]
        if spot[0] == "miss" and len(fits) > 1:
            fits = _eldest(clusters, fits)
        if spot[0] in ("mrs", "madame") and len(fits) > 1:
            fits = [r for r in fits if not clusters.ranked(r)]  # a captain is nobody's Mrs.
            fits = fits if len(fits) == 1 else []
        if len(fits) == 1 or (fits and sex != "f"):
            clusters.join(spot, fits[0])
            taken.setdefault(sex, spot)
        elif sex and sex in taken and spot[0] not in HOUSE:
            clusters.join(spot, taken[sex])  # "Colonel Marsh", "Mr. Marsh"
        elif not sex and not roots and "m" in taken:
            clusters.join(spot, taken["m"])
        elif spot[0] in ("mr", "sir", "") and any(not title_sex(t[0]) for t in taken.values()):
            clusters.join(spot, next(t for t in taken.values() if not title_sex(t[0])))
        else:
            taken.setdefault(sex, spot)
    for spot in spots:
        if spot[0] or clusters.joined(spot):
            continue
        others = {clusters.find(s) for s in list(roots) + list(titled)}
        told = given_sex(spot[1][0])
        if told and not owners and all(title_sex(s[0]) not in ("", told) for s in titled):
            continue  # "Grace" is nobody of the house of "Mr. Grace"
        choices = sorted(
            (r for r in others if not clusters.apart(spot, r)),
            key=lambda r: (-clusters.formal(r), -clusters.weight(r), r),
        )
        own = clusters.sex(spot)
        fit = [c for c in choices if own and clusters.sex(c) == own] or [
            c for c in choices if not own or not clusters.sex(c)
        ]
        if fit:
            male = [c for c in fit if clusters.sex(c) != "f"]
            close = male and clusters.formal(male[0]) * 4 > clusters.formal(fit[0])
            clusters.join(spot, male[0] if close else fit[0])


_OFFICES = word_set("captain colonel major general lieutenant admiral commodore doctor professor")


def _by_given_name(clusters: Clusters, spot: Spot, root: Spot) -> bool:
    """Always `Colin`, hardly ever `Colin Marsh`, and `Mr. Marsh` beside him: a boy and his father."""
    members = clusters.members[clusters.find(root)]
    full = {s[1][0] for s in members if len(s[1]) > 1}
    given = [s for s in members if len(s[1]) == 1 and s[1][0] in full]
    formal = sum(clusters.forms[s].count for s in members if len(s[1]) > 1)
    beside = sum(clusters.beside(spot, s) for s in given)
    return (beside > 1 or formal < 3) and sum(clusters.forms[s].count for s in given) > 10 * formal


def _civil(clusters: Clusters, root: Spot) -> bool:
    """`Mr. Henry Marsh` is not the Captain Marsh of the house."""
    members = clusters.members[clusters.find(root)]
    return sum(clusters.forms[s].count for s in members if s[0] == "mr" and len(s[1]) > 1) > 2


def _married(clusters: Clusters, root: Spot) -> bool:
    """Every full name of hers has a Mrs. before it."""
    full = [s for s in clusters.members[clusters.find(root)] if len(s[1]) > 1]
    return bool(full) and all(s[0] == "mrs" for s in full)


def _contrasted(clusters: Clusters, spot: Spot, root: Spot) -> bool:
    """`Mr. John Marsh` beside a frequent `Mr. Marsh` is his brother, or there were no need for the
    `John`.
    """
    last = spot[1][-1].lower()
    full = [
        clusters.forms[s]
        for s in clusters.members[clusters.find(root)]
        if len(s[1]) > 1 and s[1][-1].lower() == last
    ]
    titled = sum(k.count for k in full if k.title == spot[0])
    return titled * 2 > sum(k.count for k in full) and titled > 2 and clusters.forms[spot].count > titled


def _eldest(clusters: Clusters, roots: list[Spot]) -> list[Spot]:
    """`Miss Marsh` is the sister who is not told apart as `Miss Nell Marsh`, the one met most."""
    held = []
    for root in roots:
        members = clusters.members[clusters.find(root)]
        apart = sum(
            clusters.forms[s].count
            for s in members
            if s[0] == "miss" and (len(s[1]) > 1 or given_sex(s[1][0]))
        )
        if apart * 50 <= clusters.weight(root):
            held.append(root)
    return sorted(held, key=lambda r: (-clusters.weight(r), r))[:1]
