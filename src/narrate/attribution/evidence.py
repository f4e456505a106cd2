"""The evidence around every quote: the tag that names its speaker, the beats, and what runs on from where."""

from __future__ import annotations

from narrate.attribution.beats import beats_between
from narrate.attribution.page import Page, sentence_end
from narrate.attribution.tags import Evidence, Tag
from narrate.attribution.tags_after import tag_after
from narrate.attribution.tags_before import lead_of_last_paragraph, tag_before


def read_evidence(page: Page) -> list[Evidence]:
    """The evidence of every quote, in order."""
    words, quotes = page.words, page.quotes
    spans = [(words.at(q.start), words.at(q.end)) for q in quotes]
    found = [Evidence() for _ in quotes]
    for k, quote in enumerate(quotes):
        same_before = k > 0 and quotes[k - 1].paragraph == quote.paragraph
        same_after = k + 1 < len(quotes) and quotes[k + 1].paragraph == quote.paragraph
        base = page.flow.starts[quote.paragraph]
        a0 = spans[k - 1][1] if same_before else words.at(base)
        b0 = spans[k + 1][0] if same_after else words.at(page.flow.end_of(quote.paragraph))
        evidence = found[k]
        if k:
            evidence.gap = quote.start - quotes[k - 1].end
        evidence.gap_words = spans[k][0] - a0
        if quote.label:
            continue
        after = tag_after(page, k, spans[k][1], b0)
        before = tag_before(page, a0, spans[k][0])
        if before is None and not same_before and spans[k][0] <= a0 + 1:
            before = lead_of_last_paragraph(page, k)
        if same_before:
            _join(page, found[k - 1], evidence, k, a0, spans[k][0], before)
        if after is not None and before is not None and before.kind == "tag":
            evidence.tag = after if not after.weak else before
        elif after is not None:
            evidence.tag = after
        elif before is not None and before.kind != "beat" and not evidence.joined:
            evidence.tag = before
        beats = [] if after is not None else beats_between(page, spans[k][1], b0, after=True)
        if not same_before or not evidence.joined:
            beats += beats_between(page, a0, spans[k][0], after=False)
        evidence.beats = tuple(beats)
    return found


def _join(
    page: Page, previous: Evidence, evidence: Evidence, k: int, a: int, b: int, before: Tag | None
) -> None:
    """`"A," said X, "b"`: one sentence runs through both quotes."""
    words = page.words
    stops = sum(1 for j in range(a, b) if words.text[j][0] in ".!?…")
    if b <= a:
        return
    named = before is not None and before.kind == "tag"
    if stops == 0 and previous.tag is not None and previous.tag.after:
        evidence.joined = True
    elif stops <= 1 and previous.tag is not None and previous.tag.after and not named:
        evidence.joined = sentence_end(page, a, b) >= b - 1
    elif stops == 0 and previous.tag is None and before is not None and before.kind != "beat":
        inner = page.flow.text[page.quotes[k - 1].start : page.quotes[k - 1].end].rstrip("\"”’»'“ ")
        evidence.joined = inner.endswith((",", "—", "–")) or words.text[a][0] in "—–-"
