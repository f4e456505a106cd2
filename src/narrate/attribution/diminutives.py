"""Diminutives: whether a fond form may stand for a full given name."""

from __future__ import annotations

from narrate.attribution.given_names import FEMALE, MALE, NICKNAMES, given_sex


def same_given(a: str, b: str) -> bool:
    """Whether two given names may be one person's: `Tom`, `Thomas`."""
    a, b = a.lower(), b.lower()
    return (
        a == b
        or b in NICKNAMES.get(a, ())
        or a in NICKNAMES.get(b, ())
        or is_diminutive(a, b)
        or is_diminutive(b, a)
    )


def is_diminutive(short: str, full: str) -> bool:
    """`barty` of `bartholomew`, `ilonka` of `ilona`: a common stem and a fond ending."""
    if short == full or len(full) < 4 or short in FEMALE or short in MALE or short in NICKNAMES:
        return False
    for ending in ("ie", "y", "ey", "ka", "ita", "chen", "kin", "ette", ""):
        if ending and not short.endswith(ending):
            continue
        stem = short[: len(short) - len(ending)] if ending else short
        if ending == "" and (len(stem) < 3 or len(full) - len(stem) < 3 or not given_sex(full)):
            continue
        if len(stem) > 2 and stem[-1] == stem[-2] and not full.startswith(stem):
            stem = stem[:-1]
        if len(stem) >= 3 and full.startswith(stem) and len(stem) + 1 < len(full) + (ending != ""):
            return True
    return False
