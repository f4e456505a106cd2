"""The finished audio as files: one module a format, a dict from suffix to publisher."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

from narrate.errors import OutputError
from narrate.mastering.timeline import Master
from narrate.publishing.encode import Progress
from narrate.publishing.m4b import publish_m4b
from narrate.publishing.metadata import Metadata

Publisher = Callable[[Master, Path, Metadata, Progress | None], tuple[Path, ...]]

PUBLISHERS: dict[str, Publisher] = {
    ".m4b": publish_m4b,
    ".m4a": publish_m4b,
}
"""By lower-case suffix."""


def publisher(output: str | Path) -> Publisher:
    """What will write `output`; asked before any work is done. Raises OutputError for an unknown suffix."""
    path = Path(output)
    suffix = path.suffix.lower()
    if suffix in PUBLISHERS:
        return PUBLISHERS[suffix]
    near = get_close_matches(suffix, PUBLISHERS, 1)
    known = ", ".join(PUBLISHERS)
    fix = f"did you mean {near[0]}?" if near else f"end the name in one of {known}"
    raise OutputError(f"no such kind of file: {suffix or 'no suffix'}", where=str(output), fix=fix)


def publish(
    master: Master, output: str | Path, metadata: Metadata, *, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Writes the book where `output` says and as its suffix says, whole or not at all.

    Gives the files written. Raises OutputError for what cannot be.
    """
    return publisher(output)(master, Path(output), metadata, progress)


__all__ = ["PUBLISHERS", "Metadata", "Progress", "publish", "publisher"]
