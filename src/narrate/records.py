"""Scripts and cues as bytes and back, so that what a run thought out, the next need not.

Rows instead of objects: a novel has ten thousand lines.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import astuple, fields
from hashlib import sha256
from operator import attrgetter
from typing import TypeVar

from narrate.cast import Voice
from narrate.manner import Manner
from narrate.rendering.cue import Cue
from narrate.rendering.memo import Memo
from narrate.script import Character, Line, Script

T = TypeVar("T")

_row = attrgetter(*(field.name for field in fields(Line)))

_DAMAGED = (ValueError, KeyError, TypeError, IndexError, zlib.error)


def remembered(
    memo: Memo,
    parts: Sequence[str],
    load: Callable[[bytes], T],
    make: Callable[[], T],
    dump: Callable[[T], bytes],
) -> T:
    """What an earlier run made of the same `parts`, else what `make` makes, kept for the next run.

    `parts` must say all that the result depends on.
    """
    key = sha256(json.dumps(parts).encode()).hexdigest()  # ASCII, so lone surrogates have a spelling too
    kept = memo.get(key)
    if kept is not None:
        try:
            return load(kept)
        except _DAMAGED:
            pass  # an older format, or a damaged file
    made = make()
    memo.put(key, dump(made))
    return made


def dump_script(script: Script) -> bytes:
    """The script as compressed JSON."""
    lines = [_row(line) for line in script.lines]
    return _packed({"lines": lines, "characters": [astuple(who) for who in script.characters]})


def load_script(data: bytes) -> Script:
    """What `dump_script` made."""
    rows = json.loads(zlib.decompress(data))
    characters = (Character(name, tuple(aliases), *rest) for name, aliases, *rest in rows["characters"])
    lines = (Line(*(*row[:-1], tuple(row[-1]))) for row in rows["lines"])  # the last is the delivery
    return Script(tuple(lines), tuple(characters))


def dump_cues(cues: Sequence[Cue]) -> bytes:
    """The cues as compressed JSON, each voice and each manner once."""
    voices = {voice: k for k, voice in enumerate(dict.fromkeys(cue.voice for cue in cues))}
    manners = {manner: k for k, manner in enumerate(dict.fromkeys(cue.manner for cue in cues))}
    rows = [(c.line, c.text, voices[c.voice], c.key, c.breaks, manners[c.manner]) for c in cues]
    tables = {"voices": [astuple(voice) for voice in voices], "manners": [astuple(one) for one in manners]}
    return _packed({**tables, "cues": rows})


def load_cues(data: bytes) -> tuple[Cue, ...]:
    """What `dump_cues` made."""
    rows = json.loads(zlib.decompress(data))
    voices = [
        Voice(engine, name, speed, pitch, gain, tuple((option, value) for option, value in options))
        for engine, name, speed, pitch, gain, options in rows["voices"]
    ]
    manners = [Manner(*figures) for figures in rows["manners"]]
    return tuple(
        Cue(line, text, voices[voice], key, ends, manners[manner])
        for line, text, voice, key, ends, manner in rows["cues"]
    )


def _packed(rows: object) -> bytes:
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 1)
