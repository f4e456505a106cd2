"""What each quote is: speech aloud, thought, a voice in the head, song."""

from __future__ import annotations

from narrate.attribution.flow import Flow
from narrate.attribution.lexicon import THINK
from narrate.attribution.quotes import Quote
from narrate.attribution.turns import Turn

_SING = frozenset({"sang", "sings", "chanted", "crooned", "hummed", "intoned"})


def settle_kinds(flow: Flow, quotes: list[Quote], turns: list[Turn]) -> None:
    """Set `Quote.kind` from the verb of the tag and from the company a quote keeps."""
    for k, turn in enumerate(turns):
        verb = turn.tag.verb if turn.tag is not None else ""
        for q in turn.quotes:
            quote = quotes[q]
            if quote.kind == "speech" and verb in _SING and flow.paragraphs[quote.paragraph].kind == "verse":
                quote.kind = "sung"
            elif quote.kind == "speech" and verb in ("thought", "thinks"):
                quote.kind = "thought"
            elif (quote.kind == "thought" and verb and verb not in THINK) or (
                quote.kind == "thought" and not verb and _answered(quotes, turns, k)
            ):
                quote.kind = "telepathy"


def _answered(quotes: list[Quote], turns: list[Turn], k: int) -> bool:
    """Words in the head that somebody else answers in the head."""
    for j in (k - 1, k + 1):
        if (
            0 <= j < len(turns)
            and turns[j].speaker not in (-1, turns[k].speaker)
            and turns[j].scene == turns[k].scene
        ):
            kind = quotes[turns[j].quotes[0]].kind
            if kind in ("thought", "telepathy"):
                return True
    return False
