"""Every take is heard before it is kept: what a listener would call broken, measured.

The limits are wide: they were set over 1,100 takes of one novel (hibari, six Kokoro voices with the
whispering one, five espeak voices, tone) so that none of those fails, and they catch what is broken
rather than what is unlovely. `benchmarks/render_gate.py` counts false alarms and what is found; on
another novel it counted none in 600 takes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from narrate.audio import Audio, Samples

_FRAME_S = 0.02
_SILENT_DB = -60.0  # dBFS RMS of a frame: never speech
_BELOW_SPEECH_DB = 40.0  # a frame this far below the loud ones is silence too
_FAINT_DB = -50.0  # dBFS: a take whose loud frames lie below was not spoken
_TAIL_S = 1.5  # silence before or after the words
_HOLE_S = 2.0  # silence between words; a whispering voice was seen to pause for 1.4
_SPEAKING = 0.35  # the least share of the time between first and last word that is sound
_FULL_SCALE = 0.999
_CLIPPED = 0.002  # the greatest share of samples in flat tops
_HISS = 0.4  # spectral flatness of most frames: white noise has 0.56, the hissing "Hist!" 0.07
_SAMPLED = 60  # frames whose spectrum is enough to know noise by

_REPEAT_FRAMES = 60  # 1.2 s: the shortest repeat that is looked for
_REPEAT_LIKE = 0.9  # correlation of two stretches; of 766 takes without a repeat none had 0.88
_REPEAT_SLOW = 1.1  # a repeat makes a take longer than its words: the search is kept for those

_PEERS = 12  # takes of a voice, before its pace is known
_PEER_S = 2.0  # seconds a text should last: shorter ones vary too much to compare
_PEER_FACTOR = 1.7  # the widest seen in one voice was 1.5

_RESPELLED = re.compile(r"\[([^\[\]]*)\]\(/[^/()]*/\)")  # [word](/phonemes/), as some engines take them
_STOPS = re.compile(r"[.!?…,;:—–。！？、，]+")
_NO_LETTER = re.compile(r"[\W\d_]")
_FIGURE = re.compile(r"\d")
_DRAWN_OUT = re.compile(r"(\w)\1\1+")
_SPELLED = re.compile(r"\b[A-Z]{2,}\b")
_WIDE = re.compile("[぀-ヿ㐀-鿿가-힯]")  # kana, Chinese and Korean: a syllable or more each


def expected_s(text: str) -> float:
    """Seconds a text lasts at an ordinary pace: fitted to four engines, right within 25 % from 2 s up."""
    text = _RESPELLED.sub(r"\1", text) if "](" in text else text  # called for each take of a book: be quick
    letters = len(text) - len(_NO_LETTER.findall(text))
    if not text.isascii():
        letters += 2 * len(_WIDE.findall(text))
    figures = len(_FIGURE.findall(text))
    return 0.25 + 0.062 * letters + 0.15 * len(_STOPS.findall(text)) + 0.3 * figures


def plausible_s(text: str, speed: float = 1.0) -> tuple[float, float]:
    """The least and the most seconds between first and last sound that a text may take."""
    text = _RESPELLED.sub(r"\1", text)
    letters = sum(map(str.isalpha, _DRAWN_OUT.sub(r"\1\1", text))) + 2 * len(_WIDE.findall(text))
    spelled = sum(map(len, _SPELLED.findall(text)))
    figures = sum(map(str.isdigit, text))
    marks = sum(1 for c in text if not c.isalnum() and not c.isspace())
    most = 0.07 * len(text) + 0.3 * spelled + 0.5 * figures + 0.4 * marks
    return max(0.04, 0.025 * letters - 0.1) / speed, (1.6 + 2.5 * most) / speed


def fault(text: str, audio: Audio, speed: float = 1.0, limits: tuple[float, float] | None = None) -> str:
    """What is wrong with a take of `text`, in plain words; "" where nothing is.

    `limits` are the least and the most seconds the whole take may last, where its voice's pace is known
    (see `unlike_peers`). Samples must be finite.
    """
    frames = _frames(audio)
    level = 10.0 * np.log10(np.mean(frames.astype(np.float64) ** 2, axis=1) + 1e-12)  # dBFS, one a frame
    loud = float(np.percentile(level, 95)) if level.size else -120.0
    if loud < _FAINT_DB:
        return "there is no sound in it"
    heard = np.flatnonzero(level > max(_SILENT_DB, loud - _BELOW_SPEECH_DB))
    lead, tail = heard[0] * _FRAME_S, (level.size - 1 - heard[-1]) * _FRAME_S
    span = (heard[-1] - heard[0] + 1) * _FRAME_S
    least, most = plausible_s(text, speed)
    if limits and not limits[0] <= audio.ms / 1000 <= limits[1]:
        return f"{audio.ms / 1000:.1f} s is not this voice's pace ({limits[0]:.1f} to {limits[1]:.1f} s)"
    if not least <= span <= most:
        return f"{span:.1f} s of sound is too {'short' if span < least else 'long'} for its words"
    if max(lead, tail) > _TAIL_S / min(speed, 1.0):
        return f"it is silent for {max(lead, tail):.1f} s {'before' if lead > tail else 'after'} the words"
    hole = (int(np.diff(heard).max(initial=1)) - 1) * _FRAME_S
    if hole > (_HOLE_S + 0.3 * len(_STOPS.findall(text))) / min(speed, 1.0):
        return f"it is silent for {hole:.1f} s between words"
    if heard.size * _FRAME_S < _SPEAKING * span:
        return "it is silent for most of its time"
    if _flat_tops(audio.samples) > _CLIPPED:
        return "it is clipped"
    if _flatness(_power(frames[heard[:: 1 + heard.size // _SAMPLED]]), audio.rate) > _HISS:
        return "it is noise"
    if span * speed > _REPEAT_SLOW * expected_s(text) and not _repeats_itself(text):
        at = _repeat(_power(frames[heard[0] : heard[-1] + 1]), audio.rate)
        if at is not None:
            return f"what is heard at {lead + at[0]:.1f} s is heard again at {lead + at[1]:.1f} s"
    return ""


def unlike_peers(takes: Mapping[str, tuple[str, float]]) -> dict[str, tuple[float, float]]:
    """Of one voice's takes (key -> text, seconds) those far from its pace: the seconds they should last.

    Finds the take cut in half or spoken at a crawl, which `fault` must let pass as some voice's pace.
    """
    paces = {
        key: (expected, seconds / expected)
        for key, (text, seconds) in takes.items()
        if (expected := expected_s(text)) >= _PEER_S
    }
    if len(paces) < _PEERS:
        return {}
    usual = median(pace for _expected, pace in paces.values())
    return {
        key: (expected * usual / _PEER_FACTOR, expected * usual * _PEER_FACTOR)
        for key, (expected, pace) in paces.items()
        if not usual / _PEER_FACTOR <= pace <= usual * _PEER_FACTOR
    }


def _frames(audio: Audio) -> Samples:
    """Shape (frames, samples of 20 ms); a last piece shorter than that is left out."""
    size = max(2, round(audio.rate * _FRAME_S))
    count = audio.samples.size // size
    return audio.samples[: count * size].reshape(count, size)


def _flat_tops(samples: Samples) -> float:
    """The share of samples that stand at full scale between two others that do."""
    full = np.abs(samples) >= _FULL_SCALE
    return float(np.mean(full[2:] & full[1:-1] & full[:-2])) if samples.size > 2 else 0.0


def _power(frames: Samples) -> npt.NDArray[np.floating]:
    """Power spectrum, one row a frame."""
    return np.abs(np.fft.rfft(frames * np.hanning(frames.shape[1]).astype(np.float32), axis=1)) ** 2


def _band(power: npt.NDArray[np.floating], rate: int) -> slice:
    """The bins of 100 Hz to 8 kHz."""
    hertz = rate / (2 * (power.shape[1] - 1))
    return slice(max(1, int(100 / hertz)), max(2, int(min(8000, rate / 2) / hertz)))


def _flatness(power: npt.NDArray[np.floating], rate: int) -> float:
    """Geometric by arithmetic mean of the spectrum, the median over frames: 0 a tone, 0.56 white noise."""
    band = power[:, _band(power, rate)].astype(np.float64) + 1e-12
    return float(np.median(np.exp(np.mean(np.log(band), axis=1)) / np.mean(band, axis=1)))


def _repeat(power: npt.NDArray[np.floating], rate: int) -> tuple[float, float] | None:
    """When (s) a stretch of sound begins that comes again, and when it does.

    The shape of each frame's spectrum in 12 bands is correlated with every later frame's, and the
    correlations are averaged along each diagonal. A steady tone has no shape that changes, and so no repeat.
    """
    count, width = power.shape[0], _REPEAT_FRAMES
    band = _band(power, rate)
    edges = np.unique(np.geomspace(band.start, band.stop, 13).astype(int))[:-1]
    shape = 10.0 * np.log10(np.add.reduceat(power[:, : band.stop], edges, axis=1) + 1e-7)
    shape = np.maximum(shape, shape.max() - 50.0)
    shape -= shape.mean(axis=0)
    products = shape @ shape.T
    energy = np.convolve(np.diag(products), np.ones(width), "valid")
    floor = width * shape.shape[1] * 4.0  # changes below 2 dB a band are no speech
    for lag in range(width // 2, count - width + 1):
        sums = np.concatenate(([0.0], np.cumsum(np.diagonal(products, lag))))
        along = sums[width:] - sums[:-width]
        like = along / (np.sqrt(energy[: along.size] * energy[lag : lag + along.size]) + floor)
        again = np.flatnonzero(like > _REPEAT_LIKE)
        if again.size:
            return float(again[0]) * _FRAME_S, float(again[0] + lag) * _FRAME_S
    return None


def _repeats_itself(text: str) -> bool:
    """Whether two words that follow each other do so twice: then the voice may sound the same twice."""
    words = re.findall(r"\w+", _RESPELLED.sub(r"\1", text).casefold())
    pairs = list(pairwise(words))
    return len(set(pairs)) < len(pairs)
