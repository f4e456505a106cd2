"""Which quote of an edited story is which of the story before: an alignment of two lists of words.

In order: equal ends; quotes that occur once in both, or do with their neighbours; between those, long quotes
that were edited; the n-th of each where quotes repeat; short ones that were edited; what was moved.
Every step but the one for edited quotes is linear (n log n for the longest increasing run), and that one
looks only a few places around the expected one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

_ALIKE = 0.6  # similarity from which an edited quote is the same quote
_ALIKE_HELD = 0.34  # the same, where the quotes before and after it are known and leave it no other place
_REACH = 8  # places around the expected one at which an edited quote is looked for
_TELLING = 12  # characters from which an edited quote tells more than the turn of a repeated one
_SHORT = 200  # characters up to which quotes are compared by letters; longer ones by their words

_FOLDED = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "—": "-", "–": "-", "…": "."}
)
_SPACES = re.compile(r"[\s.\-\"]+")


def align(old: Sequence[str], new: Sequence[str], wanted: Collection[int]) -> list[int]:
    """For each of `old` its index in `new`, or -1; no two share one.

    Edited and moved quotes are looked for only where they are `wanted` (indices into `old`).
    """
    a, b = [folded(words) for words in old], [folded(words) for words in new]
    found = [-1] * len(a)
    _same(a, b, found)
    _edited(old, new, found, [i for i in wanted if len(a[i]) >= _TELLING])
    _repeated(a, b, found)
    _edited(old, new, found, wanted)
    _moved(a, b, found, wanted)
    return found


def folded(words: str) -> str:
    """The words without what editing by the way changes: quote marks' style, spaces, capitals."""
    if not words.isascii():
        words = unicodedata.normalize("NFKC", words.translate(_FOLDED))
    return _SPACES.sub(" ", words).strip().casefold()


def _same(a: Sequence[str], b: Sequence[str], found: list[int]) -> None:
    """Equal quotes in order: stretches of the two lists, from a work list, since recursion has a depth."""
    work = [(0, len(a), 0, len(b))]
    while work:
        a0, a1, b0, b1 = work.pop()
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            found[a0] = b0
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
            found[a1] = b1
        if a0 == a1 or b0 == b1:
            continue
        pairs = _unique(a[a0:a1], b[b0:b1])
        if not pairs:
            pairs = _unique(list(_neighbours(a, a0, a1)), list(_neighbours(b, b0, b1)))
        if not pairs:
            continue
        i0, j0 = a0, b0
        for i, j in pairs:
            found[a0 + i] = b0 + j
            work.append((i0, a0 + i, j0, b0 + j))
            i0, j0 = a0 + i + 1, b0 + j + 1
        work.append((i0, a1, j0, b1))


def _repeated(a: Sequence[str], b: Sequence[str], found: list[int]) -> None:
    """The n-th of each among equal quotes, between what is found already."""
    i0, j0 = 0, 0
    for i in [*(k for k, j in enumerate(found) if j >= 0), len(a)]:
        j = found[i] if i < len(a) else len(b)
        if i0 < i and j0 < j:
            for n, m in _nth(a[i0:i], b[j0:j]):
                found[i0 + n] = j0 + m
        i0, j0 = i + 1, j + 1


def _neighbours(keys: Sequence[str], first: int, last: int) -> list[tuple[str, str, str]]:
    padded = ["", *keys[first:last], ""]
    return list(zip(padded, padded[1:], padded[2:], strict=False))


def _unique(a: Sequence[object], b: Sequence[object]) -> list[tuple[int, int]]:
    """What occurs once in both, as the longest run of pairs that rises in both."""
    ones_a, ones_b = Counter(a), Counter(b)
    places = {key: j for j, key in enumerate(b) if ones_b[key] == 1}
    return _rising([(i, places[key]) for i, key in enumerate(a) if ones_a[key] == 1 and key in places])


def _nth(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """The n-th of each among equal quotes, as the longest run of pairs that rises in both."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for j, key in enumerate(b):
        places[key].append(j)
    seen: Counter[str] = Counter()
    pairs: list[tuple[int, int]] = []
    for i, key in enumerate(a):
        if seen[key] < len(places.get(key, ())):
            pairs.append((i, places[key][seen[key]]))
        seen[key] += 1
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second numbers rise (the first do already), by patience sorting."""
    tops: list[int] = []
    at_top: list[int] = []
    below = [-1] * len(pairs)
    for k, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        below[k] = at_top[pile - 1] if pile else -1
        if pile == len(tops):
            tops.append(j)
            at_top.append(k)
        else:
            tops[pile], at_top[pile] = j, k
    run: list[tuple[int, int]] = []
    k = at_top[-1] if at_top else -1
    while k >= 0:
        run.append(pairs[k])
        k = below[k]
    return run[::-1]


def _edited(old: Sequence[str], new: Sequence[str], found: list[int], wanted: Collection[int]) -> None:
    """Quotes whose words changed: the most alike within the gap that their found neighbours leave."""
    taken = set(found)
    before = _last_found(found)
    after = [len(new)] * (len(found) + 1)
    for i in range(len(found) - 1, -1, -1):
        after[i] = found[i] if found[i] >= 0 else after[i + 1]
    for i in sorted(k for k in wanted if found[k] < 0):
        low = before[i] + 1
        if i and found[i - 1] >= 0:  # it may have been placed by this very loop
            low = max(low, found[i - 1] + 1)
        high = after[i]
        held = high - low == 1 and _is_held(found, i)
        expected = low + _unplaced_before(found, i)
        best, likeness = -1, _ALIKE_HELD if held else _ALIKE
        for j in range(max(low, expected - _REACH), min(high, expected + _REACH + 1)):
            alike = 0.0 if j in taken else similarity(old[i], new[j])
            nearer = best < 0 or abs(j - expected) < abs(best - expected)
            if alike > likeness or (alike == likeness and nearer):
                best, likeness = j, alike
        if best >= 0:
            found[i] = best
            taken.add(best)


def _last_found(found: Sequence[int]) -> list[int]:
    """For each place the highest match at or before it, -1 at the start."""
    last, lasts = -1, []
    for j in found:
        last = max(last, j)
        lasts.append(last)
    return lasts


def _is_held(found: Sequence[int], i: int) -> bool:
    """Whether the quotes on both sides are found (the list's ends count as found)."""
    return (i == 0 or found[i - 1] >= 0) and (i + 1 == len(found) or found[i + 1] >= 0)


def _unplaced_before(found: Sequence[int], i: int) -> int:
    """How many quotes right before `i` have no match: its place in the gap, were nothing added."""
    k = i
    while k > 0 and found[k - 1] < 0 and i - k < 10 * _REACH:
        k -= 1
    return i - k


def _moved(a: Sequence[str], b: Sequence[str], found: list[int], wanted: Collection[int]) -> None:
    """Quotes found nowhere in order, but once elsewhere: a scene that changed its place."""
    taken = set(found)
    free: defaultdict[str, list[int]] = defaultdict(list)
    for j, key in enumerate(b):
        if j not in taken:
            free[key].append(j)
    counts = Counter(a[i] for i in range(len(a)) if found[i] < 0)
    for i in sorted(wanted):
        if found[i] < 0 and counts[a[i]] == 1 and len(free.get(a[i], ())) == 1:
            found[i] = free[a[i]][0]


def similarity(a: str, b: str) -> float:
    """How alike two quotes are, 0 to 1: by letters where both are short, else by shared words (Dice)."""
    a, b = folded(a), folded(b)
    if a == b:
        return 1.0
    if len(a) <= _SHORT and len(b) <= _SHORT:
        return SequenceMatcher(None, a, b, autojunk=False).ratio()
    words_a, words_b = Counter(a.split()), Counter(b.split())
    total = words_a.total() + words_b.total()
    return 2 * (words_a & words_b).total() / total if total else 0.0
