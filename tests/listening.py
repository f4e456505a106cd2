"""Ears for tests: decode a finished file and say which tone is heard when."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import numpy.typing as npt


def decoded(path: Path) -> tuple[npt.NDArray[np.float32], int]:
    """The samples of a file, mono, and their rate in Hz."""
    parts = []
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        rate = stream.rate
        resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
        for frame in container.decode(stream):
            parts += [part.to_ndarray()[0] for part in resampler.resample(frame)]
    return np.concatenate(parts), rate


def pitch(samples: npt.NDArray[np.float32], rate: int) -> float:
    """The loudest frequency in Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size), 1 << 17))
    return float(np.argmax(spectrum)) * rate / (1 << 17)
