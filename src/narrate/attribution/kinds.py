"""What each quote is, by the words beside it: speech, thought, a voice in the head, song, letter, message."""

from __future__ import annotations

import re

from narrate.attribution.flow import Flow
from narrate.attribution.lexicon import THINK, word_set
from narrate.attribution.quotes import Quote
from narrate.attribution.songs import SING
from narrate.attribution.turns import Turn
from narrate.script import LineKind

_WRITE = word_set("wrote writes scribbled scrawled penned jotted")
_TYPE = word_set("texted texts typed types messaged messages emailed e-mailed posted tweeted pinged")
_PONDER = word_set("thought thinks wondered pondered")
_ALOUD = re.compile(r"\b(?:aloud|out loud|out|under (?:his|her|my|their) breath)\b")
_HAIL = re.compile(r"\W{0,3}(?:My )?[Dd]ear(?:est)? [\w.’'-]{1,20}(?: [\w.’'-]{1,20}){0,3}[,:;.—-]")
_SELF = re.compile(r"\b(?:him|her|my|it|them|your)sel(?:f|ves)\b")
_WITHIN = re.compile(
    r"\W{0,4}(?:[\w’'-]{1,20} ){1,6}(?:in|into|inside) (?:his|her|my|their|your|[\w-]{1,20}[’']s) "
    r"(?:own )?(?:mind|head|skull|brain)\b"
)
_BESIDE = 70
"""Characters after a quote in which its tag tells how the words were said."""


def settle_kinds(flow: Flow, quotes: list[Quote], turns: list[Turn]) -> None:
    """Set `Quote.kind` from the verb of the tag and from the company a quote keeps."""
    for k, turn in enumerate(turns):
        verb = turn.tag.verb if turn.tag is not None else ""
        after = _after(flow, quotes, turn)
        for q in turn.quotes:
            quote = quotes[q]
            if quote.kind == "speech" and not quote.label:
                quote.kind = _of_speech(flow.text[quote.start : quote.start + 60], verb, after)
            elif quote.kind == "thought":
                if verb in SING:
                    quote.kind = "sung"
                elif (verb and verb not in THINK and not _SELF.search(after)) or (
                    not verb and _answered(quotes, turns, k)
                ):
                    quote.kind = "telepathy"


def _of_speech(words: str, verb: str, after: str) -> LineKind:
    """What words in quote marks are."""
    aloud = bool(_ALOUD.search(after))
    if verb in SING and not aloud:
        return "sung"
    if verb in _PONDER and not aloud:
        return "thought"
    if verb in _WRITE or (verb in ("read", "reads") and _HAIL.match(words)):
        return "letter"
    if verb in _TYPE:
        return "message"
    return "telepathy" if verb and _WITHIN.match(after) else "speech"


def _after(flow: Flow, quotes: list[Quote], turn: Turn) -> str:
    """The narration that follows the quote whose tag the turn has, to the end of its sentence."""
    for q in turn.quotes[:4]:
        quote = quotes[q]
        end = min(quote.end + _BESIDE, flow.end_of(quote.paragraph))
        if q + 1 < len(quotes):
            end = min(end, quotes[q + 1].start)
        text = flow.text[quote.end : end]
        if any(map(str.isalpha, text)):
            return text.partition(".")[0]
    return ""


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
