"""What the user may have meant: the known name nearest to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name nearest to `name`, capitals aside, or None where none is near."""
    by_fold = {k.casefold(): k for k in sorted(known, reverse=True)}
    close = get_close_matches(name.casefold()[:200], by_fold, n=1, cutoff=0.5)
    return by_fold[close[0]] if close else None


def meant(name: str, known: Iterable[str], *, listed: int = 8) -> str:
    """The fix for an unknown name: the nearest known one, or the first few that there are."""
    names = list(known)
    close = near(name, names)
    if close is not None:
        return f"did you mean {close!r}?"
    if not names:
        return "there are none"
    more = f" and {len(names) - listed} more" if len(names) > listed else ""
    return f"there are: {', '.join(names[:listed])}{more}"
