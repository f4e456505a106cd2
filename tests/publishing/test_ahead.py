"""Blocks made ahead are the same blocks, and nobody is left working when the listener leaves."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from narrate.errors import NarrateError
from narrate.publishing.ahead import ahead


def blocks(count: int, broken: BaseException | None = None) -> Iterator[np.ndarray]:
    for k in range(count):
        yield np.full(10, k, np.float32)
    if broken is not None:
        raise broken


def test_the_same_blocks_in_the_same_order() -> None:
    assert [int(block[0]) for block in ahead(blocks(100))] == list(range(100))


@pytest.mark.parametrize("broken", [NarrateError("no"), KeyboardInterrupt(), OSError(28, "full")])
def test_what_goes_wrong_there_is_raised_here_after_what_was_made(broken: BaseException) -> None:
    seen: list[int] = []
    with pytest.raises(type(broken)):
        seen.extend(int(block[0]) for block in ahead(blocks(20, broken)))
    assert seen == list(range(20))


def test_leaving_early_stops_the_work_and_holds_little() -> None:
    made = []

    def endless() -> Iterator[np.ndarray]:
        while True:
            made.append(1)
            yield np.zeros(10, np.float32)

    stream = ahead(endless())
    for _ in range(5):
        next(stream)
    stream.close()
    assert len(made) <= 5 + 8 + 2
    assert not [thread for thread in threading.enumerate() if thread.name == "narrate stitching"]
