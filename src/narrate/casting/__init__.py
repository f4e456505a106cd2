"""A voice for every character."""

from narrate.casting.abroad import abroad
from narrate.casting.fill import fill_cast
from narrate.casting.recast import recast

__all__ = ["abroad", "fill_cast", "recast"]
