"""The lines that the Markdown parser sees: the source's own, but for those it would misread.

A shadow line either ends exactly as its source line does, so that text in it can be traced back, or holds no
text. Line k of the shadow is line k of the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrate.reading.breaks import is_break
from narrate.reading.headings import could_be_title, heading
from narrate.reading.placed import HIDDEN

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_FENCE = re.compile(r"[ \t>]*`{3,}([\w+#.-]*)[ \t]*")
_UNDERLINE = re.compile(r"[ \t]*(?:-+|=+)[ \t]*")
_LONE_NUMBER = re.compile(r"[ \t]*\d{1,4}[.)][ \t]*")
_PREFIX = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])))+")
_STARTS_BLOCK = re.compile(r"[ \t]*(?:#{1,6}[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])")
_BLOCK_HIDERS = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_DEEPEST = 4  # block quotes and bullets in one line's prefix; further marks are no structure

_BREAK = "***"


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a text and their places."""

    lines: list[str]  # as the parser sees them
    starts: list[int]  # source offset of each line's first character
    ends: list[int]  # source offset after each line's last character, line end left out


def shadow(text: str, begin: int) -> Source:
    """The shadow of `text`, whose story begins at the offset `begin` (after the front matter)."""
    hidden = _hide(text)
    lines: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _LINE.finditer(hidden):
        if found.start() == len(hidden) and lines:
            break
        lines.append("" if found.start() < begin else found[1])
        starts.append(found.start())
        ends.append(found.end(1))
    blank = [not line.strip(" \t" + HIDDEN) for line in lines]
    fences = _fences(lines)
    for k, line in enumerate(lines):
        if blank[k] or k in fences:
            lines[k] = ""
            continue
        under_text = k > 0 and not blank[k - 1] and lines[k - 1] not in ("", _BREAK)
        alone = (k == 0 or blank[k - 1]) and (k + 1 == len(lines) or blank[k + 1])
        first = line.lstrip(" \t")[0]
        if under_text and first in "-=" and _UNDERLINE.fullmatch(line):
            above_alone = k < 2 or not lines[k - 2].strip()
            lines[k] = line if above_alone and _is_headed(lines[k - 1]) else _BREAK
        elif is_break(line):
            lines[k] = _BREAK
        elif alone and first.isdigit() and _LONE_NUMBER.fullmatch(line):
            lines[k] = "###### " + line.lstrip()  # to the parser an empty list item, and its number lost
        elif first in ">-*+":
            lines[k] = _shallow(line)
    return Source(lines, starts, ends)


def _fences(lines: list[str]) -> set[int]:
    """The lines of backticks around code. What stands between them is read like any text."""
    found: set[int] = set()
    opened: int | None = None
    for k, line in enumerate(lines):
        fence = _FENCE.fullmatch(line) if "```" in line else None
        if fence is None:
            continue
        if not fence[1]:
            found.add(k)
        if opened is None:
            opened = k
        elif not fence[1]:
            found.add(opened)
            opened = None
    return found


def _is_headed(line: str) -> bool:
    """Whether dashes under the line make it a heading, as in CommonMark, or end a scene after it."""
    if _STARTS_BLOCK.match(line):
        return False
    return could_be_title(line) or heading(line) is not None


def _shallow(line: str) -> str:
    """The line with no more than a few block marks before its text."""
    prefix = _PREFIX.match(line)
    if prefix is None:
        return line
    marks = [k for k in range(prefix.end()) if line[k] not in " \t"]
    if len(marks) <= _DEEPEST:
        return line
    cut = marks[_DEEPEST - 1] + 1
    return line[:cut] + " " * (prefix.end() - cut) + line[prefix.end() :]


def _hide(text: str) -> str:
    """The text with comments, scripts and styles made of HIDDEN, line ends left alone."""
    parts: list[str] = []
    done = 0
    folded = text if "<s" not in text and "<S" not in text else _lower_ascii(text)
    for opening, closing in _BLOCK_HIDERS:
        if opening not in folded:
            continue
        at = folded.find(opening)
        while at >= 0:
            end = folded.find(closing, at + len(opening))
            if end < 0:
                break  # never closed: text, not markup
            end += len(closing)
            parts += [text[done:at], "".join(c if c in "\r\n" else HIDDEN for c in text[at:end])]
            done = end
            at = folded.find(opening, end)
        text = "".join([*parts, text[done:]])
        folded = text if folded is text else _lower_ascii(text)
        parts, done = [], 0
    return text


def _lower_ascii(text: str) -> str:
    """Lower case for ASCII only, since `str.lower` may change a text's length."""
    return text.translate({c: c + 32 for c in range(65, 91)})
