"""Who is heard when in each finished book, remembered for `narrate check`.

A timeline is found again by the content of the book's files, so a book may be moved or renamed; one that
anybody changed has none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import file_digest, sha256
from pathlib import Path

from narrate.checking import Sidecar, audio_files, parse_sidecar
from narrate.errors import UsageError
from narrate.rendering.memo import Memo


def keep(memo: Memo, files: Sequence[Path], timeline: Sidecar) -> None:
    """Remembers the timeline of a book that was just published as `files`, in the order they are heard."""
    memo.put(_key(files), json.dumps(timeline.to_json()).encode())


def timeline_of(path: Path, memo: Memo | None = None) -> Sidecar | None:
    """The timeline of the book at `path` (a file, or a folder with a file a chapter), None if not known."""
    try:
        kept = (memo or Memo.default()).get(_key(audio_files(path)))
        return None if kept is None else parse_sidecar(kept)
    except (OSError, ValueError, UsageError):
        return None


def engines_of(path: Path, memo: Memo | None = None) -> frozenset[str]:
    """Whose voices are heard in the book at `path`; none where that is not known."""
    timeline = timeline_of(path, memo) if path.exists() else None
    return frozenset(heard.voice.partition("/")[0] for heard in timeline.lines) if timeline else frozenset()


def _key(files: Sequence[Path]) -> str:
    """One file: of its content; several: of their hashes in order."""
    digests = []
    for path in files:
        with path.open("rb") as file:
            digests.append(file_digest(file, "sha256").hexdigest())
    return sha256("\0".join(("timeline", *digests)).encode()).hexdigest()
