"""A script as bytes and back, so that attribution runs once for a text and not once for a run."""

from __future__ import annotations

import json
import zlib
from dataclasses import astuple

from narrate.script import Character, Line, Script


DAMAGED = (ValueError, KeyError, TypeError, zlib.error)
"""What `load` raises for bytes that are no script."""


def dump(script: Script) -> bytes:
    """The script as compressed JSON, rows instead of objects: a novel has ten thousand lines."""
    lines = [
        (k.start, k.end, k.text, k.kind, k.speaker, k.probability, k.reason, k.chapter, k.scene, k.paragraph)
        for k in script.lines
    ]
    rows = {"lines": lines, "characters": [astuple(who) for who in script.characters]}
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 1)


def load(data: bytes) -> Script:
    """What `dump` made. Raises one of DAMAGED for anything else."""
    rows = json.loads(zlib.decompress(data))
    characters = (Character(name, tuple(aliases), *rest) for name, aliases, *rest in rows["characters"])
    return Script(tuple(Line(*row) for row in rows["lines"]), tuple(characters))
