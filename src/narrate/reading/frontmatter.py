"""The YAML between `---` lines at the head of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

_FENCE = re.compile(r"---[ \t]*(?:\r\n?|\n)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M)
_KEY_LINE = re.compile(r"[ \t]*(?:#.*|[\w -]{1,40}:.*|-[ \t].*|[ \t]+\S.*)?")
_SIMPLE = re.compile(r"(title|author|authors|language|lang)[ \t]*:[ \t]*(.+)", re.I)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_ROOM = 65_536  # more than this is no front matter

_LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "russian": "ru", "finnish": "fi", "swedish": "sv", "chinese": "zh", "japanese": "ja",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the story says of itself; "" where it says nothing."""

    title: str = ""
    author: str = ""
    language: str = ""
    end: int = 0  # source offset after the closing fence's line; 0 without front matter


def front_matter(text: str) -> FrontMatter:
    """The front matter that the text opens with. Prose between two scene breaks is none."""
    opening = _FENCE.match(text)
    closing = _CLOSE.search(text, opening.end(), _ROOM) if opening else None
    if opening is None or closing is None:
        return FrontMatter()
    source = text[opening.end() : closing.start()].replace("\r\n", "\n").replace("\r", "\n")
    if not source.strip() or not all(_KEY_LINE.fullmatch(line) for line in source.split("\n")):
        return FrontMatter()
    fields = _fields(source)
    if fields is None:
        return FrontMatter()
    return FrontMatter(
        _words(fields.get("title")),
        _words(fields.get("author", fields.get("authors"))),
        language_tag(_words(fields.get("language", fields.get("lang")))) if fields else "",
        closing.end(),
    )


def language_tag(name: str) -> str:
    """A BCP 47 tag of a tag or an English name of a language; "en" for what is neither."""
    name = name.split(",")[0].strip()
    if name.lower() in _LANGUAGES:
        return _LANGUAGES[name.lower()]
    if not _TAG.fullmatch(name):
        return "en"
    first, *rest = name.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _fields(source: str) -> dict[str, Any] | None:
    """The mapping, keys in lower case; a colon left bare in a title is read as its author meant it."""
    try:
        loaded = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        found = (_SIMPLE.fullmatch(line.strip()) for line in source.split("\n"))
        return {m[1].lower(): m[2].strip().strip("\"'") for m in found if m}
    if not isinstance(loaded, dict):
        return None
    return {str(key).lower(): value for key, value in loaded.items()}


def _words(value: Any) -> str:
    """A field as one line: names in a list are joined, `name:` is looked for in a mapping."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    if isinstance(value, dict):
        return _words(value.get("name"))
    return "" if value is None else " ".join(str(value).split())
