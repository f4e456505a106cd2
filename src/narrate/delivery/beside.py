"""What the narration beside a quote says of how it is said: the tag's verb and adverbs, and the voice.

Read from the lines alone. A tag is believed only where it stands as one: it goes on from the quote
(`"Come," she whispered softly.`), or leads into it (`She whispered, "Come."`). A sentence of its own
beside the quote (`Her voice sank. "Come."`) is believed in what it says of the voice. What is denied,
nearly so, or said of somebody or something else (`as the wind whispered`) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from narrate.delivery.lexicon import (
    ADJECTIVES,
    ADVERBS,
    CUTS,
    NEGATIONS,
    NOUNS,
    PARTICIPLES,
    VERBS,
    VOICE_DID,
    listed,
)
from narrate.script import Delivery

LONGEST = 300  # characters of narration that are looked at on either side

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\.{2,}|[,;:.!?…—–()]")
_STOPS = frozenset(".!?…")
_ABBREVIATED = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "mme", "mlle", "prof", "capt", "col", "rev", "sgt", "lt"}
)
_SUBJECT_REACH = 7  # words before the verb: "the little old man in black said"
_ARTICLES = frozenset({"a", "an", "the"})
_OF_ONE = frozenset({"his", "her", "their", "my", "its", "your"})
_VOICES = frozenset({"voice", "voices", "tone", "tones", "accents", "whisper"})
_BEING = frozenset({"was", "were", "is", "am", "are", "kept"})
_WHILE = frozenset({",", "and", "still", "half", "while"})
_WITH = listed("with very all from in and at so a as like to")
_BELONGS = listed("to at in into from with through over across for toward towards on by after under between")
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


def after(quote: str, narration: str, speaker: str) -> tuple[Delivery, ...]:
    """What the narration that follows a quote in its paragraph says of it."""
    tokens = next(_sentences(narration[:LONGEST]), [])
    if not tokens:
        return ()
    first = narration.lstrip("—–-,; \t\n")[:1]
    ending = quote.rstrip("\"'”’»)]*_ \t\n")[-1:]
    open_ended = ending not in ".。"
    if first.islower() or open_ended:
        found = _tag(tokens, within=_SUBJECT_REACH if first.islower() else 4)
        if found is not None:
            return found
    return _voice(tokens, speaker)


def before(narration: str, speaker: str) -> tuple[Delivery, ...]:
    """What the narration that stands before a quote says of it: a lead, or a voice described."""
    sentences = list(_sentences(narration[-LONGEST:]))
    if not sentences:
        return ()
    tokens = sentences[-1]
    named = tokens[-1] in ("called", "calls")  # what she called "my little house"
    if not named and (tokens[-1] in (",", ":", "—", "–") or not set(tokens[-1]) & _STOPS):
        found = _tag(_from_last_verb(tokens), within=len(tokens))
        if found:
            return found
    return _voice(tokens, speaker)


def one_sentence(narration: str) -> bool:
    """Whether narration between two quotes is no more than a tag."""
    sentences = list(_sentences(narration[: LONGEST + 1]))
    return len(narration) <= LONGEST and len(sentences) <= 1


def _sentences(text: str) -> Iterator[list[str]]:
    """The tokens of each sentence, its stop with it."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        tokens.append(token)
        if token[0] in _STOPS and not (
            token == "." and len(tokens) > 1 and tokens[-2].casefold() in _ABBREVIATED
        ):
            yield tokens
            tokens = []
    if tokens:
        yield tokens


def _tag(tokens: Sequence[str], within: int) -> tuple[Delivery, ...] | None:
    """The deliveries of a speech tag, () for a tag that says nothing of it, None for no tag."""
    words = [t.casefold() if t[0].isalpha() else t for t in tokens]
    at = next((k for k, _ in enumerate(words[: within + 1]) if tokens[k].islower() and _says(words, k)), -1)
    if at < 0 or any(w in CUTS or not w[0].isalpha() for w in _core(words[:at])):
        return None
    if _denied(words, at) or (at and words[at - 1] in ("to", "would", "could", "might", "should")):
        return ()
    end = _clause_end(words, at + 1)
    found: list[Delivery] = []
    verb = VERBS[words[at]] if words[at] in VERBS else PARTICIPLES[words[at]]
    if verb is not None:
        found.append(verb)
    for k in [*range(at), *range(at + 1, end)]:
        delivery = ADVERBS.get(words[k])
        if delivery and tokens[k].islower() and not _denied(words, k) and _stands_alone(words, k):
            found.append(delivery)
        delivery = PARTICIPLES.get(words[k])
        if delivery and _does(words, k) and not _denied(words, k):
            found.append(delivery)
    found += _phrases(words, at + 1, end)
    found += _voiced(words, at + 1, end)
    return _few(found)


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
        title = word == "." and k and words[k - 1] in _ABBREVIATED
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


def _clause_end(words: Sequence[str], start: int) -> int:
    """Where what a tag says of its quote ends."""
    for k in range(start, len(words)):
        word = words[k]
        if word in (";", ":"):
            return k
        if word not in CUTS:
            continue
        after = words[k + 1] if k + 1 < len(words) else ""
        if word in ("and", "but", "while", "or") and (
            (after in ADVERBS and _stands_alone(words, k + 1)) or after in PARTICIPLES or after in ADJECTIVES
        ):
            continue
        if word in ("than", "as", "though", "so") and k > start and words[k - 1] in ("more", "little"):
            continue
        if word == "but" and k + 2 < len(words) and words[k + 2] in ADVERBS:
            continue
        return k
    return len(words)


def _stands_alone(words: Sequence[str], k: int) -> bool:
    """Whether an adverb belongs to the saying, not to something that is done: `quickly closing the door`."""
    after = words[k + 1] if k + 1 < len(words) else "."
    return (
        not after[0].isalpha()
        or after in CUTS
        or after in _BELONGS
        or after in ADVERBS
        or after in VERBS
        or after == "enough"
    )


def _denied(words: Sequence[str], k: int) -> bool:
    """Whether the word at `k` is denied, or nearly so, by one of the three before it in its clause."""
    for word in reversed(words[max(0, k - 3) : k]):
        if word in NEGATIONS:
            return True
        if not word[0].isalpha() or word in ("but", "and"):
            return False
    return False


def _phrases(words: Sequence[str], start: int, end: int) -> Iterator[Delivery]:
    """Set phrases, and `in a whisper`, `with a sob`."""
    for k in range(start, end):
        for phrase, delivery in _PHRASES:
            part = words[k : k + len(phrase)]
            if len(part) == len(phrase) and all(
                wanted == word or (wanted == "_" and word in _OF_ONE | _ARTICLES)
                for wanted, word in zip(phrase, part, strict=True)
            ):
                yield delivery
        if words[k] in ("in", "with", "through", "between") and not _denied(words, k + 1):
            for noun in words[k + 1 : min(k + 5, end)]:
                if noun in NOUNS and noun not in ("breath", "tears") and words[k + 1] != "the":
                    yield NOUNS[noun]
                    break
                if not noun[0].isalpha() or noun in _OF_ONE or noun in _BELONGS:
                    break


def _voice(tokens: Sequence[str], speaker: str) -> tuple[Delivery, ...]:
    """A sentence of its own, in what it says of the voice."""
    words = [t.casefold() if t[0].isalpha() else t for t in tokens]
    for k, token in enumerate(tokens):
        owner = token[:-2] if token.endswith(("'s", "’s")) and token[0].isupper() else ""
        if owner and words[k + 1 : k + 2] == ["voice"] and owner not in speaker:
            return ()
    end = _clause_end(words, 0)
    found = list(_voiced(words, 0, end))
    if words[:2] in (["it", "was"], ["it", "came"]) or words[:2] == ["the", "words"]:
        for k, word in enumerate(words[:8]):
            if word in NOUNS and words[k - 1] in ("a", "barely") and not _denied(words, k):
                found.append(NOUNS[word])
    if any(words[k : k + 3] == ["above", "a", "whisper"] for k in range(len(words))):
        found.append("whispered")
    return _few(found)


def _voiced(words: Sequence[str], start: int, end: int) -> Iterator[Delivery]:
    """`in a low, hoarse voice`; `his voice shook`; `her voice was a croak`; `lowering her voice`."""
    for k in range(start, end):
        if words[k] not in _VOICES:
            continue
        own = False  # a voice of this quote: somebody's, or the one it is said in
        j = k - 1
        described: list[Delivery] = []
        while j >= start and (
            words[j] in ADJECTIVES or words[j] in (",", "and", "very", "but", "rather", "own", "same")
        ):
            if words[j] in ADJECTIVES and not _denied(words, j):
                described.append(ADJECTIVES[words[j]])
            j -= 1
        if j >= start:
            own = words[j] in _OF_ONE or words[j].endswith(("'s", "’s"))
            said_in = words[j] in ("a", "an", "the") and j > start and words[j - 1] in ("in", "with")
            if own and j > start and words[j - 1] in VOICE_DID and not _denied(words, j - 1):
                yield VOICE_DID[words[j - 1]]
                continue
            if own or said_in or words[j] == "in":
                yield from reversed(described)
        if not own or words[k] == "whisper":
            continue
        for n in range(k + 1, min(k + 8, end)):
            word = words[n]
            named = VOICE_DID.get(word) or ADJECTIVES.get(word) or NOUNS.get(word)
            if word == "breath":
                named = None
            if named and not _denied(words, n):
                yield named
            elif word not in _LINKS and word not in ADVERBS and word != ",":
                break


def _few(found: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """Each once, the first two."""
    return tuple(dict.fromkeys(found))[:2]
