"""A voice for every character."""

from narrate.casting.fill import fill_cast, recast

__all__ = ["fill_cast", "recast"]
