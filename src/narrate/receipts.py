"""Which finished files are still right: nothing is encoded twice.

A receipt says which master a file was made of. It is believed only while the file has the size and
time of change that it had then, so a file that anybody touched is simply made again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from narrate.rendering.memo import Memo


def still_right(memo: Memo, output: str, key: str) -> tuple[Path, ...] | None:
    """The files that an earlier run made of the master `key` for `output`, None if one is not as it was."""
    kept = memo.get(_name(output))
    if kept is None:
        return None
    try:
        receipt = json.loads(kept)
        if receipt["key"] != key:
            return None
        files = [(Path(path), size, changed) for path, size, changed in receipt["files"]]
        for path, size, changed in files:
            state = path.stat()
            if (state.st_size, state.st_mtime_ns) != (size, changed):
                return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return tuple(path for path, _size, _changed in files)


def keep(memo: Memo, output: str, key: str, files: Sequence[Path]) -> None:
    """Notes that `files` were made of the master `key`."""
    states = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    memo.put(_name(output), json.dumps({"key": key, "files": states}).encode())


def _name(output: str) -> str:
    return sha256(b"receipt\0" + str(Path(output).absolute()).encode(errors="surrogateescape")).hexdigest()
