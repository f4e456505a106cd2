"""Quotes: which spans of the flow the author set as somebody's words.

Marks are paired within one paragraph, so that a missing one spoils that paragraph and not the book.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrate.attribution.dashes import dash_spans, is_dash_led
from narrate.attribution.flow import Flow
from narrate.attribution.italics import italic_spans
from narrate.attribution.lexicon import ELISIONS, FUNCTION, SPEECH, word_set
from narrate.attribution.messages import message_spans
from narrate.script import LineKind


@dataclass(slots=True)
class Quote:
    """One span of somebody's words; offsets in `Flow.text`, marks included."""

    start: int
    end: int
    paragraph: int
    kind: LineKind = "speech"
    open: bool = False  # the paragraph ends without a closing mark
    label: str = ""  # who the page itself says is speaking: `Ravi` of `Ravi: it's 3 am`
    dash: bool = False  # set off by a dash and no marks


@dataclass(frozen=True, slots=True)
class Style:
    """How this book marks speech."""

    single: bool  # 'single marks' are the outer ones
    dash: bool  # — a dash opens a speech


_DOUBLE_OPEN = re.compile(r"[“„«»]|(?<![\w.,!?;:])\"(?=\S)")
_SINGLE_OPEN = re.compile(r"(?<![^\s“\"(—–\-])[‘'](?=[A-Z])")
_MARKS = re.compile(r"[“”„‟«»\"‘’‚']")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")


def find_quotes(flow: Flow) -> list[Quote]:
    """Every quote of the flow in order; spans do not overlap."""
    style = _survey(flow)
    found: list[Quote] = []
    for number, paragraph in enumerate(flow.paragraphs):
        if paragraph.kind == "heading":
            continue
        base, text = flow.starts[number], paragraph.text
        said = message_spans(flow, number)
        if said:
            found += [Quote(base + a, base + b, number, "message", label=who) for a, b, who in said]
            continue
        if style.dash and is_dash_led(text):
            found += [Quote(base + a, base + b, number, dash=True) for a, b in dash_spans(text)]
            continue
        spans = [s for s in pair_marks(text, style.single) if is_speech(text, s[0], s[1])]
        marked = [Quote(base + a, base + b, number, open=not closed) for a, b, closed in spans]
        if paragraph.emphasis:
            marked += [
                Quote(base + a, base + b, number, "thought")
                for a, b in italic_spans(paragraph)
                if not any(q.start < base + b and base + a < q.end for q in marked)
            ]
            marked.sort(key=lambda q: q.start)
        found += marked
    return _letters(flow, found)


def _survey(flow: Flow) -> Style:
    double = single = dashes = led = 0
    for paragraph in flow.paragraphs:
        text = paragraph.text
        double += len(_DOUBLE_OPEN.findall(text))
        if "'" in text or "‘" in text:
            single += sum(
                1
                for m in _SINGLE_OPEN.finditer(text)
                if (w := _WORD.match(text, m.end())) and w.group().lower() not in ELISIONS
            )
        dashes += is_dash_led(text)
        led += text[:1] in '“„«»"‘'
    return Style(single=single >= 2 and single > double, dash=dashes >= 3 and dashes > led)


# ---------------------------------------------------------------- pairing


def pair_marks(text: str, single: bool) -> list[tuple[int, int, bool]]:
    """Outermost quotes of one paragraph: (start, end, closed), marks included. Linear in the text."""
    marks = [(m.start(), m.group()) for m in _MARKS.finditer(text)]
    spans: list[tuple[int, int, bool]] = []
    opened, mark = -1, ""
    for k, (at, c) in enumerate(marks):
        if opened < 0:
            if _opens(text, at, c, single):
                opened, mark = at, c
        elif _closes(text, at, c, mark, marks, k):
            spans.append((opened, at + 1, True))
            opened = -1
        elif _reopens(
            text, at, c, mark
        ):  # the closing mark is missing: the words end at the last stop before
            spans.append((opened, _last_stop(text, opened, at), False))
            opened, mark = at, c
    if opened >= 0:
        if mark in "‘'" and not _quotable(text, opened):
            return spans
        spans.append((opened, len(text), False))
    return spans


def _opens(text: str, at: int, c: str, single: bool) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if c in "“„«":
        return True
    if c == "»":
        return bool(after and not after.isspace())
    if c in '"”‟':
        return bool(after and not after.isspace()) and not before.isalnum()
    if not single or c == "‚":
        return False
    if before.isalnum() or not after or after.isspace():
        return False
    word = _WORD.match(text, at + 1)
    if c == "‘":
        return True
    return c == "'" and not (word and word.group().lower() in ELISIONS)


def _closes(text: str, at: int, c: str, mark: str, marks: list[tuple[int, str]], k: int) -> bool:
    if mark == "“":
        return c in '”"' or (c == "‟")
    if mark == "„":
        return c in '“”"'
    if mark == "«":
        return c == "»"
    if mark == "»":
        return c == "«"
    if mark in '"”‟':
        if c not in '"”':
            return False
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        return not (before.isspace() and after.isalnum() and c == '"' and _odd_one(text, marks, k))
    if c not in "’'" or (mark == "‘" and c == "'"):
        return False
    return _closes_single(text, at, marks, k)


def _odd_one(text: str, marks: list[tuple[int, str]], k: int) -> bool:
    """Whether a straight mark that looks like an opening one has a closing one of its own ahead."""
    if k + 1 >= len(marks) or marks[k + 1][1] != '"':
        return False
    follow = marks[k + 1][0]
    return not text[follow - 1].isspace() and not text[follow + 1 : follow + 2].isalnum()


def _closes_single(text: str, at: int, marks: list[tuple[int, str]], k: int) -> bool:
    """An apostrophe or a closing mark? After a stop, a mark; after a letter, a mark unless a better
    one comes.
    """
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if after.isalnum():
        return False
    if not before.isalnum():
        return not before.isspace() or not after or after.isspace()
    for j in range(k + 1, min(k + 6, len(marks))):  # `o' the`, `the boys' room`: look a few marks ahead
        place, other = marks[j]
        if other == "‘" or (
            other == "'" and text[place - 1].isspace() and text[place + 1 : place + 2].isalpha()
        ):
            return True
        if other in "’'" and not text[place - 1].isalnum() and not text[place + 1 : place + 2].isalnum():
            return False
    return k + 1 >= len(marks) or bool(after and after in ".,;:!?)—–-") or not after


def _reopens(text: str, at: int, c: str, mark: str) -> bool:
    """Whether an opening mark of the same kind inside a quote shows that a closing one is missing."""
    if c != mark or c not in '“"':
        return False
    before = text[at - 1 : at]
    return c == "“" or before.isspace()


_STOP = re.compile(r"[.!?,…—]")


def _last_stop(text: str, start: int, end: int) -> int:
    """Where a quote with no closing mark most likely ended: before `he said`, else at the next mark."""
    for m in _STOP.finditer(text, start, end):
        words = _WORD.findall(text[m.end() : m.end() + 40])[:3]
        if len(words) > 1 and any(w in SPEECH for w in words[:3]):
            return m.end()
    return len(text[:end].rstrip())


def _quotable(text: str, start: int) -> bool:
    return len(text) - start > 2 and start == 0


# ---------------------------------------------------------------- what is no speech

_NAMED_THINGS = word_set(
    """
    called named titled entitled labelled labeled marked stamped word words term phrase name title read
    reads said says spelled spelt printed written sign inscription headline headlined motto legend song
    book poem novel story article chapter known
    """
)
_SPOKEN_END = re.compile(r"[.!?,…—–\-;:]['’”\"»“*_)]*$")


def is_speech(text: str, start: int, end: int) -> bool:
    """Whether marks hold somebody's words, and not a title, a sign, a scare quote or a word named."""
    inner = text[start + 1 : end - 1].strip()
    words = _WORD.findall(inner[:200])
    if not words:
        return bool(inner) and start == 0  # "...": a speaker with nothing to say
    before = text[:start].rstrip() if start < 400 else text[start - 400 : start].rstrip()
    if not before:
        return True
    ends_spoken = bool(_SPOKEN_END.search(inner[-12:]))
    last = _WORD.findall(before[-30:])
    lead = last[-1].lower() if last and before[-1].isalpha() else ""
    if before[-1] in ":,":
        return ends_spoken or len(words) > 1 or inner[:1].isupper()
    if before[-1] in ".!?…”\"»’'—–-;)*_“" and not inner[:1].islower():
        return True
    if lead in SPEECH and (inner[:1].isupper() or ends_spoken) and not _thing_speaks(last):
        return True
    after = text[end : end + 40].lstrip()
    follow = _WORD.findall(after)[:3]
    if follow and ends_spoken and any(w in SPEECH for w in follow):
        return True
    if before[-1] in ".!?…”\"»’'—–-;)":
        return ends_spoken or len(words) > 4
    if lead in _NAMED_THINGS or lead in FUNCTION:
        if lead in _NAMED_THINGS or lead == "the":
            return inner[:1].isupper() and inner[-1:] in "!?" and len(words) > 1
        return ends_spoken and (
            inner[-1:] in "!?"
            or len(words) > (1 if inner[:1].isupper() and follow and follow[0] == "and" else 3)
        )
    return inner[:1].isupper() and ends_spoken and len(words) > 1


def _thing_speaks(last: list[str]) -> bool:
    """`whose tag reads "..."`, `the sign said "..."`."""
    things = {
        "sign",
        "tag",
        "label",
        "notice",
        "letter",
        "note",
        "card",
        "plate",
        "poster",
        "headline",
        "board",
        "door",
    }
    return any(w.lower() in things for w in last[-3:])


# ---------------------------------------------------------------- letters


def _letters(flow: Flow, found: list[Quote]) -> list[Quote]:
    """Blocks set apart are letters when they are signed; each paragraph of one is a quote."""
    inside = {q.paragraph for q in found}
    extra: list[Quote] = []
    number = 0
    while number < len(flow.paragraphs):
        if flow.paragraphs[number].kind != "quotation":
            number += 1
            continue
        last = number
        while last + 1 < len(flow.paragraphs) and flow.paragraphs[last + 1].kind == "quotation":
            last += 1
        signed = _signature(flow, last)
        if not signed and last > number and flow.paragraphs[last].text.startswith(("P.S", "PS")):
            signed = _signature(flow, last - 1)
        if signed and not any(k in inside for k in range(number, last + 1)):
            for k in range(number, last + 1):
                base = flow.starts[k]
                lines = flow.source_lines(k) if k in (number, last) else [(0, len(flow.paragraphs[k].text))]
                extra += [Quote(base + a, base + b, k, "letter", label=signed) for a, b in lines]
        number = last + 1
    return sorted(found + extra, key=lambda q: q.start) if extra else found


_SIGNED = re.compile(r"[-—–~\s]*([A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3})\s?(?:\([^()\n]{1,20}\)\s?)?$")


def _signature(flow: Flow, paragraph: int) -> str:
    """The name on the last line of a block, "" where there is none."""
    lines = flow.source_lines(paragraph)
    text = flow.paragraphs[paragraph].text
    if not lines:
        return ""
    tail = text[lines[-1][0] : lines[-1][1]]
    match = _SIGNED.match(tail) if len(tail) < 50 else None
    if not match or tail.rstrip().endswith(("!", "?")):
        return ""
    return match.group(1).strip().rstrip(".")
