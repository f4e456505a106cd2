"""Turns: quotes that one person says in one go. The unit that gets a speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from narrate.attribution.flow import Flow
from narrate.attribution.mentions import Mention
from narrate.attribution.quotes import Quote
from narrate.attribution.tags import Evidence, I, Tag


@dataclass(slots=True)
class Turn:
    """Quotes in order with all the evidence beside them, and what is concluded from it."""

    quotes: list[int]  # indices into the quotes
    start: int  # offset in the flow
    end: int
    paragraph: int  # of its first quote
    scene: int
    tag: Tag | None = None  # the strongest one of its quotes
    beats: list[Tag] = field(default_factory=list)
    label: str = ""
    alone: bool = True  # nothing but quotes in its paragraph
    shares: bool = False  # another turn stands before it in the same paragraph
    gap: int = 0  # characters of narration between this turn and the one before
    gap_paragraphs: int = 0  # whole paragraphs of narration between
    vocatives: list[int] = field(default_factory=list)  # entities called by name in it
    talked: list[int] = field(default_factory=list)  # entities spoken of in it
    speaker: int = -1  # entity; -1 not yet known
    probability: float = 0.0
    reason: str = ""
    rule: str = ""  # name of the rule that decided


_EDGE = 200
"""Characters beside a turn that show whether narration stands with it."""


def cut_turns(
    flow: Flow, quotes: Sequence[Quote], evidence: Sequence[Evidence], mentions: list[Mention]
) -> list[Turn]:
    """Group the quotes: one speaker a paragraph unless the evidence says otherwise."""
    run_on = _run_on_paragraphs(quotes, evidence, mentions)
    turns: list[Turn] = []
    for k, quote in enumerate(quotes):
        if quote.kind == "note":
            continue
        if not (turns and _same_turn(flow, quotes, evidence, mentions, turns[-1], k, run_on)):
            turn = Turn(
                [k], quote.start, quote.end, quote.paragraph, flow.scenes[quote.paragraph], label=quote.label
            )
            if turns and turns[-1].scene == turn.scene:
                before = quotes[turns[-1].quotes[-1]]
                turn.gap = quote.start - before.end
                turn.gap_paragraphs = max(0, quote.paragraph - before.paragraph - 1)
                turn.shares = before.paragraph == quote.paragraph
            turns.append(turn)
        else:
            turns[-1].quotes.append(k)
            turns[-1].end = quote.end
    for turn in turns:
        _sum_up(turn, quotes, evidence, flow)
    return turns


def _same_turn(
    flow: Flow,
    quotes: Sequence[Quote],
    evidence: Sequence[Evidence],
    mentions: list[Mention],
    turn: Turn,
    k: int,
    run_on: set[int],
) -> bool:
    last = turn.quotes[-1]
    quote, before = quotes[k], quotes[last]
    if quote.label or before.label:
        return bool(quote.label) and quote.label == before.label and quote.kind == "letter" == before.kind
    if quote.paragraph != before.paragraph:
        opens = quote.start == flow.starts[quote.paragraph]
        return (
            before.open
            and before.end >= flow.end_of(before.paragraph)
            and opens
            and quote.paragraph == before.paragraph + 1
        )
    if (quote.kind == "speech") != (before.kind == "speech"):
        return False
    own, old = evidence[k].tag, evidence[last].tag
    if (
        (
            own is not None
            and old is not None
            and own is not old
            and _named(own, mentions) != _named(old, mentions)
        )
        and _named(own, mentions) >= 0
        and _named(old, mentions) >= 0
    ):
        return False
    if own is not None and old is not None and own.after and old.after and own is not old:
        mine, theirs = _subject(own, mentions), _subject(old, mentions)
        if mine != theirs and mine != -1 and theirs != -1:
            return False
    if evidence[k].joined:
        return True
    if not flow.text[before.end : quote.start].strip() and not quote.dash:
        return False
    if _clash(
        _subject(evidence[k].tag, mentions), [_subject(evidence[q].tag, mentions) for q in turn.quotes[-8:]]
    ):
        return False
    if quote.paragraph in run_on:
        return False
    return not (
        own is not None
        and old is not None
        and not own.after
        and own.kind == "tag"
        and old.after
        and _subject(own, mentions) != _subject(old, mentions)
        and _subject(own, mentions) >= 0
    )


def _subject(tag: Tag | None, mentions: list[Mention]) -> int:
    """The entity of a sure tag; -1 where there is none; the narrator's I as -3."""
    if tag is None or tag.kind != "tag" or tag.weak:
        return -1
    if tag.subject == I:
        return -3
    if tag.subject < 0:
        return -1
    mention = mentions[tag.subject]
    return mention.entity if mention.kind != "pronoun" else -1


def _named(tag: Tag, mentions: list[Mention]) -> int:
    """The named entity of a tag, weak or not; -1 for pronouns, descriptions and "I"."""
    return mentions[tag.subject].entity if tag.subject >= 0 and mentions[tag.subject].kind == "name" else -1


def _clash(own: int, others: list[int]) -> bool:
    return own != -1 and any(o not in (-1, own) for o in others)


def _run_on_paragraphs(
    quotes: Sequence[Quote], evidence: Sequence[Evidence], mentions: list[Mention]
) -> set[int]:
    """Paragraphs in which two people or more are named as speakers."""
    named: dict[int, set[int]] = {}
    for quote, held in zip(quotes, evidence, strict=True):
        subject = _subject(held.tag, mentions)
        if subject != -1:
            named.setdefault(quote.paragraph, set()).add(subject)
    return {paragraph for paragraph, who in named.items() if len(who) > 1}


def _sum_up(turn: Turn, quotes: Sequence[Quote], evidence: Sequence[Evidence], flow: Flow) -> None:
    tags = [evidence[q].tag for q in turn.quotes]
    order = {"tag": 0, "lead": 1, "beat": 2}
    held = sorted((t for t in tags if t is not None), key=lambda t: (order[t.kind], t.weak))
    turn.tag = held[0] if held else None
    for q in turn.quotes:
        turn.beats += evidence[q].beats
    first, last = quotes[turn.quotes[0]], quotes[turn.quotes[-1]]
    opening = max(flow.starts[first.paragraph], first.start - _EDGE)
    closing = min(flow.end_of(last.paragraph), last.end + _EDGE)
    outside = flow.text[opening : first.start] + flow.text[last.end : closing]
    pairs = zip(turn.quotes, turn.quotes[1:], strict=False)
    inside = any(flow.text[quotes[a].end : quotes[b].start].strip() for a, b in pairs)
    turn.alone = not outside.strip(' \n"“”’') and not inside
