"""Letters: blocks set apart and signed, and plain paragraphs from `Dear Paulo,` to a name."""

from __future__ import annotations

import re

from narrate.attribution.flow import Flow
from narrate.attribution.runs import Run

_SIGNED = re.compile(r"[-—–~\s]*([A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3})\s?(?:\([^()\n]{1,20}\)\s?)?$")
_HAIL = re.compile(
    r"(?:To )?(?:(?:[Mm]y |[Oo]h )?(?:own )?(?:[Dd]ear(?:est)?|[Dd]arling|[Bb]eloved)(?: [\w.'’-]{1,20}){1,4}"
    r"|To [Ww]hom [Ii]t [Mm]ay [Cc]oncern)[ \t]?[,:;.—–-]{0,2}$"
)
_CLOSE = re.compile(
    r"(?:(?:(?:[Ee]ver|[Aa]lways|[Mm]ost|[Vv]ery|I am|[Aa]nd) ){0,3}(?:[Yy]ours?|[Ss]incerely|[Ww]ith|[Ll]ove"
    r"|[Bb]est|[Rr]egards|[Aa]ffectionately|[Ff]aithfully|[Rr]espectfully|[Gg]ratefully|[Ww]armly|[Ff]ondly"
    r"|[Kk]ind|[Kk]isses|[Cc]heers|[Uu]ntil)\b[^.!?\n]{0,40},?)$"
)
_UNDER = re.compile(
    r"[-—–~ \t]{0,3}(?:(?:[Yy]our|[Tt]he|[Tt]hy)(?: [a-z’'-]{1,20}){0,4}[ ,]{1,2})?"
    r"([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})\.?$"
)
_MOST = 12
"""Paragraphs of a letter told in a story; a longer one is the story, and its writer the narrator."""


def find_letters(flow: Flow, taken: set[int]) -> list[Run]:
    """Each letter as its spans in order; `taken` paragraphs hold quotes and belong to no letter."""
    found: list[Run] = []
    number = 0
    while number < len(flow.paragraphs):
        if flow.paragraphs[number].kind == "quotation":
            last = number
            while last + 1 < len(flow.paragraphs) and flow.paragraphs[last + 1].kind == "quotation":
                last += 1
            signed = _block_signature(flow, number, last)
        else:
            last, signed = _plain_letter(flow, number, taken)
        if signed and not any(k in taken for k in range(number, last + 1)):
            found.append(_run(flow, number, last, signed))
        number = last + 1
    return found


def _run(flow: Flow, first: int, last: int, label: str) -> Run:
    """Each paragraph of a letter is a quote, and each line of the first and the last one."""
    run: Run = []
    for k in range(first, last + 1):
        lines = flow.source_lines(k) if k in (first, last) else [(0, len(flow.paragraphs[k].text))]
        run += [(k, a, b, "letter", label) for a, b in lines]
    return run


def _block_signature(flow: Flow, first: int, last: int) -> str:
    signed = _signature(flow, last)
    if not signed and last > first and flow.paragraphs[last].text.startswith(("P.S", "PS")):
        signed = _signature(flow, last - 1)
    return signed


def _plain_letter(flow: Flow, number: int, taken: set[int]) -> tuple[int, str]:
    """The last paragraph and the signature of a letter that opens here with `Dear Paulo,`; "" for none."""
    text = flow.paragraphs[number].text
    if number in taken or flow.paragraphs[number].kind == "heading" or not _hails(flow, number, text):
        return number, ""
    closed = False
    for k in range(number, min(len(flow.paragraphs), number + _MOST)):
        if k in taken or flow.scenes[k] != flow.scenes[number] or flow.paragraphs[k].kind == "heading":
            break
        lines = _lines(flow, k)
        if not lines:
            continue
        closes = [bool(_CLOSE.match(line)) for line in lines]
        name = _underwritten(lines[-1]) if closed or any(closes[:-1]) else ""
        if name:
            return k, name
        closed = closes[-1] and k > number
    return number, ""


def _hails(flow: Flow, number: int, text: str) -> bool:
    start = text[:20].lower()
    if not any(word in start for word in ("dear", "darling", "belov", "to whom")):
        return False
    lines = _lines(flow, number)
    return bool(lines and _HAIL.match(lines[0]))


def _lines(flow: Flow, number: int) -> list[str]:
    text = flow.paragraphs[number].text
    return [line for a, b in flow.source_lines(number) if (line := text[a:b].strip())]


def signer(flow: Flow, number: int) -> str:
    """Who signs in the last line of a paragraph that ends with a closing mark, "" for nobody."""
    lines = _lines(flow, number)
    return _underwritten(lines[-1].rstrip('"” ')) if lines else ""


def _underwritten(line: str) -> str:
    """The name in what stands under `With love,`: `Your cousin Paulo`."""
    match = _UNDER.match(line) if len(line) < 60 else None
    return match.group(1) if match else ""


def _signature(flow: Flow, paragraph: int) -> str:
    """The name on the last line of a paragraph, "" where there is none."""
    lines = flow.source_lines(paragraph)
    text = flow.paragraphs[paragraph].text
    if not lines:
        return ""
    tail = text[lines[-1][0] : lines[-1][1]]
    match = _SIGNED.match(tail) if len(tail) < 50 else None
    if not match or tail.rstrip().endswith(("!", "?")):
        return ""
    return match.group(1).strip().rstrip(".")
