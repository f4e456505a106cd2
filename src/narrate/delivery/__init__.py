"""How each line is said, and what that comes to in sound."""

from narrate.delivery.deliver import deliver
from narrate.delivery.means import deliveries_of, manner_of, strength_of, table
from narrate.delivery.stress import ENGINES, emphasised, marked, stressed

VERSION = 1
"""Raise it when other deliveries are found for the same script: it is part of what is remembered of one."""

__all__ = [
    "ENGINES",
    "VERSION",
    "deliver",
    "deliveries_of",
    "emphasised",
    "manner_of",
    "marked",
    "strength_of",
    "stressed",
    "table",
]
