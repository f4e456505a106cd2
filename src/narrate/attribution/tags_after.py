"""Tags after the words: `said Ana`, `Ana said`, `he quietly said`, `the old man's voice said`."""

from __future__ import annotations

from narrate.attribution.lexicon import GESTURE, SAY, SPEECH, THINK, is_past
from narrate.attribution.page import Page, sentence_end
from narrate.attribution.subjects import crowd, mention_at, owned, speaks_along, unknown_noun
from narrate.attribution.tags import NOBODY, I, Tag
from narrate.attribution.verbs import speaks, verb_near

_CONJ = frozenset({"and", "but", "then", "so", "while", "as"})


def tag_after(page: Page, k: int, a: int, b: int) -> Tag | None:
    """`said Ana`, `Ana said`, `he quietly said`, `the old man's voice said`."""
    words = page.words
    while a < b and words.text[a] in '"”’»“,—–--;':
        a += 1
    if a >= b:
        return None
    end = sentence_end(page, a, b)
    low = words.low[a]
    if low in ("that", "this", "it") and a + 2 < end and words.low[a + 1] in ("was", "is"):
        subject = mention_at(page, a + 2)  # "That was Dolores, out of the office"
        if (
            subject is not None and page.mentions[subject].kind == "name" and not page.mentions[subject].owner
        ) and (low != "it" or words.low[page.mentions[subject].end] in ("who", "speaking")):
            return Tag("tag", subject, "was", True, weak=True)
    if low in _CONJ and a + 1 < end and words.low[a + 1] in SPEECH:
        return None
    if low in SPEECH and words.text[a][0].islower():
        tag = _verb_first(page, a, end)
        if tag is not None:
            return tag
    if (
        words.text[a][0].islower()
        and is_past(low)
        and low not in ("was", "were", "had", "did")
        and a + 1 < end
    ) and (words.low[a + 1] in ("he", "she", "i") or words.text[a + 1][0].isupper()):
        tag = _verb_first(page, a, end)  # "glowed Carol": the place makes the verb one of speech
        if tag is not None:
            return tag
    return _subject_first(page, k, a, end)


def _verb_first(page: Page, a: int, end: int) -> Tag | None:
    words, verb = page.words, page.words.low[a]
    at = a + 1
    while at < end and (
        words.low[at].endswith("ly")
        and words.low[at]
        not in ("lily", "emily", "molly", "sally", "billy", "polly", "kelly", "willy", "nelly")
    ):
        at += 1
    if at >= end:
        return None
    if words.low[at : at + 3] in (["the", "voice", "of"], ["a", "voice", "of"]) and at + 3 < end:
        at += 3  # "cried the voice of John Reed"
    low = words.low[at]
    if low == "i":
        return Tag("tag", I, verb, True)
    everyone = crowd(page, at, end)
    if everyone is not None:
        return Tag("tag", everyone, verb, True, together=True)
    if low in ("they", "we", "both"):
        return Tag("tag", NOBODY, verb, True, together=True)
    subject = mention_at(page, at)
    if subject is None:
        subject = unknown_noun(page, at, end)
    if subject is None:
        return None
    mention = page.mentions[subject]
    if mention.kind == "pronoun" and mention.words[0] not in ("he", "she"):
        return None
    if mention.owner:  # "said Kit's mother"
        subject = owned(page, subject, end) or subject
    page.mentions[subject].subject, page.mentions[subject].verb = True, verb
    second = speaks_along(page, subject, end)
    return Tag("tag", subject, verb, True, together=page.mentions[subject].group, second=second)


def _subject_first(page: Page, k: int, a: int, end: int) -> Tag | None:
    words = page.words
    low = words.low[a]
    subject: int | None
    start, second = a, -1
    everyone = crowd(page, a, end)
    if everyone is not None:
        subject, at = everyone, a + 1
    elif low == "i" and words.text[a] == "I":
        subject, at = I, a + 1
    elif low in ("they", "we"):
        subject, at = NOBODY, a + 1
    else:
        subject = mention_at(page, a)
        if subject is None:
            subject = unknown_noun(page, a, end, verb_needed=True)
        if subject is None:
            return None
        if page.mentions[subject].owner:
            held = owned(page, subject, end)
            if held is None:
                return None
            subject = held
        at = page.mentions[subject].end
        second = speaks_along(page, subject, end)
        if second >= 0:
            at = page.mentions[second].end
    verb_at = verb_near(page, at, end)
    if verb_at is None and at < end and _ends_with_comma(page, k) and is_past(words.low[at]):
        verb_at = at  # "..., Ana grinned": a comma before it makes any verb a tag
    if verb_at is None:
        return None
    verb = words.low[verb_at]
    joined = _runs_on(page, k, start)
    if verb in GESTURE and not joined:
        return None
    if not joined and words.text[start][0].isupper() and verb_at - at > 2 and verb not in SAY:
        return None
    if not speaks(verb) and not _ends_with_comma(page, k):
        return None
    follow = words.low[verb_at + 1] if verb_at + 1 < end else "."
    told = not joined and follow in (
        "about",
        "of",
        "that",
        "how",
        "why",
        "for",
        "nothing",
        "no",
        "him",
        "her",
        "me",
        "them",
    )
    told_and_done = verb == "told" and verb_at + 2 >= end - 1
    if told and verb not in THINK and not told_and_done and verb != "asked":
        return None  # `"Yes." She told him about it.` is a beat, not a tag
    tag = Tag("tag", subject, verb, True, second=second)
    tag.weak = verb in GESTURE or (not joined and verb not in SAY)
    if subject >= 0:
        page.mentions[subject].subject, page.mentions[subject].verb = True, verb
        tag.together = page.mentions[subject].group
    else:
        tag.together = subject == NOBODY
    return tag


def _ends_with_comma(page: Page, k: int) -> bool:
    quote = page.quotes[k]
    return page.flow.text[max(quote.start, quote.end - 4) : quote.end].rstrip("\"”’»'“*_ ").endswith(",")


def _runs_on(page: Page, k: int, a: int) -> bool:
    """The quote ended with a comma, a question or so, and the sentence goes on after it."""
    quote = page.quotes[k]
    inner = page.flow.text[quote.start : quote.end].rstrip("\"”’»'“*_ ")
    if inner.endswith((",", "—", "–", "-")):
        return True
    return page.words.text[a][0].islower() or (inner[-1:] in "!?" and page.words.text[a] == "I")
