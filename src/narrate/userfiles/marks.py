"""YAML whose values remember where they stood.

`load` reads a file into plain values: `Table` is a dict, `Listing` a list, `Scalar` a str; each knows
its line and column. Scalars stay text until a model says what they are, so a character may be called
`No` or `007`, which YAML itself would turn into a boolean and a number.

The file is untrusted: no tags, no objects, nesting and aliases limited, size limited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from narrate.errors import UserFileError

MAX_BYTES = 32_000_000  # the script file of a very long novel is a tenth of it
MAX_DEPTH = 30  # nested tables and lists
MAX_ALIASED = 10_000  # values that `*aliases` may stand for in all; "billion laughs" asks for more

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file, both from 1."""

    line: int
    column: int


class Scalar(str):
    """One value as it was written, quotes and escapes resolved."""

    mark: Mark
    null: bool  # empty, `~` or `null` without quotes
    plain: bool  # written without quotes


class Table(dict[str, Any]):
    """A mapping; `key_marks` says where each key stands."""

    mark: Mark
    key_marks: dict[str, Mark]


class Listing(list[Any]):
    """A sequence."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Marked:
    """A whole file: its top table, and how to name a place in it."""

    path: Path
    table: Table
    text: str

    def where(self, location: Sequence[str | int] = (), *, key: bool = False) -> str:
        """`file:line:column` of what `mark` finds."""
        return self.at(self.mark(location, key=key))

    def at(self, mark: Mark) -> str:
        return f"{self.path}:{mark.line}:{mark.column}"

    def mark(self, location: Sequence[str | int] = (), *, key: bool = False) -> Mark:
        """Where the value at a path of keys and indices stands (or its `key`), or the nearest above it."""
        value: Any = self.table
        mark = value.mark
        for step in location:
            if isinstance(value, Table) and step in value:
                mark, value = value.key_marks[str(step)], value[str(step)]
                if not key and not (isinstance(value, Scalar) and value.null):
                    mark = value.mark
            elif isinstance(value, Listing) and isinstance(step, int) and step < len(value):
                value = value[step]
                mark = value.mark
            # other steps are pydantic's own, such as the name of a union's branch
        return Mark(mark.line, mark.column)


def read_text(path: Path) -> str:
    """The file's text, line ends as they are. Raises UserFileError where it is not a readable text file."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserFileError(
                f"larger than {MAX_BYTES // 1_000_000} MB",
                where=str(path),
                fix="this is no file of narrate's",
            )
        raw = path.read_bytes()
    except OSError as error:
        raise UserFileError(
            f"cannot be read ({error.strerror or error})",
            where=str(path),
            fix="check its path and permissions",
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise UserFileError(
            "not UTF-8 text", where=f"{path}:{line}:{column}", fix="save it as UTF-8 in your editor"
        ) from error


def load(path: Path) -> Marked:
    """Reads a YAML file whose top is a table. Raises UserFileError at file:line:column."""
    return parse(read_text(path), path)


def parse(text: str, path: Path) -> Marked:
    """As `load`, from text that was read already."""
    try:
        value = _Builder(path).build(yaml.parse(text, Loader=LOADER))
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, path, text) from error
    except yaml.reader.ReaderError as error:
        start = text.rfind("\n", 0, error.position) + 1
        line = text.count("\n", 0, error.position) + 1
        raise UserFileError(
            f"character U+{error.character:04X} is not allowed in YAML",
            where=f"{path}:{line}:{error.position - start + 1}",
            fix="take it out",
        ) from error
    if isinstance(value, Scalar) and value.null:
        value = _table(Mark(1, 1))
    if not isinstance(value, Table):
        raise UserFileError("the file should hold `key: value` lines", where=f"{path}:1:1")
    return Marked(path, value, text)


def _table(mark: Mark) -> Table:
    table = Table()
    table.mark, table.key_marks = mark, {}
    return table


class _Builder:
    """Builds values from YAML events, with no recursion and no expansion of aliases in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.anchors: dict[str, tuple[Any, int]] = {}  # value, and how many values it holds
        self.aliased = 0

    def fail(self, mark: Mark, what: str, fix: str = "") -> UserFileError:
        return UserFileError(what, where=f"{self.path}:{mark.line}:{mark.column}", fix=fix)

    def build(self, events: Iterator[Any]) -> Any:
        root: Any = None
        documents = 0
        # One frame for each open collection: the value, its pending key, its anchor, its size so far.
        stack: list[list[Any]] = []
        for event in events:
            mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.fail(mark, "a second document (`---`)", "keep everything in one")
                continue
            size = 1
            value: Any
            if isinstance(event, yaml.ScalarEvent):
                value = Scalar(event.value)
                value.mark, value.plain = mark, not event.style
                value.null = value.plain and value in _NULLS
            elif isinstance(event, yaml.AliasEvent):
                value, size = self._alias(event.anchor, mark)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if len(stack) >= MAX_DEPTH:
                    raise self.fail(mark, f"nested more than {MAX_DEPTH} deep")
                if isinstance(event, yaml.MappingStartEvent):
                    value = _table(mark)
                else:
                    value = Listing()
                    value.mark = mark
                self._no_tag(event, mark)
                stack.append([value, None, event.anchor, 1])
                continue
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                value, _, anchor, size = stack.pop()
                if anchor:
                    self.anchors[anchor] = (value, size)
            else:
                continue
            if isinstance(event, yaml.ScalarEvent):
                self._no_tag(event, mark)
                if event.anchor:
                    self.anchors[event.anchor] = (value, 1)
            if stack:
                self._put(stack[-1], value, size, mark)
            else:
                root = value
        return root if root is not None else _table(Mark(1, 1))

    def _put(self, frame: list[Any], value: Any, size: int, mark: Mark) -> None:
        parent, key = frame[0], frame[1]
        frame[3] += size
        if isinstance(parent, Listing):
            parent.append(value)
        elif key is None:
            if not isinstance(value, Scalar):
                raise self.fail(value.mark, "a key must be a word or a name", "put quotes around it")
            if value == "<<" and value.plain:
                raise self.fail(mark, "`<<` is not used here", "repeat the settings, or use `extend:`")
            if value in parent:
                first = parent.key_marks[value].line
                raise self.fail(
                    mark, f"{str(value)!r} is here twice (first in line {first})", "keep one of them"
                )
            frame[1] = value
        else:
            parent[str(key)] = value
            parent.key_marks[str(key)] = key.mark
            frame[1] = None

    def _alias(self, name: str | None, mark: Mark) -> tuple[Any, int]:
        if name is None or name not in self.anchors:
            raise self.fail(mark, f"`*{name}` stands for nothing that is complete above it")
        value, size = self.anchors[name]
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            raise self.fail(mark, f"`*aliases` stand for more than {MAX_ALIASED} values")
        return value, size

    def _no_tag(self, event: Any, mark: Mark) -> None:
        if event.tag is not None and event.tag != "!":
            raise self.fail(mark, "YAML tags (`!...`) are not used here", "put quotes around the text")


_UNCLOSED = ("end of stream", "',' or ']'", "',' or '}'")
_SYNTAX = (  # libyaml's words, what they mean to a writer, and what to do
    ("a tab character", "a tab where spaces belong", "indent with spaces"),
    ("mapping values are not allowed", "a second `: ` in one line", "quote the text, or indent as above"),
    ("cannot start any token", "a character that YAML keeps for itself", "put quotes around the text"),
    ("could not find expected ':'", "a line without `: `", "check this line and the one above"),
    (
        "did not find expected key",
        "this does not fit the lines above",
        "check the indentation and the quotes",
    ),
    ("did not find expected '-'", "this does not fit the list above", "check the indentation"),
    ("expected ',' or ']'", "a `[` list that is not closed", "add `]`, or put quotes around the text"),
    ("expected ',' or '}'", "a `{` that is not closed", "add `}`, or put quotes around the text"),
    ("found unexpected end of stream", "a quote that is never closed", "close it"),
    (
        "maximum nesting depth",
        f"nested more than {MAX_DEPTH} deep",
        "",
    ),  # libyaml's own limit, far above ours
    ("undefined alias", "`*name` stands for nothing above it", "put quotes around the text"),
    ("alphabetic or numeric", "`*` and `&` have a meaning in YAML", "put quotes around the text"),
    ("unknown escape character", "`\\` has a meaning between double quotes", "use single quotes"),
)


def _syntax(error: yaml.MarkedYAMLError, path: Path, text: str) -> UserFileError:
    problem = error.problem or "not YAML"
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and any(words in problem for words in _UNCLOSED):
        mark = error.context_mark  # where it opens says more than where the file ends
    what, fix = f"not YAML: {problem}", "see the lines around it"
    for words, meaning, remedy in _SYNTAX:
        if words in problem:
            what, fix = meaning, remedy
            break
    if mark is None:
        return UserFileError(what, where=f"{path}:1:1", fix=fix)
    nameless = _without_colon(problem, error, text)
    if nameless is not None:
        return UserFileError(
            "a name without `:`",
            where=f"{path}:{nameless.line}:{nameless.column}",
            fix="put `:` after the name",
        )
    line, column = mark.line + 1, mark.column + 1
    if "cannot start any token" in problem and text[mark.index : mark.index + 1] == "\t":
        what, fix = "a tab where spaces belong", "indent with spaces"
    return UserFileError(what, where=f"{path}:{line}:{column}", fix=fix)


def _without_colon(problem: str, error: yaml.MarkedYAMLError, text: str) -> Mark | None:
    """Where a line has no `:`; YAML notices only at the next `:`, or at the end."""
    if "could not find expected ':'" in problem and error.context_mark is not None:
        number = error.context_mark.line
    elif "mapping values are not allowed" in problem and error.problem_mark is not None:
        number = error.problem_mark.line - 1
    else:
        return None
    rows = text.split("\n")
    row = rows[number] if 0 <= number < len(rows) else ""
    bare = row.strip()
    if not bare or bare[0] in "#-[{\"'" or ":" in bare:
        return None
    return Mark(number + 1, len(row) - len(row.lstrip()) + 1)
