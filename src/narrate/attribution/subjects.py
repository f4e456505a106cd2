"""Subjects: who is named beside a verb, those included whom no list of names or nouns knows."""

from __future__ import annotations

from bisect import bisect_left

from narrate.attribution.lexicon import FUNCTION, GROUP_NOUNS, SPEECH, is_past, noun_sex, word_set
from narrate.attribution.mentions import PRONOUNS, Mention
from narrate.attribution.page import Page
from narrate.attribution.tags import NOBODY, I

_FOND = word_set(
    """
    old young little poor dear big good great happy sweet
    """
)
EVERYONE = "everyone"
"""Whoever is there, all at once: one character, whatever the words for it."""


def subject_before(page: Page, start: int, verb_at: int) -> int | None:
    """Who does the verb at `verb_at`: the nearest subject before it, "I" and "they" included."""
    words = page.words
    best: int | None = None
    k = bisect_left(page.firsts, start)
    place = -1
    shared = words.low[verb_at - 1] in ("and", "then", ",", "but") if verb_at > start else False
    while k < len(page.firsts) and page.firsts[k] < verb_at:
        mention = page.mentions[k]
        if (mention.subject or mention.end == verb_at) and not mention.owner and mention.quote < 0:
            if shared and best is not None:
                break  # "Ana saw what he was doing, and said": the subject of the sentence
            best, place = k, mention.first
        k += 1
    for j in range(verb_at - 1, start - 1, -1):
        if j <= place and not (shared and place > start):
            break
        if shared and best is not None and j > place:
            continue
        if words.text[j] == "I" and words.quote[j] < 0:
            return I
        if words.low[j] in ("they", "we") and words.quote[j] < 0:
            return NOBODY
    if best is None:  # "Ana, who had not slept, said:"
        k = bisect_left(page.firsts, start)
        if k < len(page.firsts) and page.firsts[k] < min(verb_at, start + 3):
            mention = page.mentions[k]
            subjective = mention.kind != "pronoun" or mention.words[0] in ("he", "she")
            if subjective and not mention.owner and not mention.after_preposition and mention.quote < 0:
                return k
    if best is None and start < verb_at:
        return unknown_noun(page, start, verb_at + 1, verb_needed=True)
    return best


def mention_at(page: Page, token: int) -> int | None:
    """The mention that starts at a token, adjectives before a name passed over."""
    k = page.by_first.get(token)
    if k is None and page.words.low[token] in ("the", "that", "this", "our", "my"):
        k = page.by_first.get(token + 1)  # "the Hatter"
        if k is not None and page.mentions[k].kind != "name":
            k = None
    if k is None:
        k = _name_after_adjectives(page, token)
    if k is None:
        return None
    if (
        page.mentions[k].kind == "pronoun"
        and k + 1 < len(page.mentions)
        and page.mentions[k + 1].first == token
    ):
        return k + 1  # "her mother" rather than "her"
    mention = page.mentions[k]
    if mention.kind == "pronoun" and mention.words[0] not in ("he", "she"):
        return None
    return k


def _name_after_adjectives(page: Page, token: int) -> int | None:
    """`added little Amy`, `cried the good-hearted Mrs. Marsh`."""
    words = page.words
    for at in range(token, min(token + 4, len(words))):
        k = page.by_first.get(at)
        if k is not None and at > token and page.mentions[k].kind == "name":
            return k
        low = words.low[at]
        plain = words.text[at][0].islower() and (
            low not in FUNCTION or low in _FOND or (at == token and low == "the")
        )
        if not plain or is_past(low) or low.endswith("ly"):
            return None
    return None


def speaks_along(page: Page, subject: int, end: int) -> int:
    """Who shares the verb with a subject: Ben of `Ana and Ben said`; -1 for nobody."""
    at = page.mentions[subject].end
    if at + 1 >= end or page.words.low[at] != "and":
        return -1
    second = mention_at(page, at + 1)
    if second is None or page.mentions[second].kind == "pronoun" or page.mentions[second].owner:
        return -1
    return second


def crowd(page: Page, at: int, end: int) -> int | None:
    """Everybody at once, as a mention: `everyone shouted`, `all of them said`, `they all cried`."""
    words = page.words
    low = words.low[at]
    if low in ("they", "we"):
        at += 1
        if at >= end or words.low[at] != "all" or _group_before(page, at):
            return None
    elif low == "all" and words.low[at + 1 : at + 2] == ["of"]:
        if _group_before(page, at):
            return None
    elif low not in ("everyone", "everybody", "all"):
        return None
    verb = at + 3 if words.low[at + 1 : at + 2] == ["of"] else at + 1
    while verb < end and (words.low[verb].endswith("ly") or words.low[verb] in ("else", "present")):
        verb += 1
    beside = at and words.low[at - 1] in SPEECH
    if not beside and (verb >= end or not (words.low[verb] in SPEECH or words.low[verb].endswith("ed"))):
        return None
    made = _add(page, at, at + 1, (EVERYONE,), "")
    page.mentions[made].group = True
    return made


def _group_before(page: Page, at: int) -> bool:
    """Whether a group was spoken of a little while ago, which `they all` then means."""
    k = bisect_left(page.firsts, at)
    return any(page.mentions[j].group and page.mentions[j].quote < 0 for j in range(max(0, k - 12), k))


def owned(page: Page, subject: int, end: int) -> int | None:
    """`Kit's mother`, `Hux's voice`: the mother is somebody, the voice is Hux's own."""
    words, mention = page.words, page.mentions[subject]
    at = mention.end
    steps = 0
    while at < end and steps < 4:
        low = words.low[at]
        if low in ("voice", "tone", "lips", "mouth", "whisper", "reply", "answer"):
            return subject
        if noun_sex(low) or low in GROUP_NOUNS:
            return _add(page, at, at + 1, (low,), mention.words[-1])
        at += 1
        steps += 1
    return None


def unknown_noun(page: Page, at: int, end: int, *, verb_needed: bool = False) -> int | None:
    """A speaker that no list knows: `said the kettle`. Only directly beside a speech verb."""
    words = page.words
    determiner = words.low[at]
    if determiner in ("one", "another") and not verb_needed and at + 1 <= end:
        follow = words.low[at + 1] if at + 1 < end else "."
        if follow == "of" and at + 3 < end:  # "said one of the colts"
            last = at + 3 if words.low[at + 2] in ("the", "his", "her", "my", "our", "their") else at + 2
            return _add(page, at, last + 1, (words.low[last], "other"), determiner)
        if not follow[0].isalpha() or follow in FUNCTION:
            return _add(page, at, at + 1, ("other",), determiner)
    if determiner not in ("the", "a", "an", "another", "his", "her", "my", "our", "their", "one", "two"):
        return None
    stop = at + 1
    while stop < end and stop - at < 6:
        low = words.low[stop]
        if not words.text[stop][0].isalpha() or (
            low in FUNCTION and low not in ("old", "young", "little", "other", "first", "second")
        ):
            break
        if (
            is_past(low)
            and low not in ("old",)
            and (verb_needed or stop - at > 1)
            and not low.endswith("haired")
        ):
            break
        if low.endswith("ly") and stop - at > 1:
            break
        stop += 1
    if stop == at + 1:
        return None
    if verb_needed and not (stop < end and words.low[stop] in SPEECH):
        return None
    parts = tuple(words.low[at + 1 : stop])
    if parts[-1] in ("voice", "tone") and determiner in PRONOUNS:
        return None
    return _add(page, at, stop, parts, determiner)


def _add(page: Page, first: int, end: int, parts: tuple[str, ...], determiner: str) -> int:
    """Put a mention in that the general pass could not know of."""
    mention = Mention(
        first, end, page.words.start[first], "noun", parts,
        sex=noun_sex(parts[-1]), determiner=determiner,
        quote=page.words.quote[first], subject=True, group=parts[-1] in GROUP_NOUNS,
    )  # fmt: skip
    page.mentions.append(mention)
    return len(page.mentions) - 1
