"""What a clause says of the voice, and the phrases that say how: `in a low voice`, `under his breath`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from narrate.delivery.clauses import BELONGS, clause_end, denied
from narrate.delivery.lexicon import ADJECTIVES, ADVERBS, NOUNS, VOICE_DID, listed
from narrate.script import Delivery

_ARTICLES = frozenset({"a", "an", "the"})
_OF_ONE = frozenset({"his", "her", "their", "my", "its", "your"})
_VOICES = frozenset({"voice", "voices", "tone", "tones", "accents", "whisper"})
_LINKS = listed(
    """
    was were is had has been being became grew went turned sounded came come out now suddenly very quite so
    too only just all still to into a an little more and as though than again rather barely above half soft
    with but strangely oddly
    """
)
_PHRASES: tuple[tuple[tuple[str, ...], Delivery], ...] = (
    (("under", "_", "breath"), "muttered"),
    (("below", "_", "breath"), "muttered"),
    (("beneath", "_", "breath"), "muttered"),
    (("top", "of", "_", "voice"), "shouted"),
    (("top", "of", "_", "lungs"), "shouted"),
    (("tops", "of", "_", "voices"), "shouted"),
    (("through", "_", "tears"), "sobbed"),
    (("through", "tears"), "sobbed"),
    (("in", "tears"), "sobbed"),
    (("into", "tears"), "sobbed"),
    (("through", "_", "sobs"), "sobbed"),
    (("between", "sobs"), "sobbed"),
    (("between", "_", "sobs"), "sobbed"),
    (("between", "gasps"), "breathless"),
    (("out", "of", "breath"), "breathless"),
    (("gritted", "teeth"), "hissed"),
    (("clenched", "teeth"), "hissed"),
    (("between", "_", "teeth"), "hissed"),
    (("through", "_", "teeth"), "hissed"),
    (("above", "a", "whisper"), "whispered"),
    (("more", "than", "a", "whisper"), "whispered"),
    (("over", "a", "whisper"), "whispered"),
    (("all", "in", "one", "breath"), "hurried"),
    (("in", "one", "breath"), "hurried"),
)


def phrases(words: Sequence[str], start: int, end: int) -> Iterator[Delivery]:
    """Set phrases, and `in a whisper`, `with a sob`."""
    for k in range(start, end):
        for phrase, delivery in _PHRASES:
            part = words[k : k + len(phrase)]
            if len(part) == len(phrase) and all(
                wanted == word or (wanted == "_" and word in _OF_ONE | _ARTICLES)
                for wanted, word in zip(phrase, part, strict=True)
            ):
                yield delivery
        if words[k] in ("in", "with", "through", "between") and not denied(words, k + 1):
            for noun in words[k + 1 : min(k + 5, end)]:
                if noun in NOUNS and noun not in ("breath", "tears") and words[k + 1] != "the":
                    yield NOUNS[noun]
                    break
                if not noun[0].isalpha() or noun in _OF_ONE or noun in BELONGS:
                    break


def described(tokens: Sequence[str], speaker: str) -> tuple[Delivery, ...]:
    """A sentence of its own, in what it says of the voice."""
    words = [t.casefold() if t[0].isalpha() else t for t in tokens]
    for k, token in enumerate(tokens):
        owner = token[:-2] if token.endswith(("'s", "’s")) and token[0].isupper() else ""
        if owner and words[k + 1 : k + 2] == ["voice"] and owner not in speaker:
            return ()
    end = clause_end(words, 0)
    found = list(voiced(words, 0, end))
    if words[:2] in (["it", "was"], ["it", "came"]) or words[:2] == ["the", "words"]:
        for k, word in enumerate(words[:8]):
            if word in NOUNS and words[k - 1] in ("a", "barely") and not denied(words, k):
                found.append(NOUNS[word])
    if any(words[k : k + 3] == ["above", "a", "whisper"] for k in range(len(words))):
        found.append("whispered")
    return first_two(found)


def voiced(words: Sequence[str], start: int, end: int) -> Iterator[Delivery]:
    """`in a low, hoarse voice`; `his voice shook`; `her voice was a croak`; `lowering her voice`."""
    for k in range(start, end):
        if words[k] not in _VOICES:
            continue
        own = False  # a voice of this quote: somebody's, or the one it is said in
        j = k - 1
        adjectives: list[Delivery] = []
        while j >= start and (
            words[j] in ADJECTIVES or words[j] in (",", "and", "very", "but", "rather", "own", "same")
        ):
            if words[j] in ADJECTIVES and not denied(words, j):
                adjectives.append(ADJECTIVES[words[j]])
            j -= 1
        if j >= start:
            own = words[j] in _OF_ONE or words[j].endswith(("'s", "’s"))
            said_in = words[j] in ("a", "an", "the") and j > start and words[j - 1] in ("in", "with")
            if own and j > start and words[j - 1] in VOICE_DID and not denied(words, j - 1):
                yield VOICE_DID[words[j - 1]]
                continue
            if own or said_in or words[j] == "in":
                yield from reversed(adjectives)
        if not own or words[k] == "whisper":
            continue
        for n in range(k + 1, min(k + 8, end)):
            word = words[n]
            named = VOICE_DID.get(word) or ADJECTIVES.get(word) or NOUNS.get(word)
            if word == "breath":
                named = None
            if named and not denied(words, n):
                yield named
            elif word not in _LINKS and word not in ADVERBS and word != ",":
                break


def first_two(found: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """Each once, the first two."""
    return tuple(dict.fromkeys(found))[:2]
