"""What the user may have meant."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches


def nearest(name: str, known: Sequence[str], *, listed: int = 8) -> str:
    """The fix for an unknown name: the nearest known one, or the first few that there are."""
    close = get_close_matches(name.casefold(), [k.casefold() for k in known], n=1, cutoff=0.5)
    if close:
        meant = next(k for k in known if k.casefold() == close[0])
        return f"did you mean {meant!r}?"
    if not known:
        return "there are none"
    more = f" and {len(known) - listed} more" if len(known) > listed else ""
    return f"there are: {', '.join(known[:listed])}{more}"
