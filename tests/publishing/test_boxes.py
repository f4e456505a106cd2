"""A finished MP4 is looked over without its index; one that the disk cut short is found out."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from narrate.mastering.timeline import Mark, Master
from narrate.publishing import Metadata, publish
from narrate.publishing.boxes import mp4_seconds


@pytest.fixture
def book(tmp_path: Path) -> Path:
    sound = np.zeros(3 * 44_100, np.float32)
    master = Master(44_100, sound.size, (Mark("One", 0, sound.size),), (), lambda: iter([sound]), "key")
    return publish(master, tmp_path / "book.m4b", Metadata("T"))[0]


def test_the_length_is_the_sounds(book: Path) -> None:
    assert mp4_seconds(book) == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize("kept", [0, 4, 20, 100, 1000, -1])
def test_a_file_that_was_cut_short_is_no_book(book: Path, kept: int) -> None:
    book.write_bytes(book.read_bytes()[:kept])
    with pytest.raises((ValueError, KeyError, struct.error)):
        mp4_seconds(book)
