"""How much louder or softer each voice, and then each chapter, is made.

A voice is measured once over all its takes, never take by take: a whispered line must stay softer
than a shouted one. What a cue's manner adds is measured with it, so a voice that shouts much is no
louder on the whole than its neighbours. A chapter is measured from the same surveys, so no audio is
read twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

import numpy as np
import numpy.typing as npt

from narrate.cast import Voice
from narrate.mastering.arrange import Entry
from narrate.mastering.loudness import SILENCE, blocks, decibels, integrated
from narrate.mastering.profile import Profile
from narrate.mastering.survey import Survey

_FARTHEST = 24.0  # dB: beyond it something is wrong with the takes, and noise would be blown up
_FARTHEST_CHAPTER = 6.0  # dB
_TRUST = 60.0  # 100 ms blocks of takes after which a pool counts for more than its parent
_NEAR = {"rms": 0.8, "loudness": 0.4}  # dB from the target that are near enough
_MISSED = {"rms": 1.6, "loudness": 1.0}  # dB from the target that no profile's bounds forgive
_ROUNDS = 12  # halvings: to 0.01 dB
_SHORT_S = 10.0

_Powers = npt.NDArray[np.float64]
_Said = tuple[str, float]  # a take's key, and dB that its cue's manner adds


def voice_gains(
    entries: Sequence[Entry], surveys: Mapping[str, Survey], levels: Profile
) -> dict[Voice, float]:
    """dB for each voice as its cues hold it, so that all come out at `levels.loudness`.

    A cast may use one engine's voice at several pitches and speeds, some for a line or two. Each
    such setting has a pool of its own, drawn towards the pool of the whole voice as far as it is
    too short to be believed. The user's own gain comes on top.
    """
    voices = dict.fromkeys(entry.cue.voice for entry in entries)
    if levels.loudness is None:
        return {voice: voice.gain for voice in voices}
    pools: dict[Voice, dict[_Said, Survey]] = defaultdict(dict)
    parents: dict[tuple[str, str], dict[_Said, Survey]] = defaultdict(dict)
    for entry in entries:
        cue = entry.cue
        said = cue.key, cue.manner.gain
        pools[_plain(cue.voice)][said] = surveys[cue.key]
        parents[cue.voice.engine, cue.voice.name][said] = surveys[cue.key]
    whole = {name: _settle(takes, levels) for name, takes in parents.items()}
    settled: dict[Voice, float] = {}
    for voice, pool in pools.items():
        parent = whole[voice.engine, voice.name]
        if len(pool) == len(parents[voice.engine, voice.name]):
            settled[voice] = parent
            continue
        size = sum(len(take.levels) for take in pool.values())
        trust = size / (size + _TRUST)
        settled[voice] = trust * _settle(pool, levels) + (1.0 - trust) * parent
    return {voice: settled[_plain(voice)] + voice.gain for voice in voices}


def _plain(voice: Voice) -> Voice:
    """The voice as it was recorded: gain is no part of that."""
    return replace(voice, gain=0.0)


def _settle(takes: Mapping[_Said, Survey], levels: Profile) -> float:
    """dB that bring many takes, one after the other and compressed, to `levels.loudness`."""
    target = levels.loudness or 0.0
    powers = np.concatenate([take.powers() for take in takes.values()])
    tops = np.concatenate([take.tops() for take in takes.values()])
    lift = np.concatenate([np.full(len(take.levels), lift) for (_key, lift), take in takes.items()])
    if integrated(blocks(powers)) == SILENCE:
        return 0.0
    low, high = -_FARTHEST, _FARTHEST
    for _ in range(_ROUNDS):  # compression depends on the gain, and the level never falls as that rises
        gain = (low + high) / 2.0
        if integrated(blocks(powers * _factor(powers, tops, gain, levels, lift))) < target:
            low = gain
        else:
            high = gain
    return (low + high) / 2.0


def squeeze(take: Survey, gain: float, levels: Profile, lift: float = 0.0) -> _Powers:
    """dB of gentle compression for each 100 ms of a clip: never above 0.

    `gain` is the voice's, `lift` what the cue's manner adds: a shout is meant to be loud, and only its
    peaks are held.

    It follows the voice at the pace of syllables, which is too slow to be heard working, and takes
    down the syllables whose peaks would pass the ceiling, so that the limiter is left little to do
    and the voice's loudness after all of it is known beforehand.
    """
    return _curve(take.powers(), take.tops(), gain, levels, lift)


def _curve(powers: _Powers, tops: _Powers, gain: float, levels: Profile, lift: float | _Powers) -> _Powers:
    if levels.loudness is None or levels.ratio <= 1.0:
        return np.zeros(powers.size)
    loud = 10.0 * np.log10(powers) + gain - 0.691 - (levels.loudness + levels.knee)
    down = np.maximum(loud, 0.0) * (1.0 - 1.0 / levels.ratio)
    high = tops + gain + lift - (levels.ceiling - levels.spare)
    squeezed: _Powers = -np.maximum(down, np.maximum(high, 0.0))
    return squeezed


def _factor(powers: _Powers, tops: _Powers, gain: float, levels: Profile, lift: float | _Powers) -> _Powers:
    """What each 100 ms of power is multiplied by: gain, the cue's own, and compression."""
    factor: _Powers = np.power(10.0, (gain + lift + _curve(powers, tops, gain, levels, lift)) / 10.0)
    return factor


def chapter_gains(
    chapters: Sequence[Sequence[Entry]],
    surveys: Mapping[str, Survey],
    gains: Mapping[Voice, float],
    levels: Profile,
) -> list[tuple[float, str]]:
    """dB that bring each chapter, its voices levelled and compressed, to the profile's target.

    All have one gain as long as it brings them near enough, so that a voice is as loud in every chapter;
    the others are moved no further than they must. With each comes why it will not get there, in plain
    words: a chapter of a word is silence for the most part.
    """
    if levels.loudness is None:
        return [(0.0, "") for _ in chapters]
    kind = "loudness" if levels.rms is None else "rms"
    target = levels.loudness if levels.rms is None else levels.rms
    now = [_chapter_level(entries, surveys, gains, levels, 0.0) for entries in chapters]
    own = [target - level for level, _seconds in now if level != SILENCE]
    usual = median(own) if own else 0.0
    found = []
    for entries, (level, seconds) in zip(chapters, now, strict=True):
        if level == SILENCE:
            found.append((0.0, "is silence: no level can be set"))
            continue
        gain = float(np.clip(usual, target - level - _NEAR[kind], target - level + _NEAR[kind]))
        gain = float(np.clip(gain, -_FARTHEST_CHAPTER, _FARTHEST_CHAPTER))
        # peaks that reach the ceiling go no further, whatever the gain
        then = _chapter_level(entries, surveys, gains, levels, gain)[0] if gain > 1.0 else level + gain
        found.append((gain, "" if abs(then - target) <= _MISSED[kind] else _why(then, seconds, levels)))
    return found


def _why(level: float, seconds: float, levels: Profile) -> str:
    """Why a chapter that comes out at `level` misses its target."""
    how = "too short" if seconds < _SHORT_S else "too uneven"
    unit, target = ("LUFS", levels.loudness) if levels.rms is None else ("dB RMS", levels.rms)
    about = f"about {level:.1f} {unit} instead of {target:g}"
    return f"is {how} ({seconds:.1f} s) for the profile {levels.name}: {about}"


def _chapter_level(
    entries: Sequence[Entry],
    surveys: Mapping[str, Survey],
    gains: Mapping[Voice, float],
    levels: Profile,
    more: float,
) -> tuple[float, float]:
    """A chapter's level as the profile counts it, with `more` dB on top, and its length in seconds."""
    timeline: list[_Powers] = []
    energy = seconds = 0.0
    for entry in entries:
        take, cue = surveys[entry.cue.key], entry.cue
        powers, tops = take.powers(), take.tops()
        gain = gains[cue.voice]
        curve = _curve(powers, tops, gain, levels, cue.manner.gain)
        if more > 0.0:
            high = tops + gain + cue.manner.gain + curve + more - levels.ceiling
            curve = curve - np.maximum(high, 0.0)
        changed = powers * np.power(10.0, (gain + cue.manner.gain + more + curve) / 10.0)
        timeline += [np.zeros(round(entry.pause / 100.0)), changed]
        length = (take.end - take.start) / take.rate
        kept = float(changed.sum() / powers.sum()) if powers.sum() else 0.0
        energy += take.power * length * kept
        seconds += length + (entry.pause + entry.tail) / 1000.0
    if levels.rms is not None:
        return (decibels(energy / seconds) if seconds else SILENCE), seconds
    return (integrated(blocks(np.concatenate(timeline))) if timeline else SILENCE), seconds
