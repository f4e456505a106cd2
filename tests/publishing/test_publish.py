"""The finished file, read back as a player reads it."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from narrate.errors import OutputError
from narrate.mastering.timeline import Mark, Master
from narrate.publishing import PUBLISHERS, Metadata, publish, publisher
from narrate.publishing.wav import _head

BOOK = Metadata(
    "A Play", "Nobody", narrators=("Heart", "Adam"), date="2026", language="en-GB", comment="Made in tests"
)
SUFFIXES = sorted(PUBLISHERS)
NASTY = "Line one\nline=two;\r\n[CHAPTER]\ttab \\ # “q” 😀 \x07 \u2028 end"


def tone(samples: np.ndarray, rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size), 1 << 16))
    return float(np.argmax(spectrum)) * rate / (1 << 16)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_kind_of_file_has_sound_chapters_tags_and_cover(
    suffix: str, master: Callable, reading: Callable, tmp_path: Path
) -> None:
    path = tmp_path / f"book{suffix}"
    assert publish(master(), path, BOOK) == (path,)
    found = reading(path)
    assert [title for title, _, _ in found.chapters] == ["One", "Two", "Three"]
    for k, (_, start, end) in enumerate(found.chapters):
        assert (start, end) == pytest.approx((k, k + 1), abs=0.03)
        middle = found.samples[round((start + 0.2) * found.rate) : round((end - 0.2) * found.rate)]
        assert tone(middle, found.rate) == pytest.approx(300.0 * (k + 1), abs=3)
        assert np.abs(middle).max() == pytest.approx(0.2, rel=0.1)
    assert found.samples.size / found.rate == pytest.approx(3.0, abs=0.1)
    assert found.tags["title"] == "A Play"
    assert found.tags["artist"] == "Nobody"
    assert found.tags["genre"] == "Audiobook"
    assert found.tags["comment"] == "Made in tests"
    if suffix != ".wav":
        assert found.tags["composer"] == "Heart, Adam"
        assert found.tags["language"] == "eng"
        with Image.open(io.BytesIO(found.cover)) as cover:
            assert cover.size == (1600, 1600)
    assert [left.name for left in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", [*SUFFIXES, "/"])
def test_the_same_book_gives_the_same_bytes(suffix: str, master: Callable, tmp_path: Path) -> None:
    contents = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        files = publish(master(), f"{tmp_path / name / 'book'}{suffix}", BOOK)
        contents.append([(path.name, path.read_bytes()) for path in files])
    assert contents[0] == contents[1]


@pytest.mark.parametrize("suffix", [*SUFFIXES, "/"])
def test_titles_of_any_kind_are_text_and_nothing_else(
    suffix: str, master: Callable, reading: Callable, tmp_path: Path
) -> None:
    titles = [NASTY, "x" * 1000, "😀" * 300, "../../etc/passwd", "CON", "", " . "]
    files = publish(master(titles, seconds=0.3), f"{tmp_path}/book{suffix}", Metadata(NASTY, NASTY))
    shown = "Line one line=two; [CHAPTER] tab \\ # “q” 😀 end"
    if suffix == "/":
        assert len(files) == len(titles)
        assert {path.parent for path in files} == {tmp_path / "book"}
        assert reading(files[0]).tags["title"] == shown
        assert all(len(path.name.encode()) < 200 for path in files)
        return
    found = reading(files[0])
    assert found.tags["title"] == shown
    assert len(found.chapters) == len(titles)
    assert found.chapters[0][0] == shown
    assert found.chapters[1][0].startswith("x" * 200)
    assert found.chapters[2][0].startswith("😀" * 60)
    assert "\ufffd" not in found.chapters[2][0]


def test_m4b_has_both_kinds_of_chapter_list_and_is_an_audiobook(
    master: Callable, reading: Callable, tmp_path: Path
) -> None:
    (path,) = publish(master(), tmp_path / "book.m4b", BOOK)
    data = path.read_bytes()
    assert data[4:12] == b"ftypM4B "
    assert b"chpl" in data  # Nero's list
    assert b"chap" in data  # QuickTime's track reference
    assert b"stik" in data  # Apple's mark of an audiobook
    assert data.index(b"moov") < data.index(b"mdat")  # plays before it is whole
    assert "data" in reading(path).streams


@pytest.mark.parametrize(
    ("sampled", "rate"), [(22_050, 24_000), (24_000, 24_000), (28_000, 44_100), (0, 44_100)]
)
def test_m4b_keeps_no_more_samples_than_the_voices_have(
    sampled: int, rate: int, master: Callable, reading: Callable, tmp_path: Path
) -> None:
    (path,) = publish(replace(master(), sampled=sampled), tmp_path / "book.m4b", BOOK)
    found = reading(path)
    assert found.rate == rate
    assert [(start, end) for _, start, end in found.chapters] == [(0.0, 1.0), (1.0, 2.0), (2.0, 3.0)]
    for k in range(3):  # and each second holds its own chapter's tone, from its first moments to its last
        for at in (k + 0.05, k + 0.75):
            part = found.samples[round(at * rate) : round((at + 0.2) * rate)]
            assert tone(part, rate) == pytest.approx(300.0 * (k + 1), abs=5)
    assert found.samples.size / rate == pytest.approx(3.0, abs=0.1)


def test_more_chapters_than_neros_list_can_count(master: Callable, reading: Callable, tmp_path: Path) -> None:
    titles = [f"Chapter {k}" for k in range(300)]
    (path,) = publish(master(titles, seconds=0.05), tmp_path / "book.m4b", BOOK)
    assert [title for title, _, _ in reading(path).chapters] == titles
    assert b"chpl" not in path.read_bytes()


def test_a_folder_has_one_mp3_a_chapter_numbered_and_tagged(
    master: Callable, reading: Callable, tmp_path: Path
) -> None:
    files = publish(master(["One", "Two: a/b?", "Three."]), f"{tmp_path}/book/", BOOK)
    assert [path.name for path in files] == ["01 - One.mp3", "02 - Two - a-b-.mp3", "03 - Three.mp3"]
    assert sorted(path.name for path in (tmp_path / "book").iterdir()) == [path.name for path in files]
    for k, path in enumerate(files):
        found = reading(path)
        assert found.rate == 44_100
        assert found.tags["track"] == f"{k + 1}/3"
        assert found.tags["album"] == "A Play"
        assert tone(found.samples, found.rate) == pytest.approx(300.0 * (k + 1), abs=3)
        assert found.samples.size / found.rate == pytest.approx(1.0, abs=0.06)
        assert found.cover
        assert _bit_rates(path.read_bytes()) == {192}


def _bit_rates(data: bytes) -> set[int]:
    """kb/s of every frame of an MPEG-1 layer III file."""
    table = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    size = data[6:10]
    at = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    found = set()
    while at + 4 <= len(data) and data[at] == 0xFF:
        rate, padding = table[data[at + 2] >> 4], data[at + 2] >> 1 & 1
        found.add(rate)
        at += 144_000 * rate // 44_100 + padding
    return found


def test_a_folder_loses_chapters_that_are_gone_and_nothing_else(master: Callable, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    publish(master(), f"{folder}/", BOOK)
    publish(master(["Other"]), f"{tmp_path}/other/", Metadata("Another Book"))
    (tmp_path / "other" / "01 - Other.mp3").rename(folder / "07 - Other.mp3")
    (folder / "09 - not ours.mp3").write_bytes(b"mine")
    (folder / "notes.txt").write_text("mine")
    publish(master(["One", "Deux"]), str(folder), BOOK)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["01 - One.mp3", "02 - Deux.mp3", "07 - Other.mp3", "09 - not ours.mp3", "notes.txt"]


def test_progress_goes_to_the_end(master: Callable, tmp_path: Path) -> None:
    for output in ("book.m4b", "book.opus", "book.wav", "book/"):
        seen: list[tuple[int, int]] = []
        one: Master = master()
        publish(one, f"{tmp_path}/{output}", BOOK, progress=lambda *now: seen.append(now))  # noqa: B023
        assert seen[-1] == (one.length, one.length)
        assert seen == sorted(seen)


def test_a_kind_of_file_that_is_not_made_is_said_at_once() -> None:
    with pytest.raises(OutputError, match=r"book.m4x: .*\.m4x.* did you mean '\.m4"):
        publisher("book.m4x")
    with pytest.raises(OutputError, match=r"end the name in one of \.m4b.*or in / for a folder"):
        publisher("book.pdf")


def test_what_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "there.m4b").mkdir()
    folder = publisher("book/")
    assert publisher("no-suffix") is folder
    assert publisher(tmp_path / "there.m4b") is folder
    assert publisher("BOOK.M4B") is not folder


def test_a_wav_over_4_gb_is_an_rf64() -> None:
    small, large = _head(44_100, 1000, 20), _head(44_100, 5_000_000_000, 20)
    assert small[:4] == b"RIFF"
    assert large[:4] == b"RF64"
    assert struct.unpack("<4sIQQQI", large[12:48]) == (
        b"ds64", 28, len(large) - 8 + 5_000_000_000 + 20, 5_000_000_000, 2_500_000_000, 0,
    )  # fmt: skip
    assert struct.unpack("<I", small[4:8])[0] == len(small) - 8 + 1000 + 20


def test_the_users_cover_goes_in_as_it_is(master: Callable, reading: Callable, tmp_path: Path) -> None:
    for kind in ("JPEG", "PNG"):
        out = io.BytesIO()
        Image.new("RGB", (300, 500), (10, 90, 40)).save(out, kind)
        book = Metadata("A Play", cover=out.getvalue())
        for suffix in (".m4b", ".mp3", ".opus", ".flac"):
            (path,) = publish(master(), tmp_path / f"book{suffix}", book)
            assert reading(path).cover == out.getvalue()


def test_a_chapter_of_no_length_and_a_mark_past_32_bits(master: Callable, tmp_path: Path) -> None:
    one: Master = master()
    marks = (*one.chapters, Mark("Empty", one.length, one.length))
    empty = Master(one.rate, one.length, marks, one.lines, one.blocks, one.key)
    for suffix in SUFFIXES:
        publish(empty, tmp_path / f"book{suffix}", BOOK)
