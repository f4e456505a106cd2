"""What each profile asks of a finished file.

acx        ACX's published audio submission requirements. "Meets the ACX audio specification" is all that
           a pass says; whether a store takes a book is the store's to say.
podcast    Apple's for podcasts: about -16 LUFS within 1 LU, true peak at most -1 dBFS
audiobook  narrate's own, for a book in one file: the levels that audiobook players are used to
none       only that the file is whole and undamaged
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from narrate.checking.decode import Facts
from narrate.checking.measure import Levels
from narrate.checking.report import Finding
from narrate.errors import UsageError
from narrate.nearest import meant


@dataclass(frozen=True, slots=True)
class Bound:
    """The figures that pass."""

    low: float | None = None
    high: float | None = None
    exactly: float | str | None = None


DEFAULT = "audiobook"

BOUNDS: Mapping[str, Mapping[str, Bound]] = {
    "audiobook": {
        "loudness": Bound(-21.0, -17.0),
        "true_peak": Bound(high=-1.0),
        "floor": Bound(-90.0, -55.0),
        "silence": Bound(high=8.0),
        "head": Bound(high=5.0),
        "tail": Bound(high=10.0),
        "clipped": Bound(high=0),
    },
    "podcast": {
        "loudness": Bound(-17.0, -15.0),
        "true_peak": Bound(high=-1.0),
        "clipped": Bound(high=0),
    },
    "acx": {
        "rms": Bound(-23.0, -18.0),
        "sample_peak": Bound(high=-3.0),
        "floor": Bound(-90.0, -60.0),
        "head": Bound(0.5, 1.0),
        "tail": Bound(1.0, 5.0),
        "duration": Bound(high=7200.0),
        "codec": Bound(exactly="mp3"),
        "rate": Bound(exactly=44100),
        "channels": Bound(exactly=1),
        "bit_rate": Bound(low=192_000),
        "constant_bit_rate": Bound(exactly="yes"),
        "clipped": Bound(high=0),
    },
    "none": {},
}

_UNITS = {
    "duration": "s",
    "codec": "",
    "rate": "Hz",
    "channels": "",
    "bit_rate": "bits/s",
    "constant_bit_rate": "",
    "loudness": "LUFS",
    "rms": "dB",
    "sample_peak": "dB",
    "true_peak": "dBTP",
    "floor": "dB",
    "head": "s",
    "tail": "s",
    "silence": "s",
    "stretch": "s",
    "clipped": "",
}
_WORDS = {
    "duration": "how long the file is",
    "codec": "how the sound is kept",
    "rate": "samples a second",
    "bit_rate": "size of the sound",
    "constant_bit_rate": "the same size for every moment",
    "loudness": "integrated loudness, BS.1770-4",
    "rms": "mean level of the whole file",
    "sample_peak": "the loudest sample",
    "true_peak": "the loudest moment, also between samples",
    "floor": "noise of the quietest half second",
    "head": "room before the first word",
    "tail": "room after the last word",
    "silence": "the longest silence",
    "stretch": "the longest speech without a pause",
    "clipped": "peaks that were cut off",
}


def bounds(profile: str) -> Mapping[str, Bound]:
    """The bounds of one profile. Raises UsageError for a name that is none, offering the nearest."""
    if profile in BOUNDS:
        return BOUNDS[profile]
    raise UsageError(f"there is no profile called {profile!r}", fix=meant(profile, BOUNDS))


def judge(profile: str, facts: Facts, levels: Levels) -> Iterator[Finding]:
    """Every figure of one file, with a verdict where the profile has a bound for it."""
    wanted = bounds(profile)
    for name, figure in _figures(facts, levels).items():
        bound = wanted.get(name)
        detail = _WORDS.get(name, "")
        if name in ("silence", "stretch"):
            detail += f", at {clock(levels.silence_at if name == 'silence' else levels.stretch_at)}"
        if bound is None:
            yield Finding(name, None, figure, _UNITS[name], detail=detail)
        elif bound.exactly is not None:
            asked = f"must be {bound.exactly}"
            detail = f"{detail}; {asked}" if detail else asked
            yield Finding(name, figure == bound.exactly, figure, _UNITS[name], detail=detail)
        else:
            ok = isinstance(figure, int | float) and _within(figure, bound)
            yield Finding(name, ok, figure, _UNITS[name], bound.low, bound.high, detail)


def clock(seconds: float) -> str:
    """h:mm:ss of a place in the sound."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}"


def _within(figure: float, bound: Bound) -> bool:
    return (bound.low is None or figure >= bound.low) and (bound.high is None or figure <= bound.high)


def _figures(facts: Facts, levels: Levels) -> dict[str, float | str]:
    constant = {True: "yes", False: "no", None: "unknown"}[facts.constant]
    return {
        "duration": facts.decoded,
        "codec": facts.codec,
        "rate": facts.rate,
        "channels": facts.channels,
        "bit_rate": facts.bit_rate,
        "constant_bit_rate": constant,
        "loudness": levels.loudness,
        "rms": levels.rms,
        "sample_peak": levels.sample_peak,
        "true_peak": levels.true_peak,
        "floor": levels.floor,
        "head": levels.head,
        "tail": levels.tail,
        "silence": levels.silence,
        "stretch": levels.stretch,
        "clipped": levels.clipped,
    }
