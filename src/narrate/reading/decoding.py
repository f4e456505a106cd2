"""Bytes to text: which encoding a story is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Collection
from pathlib import Path

from narrate.errors import StoryError
from narrate.nearest import near

_BOMS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_OTHER_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip container, as EPUB, DOCX and ODT are"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
)

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_SAVE_AS = "save it as plain text in UTF-8, or as Markdown"


def read_bytes(path: Path, suffixes: Collection[str]) -> bytes:
    """The file's bytes, or one StoryError that says why there are none.

    `suffixes` are what stories end in, for the file that was meant.
    """
    try:
        if path.is_dir():
            raise StoryError("is a folder, not a story", where=str(path), fix="name the story file in it")
        return path.read_bytes()
    except FileNotFoundError:
        raise StoryError("there is no such file", where=str(path), fix=_meant(path, suffixes)) from None
    except PermissionError:
        raise StoryError(
            "may not be read", where=str(path), fix="give yourself read permission on it"
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise StoryError(f"cannot be read ({reason})", where=str(path)) from None


def _meant(path: Path, suffixes: Collection[str]) -> str:
    """The file beside it that was meant: most often one whose suffix was forgotten."""
    with contextlib.suppress(OSError):
        there = {other.name: other for other in path.parent.iterdir() if other.suffix.lower() in suffixes}
        close = near(path.name, [name for name, other in there.items() if not other.name.startswith(".")])
        if close is not None:
            return f"did you mean {str(there[close])!r}?"
    return "check the name"


def decode(data: bytes, path: Path) -> str:
    """The text in UTF-8, UTF-16 or UTF-32 by its mark, UTF-16 by its look, else UTF-8, else CP1252.

    Line ends stay as they are; the byte order mark goes. StoryError for what is not text.
    """
    for magic, name in _OTHER_FORMATS:
        if data.startswith(magic):
            raise StoryError(f"is {name}, not text", where=str(path), fix=_SAVE_AS)
    return refuse_binary(_decode(data, path), path)


def refuse_binary(text: str, path: Path) -> str:
    """The text itself; StoryError if it holds characters that only programs and pictures have."""
    if "\0" in text or len(_CONTROL.findall(text)) > 8 + len(text) // 200:
        raise _binary(path)
    return text


def _binary(path: Path) -> StoryError:
    return StoryError("is binary, not text", where=str(path), fix=_SAVE_AS)


def _decode(data: bytes, path: Path) -> str:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None) or _utf16_by_look(data)
    if encoding is not None:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            raise _undecodable(data, path, error) from None
    if b"\0" in data:
        raise _binary(path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Mostly good UTF-8 with a bad byte is damage: read as CP1252 every accent would come out wrong.
        lenient = data.decode("utf-8", "replace")
        bad = lenient.count("\ufffd")
        good = sum(1 for c in lenient if c > "\x7f") - bad
        if good > 2 * bad:
            raise _undecodable(data, path, error) from None
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError as second:
            second.encoding = "cp1252"  # Python calls its table "charmap"
            raise _undecodable(data, path, second) from None


def _utf16_by_look(data: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every second byte is zero, and the others hardly ever."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _undecodable(data: bytes, path: Path, error: UnicodeDecodeError) -> StoryError:
    line = data.count(b"\n", 0, error.start) + 1
    column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
    return StoryError(
        f"byte 0x{data[error.start]:02x} is no character in {error.encoding.upper()}",
        where=f"{path}:{line}:{column}",
        fix=_SAVE_AS,
    )
