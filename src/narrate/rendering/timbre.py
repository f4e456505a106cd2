"""What a take's manner does to its sound: voice turned to breath, and the edge of a raised voice.

A whisper has the same mouth and no vocal cords: each frame's spectrum keeps its envelope, and noise takes
the place of the harmonics. The envelope is the short cepstrum's (Oppenheim and Schafer, homomorphic
deconvolution). In a whisper the lows fall away, since nothing sounds below the first formant.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from narrate.audio import Audio, Samples
from narrate.mastering.loudness import sub_blocks

VERSION = 1
"""Part of the key of every take that is changed here. Raise it when the same figures sound otherwise."""

_FRAME_S = 0.030
_OVERLAP = 4
_LIFTER_S = 0.0018  # of the cepstrum: below any voice's period, so harmonics are gone and formants stay
_LOW_HZ, _LOW_DB = 500.0, -12.0  # what a whisper lacks
_EDGE_HZ = 1500.0
_SEED = 0


def colour(take: Audio, breath: float, edge: float) -> Audio:
    """The take with `breath` (0 to 1) of its voice as noise, and `edge` dB more above 1.5 kHz.

    As long as it was, and as loud (BS.1770). The same take gives the same samples.
    """
    if (not breath and not edge) or take.samples.size < round(_FRAME_S * take.rate):
        return take
    samples = np.asarray(take.samples, np.float32)
    if breath:
        samples = _breathed(samples, take.rate, breath)
    if edge:
        samples = _edged(samples, take.rate, edge)
    loud, before = (float(np.mean(sub_blocks(one, take.rate))) for one in (samples, take.samples))
    samples = samples * np.float32((before / loud) ** 0.5 if loud else 1.0)
    top = float(np.abs(samples).max(initial=0.0))
    return Audio(np.asarray(samples / max(1.0, top / 0.99), np.float32), take.rate)


def _breathed(samples: Samples, rate: int, breath: float) -> Samples:
    """Voice and noise of one envelope, mixed by power."""
    size = 1 << round(np.log2(_FRAME_S * rate))
    hop = size // _OVERLAP
    window = np.hanning(size + 1)[:-1].astype(np.float32)
    padded = np.pad(samples, (size, size + hop))
    starts = np.arange(0, padded.size - size, hop)
    frames = padded[starts[:, None] + np.arange(size)] * window
    spectra = np.fft.rfft(frames, axis=1)
    noise = np.random.default_rng(_SEED).standard_normal(padded.size).astype(np.float32)
    rough = np.fft.rfft(noise[starts[:, None] + np.arange(size)] * window, axis=1)
    envelope = _envelope(spectra, rate, size)
    tilt = _shelf(np.fft.rfftfreq(size, 1.0 / rate), _LOW_HZ, _LOW_DB)
    whisper = rough * envelope * tilt / np.sqrt(np.mean(window**2) * size)
    whisper *= np.sqrt(np.mean(np.abs(spectra) ** 2) / max(float(np.mean(np.abs(whisper) ** 2)), 1e-20))
    mixed = np.sqrt(1.0 - breath) * spectra + np.sqrt(breath) * whisper
    out = np.zeros(padded.size, np.float32)
    for row, start in zip(np.fft.irfft(mixed, size, axis=1) * window, starts, strict=True):
        out[start : start + size] += row
    scale = float(np.sum(window**2)) / hop
    return np.asarray(out[size : size + samples.size] / scale, np.float32)


def _envelope(spectra: npt.NDArray[np.complexfloating], rate: int, size: int) -> npt.NDArray[np.floating]:
    """Each frame's smooth magnitude: its cepstrum cut off below a voice's period."""
    cepstra = np.fft.irfft(np.log(np.abs(spectra) + 1e-7), size, axis=1)
    kept = max(2, round(_LIFTER_S * rate))
    cepstra[:, kept : size - kept + 1] = 0.0
    return np.asarray(np.exp(np.fft.rfft(cepstra, axis=1).real))


def _edged(samples: Samples, rate: int, edge: float) -> Samples:
    """A shelf over the whole take, by its spectrum: no phase is moved."""
    size = samples.size + rate // 20
    spectrum = np.fft.rfft(samples, size) * _shelf(np.fft.rfftfreq(size, 1.0 / rate), _EDGE_HZ, -edge)
    return np.asarray(np.fft.irfft(spectrum, size)[: samples.size], np.float32)


def _shelf(hertz: npt.NDArray[np.floating], corner: float, low_db: float) -> npt.NDArray[np.floating]:
    """`low_db` far below the corner, 0 dB far above it, half of it there."""
    share = 1.0 / (1.0 + (hertz / corner) ** 2)
    return np.asarray(10.0 ** (low_db * share / 20.0))
