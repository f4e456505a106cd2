"""The whole of attribution on one screen: each step a module, in the order they run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from narrate.attribution.board import Board
from narrate.attribution.characters import Entity, gather
from narrate.attribution.clauses import Clauses
from narrate.attribution.evidence import read_evidence
from narrate.attribution.features import Describer
from narrate.attribution.flow import Flow, flow_of
from narrate.attribution.groups import groups_of, settle_groups
from narrate.attribution.introductions import find_introductions, introduce
from narrate.attribution.kinds import settle_kinds
from narrate.attribution.lexicon import Sex
from narrate.attribution.mentions import FIRST_PERSON, Mention, find_mentions
from narrate.attribution.merging import merge_descriptions
from narrate.attribution.narrators import find_narrator
from narrate.attribution.page import Page
from narrate.attribution.quotes import Quote, find_quotes
from narrate.attribution.ranker import Ranker, shipped_ranker
from narrate.attribution.references import References, lean_by_pronouns
from narrate.attribution.scene import decode
from narrate.attribution.sieve import Stage, sift
from narrate.attribution.turns import Turn, cut_turns
from narrate.attribution.words import Words, cut_words
from narrate.book import Book


@dataclass(slots=True)
class Analysis:
    """Everything found on the way to the script."""

    flow: Flow
    quotes: list[Quote]
    words: Words
    mentions: list[Mention]
    entities: list[Entity]
    narrator: int
    turns: list[Turn]
    stage: Stage
    describer: Describer
    references: References

    def look_again(self, belief: Sequence[dict[int, float]]) -> Describer:
        """Whom each pronoun means, now that speakers are believed known; then all is described anew.

        A speaker comes to mind after the paragraph: the tag there must not be read by what was made of it.
        """
        heard = []
        for turn, who in zip(self.turns, belief, strict=True):
            if who:
                sure, entity = max((p, -e) for e, p in who.items())
                last = self.quotes[turn.quotes[-1]]
                heard.append((self.flow.end_of(last.paragraph), -entity, sure))
        self.references.again(sorted(heard))
        return self.describer.anew(Board(self.stage))


def analyse(book: Book, ranker: Ranker | None = None) -> Analysis:
    """From the text to a speaker for every turn; the shipped ranker unless another is given."""
    found = prepare(book)
    decode(found.stage, found.describer, found.look_again, ranker or shipped_ranker())
    same = merge_descriptions(found.stage)
    for turn in found.turns:
        turn.speaker = same.get(turn.speaker, turn.speaker)
    for gone, kept in same.items():
        found.entities[kept].forms.update(found.entities[gone].forms)
    settle_kinds(found.flow, found.quotes, found.turns)
    settle_groups(found.turns, found.words, found.mentions, found.entities)
    return found


def prepare(book: Book) -> Analysis:
    """Everything up to the ranker."""
    flow = flow_of(book)
    quotes = find_quotes(flow)
    words = cut_words(flow.text, quotes)
    mentions = [m for m in find_mentions(words) if m.quote < 0 or quotes[m.quote].kind != "note"]
    evidence = read_evidence(Page(flow, quotes, words, mentions))
    entities = gather(words, mentions)
    narrator = find_narrator(words, mentions, entities)
    lean_by_pronouns(words, mentions, entities)
    references = References(flow, words, mentions, entities, narrator)
    references.resolve()
    introduced = find_introductions(words, mentions, entities)
    introduce(introduced, quotes, evidence, mentions, entities, narrator)
    turns = cut_turns(flow, quotes, evidence, mentions)
    _overhear(turns, mentions)
    _speak_to(turns, references.clauses)
    groups = groups_of(words, mentions)
    stage = Stage(turns, mentions, entities, narrator, _labels(turns, entities, narrator), groups, introduced)
    sift(stage)
    addressed = [_addressed(flow.text[t.start : t.end]) for t in turns]
    thought = [quotes[t.quotes[0]].kind != "speech" for t in turns]
    held = [(flow.starts[t.paragraph], flow.end_of(quotes[t.quotes[-1]].paragraph)) for t in turns]
    describer = Describer(Board(stage), flow.text, addressed, thought, quotes, held)
    return Analysis(flow, quotes, words, mentions, entities, narrator, turns, stage, describer, references)


_POLITE = re.compile(
    r"\b(sir|ma[’']am|madam|my lord|my lady|milord|milady|miss|papa|mamma|mama|father|mother|dad|mum|mom"
    r"|uncle|aunt|brother|sister)\b[,.!?;—’”\"]",
    re.IGNORECASE,
)


_TO_MEN = frozenset({"sir", "my lord", "milord", "papa", "father", "dad", "uncle", "brother"})


def _addressed(text: str) -> Sex:
    """The sex of whoever a turn says sir or ma'am to."""
    match = _POLITE.search(text)
    if match is None:
        return ""
    return "m" if match.group(1).lower() in _TO_MEN else "f"


def _overhear(turns: list[Turn], mentions: list[Mention]) -> None:
    """Note whom each turn calls by name and whom it speaks of."""
    turn_of = {q: turn for turn in turns for q in turn.quotes}
    for m in mentions:
        if m.quote >= 0 and m.entity >= 0 and m.kind != "pronoun":
            (turn_of[m.quote].vocatives if m.vocative else turn_of[m.quote].talked).append(m.entity)


def _speak_to(turns: list[Turn], clauses: Clauses) -> None:
    """`he said to Tom`: Tom is called, whether or not the words call him."""
    for turn in turns:
        if turn.tag is not None and turn.tag.subject >= 0 and turn.tag.kind != "beat":
            called = clauses.addressee(turn.tag.subject)
            if called >= 0:
                turn.vocatives.append(called)


def _labels(turns: list[Turn], entities: list[Entity], narrator: int) -> dict[str, int]:
    """An entity for every name that the page puts before messages or under letters."""
    forms: dict[str, int] = {}
    for e in sorted(entities, key=lambda e: (e.count, -e.number)):  # "DICK:" is the Dick met most
        forms |= dict.fromkeys((form.lower() for form in e.forms), e.number)
    found: dict[str, int] = {}
    for turn in turns:
        if not turn.label or turn.label in found:
            continue
        label = turn.label
        first = label.split()[0]
        number = narrator if label.lower() in FIRST_PERSON else forms.get(label.lower(), -1)
        if number < 0:
            near = [e.number for e in entities if e.words and e.words[0].lower() == first.lower().rstrip(".")]
            last = [
                e.number for e in entities if e.words and e.words[-1].lower() == label.split()[-1].lower()
            ]
            number = near[0] if near else last[0] if last else -1
        if number < 0:
            entity = Entity(len(entities), "name", words=tuple(label.split()), first=turn.start)
            entity.forms[label] += 1
            entities.append(entity)
            number = entity.number
        entities[number].person = True
        found[label] = number
    return found
