"""Several who speak together: the crowd has a voice of its own, two who are named speak in the first one's.

One line has one speaker. A pair made for one line would be a stranger's voice, and one more in the cast.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from narrate.attribution.characters import Entity
from narrate.attribution.mentions import Mention
from narrate.attribution.subjects import EVERYONE
from narrate.attribution.tags import NOBODY
from narrate.attribution.turns import Turn
from narrate.attribution.words import Words

_REACH = 800
"""Characters within which `they` may mean a group or two who were named together."""


def groups_of(words: Words, mentions: Sequence[Mention]) -> list[Mention]:
    """Whom `they` may mean, in order: mentions of groups, and the first of two named together."""
    pairs = [first for first, _ in pairs_of(words, mentions)]
    groups = [m for m in mentions if m.group and m.entity >= 0 and m.quote < 0]
    return sorted([*groups, *pairs], key=lambda m: m.start)


def pairs_of(words: Words, mentions: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """`Marta and Paulo` in narration, in order."""
    named = sorted(
        (m for m in mentions if m.kind == "name" and m.entity >= 0 and m.quote < 0), key=lambda m: m.start
    )
    return [
        (a, b)
        for a, b in pairwise(named)
        if b.first == a.end + 1 and words.low[a.end] == "and" and a.entity != b.entity and not a.owner
    ]


def settle_groups(
    turns: Sequence[Turn], words: Words, mentions: Sequence[Mention], entities: Sequence[Entity]
) -> None:
    """Call everybody `everyone`, and put into the reasons who speaks a line besides its speaker."""
    for entity in entities:
        if entity.group and entity.words == (EVERYONE,):
            entity.forms = Counter({EVERYONE: entity.forms.total()})
    pairs = pairs_of(words, mentions)
    starts = [a.start for a, _ in pairs]
    for turn in turns:
        tag = turn.tag
        if tag is None or tag.kind == "beat":
            continue
        if tag.second >= 0 and turn.rule == "named_tag":
            names = f"{_name(mentions[tag.subject])} and {_name(mentions[tag.second])}"
            turn.reason = f"“{names} {tag.verb}”: the first speaks for both"
        elif tag.subject == NOBODY and tag.together:
            k = bisect_left(starts, turn.end) - 1
            near = k >= 0 and starts[k] > turn.start - _REACH and pairs[k][0].entity == turn.speaker
            if near and turn.rule == "together_tag":
                names = f"{_name(pairs[k][0])} and {_name(pairs[k][1])}"
                turn.reason = f"“they {tag.verb}” after “{names}”: the first speaks for both"
            elif turn.rule != "together_tag":
                turn.reason = f"“they {tag.verb}”: one speaks for all, and {turn.reason}"


def _name(mention: Mention) -> str:
    return " ".join(mention.words)
