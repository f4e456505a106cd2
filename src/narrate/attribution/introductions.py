"""Introductions: `I am Mary Marsh,` says the girl, and from the first page on the girl has a name."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.attribution.characters import Entity
from narrate.attribution.mentions import Mention
from narrate.attribution.narrators import NAME
from narrate.attribution.quotes import Quote
from narrate.attribution.tags import Evidence, I, Tag
from narrate.attribution.words import Words

_OPENERS = frozenset(
    {"and", "but", "for", "well", "yes", "no", "sir", "madam", "why", "then", "please", "hello"}
)

_SMALL = frozenset({"of", "the", "and", "for", "from", "de"})
_CARD = 6  # words of an office at most


def find_introductions(
    words: Words, mentions: Sequence[Mention], entities: Sequence[Entity]
) -> dict[int, int]:
    """Quotes whose speaker says their own name: quote -> entity."""
    found: dict[int, int] = {}
    for m in mentions:
        if m.kind != "name" or m.quote < 0 or m.entity < 0 or m.owner:
            continue
        if _announced(words, m):
            m.vocative = False
            entities[m.entity].person = True
            found.setdefault(m.quote, m.entity)
        if m.vocative:
            continue
        ends = m.end >= len(words) or not words.text[m.end][0].isalnum() or words.low[m.end] == "and"
        told = _told_as_own(words, m)
        if ends and told and (entities[m.entity].person or told == "name"):
            entities[m.entity].person = True
            found.setdefault(m.quote, m.entity)
    return found


def _told_as_own(words: Words, m: Mention) -> str:
    """`I am ...`, `my name is ...`, `they call me ...`: the word that tells; "" where none does."""
    at = m.first - 1
    if at < 1 or words.quote[at] != m.quote:
        return ""
    low, before = words.low[at].replace("’", "'"), words.low[at - 1]
    if before == "my" and low == "name" and words.owner[at]:
        return "name"
    if low == "is" and before == "name" and at > 1 and words.low[at - 2] == "my":
        return "name"
    if low == "me" and before == "call":
        return "call"
    start = at - 1 if low == "am" and before == "i" else at if low == "i'm" else -1
    if start < 0:
        return ""
    opens = words.quote[start - 1] != m.quote or not words.text[start - 1][0].isalnum()
    return "i" if opens or words.low[start - 1] in _OPENERS else ""


def _announced(words: Words, m: Mention) -> bool:
    """`“Marsh, Harbour Office,”`: a name and where it belongs, and no other word in the quote."""
    if m.first and words.quote[m.first - 1] == m.quote and words.text[m.first - 1][0].isalnum():
        return False
    at = m.end
    if at + 1 >= len(words) or words.text[at] != "," or words.quote[at] != m.quote:
        return False
    rest: list[str] = []
    while at < len(words) and words.quote[at] == m.quote and len(rest) <= _CARD:
        rest += [words.text[at]] if words.text[at][0].isalnum() else []
        at += 1
    capital = [w for w in rest if w[0].isupper()]
    return 1 < len(rest) <= _CARD and len(capital) > 1 and all(w[0].isupper() or w in _SMALL for w in rest)


def introduce(
    introduced: dict[int, int],
    quotes: Sequence[Quote],
    evidence: Sequence[Evidence],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    narrator: int,
) -> None:
    """Whoever the tag describes, or the narrator, bears the name from the first page on."""
    same: dict[int, int] = {}
    for quote, number in sorted(introduced.items()):
        tag = evidence[quote].tag or _tag_before(quote, quotes, evidence)
        if tag is None or tag.kind == "beat":
            continue
        if tag.subject == I and narrator >= 0 and NAME in entities[narrator].forms and number != narrator:
            _join(entities[number], entities[narrator])
            del entities[narrator].forms[NAME]
            same[number] = narrator
        elif tag.subject >= 0:
            who = mentions[tag.subject].entity
            if who < 0 or who == number or entities[who].kind != "noun" or entities[who].group:
                continue
            if not entities[who].sex or entities[number].sex in ("", entities[who].sex):
                _join(entities[who], entities[number])
                same[who] = number
    for m in mentions:
        while m.entity in same:
            m.entity = same[m.entity]
    for quote, number in introduced.items():
        introduced[quote] = same.get(number, number)


def _tag_before(k: int, quotes: Sequence[Quote], evidence: Sequence[Evidence]) -> Tag | None:
    """`"Good evening," the stranger said. "My name is Ana."`: the tag after the quote before."""
    if k == 0 or quotes[k - 1].paragraph != quotes[k].paragraph:
        return None
    before = evidence[k - 1].tag
    return before if before is not None and before.after else None


def _join(gone: Entity, kept: Entity) -> None:
    kept.forms.update(gone.forms)
    kept.words = kept.words or gone.words
    kept.title = kept.title or gone.title
    kept.titles |= gone.titles
    kept.count += gone.count
    kept.said += gone.said
    kept.acted += gone.acted
    kept.called += gone.called
    kept.first = min(kept.first, gone.first)
    if abs(gone.lean) > abs(kept.lean):
        kept.lean, kept.why = gone.lean, gone.why
