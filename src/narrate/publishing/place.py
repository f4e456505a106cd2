"""Where a finished file goes: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from narrate.errors import OutputError

_STALE_S = 3600.0  # a part file that nobody has written to for an hour was left by a killed run
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A path next to `path` to write to; what lies there at the end takes `path`'s place at once.

    Whatever goes wrong, Ctrl-C included, takes the part file away and leaves `path` as it was.
    Raises OutputError for what the disk refuses.
    """
    with refusals(path):
        if path.is_dir():
            raise OutputError("this is a folder", where=str(path), fix="give the file another name")
        path.parent.mkdir(parents=True, exist_ok=True)
        clear_stale(path.parent, ".narrate-*.part")
        part = path.with_name(f".narrate-{secrets.token_hex(4)}.part")  # the name itself may be at the limit
        try:
            yield part
            settle(part)
            part.replace(path)
        finally:
            with contextlib.suppress(OSError):
                part.unlink()


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """What the operating system refuses becomes an OutputError that says what to do."""
    try:
        yield
    except OSError as error:
        raise refused(error, path) from error


def refused(error: OSError, path: Path) -> OutputError:
    """The OutputError for an error of the operating system."""
    if error.errno in _FULL:
        fix = "make room there, or write elsewhere with -o"
        return OutputError("the disk is full", where=str(path), fix=fix)
    if error.errno in _CLOSED:
        fix = "choose a place you may write to with -o"
        return OutputError("writing here is not allowed", where=str(path), fix=fix)
    if error.errno == errno.ENAMETOOLONG:
        return OutputError("this name is too long", where=str(path), fix="give a shorter one with -o")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return OutputError(
            "a file stands where a folder should be", where=str(path), fix="write elsewhere with -o"
        )
    what = error.strerror or type(error).__name__
    return OutputError(f"cannot be written ({what})", where=str(path), fix="write elsewhere with -o")


def settle(path: Path) -> None:
    """Waits until a file's bytes are on the disk: a full one may say so only now."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear_stale(folder: Path, pattern: str) -> None:
    """Takes away what killed runs left."""
    with contextlib.suppress(OSError):
        for left in folder.glob(pattern):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _STALE_S:
                    left.unlink()
