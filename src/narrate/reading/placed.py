"""markdown-it-py's inline parser, made to remember where each token stood.

markdown-it-py keeps line ranges for blocks but no offsets for inline tokens; here every token that holds
text carries `meta["at"]`, the offset of its first character in the inline source.
"""

from __future__ import annotations

import re
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

HIDDEN = "\ufdd0"
"""Stands for each character of a comment: a noncharacter, so no text has it."""

_TAGS = (
    "a|abbr|address|article|aside|b|big|blockquote|body|br|center|cite|code|dd|del|details|dfn|div|dl|dt|em|"
    "figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|img|ins|kbd|li|link|main|mark|meta|nav|ol|p|"
    "picture|pre|q|rp|rt|ruby|s|samp|section|small|source|span|strike|strong|sub|summary|sup|table|tbody|td|"
    "tfoot|th|thead|tr|tt|u|ul|var|wbr"
)
# Only known names, and attributes only with a value: fiction sets telepathy and messages in angle brackets,
# as in <What is that?> or <i hear you>.
_ATTRIBUTE = r"""\s+[a-z_:][\w:.-]*\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+)"""
_TAG = re.compile(rf"<(?P<name>/?(?:{_TAGS}))(?:{_ATTRIBUTE})*\s*/?>", re.I)
_HIDDEN_RUN = re.compile(f"{HIDDEN}+")
_DEFINITION = re.compile(r"\[[^\[\]]{1,200}\]:[ \t]*<?(?:[a-z][a-z0-9+.-]{1,20}:\S|\.{0,2}/|#|www\.)", re.I)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,40}\]:?")


class PlacedState(StateInline):
    """Inline state whose tokens know their place."""

    pending_at = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self.pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.meta["at"] = self.pending_at
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        return token


class PlacedInline(ParserInline):
    """Inline parser over PlacedState."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = PlacedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def parser() -> MarkdownIt:
    """CommonMark as fiction needs it: no indented code (first lines are indented), no fences, no raw HTML
    blocks; only known HTML tags are markup, and only definitions with an address are link definitions."""
    md = MarkdownIt("commonmark")
    md.inline = PlacedInline()  # before the rules are chosen
    md.inline.ruler.before("html_inline", "tag", _tag)
    md.inline.ruler.before("link", "footnote", _footnote)
    md.inline.ruler.before("escape", "hidden", _hidden)
    md.inline.ruler.before("escape", "struck", _struck)
    md.inline.add_terminator_char(HIDDEN)
    rules = ["text", "newline", "escape", "backticks", "emphasis", "link", "image", "autolink", "entity"]
    md.inline.ruler.enableOnly([*rules, "tag", "footnote", "hidden", "struck"])
    md.inline.ruler2.enableOnly(["balance_pairs", "emphasis"])  # joining fragments would lose their places
    md.core.ruler.disable("text_join")
    md.block.ruler.disable(["code", "fence", "html_block"])
    md.block.ruler.at("reference", _reference)
    return md


def _reference(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """`[1]: http://...` is a link's definition; `[03:14]: hello` and `[Lucho]: yes` are messages."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if _DEFINITION.match(state.src, begin, state.eMarks[start_line]) is None:
        return False
    return reference(state, start_line, end_line, silent)


def _tag(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<":
        return False
    tag = _TAG.match(state.src, state.pos, min(state.posMax, state.pos + 2000))
    if tag is None:
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = tag[0]
        token.info = tag["name"].lower()
    state.pos = tag.end()
    return True


def _hidden(state: StateInline, silent: bool) -> bool:
    run = _HIDDEN_RUN.match(state.src, state.pos, state.posMax)
    if run is None:
        return False
    if not silent:
        state.push("html_inline", "", 0)
    state.pos = run.end()
    return True


def _footnote(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[^", state.pos):
        return False
    mark = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if mark is None:
        return False
    if not silent:
        state.push("html_inline", "", 0)
    state.pos = mark.end()
    return True


def _struck(state: StateInline, silent: bool) -> bool:
    """The marks of ~~struck~~ words go; the words stay, since the author shows them."""
    pos = state.pos
    if not state.src.startswith("~~", pos) or state.src[max(pos - 1, 0) : pos] == "~":
        return False
    after = state.src[pos + 2 : pos + 3]
    before = state.src[max(pos - 1, 0) : pos]
    if after == "~" or not (after.strip() or before.strip()):
        return False
    if not silent:
        state.push("html_inline", "", 0)
    state.pos = pos + 2
    return True
