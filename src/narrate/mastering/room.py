"""Room tone: the faint noise of a quiet room, under the whole book.

Digital silence between lines sounds like a fault, and stores' checks take it for one.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from narrate.audio import Samples

_SEED = 20_240_229  # any number; it is audible, so it never changes
_SECONDS = 24  # long enough that nobody hears it come round


@lru_cache(maxsize=4)
def room_tone(rate: int, level: float) -> Samples:
    """A loop of room tone, RMS `level` in dBFS; its end runs into its start without a seam.

    It is drawn as a spectrum of random phases, and a spectrum's sound is periodic: that is why
    there is no seam. Falls 3 dB an octave, as air conditioning and distant streets do, between
    60 Hz and 7 kHz.
    """
    size = rate * _SECONDS
    hz = np.fft.rfftfreq(size, 1.0 / rate)
    hz[0] = 1.0
    shape = hz**-0.5 / np.sqrt(1.0 + (60.0 / hz) ** 6) / np.sqrt(1.0 + (hz / 7000.0) ** 4)
    shape[0] = 0.0
    phases = np.random.Generator(np.random.PCG64(_SEED)).random(hz.size)
    noise = np.fft.irfft((shape * np.exp(2j * np.pi * phases)).astype(np.complex64), size)
    noise *= 10.0 ** (level / 20.0) / np.sqrt(np.mean(noise**2))
    loop: Samples = noise.astype(np.float32)
    loop.setflags(write=False)
    return loop


def add_room(block: Samples, at: int, loop: Samples) -> Samples:
    """The block, which begins at sample `at` of the book, with the room's noise under it."""
    place = at % loop.size
    noise = loop[place : place + block.size]
    while noise.size < block.size:
        noise = np.concatenate((noise, loop[: block.size - noise.size]))
    mixed: Samples = block + noise
    return mixed
