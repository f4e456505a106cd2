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
        """Take two forms for one person; nothing is done where the titles say that it is a couple."""
        ra, rb = self.find(a), self.find(b)
        if ra != rb and not self.couple(ra, rb):
            keep, gone = min(ra, rb), max(ra, rb)
            self.parent[gone] = keep
            self.members[keep] += self.members.pop(gone)

    def fulls(self) -> list[Spot]:
        return [s for s in self.forms if len(s[1]) > 1]

    def joined(self, spot: Spot) -> bool:
        return len(self.members[self.find(spot)]) > 1

    def weight(self, root: Spot) -> int:
        return sum(self.forms[s].count for s in self.members[self.find(root)])

    def couple(self, a: Spot, b: Spot) -> bool:
        """Whether one is a Mr. and the other a Mrs., or a Tom: `Mrs. Tom Marsh` is not Tom."""
        return {self._told_sex(a), self._told_sex(b)} == {"f", "m"} and (
            self._title_sex(a) != "" or self._title_sex(b) != ""
        )

    def _title_sex(self, root: Spot) -> Sex:
        return next((t for s in self.members[root] if (t := title_sex(s[0]))), "")

    def _told_sex(self, root: Spot) -> Sex:
        """What titles and given names tell."""
        for spot in self.members[root]:
            told = title_sex(spot[0]) or (
                given_sex(spot[1][0]) if len(spot[1]) > 1 or spot[0] not in HOUSE else ""
            )
            if told:
                return told
        return ""

    def sex(self, root: Spot) -> Sex:
        """What titles and given names tell, else what the pronouns after the name tell."""
        root = self.find(root)
        told = self._told_sex(root)
        if told:
            return told
        he = sum(self.forms[s].he for s in self.members[root])
        she = sum(self.forms[s].she for s in self.members[root])
        if max(he, she) < 3 or max(he, she) < 4 * min(he, she):
            return ""
        return "f" if she > he else "m"

    def titled(self, root: Spot, title: str) -> bool:
        return any(s[0] == title for s in self.members[self.find(root)])

    def apart(self, spot: Spot, root: Spot) -> bool:
        """Named in one breath too often to be the same."""
        members = self.members[self.find(root)]
        n = sum(self.beside(spot, s) for s in members)
        if n > 2 and n * 6 > min(self.forms[spot].count, self.weight(root)):
            return True
        if len(spot[1]) != 1:
            return False
        given = [s for s in members if len(s[1]) == 1 and s[1][0].lower() != spot[1][0].lower()]
        n = sum(self.beside(spot, s) for s in given)  # "Mr. Marsh" and "Tom" in one breath: his father
        return n > 2 and n * 40 > min(self.forms[spot].count, sum(self.forms[s].count for s in given))

    def beside(self, a: Spot, b: Spot) -> int:
        return self.together[min(a, b), max(a, b)]

    def formal(self, root: Spot) -> int:
        """How often a cluster is named by surname or rank: the style that may drop to the bare surname."""
        members = self.members[self.find(root)]
        return sum(self.forms[s].count for s in members if (s[0] or len(s[1]) > 1) and title_sex(s[0]) != "f")

    def ranked(self, root: Spot) -> bool:
        return any(s[0] and s[0] not in HOUSE and not title_sex(s[0]) for s in self.members[self.find(root)])

    def has_surname(self, spot: Spot) -> bool:
        return any(len(s[1]) > 1 for s in self.members[self.find(spot)])
