"""Dashes, dots and rows of marks as the pauses they are."""

from __future__ import annotations

import re

from narrate.speaking.page import Page

_dash = re.compile(r"\s?(?:[-–—―⸺⸻‒−]{2,}|[–—―⸺⸻‒−]|(?<=\s)-(?=\s))\s?")
_dashes = re.compile("—{2,}")
_only_dash = re.compile(r"[–―⸺⸻‒−]|--|—\s|\s—|——|\s-+\s|^-\s")
_dots = re.compile(r"\s?[.…](?:\s?[.…])+|\s?…")
_before_word = re.compile(r"…(?=[^\s.,;:!?…)—])")
_shouted = re.compile(r"[!?‽]{2,}|‽")
_turned = re.compile(r"[¡¿]+")
_break = re.compile(r"\s*\n\s*")
_stopped = ".,;:!?—…"
_bracket = re.compile(r"\s*[()]+\s*")


def pauses(text: str, page: Page) -> str:
    """`--`, `–`, ` - ` as one em dash, `..` and `. . .` as one ellipsis, `!!!` as one mark."""
    if "\n" in text:
        text = _break.sub(lambda m: _joint(text, m.start()), text)
    if _only_dash.search(text):
        text = _dashes.sub("—", _dash.sub("—", text))
    if "…" in text or ".." in text or ". ." in text:
        text = _before_word.sub("… ", _dots.sub("…", text))
    if "!!" in text or "??" in text or "!?" in text or "?!" in text or "‽" in text:
        text = _shouted.sub(_once, text)
    text = _turned.sub("", text)
    if page.style == "respelling":
        # espeak runs "wait—no" together and passes over brackets; spaced dashes and commas it heeds.
        text = _bracket.sub(", ", text).replace("—", " — ")
    return text


def _joint(text: str, at: int) -> str:
    return " " if at == 0 or text[at - 1] in _stopped else ", "


def _once(match: re.Match[str]) -> str:
    marks = match.group()
    asked, cried = "?" in marks or "‽" in marks, "!" in marks or "‽" in marks
    return "?!" if asked and cried else "?" if asked else "!"
