"""Author's notes: where whoever wrote the story speaks outside it, as fan fiction does above, below and amid.

A head opens a note (`A/N:`, `Author's Note`); heads that a story may use too (`Summary:`, `Warning:`) count
only at the top or bottom of a chapter. What follows a head belongs to the note as long as it sounds like one:
a sentence of the story that is taken for a note is lost to whoever skips notes, which is worse than a note
read aloud.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.attribution.flow import Flow
from narrate.attribution.lexicon import word_set

_LEAD = r"[\s*_~=#>(\[{-]{0,6}"
_OURS = (
    r"(?:A/N|A\.N\.|T/N|(?-i:AN)(?=[ \t]?[:–—-])"
    r"|(?:the )?(?:author|translator|editor|writer)(?:[’']?s[’']?|s?[’'])?[ -]notes?"
    r"|(?:chapter )?end[ -]?notes?|chapter notes?|notes? (?:at|from) the end)"
)
_END = r"[ \t]{0,3}(?:[:.!–—]|-(?=\s)|#?\d{1,4}\b|\n|$)"
_HEAD = re.compile(rf"{_LEAD}{_OURS}[*_\"’”)\]]{{0,4}}{_END}", re.IGNORECASE)
_AFTERWORD = re.compile(
    rf"{_LEAD}(?:see the end of the (?:work|chapter) for|posted originally on|originally posted (?:on|at|to)"
    r"|beta(?:[’']?e?d|-read|read)? by\b)",
    re.IGNORECASE,
)
_SURE_FIELDS = (
    r"summary|chapter summary|disclaimers?|rating|rated|pairings?|ships?|fandoms?|relationships?|spoilers?"
    r"|(?:trigger|content)(?: warnings?)?|tw|cw|tw/cw|archive warnings?|additional tags|beta(?:[ -]reader)?"
)
_FIELDS = (
    rf"{_SURE_FIELDS}|title|author|by|notes?|warnings?|characters?|words?|word ?count"
    r"|tags?|genres?|prompt|categor(?:y|ies)|language|status|chapters?|series|collections?|stats|published"
    r"|completed|updated|setting|timeline"
)
_FIELD = re.compile(rf"{_LEAD}(?:{_FIELDS})[*_]{{0,3}}[ \t]?:", re.IGNORECASE)
_SURE_FIELD = re.compile(rf"{_LEAD}(?:{_SURE_FIELDS})[*_]{{0,3}}[ \t]?:", re.IGNORECASE)
_TITLE = re.compile(
    rf"{_LEAD}(?:{_OURS}|(?:chapter )?summary|disclaimers?|notes)[\W_]{{0,6}}$", re.IGNORECASE
)
_INLINE = re.compile(
    r"[(\[]{1,2}[ \t]?(?:A/N|A\.N\.|(?-i:AN)(?=[ \t]?[:–—-])|T/N"
    r"|(?:author|translator)[’']?s?[’']? notes?)(?![\w'’])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9]+(?:[-'’/][a-z0-9]+)*")
_STRONG = word_set(
    """
    review reviews reviewing reviewed reviewers reviewer fic fics fanfic fanfics fanfiction chapter chapters
    kudos beta betas betaed beta'd ao3 ff.net ffn wattpad tumblr oneshot one-shot drabble au ooc oc ocs fandom
    canon headcanon cliffhanger cliffie hiatus disclaimer readers update updates updated updating uploaded
    spoilers typos unbeta'd unbetaed crosspost crossposted a/n
    """
)
_WEAK = word_set(
    """
    story stories thanks thank guys enjoy enjoyed hope reading read writing wrote written own owns characters
    lol please everyone comments comment feedback favorites favourites follows follow support posted posting
    post prompt mistakes errors sorry welcome next soon part plot credit belongs belong mine
    """
)
_OPENS = "“\"„«‘'—"
_TALK = 20
"""Of so many paragraphs of a note, at most one opens with somebody's words."""
_MOST_ALONE = 2_000
"""Characters that a block between two rules may have to be one note."""
_BYLINE = 80
"""Characters of a line without a stop that may still belong to a title."""
_SIGNED = re.compile(r"[-~—–=*xX<]{0,3}[ \t]?[^.!?,;:”\"\n]{1,40}")
"""What may stand under a note as its signature."""


def find_notes(flow: Flow) -> dict[int, list[tuple[int, int]]]:
    """Spans of each paragraph that are the author's own words; a heading's span is its whole text."""
    whole = _whole_paragraphs(flow)
    found = {number: [(0, len(flow.paragraphs[number].text))] for number in sorted(whole)}
    for number, paragraph in enumerate(flow.paragraphs):
        if number not in whole and paragraph.kind != "heading":
            spans = list(_inline(paragraph.text))
            if spans:
                found[number] = spans
    return found


def _whole_paragraphs(flow: Flow) -> set[int]:
    notes: set[int] = set()
    top = True  # nothing of the story has been read in this chapter yet
    for number, paragraph in enumerate(flow.paragraphs):
        top = top or (number > 0 and flow.chapters[number] != flow.chapters[number - 1])
        if number in notes:
            continue
        text = paragraph.text
        if paragraph.kind == "heading":
            if _TITLE.match(text) and (_HEAD.match(text) or top):
                notes.add(number)
                _section(flow, number, notes)
            elif number == 0 or flow.paragraphs[number - 1].kind != "heading":
                top = True
            continue
        beside = number - 1 in notes and flow.chapters[number - 1] == flow.chapters[number]
        edge = top or beside
        if (
            _HEAD.match(text)
            or _AFTERWORD.match(text)
            or (top and _TITLE.match(text))
            or (_is_field(flow, number, beside) and (edge or _closes_chapter(flow, number)))
        ):
            notes.add(number)
            _carry_on(flow, number, notes)
        elif len(text) > _BYLINE or text.rstrip()[-1:] in '.!?…”"’»':
            top = False
    return notes


def _is_field(flow: Flow, number: int, beside: bool) -> bool:
    """`Summary: ...` at the edge of a chapter; `Title:` and `Warning:` only in company."""
    text = flow.paragraphs[number].text
    lines = flow.source_lines(number)[:30] if ":" in text[:200] else []
    fields = [_FIELD.match(text, a, b) is not None for a, b in lines]
    if not any(fields[:1]):
        return sum(fields) > 1 and 2 * sum(fields) >= len(fields)
    if beside or _SURE_FIELD.match(text) or sounds_meta(text):
        return True
    after = flow.paragraphs[number + 1].text if number + 1 < len(flow.paragraphs) else ""
    return sum(fields) > 1 or bool(_FIELD.match(after) or _HEAD.match(after))


def _closes_chapter(flow: Flow, number: int) -> bool:
    """Whether nothing but a few paragraphs that sound like a note stand below in the chapter."""
    for k in range(number, number + 8):
        if k >= len(flow.paragraphs) or flow.chapters[k] != flow.chapters[number]:
            return True
        text = flow.paragraphs[k].text
        if not (_FIELD.match(text) or sounds_meta(text)):
            return False
    return False


def sounds_meta(text: str) -> bool:
    """Whether a paragraph talks of chapters, reviews and readers, and not of anybody in a story."""
    if text[:1] in _OPENS:
        return False
    words = set(_WORD.findall(text[:1500].lower().replace("’", "'")))
    return (bool(words & _STRONG) and len(words & (_STRONG | _WEAK)) > 1) or len(words & _WEAK) > 3


def _section(flow: Flow, number: int, notes: set[int]) -> None:
    """All that stands under a heading of a note, up to the next heading or rule, unless it is a story."""
    k, spoken = number + 1, 0
    while k < len(flow.paragraphs) and _together(flow, number, k):
        spoken += flow.paragraphs[k].text[:1] in _OPENS
        k += 1
    ended = k < len(flow.paragraphs) or flow.chapters[number] > 0
    if ended and spoken * _TALK <= k - number - 1:
        notes.update(range(number + 1, k))
    else:
        _carry_on(flow, number, notes)


def _together(flow: Flow, number: int, k: int) -> bool:
    return flow.paragraphs[k].kind != "heading" and flow.scenes[k] == flow.scenes[number]


def _carry_on(flow: Flow, number: int, notes: set[int]) -> None:
    """Take in the paragraphs after a head that go on with its note."""
    last, count = number, len(flow.paragraphs)
    text = flow.paragraphs[number].text
    if _unclosed(text):  # "[A/N: ..." over several paragraphs
        for k in range(number + 1, min(count, number + 12)):
            if not _together(flow, number, k):
                break
            if flow.paragraphs[k].text.rstrip()[-1:] in ")]":
                last = k
                break
    elif _TITLE.match(text) and number + 1 < count and _together(flow, number, number + 1):
        last = number + 1  # the head stands alone
        if flow.paragraphs[last].kind == "quotation":
            while (
                last + 1 < count
                and _together(flow, number, last + 1)
                and (flow.paragraphs[last + 1].kind == "quotation")
            ):
                last += 1
    k = last + 1
    while k < count and _together(flow, number, k) and _goes_on(flow.paragraphs[k].text):
        last = k
        k += 1
    last = max(last, _last_of_block(flow, number, last))
    if last + 1 < count and _together(flow, number, last + 1) and last > number:
        tail = flow.paragraphs[last + 1].text
        rest = last + 2 >= count or not _together(flow, number, last + 2)
        if rest and _SIGNED.fullmatch(tail):
            last += 1
    notes.update(range(number, last + 1))


def _goes_on(text: str) -> bool:
    return bool(_HEAD.match(text) or _FIELD.match(text) or _AFTERWORD.match(text)) or sounds_meta(text)


def _unclosed(text: str) -> bool:
    return text[:1] in "([" and ")" not in text and "]" not in text


def _last_of_block(flow: Flow, number: int, last: int) -> int:
    """In a block between two rules that its head opens: up to the last paragraph that sounds like a note."""
    opens = number == 0 or not _together(flow, number, number - 1)
    found, size = last, 0
    k = last + 1
    while opens and k < len(flow.paragraphs) and _together(flow, number, k):
        size += len(flow.paragraphs[k].text)
        if size > _MOST_ALONE:
            return last
        if _goes_on(flow.paragraphs[k].text):
            found = k
        k += 1
    ruled = k < len(flow.paragraphs) and flow.paragraphs[k].kind != "heading"
    below = number > 0 and flow.scenes[number - 1] != flow.scenes[number]
    return found if ruled or below else last


def _inline(text: str) -> Iterator[tuple[int, int]]:
    """`(A/N: it really is!)` amid a paragraph, to the bracket that closes it."""
    done = 0
    for match in _INLINE.finditer(text):
        if match.start() < done:
            continue
        done = _closed(text, match.start())
        if done < 0:
            return
        yield match.start(), done


def _closed(text: str, start: int) -> int:
    """Just after the bracket that closes the one at `start`, -1 where none does."""
    depth = 0
    for k in range(start, len(text)):
        if text[k] in "([":
            depth += 1
        elif text[k] in ")]":
            depth -= 1
            if depth == 0:
                return k + 1
    return -1
