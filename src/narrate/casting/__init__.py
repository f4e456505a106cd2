"""A voice for every character."""

from narrate.casting.fill import fill_cast
from narrate.casting.recast import recast

__all__ = ["fill_cast", "recast"]
