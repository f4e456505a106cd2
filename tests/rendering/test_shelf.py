from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.audio import Audio
from narrate.errors import OutputError
from narrate.rendering import flac
from narrate.rendering.memo import Memo
from narrate.rendering.shelf import Shelf, TakeDamaged

KEY = "ab" + "0" * 62


def noise(count: int = 4000, rate: int = 24_000, seed: int = 0) -> Audio:
    samples = np.random.default_rng(seed).normal(0, 0.1, count).astype(np.float32)
    return Audio(samples, rate)


def path_of(shelf: Shelf, key: str = KEY) -> Path:
    return shelf.folder / key[:2] / f"{key[2:]}.flac"


def test_a_take_comes_back_as_16_bit_audio(shelf: Shelf) -> None:
    audio = noise()
    shelf.write(KEY, audio)
    back = shelf.read(KEY)
    assert back.rate == audio.rate
    assert np.abs(back.samples - audio.samples).max() <= 0.5 / 32768
    assert shelf.has(KEY)
    assert shelf.length(KEY) == (audio.samples.size, audio.rate)


def test_reading_and_writing_again_changes_nothing(shelf: Shelf) -> None:
    shelf.write(KEY, noise())
    before = path_of(shelf).read_bytes()
    shelf.write(KEY, shelf.read(KEY))
    assert path_of(shelf).read_bytes() == before


def test_any_player_can_play_a_take(shelf: Shelf) -> None:
    shelf.write(KEY, noise(), doubt="too short")
    samples, rate = soundfile.read(path_of(shelf))
    assert (samples.shape, rate) == ((4000,), 24_000)
    assert soundfile.info(path_of(shelf)).format == "FLAC"


def test_loud_samples_are_clipped_not_wrapped(shelf: Shelf) -> None:
    shelf.write(KEY, Audio(np.array([1.5, -1.5, 1.0, -1.0] * 100, np.float32), 8000))
    assert shelf.read(KEY).samples[:4] == pytest.approx([1.0, -1.0, 1.0, -1.0], abs=1e-4)


def test_a_missing_take(shelf: Shelf) -> None:
    assert not shelf.has(KEY)
    with pytest.raises(TakeDamaged):
        shelf.length(KEY)
    with pytest.raises(TakeDamaged):
        shelf.read(KEY)


def test_the_doubt_stays_with_the_take(shelf: Shelf) -> None:
    shelf.write(KEY, noise(), doubt="zwölfmal zu kurz " * 40)
    label = shelf.label(KEY)
    assert label is not None
    assert label.doubt.startswith("zwölfmal zu kurz")
    shelf.write(KEY, noise())
    assert shelf.label(KEY) == flac.Label(4000, 24_000, "")


WHOLE = flac.encode(noise(), doubt="d")


@given(st.integers(0, len(WHOLE) * 8 - 1))
@settings(max_examples=400)
def test_every_flipped_bit_is_found(bit: int) -> None:
    data = bytearray(WHOLE)
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises(flac.NotATake):
        flac.decode(bytes(data))


@given(st.integers(0, len(WHOLE) - 1))
def test_every_cut_file_is_found_by_its_head_alone(size: int) -> None:
    with pytest.raises(flac.NotATake):
        flac.label(WHOLE[:size][: flac.LABEL_BYTES], size)


@given(st.binary(max_size=400))
def test_other_files_are_no_takes(data: bytes) -> None:
    with pytest.raises(flac.NotATake):
        flac.decode(data)


def test_a_damaged_take_is_removed_so_that_it_is_made_again(shelf: Shelf) -> None:
    shelf.write(KEY, noise())
    data = bytearray(path_of(shelf).read_bytes())
    data[len(data) // 2] ^= 1
    path_of(shelf).write_bytes(data)
    assert shelf.has(KEY)  # the head cannot know
    with pytest.raises(TakeDamaged, match="damaged"):
        shelf.read(KEY)
    assert not path_of(shelf).exists()


@pytest.mark.parametrize("left", [0, 10, 60, 3000])
def test_a_cut_take_does_not_count_as_there(shelf: Shelf, left: int) -> None:
    shelf.write(KEY, noise())
    os.truncate(path_of(shelf), left)
    assert not shelf.has(KEY)
    assert not path_of(shelf).exists()


def test_a_full_disk_is_said_and_leaves_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    shelf.write(KEY, noise())
    other = "cd" + "0" * 62
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(OutputError, match=r"disk is full.*NARRATE_CACHE"):
            shelf.write(other, noise())
    assert [path.name for path in shelf.folder.rglob("*") if path.is_file()] == [f"{KEY[2:]}.flac"]


def test_a_shelf_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="NARRATE_CACHE"):
        Shelf(tmp_path / "file").write(KEY, noise())


def test_what_dead_writers_left_is_swept(shelf: Shelf) -> None:
    shelf.write(KEY, noise())
    stale, fresh = shelf.folder / "new" / "1-a", shelf.folder / "new" / "2-b"
    stale.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(stale, (0, 0))
    assert shelf.sweep() == 1
    assert fresh.exists()
    assert shelf.has(KEY)


def test_pruning_takes_the_longest_unused_first(shelf: Shelf) -> None:
    keys = [f"{k:02x}" + "0" * 62 for k in range(4)]
    for age, key in enumerate(keys):
        shelf.write(key, noise(seed=age))
        os.utime(path_of(shelf, key), (0, time.time() - 100_000 * (age + 1)))
    assert shelf.has(keys[3])  # asking is using
    size = path_of(shelf, keys[0]).stat().st_size
    removed = shelf.prune(2 * size + size // 2, keep=frozenset({keys[2]}))
    assert removed > 0
    assert [shelf.has(key) for key in keys] == [False, False, True, True]


def test_the_cache_can_be_put_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NARRATE_CACHE", str(tmp_path / "there"))
    assert Shelf.default().folder == tmp_path / "there" / "takes"
    assert Memo.default().folder == tmp_path / "there" / "memo"
    monkeypatch.delenv("NARRATE_CACHE")
    assert "narrate" in str(Shelf.default().folder)


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_memo_gives_back_what_was_put(tmp_path: Path, data: bytes) -> None:
    memo = Memo(tmp_path / "memo")
    memo.put(KEY, data)
    assert memo.get(KEY) == data


def test_memo_forgets_what_was_damaged_and_forgives_the_disk(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "memo")
    assert memo.get(KEY) is None
    memo.put(KEY, b"result")
    file = memo.folder / KEY[:2] / KEY[2:]
    file.write_bytes(file.read_bytes()[:-1])
    assert memo.get(KEY) is None
    (tmp_path / "file").write_text("in the way")
    Memo(tmp_path / "file").put(KEY, b"result")
    assert Memo(tmp_path / "file").get(KEY) is None


def test_a_damaged_take_that_cannot_be_removed_is_an_error(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    shelf.write(KEY, noise())
    data = bytearray(path_of(shelf).read_bytes())
    data[-20] ^= 1
    path_of(shelf).write_bytes(data)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(OutputError, match="Read-only"):  # else a caller would render and read for ever
        shelf.read(KEY)
