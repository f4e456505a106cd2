"""New characters put into a cast file as text, so that nothing of the user's is touched."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml

from narrate.cast import Cast, Role
from narrate.errors import UserFileError
from narrate.script import Script
from narrate.userfiles.cast_text import Facts, block, flow, others, scalar, value_of, write_new
from narrate.userfiles.marks import LOADER, Marked, Scalar, Table, parse, read_text
from narrate.userfiles.whole import write_whole

# Untyped, since PyYAML's stubs leave out what the events hold.
_STARTS: Any = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS: Any = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_NODES: Any = yaml.NodeEvent


def keep_cast(
    path: Path, cast: Cast, script: Script, *, story: str, inherited: Collection[str] = ()
) -> Literal["written", "added", "same"]:
    """Writes the cast file where there is none, and adds to it whom it lacks; in one rename.

    `inherited` are characters that need no entry: those of the casts that it extends. Raises
    UserFileError as `append_new`, OutputError where the file cannot be written.
    """
    text = read_text(path) if path.exists() else ""
    if not text.strip():
        write_whole(path, write_new(cast, script, story=story))
        return "written"
    added = append_new(text, cast, script, path=path, inherited=inherited)
    if added == text:
        return "same"
    bom = path.read_bytes().startswith(b"\xef\xbb\xbf")
    write_whole(path, ("\ufeff" if bom else "") + added)
    return "added"


def append_new(text: str, cast: Cast, script: Script, *, path: Path, inherited: Collection[str] = ()) -> str:
    """`text` with an entry under `characters:` for each role that it lacks; all else stays to the letter.

    Raises UserFileError where the text is not YAML, or where its shape leaves no room for an entry
    (`characters: *other`).
    """
    marked = parse(text, path)
    there = marked.table.get("characters")
    known = {*inherited, *(there if isinstance(there, dict) else ())}
    new = [role for role in others(cast, script) if role.character not in known]
    if not new:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    added = _Insertion(text, marked, newline).add(new, Facts(script))
    _prove(marked, added, new, path)
    return added


def _prove(before: Marked, text: str, new: Sequence[Role], path: Path) -> None:
    """The user's file is at stake, so the result is read back before anything is written."""
    there = before.table.get("characters")
    old = there if isinstance(there, Table) else {}
    added = {role.character: value_of(role.voice) for role in new}
    empty = there is None or (isinstance(there, Scalar) and there.null)
    try:
        read = parse(text, path).table if old is there or empty else None
    except UserFileError:
        read = None
    if read != {**before.table, "characters": {**old, **added}}:
        raise UserFileError(
            "new characters cannot be added to this file",
            where=before.where(("characters",)),
            fix=f"add them under `characters:` yourself: {', '.join(added)}",
        )


class _Insertion:
    """Finds the place for new entries, and puts them there."""

    def __init__(self, text: str, marked: Marked, newline: str) -> None:
        self.text, self.marked, self.newline = text, marked, newline
        self.key: Any
        self.value: Any
        self.key, self.value, self.leaf_end, self.root_flow, self.content_end = _survey(text)

    def add(self, new: Sequence[Role], facts: Facts) -> str:
        text = self.text
        if self.root_flow:
            return self._into_flow(new, whole=self.key is None)
        if self.key is None:
            return self._at_end(["", "characters:", *self._blocks(new, facts, "  ", "  ")])
        kind = self.value
        table = isinstance(kind, yaml.MappingStartEvent)
        if table and kind.flow_style:
            return self._into_flow(new)
        if table:
            indent = " " * kind.start_mark.column
            step = self._step(len(indent))
            at = self._after_comments(self.leaf_end, len(indent))
            return self._splice(at, self._blocks(new, facts, indent, step))
        # `characters:` with nothing, or with a `~` that becomes a comment
        if text[kind.start_mark.index : kind.end_mark.index]:
            start = kind.start_mark.index
            text = self.text = text[:start] + "# " + text[start:]
        at = self._after_comments(kind.start_mark.index, 1)
        return self._splice(at, self._blocks(new, facts, "  ", "  "))

    def _blocks(self, new: Sequence[Role], facts: Facts, indent: str, step: str) -> list[str]:
        return [line for role in new for line in block(role, facts, indent, step)]

    def _step(self, indent: int) -> str:
        """How far the file indents what stands under a character."""
        for entry in self.marked.table["characters"].values():
            if isinstance(entry, Table) and indent < entry.mark.column - 1 <= indent + 8:
                return " " * (entry.mark.column - 1 - indent)
        return "  "

    def _after_comments(self, at: int, indent: int) -> int:
        """The end of the line `at` stands in, and of the comments below it that are as far in."""
        text = self.text
        end = at if at and text[at - 1] == "\n" else _line_end(text, at)  # a text block ends on a new line
        look = end
        while look < len(text):
            after = _line_end(text, look)
            line = text[look:after]
            bare = line.strip()
            if bare.startswith("#") and len(line) - len(line.lstrip(" ")) >= indent:
                end = after
            elif bare:
                break
            look = after
        return end

    def _at_end(self, lines: list[str]) -> str:
        """After everything, though before a `...` that ends the document."""
        closing = re.search(r"^\.\.\.[ \t]*(?:#.*)?\r?$", self.text[self.content_end :], re.MULTILINE)
        at = self.content_end + closing.start() if closing else len(self.text)
        return self._splice(at, lines)

    def _splice(self, at: int, lines: list[str]) -> str:
        before, after = self.text[:at], self.text[at:]
        if before and not before.endswith("\n"):
            before += self.newline
        return before + "".join(line + self.newline for line in lines) + after

    def _into_flow(self, new: Sequence[Role], *, whole: bool = False) -> str:
        entries = ", ".join(f"{scalar(r.character)}: {flow(r.voice)}" for r in new)
        empty = not self.marked.table if whole else not self.marked.table.get("characters")
        if whole:
            entries = f"characters: {{{entries}}}"
        elif not isinstance(self.value, yaml.MappingStartEvent):  # {characters: }
            at = self.value.end_mark.index
            return f"{self.text[:at]} {{{entries}}}{self.text[at:]}"
        at = self.leaf_end
        return self.text[:at] + ("" if empty else ", ") + entries + self.text[at:]


def _survey(text: str) -> tuple[Any, Any, int, bool, int]:
    """The event of the key `characters` and of its value; where the last thing inside ends (for an
    empty flow table: just inside it); whether the whole file is a flow table; where its content ends.

    With no such key the third is where the last thing of the file ends.
    """
    key: Any = None
    value: Any = None
    key_here: Any = None
    leaf_end = content_end = 0
    root_flow = False
    depth = 0
    expecting_key = False
    inside = False
    events: Any = yaml.parse(text, Loader=LOADER)
    for event in events:
        if isinstance(event, _ENDS):
            depth -= 1
            flow_end = event.end_mark.index if _closes(text, event) else 0
            if inside and depth == 1:
                inside = False
            elif inside:
                leaf_end = max(leaf_end, flow_end)
            if depth > 0:
                content_end = max(content_end, flow_end)
            continue
        if not isinstance(event, _NODES):
            continue
        opens = isinstance(event, _STARTS)
        flow = opens and bool(event.flow_style)
        end = event.end_mark.index if not opens or flow else event.start_mark.index
        if depth == 0:
            root_flow, content_end, expecting_key = flow, end, True
        else:
            content_end = max(content_end, end)
        if depth == 1:
            if expecting_key:
                key_here = event
            elif isinstance(key_here, yaml.ScalarEvent) and key_here.value == "characters":
                key, value, leaf_end, inside = key_here, event, end, opens
            expecting_key = not expecting_key
        elif inside:
            leaf_end = max(leaf_end, end)
        depth += opens
    return key, value, leaf_end if key is not None else content_end, root_flow, content_end


def _closes(text: str, event: Any) -> bool:
    """Whether an end event is a bracket in the text: the ends of block style lie anywhere below."""
    return text[event.start_mark.index : event.end_mark.index] in ("}", "]")


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
