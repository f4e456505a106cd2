"""Tags before the words: `Ana turned and said: "..."`, in the same paragraph or at the end of the last."""

from __future__ import annotations

from narrate.attribution.lexicon import GESTURE, SAY, word_set
from narrate.attribution.page import Page
from narrate.attribution.subjects import mention_at, subject_before
from narrate.attribution.tags import NOBODY, Tag
from narrate.attribution.verbs import leads

_OPENERS = SAY | word_set(
    """
    spoke continued resumed went broke began interrupted added called cried
    """
)


def tag_before(page: Page, a: int, b: int) -> Tag | None:
    """The sentence that leads into a quote: `Ana turned and said: "..."`."""
    words = page.words
    while b > a and words.text[b - 1] in '"“‘«»„':
        b -= 1
    if b <= a:
        return None
    last = words.text[b - 1]
    if last[0] in ".!?…" or last == "\n\n":
        return None
    start = b - 1
    while start > a and words.text[start - 1][0] not in '.!?…\n"”“':
        start -= 1
    return _lead(page, start, b, last)


def _lead(page: Page, start: int, b: int, last: str) -> Tag | None:
    words = page.words
    verb_at = next(
        (
            j
            for j in range(b - 1, start - 1, -1)
            if leads(words.low[j]) and (words.text[j][0].islower() or j == start)
        ),
        None,
    )
    if verb_at is not None:
        subject = subject_before(page, start, verb_at)
        if subject is None and verb_at + 1 < b:  # inverted: "Then cried Ana,"
            subject = mention_at(page, verb_at + 1)
        if subject is not None:
            near = b - verb_at <= 12
            subject, second = _both(page, start, subject)
            verb = words.low[verb_at]
            group = subject >= 0 and page.mentions[subject].group
            return Tag(
                "tag" if near else "lead",
                subject,
                verb,
                False,
                together=group or subject == NOBODY,
                second=second,
                weak=verb in GESTURE,
            )
    if last[0] in ":,—–-" or last[0].isalnum():
        subject = subject_before(page, start, b)
        if subject is not None:
            verb = page.mentions[subject].verb if subject >= 0 else ""
            return Tag("lead", subject, verb, False, weak=last[0] != ":")
    return None


def _both(page: Page, start: int, subject: int) -> tuple[int, int]:
    """The first and the second of `Ana and Ben said:`, where they open the sentence; else as it was."""
    if subject < 0 or page.mentions[subject].first < start + 2:
        return subject, -1
    at = page.mentions[subject].first
    first = mention_at(page, start)
    if first is not None and page.mentions[first].end == at - 1 and page.words.low[at - 1] == "and":
        return first, subject
    return subject, -1


def lead_of_last_paragraph(page: Page, k: int) -> Tag | None:
    """A paragraph that ends `he said:` leads into the quote that opens the next one."""
    quote = page.quotes[k]
    number = quote.paragraph - 1
    spoken = k > 0 and page.quotes[k - 1].paragraph == number
    if number < 0:
        return None
    b = page.words.at(page.flow.end_of(number))
    a = max(page.words.at(page.flow.starts[number]), b - 60)
    if b <= a or page.words.quote[b - 1] >= 0:
        return None
    stopped = page.words.text[b - 1][0] == "."
    if page.words.text[b - 1][0] not in ":,—." or (stopped and spoken):
        return None
    if stopped:
        b -= 1
    start = b - 1
    while start > a and page.words.text[start - 1][0] not in '.!?…\n"”“':
        start -= 1
    if stopped:  # "Then one of the strangers spoke." and a new paragraph
        if b - start > 12 or not any(page.words.low[j] in _OPENERS for j in range(start, b)):
            return None
        found = _lead(page, start, b, ".")
        if found is not None:
            found.kind, found.weak = "lead", True
        return found
    return _lead(page, start, b, page.words.text[b - 1])
