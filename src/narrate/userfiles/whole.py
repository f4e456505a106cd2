"""A user's file written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from narrate.errors import OutputError


def write_whole(path: Path, text: str) -> None:
    """Writes beside `path` and moves in; its permissions stay, a link stays a link. Raises OutputError."""
    target = Path(os.path.realpath(path))
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        else:
            umask = os.umask(0)
            os.umask(umask)
            Path(beside).chmod(0o666 & ~umask)
        Path(beside).replace(target)
    except BaseException as error:
        if beside:
            with contextlib.suppress(OSError):
                Path(beside).unlink()
        if not isinstance(error, OSError):
            raise
        raise OutputError(
            f"the file cannot be written ({error.strerror or error})",
            where=str(path),
            fix="make its folder writable, or name another place with --cast and --script",
        ) from error
