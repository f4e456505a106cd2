"""Markup that the reader left in, or that the author pasted: tags, entities, links, stars, notes."""

from __future__ import annotations

import html
import re

from narrate.speaking.page import Page

_entity = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,24});")
_comment = re.compile(r"<!--[^>]{0,2000}>")
_break = re.compile(r"<(?:br|p|div|hr|li)\b[^<>]{0,200}>", re.I)
_tag = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_image = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?: [^()\n]{0,100})?\)")
_heading = re.compile(r"^\s{0,3}#{1,6}\s+")
_block = re.compile(r"^\s{0,3}(?:>\s?)+")
_bullet = re.compile(r"^\s{0,3}(?:[-*+•‣◦▪·]|[0-9]{1,3}[.)](?=\s+\S))\s+(?=\S)")
_escape = re.compile(r"\\([\\`*_{}\[\]()#+.!~>|-])")
_stars = re.compile(r"(?<![0-9\s])\*+|\*+(?![0-9\s*])|~~|`+")
_lone_star = re.compile(r"(?:(?<=[^0-9]\s)|^)\*+(?=\s|$)")
_underline = re.compile(r"(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])")
_snake = re.compile(r"(?<=[A-Za-z0-9])_+(?=[A-Za-z0-9])")

_note = re.compile(
    r"\[(?:\^[^\[\]\s]{1,20}|[0-9]{1,3}|[ivx]{1,4}|[*†‡§]{1,3}|(?:foot|"
    r"end)?note [0-9*]{1,3})\](?:\(#[^()\s]{0,80}\)|(?=\s|[^\w(]|$)|(?<=\w\])(?=\w))",
    re.I,
)
_raised = re.compile(r"(?<=[A-Za-z.,;:!?'\"’”)])[⁰¹²³⁴-⁹]+")
_daggers = re.compile(r"[†‡]+")
_square = str.maketrans({"[": "(", "]": ")", "{": "(", "}": ")"})


def links(text: str, page: Page) -> str:
    """Entities as their characters, tags and the addresses of links and pictures out."""
    if "&" in text:
        text = _entity.sub(lambda m: html.unescape(m.group()), text)
    if "<" in text:
        text = _comment.sub(" ", text)
        text = _break.sub(" ", text)
        text = _tag.sub("", text)
    if "](" in text:
        text = _image.sub(r"\1", text)
    return text


def markup(text: str, page: Page) -> str:
    """Markdown's own characters taken out, the words between them kept; other brackets made round."""
    if text[:1] in " #>-*+•‣◦▪·0123456789":
        text = _heading.sub("", text)
        text = _block.sub("", text)
        if page.kind == "list" or text[:1] not in "-0123456789":
            text = _bullet.sub("", text)
    if "\\" in text:
        text = _escape.sub(r"\1", text)
    if "*" in text or "~" in text or "`" in text:
        text = _stars.sub("", text)
        text = _lone_star.sub(" ", text)
    if "_" in text:
        text = _underline.sub("", text)
        text = _snake.sub(" ", text)
    return text.translate(_square)


def footnotes(text: str, page: Page) -> str:
    """The marks of notes: [1], [^a], [*], a raised figure after a word, daggers."""
    if "[" in text:
        text = _note.sub("", text)
    text = _raised.sub("", text)
    return _daggers.sub("", text)
