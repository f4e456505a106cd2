"""Reveals: `said a voice behind them. It was Ana.` The voice is Ana's."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.attribution.mentions import Mention
from narrate.attribution.words import Words

_FACELESS = frozenset({"voice", "figure", "someone", "somebody", "stranger", "shape", "shadow", "visitor"})
_WITHIN = 24  # words from the faceless one to who it was


def reveal(words: Words, mentions: Sequence[Mention]) -> None:
    """Give faceless mentions in narration the entity that the paragraph then names."""
    names = {m.first: m for m in mentions if m.kind == "name" and m.entity >= 0}
    for m in mentions:
        if m.kind != "noun" or m.quote >= 0 or m.words[-1] not in _FACELESS:
            continue
        for at in range(m.end, min(m.end + _WITHIN, len(words) - 2)):
            if words.quote[at] >= 0 or words.text[at] == "\n\n":
                break
            shown = words.low[at] in ("it", "this") and words.low[at + 1] in ("was", "is")
            if shown and words.fresh[at] and at + 2 in names and not names[at + 2].owner:
                m.entity = names[at + 2].entity
                break
