"""Chapters as long as the profile lets a file be: a longer one comes in parts, cut at long silences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import ceil

from narrate.book import Book
from narrate.mastering.arrange import Entry
from narrate.mastering.profile import Profile
from narrate.mastering.survey import Survey

_FULL = 0.9  # of what a part may last, on average


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter, or a part of one that is too long."""

    title: str
    entries: tuple[Entry, ...]  # the first has its head, the last its tail


def parts(
    entries: Sequence[Entry], surveys: Mapping[str, Survey], book: Book, levels: Profile
) -> Iterator[Part]:
    """Every chapter in order, those over `levels.longest` in parts of about one length.

    Each part has the chapter's silences before its first word and after its last.
    """
    for chapter, group in groupby(entries, key=lambda entry: entry.chapter):
        members = tuple(group)
        title = book.chapters[chapter].title
        ends = _ends(members, surveys)
        cuts = _cuts(members, ends, levels.longest * 1000.0) if levels.longest else []
        bounds = [0, *cuts, len(members)]
        for k, (first, last) in enumerate(pairwise(bounds)):
            if not cuts:
                yield Part(title, members)
                continue
            part = list(members[first:last])
            part[0] = replace(part[0], pause=members[0].pause, over=0.0)
            part[-1] = replace(part[-1], tail=members[-1].tail)
            yield Part(f"{title}, part {k + 1} of {len(bounds) - 1}", tuple(part))


def _ends(members: Sequence[Entry], surveys: Mapping[str, Survey]) -> list[float]:
    """When each cue ends, ms from the chapter's start."""
    at = 0.0
    ends = []
    for entry in members:
        take = surveys[entry.cue.key]
        at += entry.pause + 1000.0 * (take.end - take.start) / take.rate
        ends.append(at)
    return ends


def _cuts(members: Sequence[Entry], ends: Sequence[float], longest: float) -> list[int]:
    """The entries that begin a part: none where the chapter is no longer than `longest` ms."""
    whole = ends[-1] + members[-1].tail
    if whole <= longest:
        return []
    count = ceil(whole / (_FULL * longest))
    each = whole / count
    around = 0.45 * (longest - each)  # so that no part is too long, wherever its ends come to lie
    # never within a line, which is heard whole
    free = {n for n in range(1, len(members)) if members[n].cue.line != members[n - 1].cue.line}
    cuts: set[int] = set()
    for k in range(1, count):
        off = {n: abs(ends[n - 1] - k * each) for n in free - cuts}
        near = [n for n in off if off[n] <= around]
        if near:
            cuts.add(max(near, key=lambda n: (members[n].pause, -off[n], n)))
        elif off:  # few, endless lines: wherever one ends
            cuts.add(min(off, key=lambda n: (off[n], n)))
    return sorted(cuts)
