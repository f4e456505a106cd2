"""Clusters: which forms are taken for one person so far, and what such a cluster holds."""

from __future__ import annotations

from collections import Counter

from narrate.attribution.forms import HOUSE, Form, Spot
from narrate.attribution.given_names import given_sex
from narrate.attribution.lexicon import Sex
from narrate.attribution.mentions import title_sex


class Clusters:
    """Union-find over the forms of names."""

    def __init__(self, forms: dict[Spot, Form], together: Counter[tuple[Spot, Spot]]) -> None:
        self.forms, self.together = forms, together
        self.parent: dict[Spot, Spot] = {s: s for s in forms}
        self.members: dict[Spot, list[Spot]] = {s: [s] for s in forms}

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

    def fulls(self) -> list[Spot]:
        return [s for s in self.forms if len(s[1]) > 1]

    def joined(self, spot: Spot) -> bool:
        return len(self.members[self.find(spot)]) > 1

    def weight(self, root: Spot) -> int:
        return sum(self.forms[s].count for s in self.members[self.find(root)])

    def sex(self, root: Spot) -> Sex:
        for spot in self.members[self.find(root)]:
            told = title_sex(spot[0]) or (
                given_sex(spot[1][0]) if len(spot[1]) > 1 or spot[0] not in HOUSE else ""
            )
            if told:
                return told
        return ""

    def titled(self, root: Spot, title: str) -> bool:
        return any(s[0] == title for s in self.members[self.find(root)])

    def apart(self, spot: Spot, root: Spot) -> bool:
        """Named in one breath too often to be the same."""
        n = sum(self.together[min(spot, s), max(spot, s)] for s in self.members[self.find(root)])
        return n > 2 and n * 6 > min(self.forms[spot].count, self.weight(root))

    def ranked(self, root: Spot) -> bool:
        return any(s[0] and s[0] not in HOUSE and not title_sex(s[0]) for s in self.members[self.find(root)])

    def has_surname(self, spot: Spot) -> bool:
        return any(len(s[1]) > 1 for s in self.members[self.find(spot)])
