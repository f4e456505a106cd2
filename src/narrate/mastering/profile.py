"""What the finished levels aim at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from narrate.errors import UsageError
from narrate.nearest import meant


@dataclass(frozen=True, slots=True)
class Profile:
    """One row of `profiles.yaml`, which says what each value is for."""

    name: str
    loudness: float | None  # LUFS
    rms: float | None  # dB
    ceiling: float  # dBTP
    room: float | None  # dBFS
    high_pass: float  # Hz
    ratio: float
    knee: float  # dB
    spare: float = 0.3  # dB
    credits: bool = False
    longest: float | None = None  # s


def profiles() -> dict[str, Profile]:
    """Every profile by name, the default first."""
    return dict(_shipped())


def profile(name: str = "audiobook") -> Profile:
    """One profile. Raises UsageError for a name that is none, offering the nearest."""
    known = _shipped()
    if name in known:
        return known[name]
    raise UsageError(f"there is no profile called {name!r}", fix=meant(name, known))


@cache
def _shipped() -> dict[str, Profile]:
    text = Path(__file__).with_name("profiles.yaml").read_text("utf-8")
    return {name: Profile(name=name, **values) for name, values in yaml.safe_load(text).items()}
