"""Beats: who acts in the narration beside a quote, without a verb of speech."""

from __future__ import annotations

from bisect import bisect_left

from narrate.attribution.page import Page
from narrate.attribution.tags import I, Tag


def beats_between(page: Page, a: int, b: int, *, after: bool) -> list[Tag]:
    """Who acts in the narration of the same paragraph, the sentence nearest to the quote first."""
    words, beats = page.words, []
    k = bisect_left(page.firsts, a)
    stops = 0
    at = a
    sentence_of: set[int] = set()
    while k < len(page.firsts) and page.firsts[k] < b:
        mention = page.mentions[k]
        while at < mention.first:
            stops += words.text[at][0] in ".!?…"
            at += 1
        if mention.quote < 0 and mention.subject and stops not in sentence_of and not mention.owner:
            sentence_of.add(stops)
            beats.append(Tag("beat", k, mention.verb, after))
        elif (
            mention.quote < 0
            and mention.owner
            and stops not in sentence_of
            and _starts_sentence(page, mention.first)
        ):
            sentence_of.add(stops)
            beats.append(Tag("beat", k, "", after, weak=True))
        k += 1
    for j in range(a, min(b, a + 3)):
        if words.text[j] == "I" and words.quote[j] < 0 and not beats:
            beats.append(Tag("beat", I, words.low[j + 1] if j + 1 < len(words) else "", after))
    return beats if after else beats[::-1]


def _starts_sentence(page: Page, token: int) -> bool:
    return token == 0 or not page.words.text[token - 1][0].isalnum()
