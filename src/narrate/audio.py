"""Samples and their rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Mono samples in [-1, 1], shape (n,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """A stretch of mono sound."""

    samples: Samples  # shape (n,), in [-1, 1]
    rate: int  # Hz

    @property
    def ms(self) -> float:
        """Duration in ms."""
        return 1000.0 * self.samples.size / self.rate
