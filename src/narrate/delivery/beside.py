"""What the narration beside a quote says of how it is said: the tag's verb and adverbs, and the voice.

Read from the lines alone. A tag is believed only where it stands as one: it goes on from the quote
(`"Come," she whispered softly.`), or leads into it (`She whispered, "Come."`). A sentence of its own
beside the quote (`Her voice sank. "Come."`) is believed in what it says of the voice. What is denied,
nearly so, or said of somebody or something else (`as the wind whispered`) is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from narrate.delivery.clauses import ABBREVIATED, STOPS, clause_end, denied, sentences, stands_alone
from narrate.delivery.lexicon import ADVERBS, CUTS, PARTICIPLES, VERBS, listed
from narrate.delivery.voices import described, first_two, phrases, voiced
from narrate.script import Delivery

LONGEST = 300  # characters of narration that are looked at on either side

_SUBJECT_REACH = 7  # words before the verb: "the little old man in black said"
_BEING = frozenset({"was", "were", "is", "am", "are", "kept"})
_WHILE = frozenset({",", "and", "still", "half", "while"})
_WITH = listed("with very all from in and at so a as like to")


def after(quote: str, narration: str, speaker: str) -> tuple[Delivery, ...]:
    """What the narration that follows a quote in its paragraph says of it."""
    tokens = next(sentences(narration[:LONGEST]), [])
    if not tokens:
        return ()
    first = narration.lstrip("—–-,; \t\n")[:1]
    ending = quote.rstrip("\"'”’»)]*_ \t\n")[-1:]
    open_ended = ending not in ".。"
    if first.islower() or open_ended:
        found = _tag(tokens, within=_SUBJECT_REACH if first.islower() else 4)
        if found is not None:
            return found
    return described(tokens, speaker)


def before(narration: str, speaker: str) -> tuple[Delivery, ...]:
    """What the narration that stands before a quote says of it: a lead, or a voice described."""
    *_, tokens = [], *sentences(narration[-LONGEST:])
    if not tokens:
        return ()
    named = tokens[-1] in ("called", "calls")  # what she called "my little house"
    if not named and (tokens[-1] in (",", ":", "—", "–") or not set(tokens[-1]) & STOPS):
        found = _tag(_from_last_verb(tokens), within=len(tokens))
        if found:
            return found
    return described(tokens, speaker)


def one_sentence(narration: str) -> bool:
    """Whether narration between two quotes is no more than a tag."""
    return len(narration) <= LONGEST and len(list(sentences(narration))) <= 1


def _tag(tokens: Sequence[str], within: int) -> tuple[Delivery, ...] | None:
    """The deliveries of a speech tag, () for a tag that says nothing of it, None for no tag."""
    words = [t.casefold() if t[0].isalpha() else t for t in tokens]
    at = next((k for k, _ in enumerate(words[: within + 1]) if tokens[k].islower() and _says(words, k)), -1)
    if at < 0 or any(w in CUTS or not w[0].isalpha() for w in _core(words[:at])):
        return None
    if denied(words, at) or (at and words[at - 1] in ("to", "would", "could", "might", "should")):
        return ()
    end = clause_end(words, at + 1)
    found: list[Delivery] = []
    verb = VERBS[words[at]] if words[at] in VERBS else PARTICIPLES[words[at]]
    if verb is not None:
        found.append(verb)
    for k in [*range(at), *range(at + 1, end)]:
        delivery = ADVERBS.get(words[k])
        if delivery and tokens[k].islower() and not denied(words, k) and stands_alone(words, k):
            found.append(delivery)
        delivery = PARTICIPLES.get(words[k])
        if delivery and _does(words, k) and not denied(words, k):
            found.append(delivery)
    found += phrases(words, at + 1, end)
    found += voiced(words, at + 1, end)
    return first_two(found)


def _says(words: Sequence[str], k: int) -> bool:
    """Whether the word at `k` is a tag's verb: `whispered`, `was whispering`."""
    return words[k] in VERBS or (words[k] in PARTICIPLES and k > 0 and words[k - 1] in _BEING)


def _does(words: Sequence[str], k: int) -> bool:
    """Whether the participle at `k` is what somebody does while saying it: `he said, laughing`."""
    after = words[k + 1] if k + 1 < len(words) else "."
    return k > 0 and words[k - 1] in _WHILE and (not after[0].isalpha() or after in _WITH)


def _core(words: list[str]) -> list[str]:
    """What stands before a tag's verb, without its adverbs: of `then, very softly, she` only `she`."""
    kept: list[str] = []
    for k, word in enumerate(words):
        beside = words[max(0, k - 1) : k] + words[k + 1 : k + 2]
        title = word == "." and k and words[k - 1] in ABBREVIATED
        joint = word in (",", "and", "but") and (k == 0 or any(map(_adverb, beside)))
        if not (title or joint or _adverb(word)):
            kept.append(word)
    return kept


def _adverb(word: str) -> bool:
    return word.endswith("ly") or word in ("very", "quite", "then", "so")


def _from_last_verb(tokens: Sequence[str]) -> Sequence[str]:
    """The clause of a lead that holds its last verb of saying, from the conjunction before it on."""
    at = max((k for k, t in enumerate(tokens) if t in VERBS), default=-1)
    start = at
    while start > 0 and tokens[start - 1].casefold() not in (CUTS - {"so"}) and tokens[start - 1] not in ";:":
        start -= 1
    return tokens[start:] if at >= 0 else ()
