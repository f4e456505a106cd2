"""A finished book is measured as it sounds, and what is wrong with it is named."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from narrate.audio import Samples
from narrate.checking import Finding, Report, check
from narrate.errors import CheckFailed, UsageError

Book = Callable[..., Path]
Narration = Callable[..., Samples]

EVERY = ("a.m4b", "a.mp3", "a.opus", "a.flac", "a.wav", "a/")


def finding(report: Report, name: str) -> Finding:
    found = [
        f for f in (*report.findings, *(f for file in report.files for f in file.findings)) if f.name == name
    ]
    assert len(found) == 1
    return found[0]


def failed(report: Report) -> set[str]:
    return {f.name for _, f in report.failures()}


@pytest.mark.parametrize("name", EVERY)
def test_every_format_is_measured_alike(name: str, book: Book, narration: Narration) -> None:
    samples = narration()
    report = check(book(name, samples), profile="none")
    assert report.ok
    assert report.seconds == pytest.approx(12.0, abs=0.05)
    (file,) = report.files
    levels = file.levels
    assert levels.rms == pytest.approx(-20.0, abs=0.5)
    assert levels.head == pytest.approx(0.75, abs=0.06)
    assert levels.tail == pytest.approx(2.0, abs=0.06)
    assert levels.silence == pytest.approx(0.5, abs=0.08)
    assert levels.stretch == pytest.approx(1.5, abs=0.08)
    assert levels.floor == pytest.approx(-70.0, abs=2.5)
    assert levels.clipped == 0
    assert file.channels == 1
    assert [chapter.title for chapter in file.chapters] == ([] if name == "a/" else ["One", "Two"])
    assert len(file.outline) <= 1200


def test_a_chapter_that_meets_the_acx_specification(book: Book, narration: Narration) -> None:
    report = check(book("a/", narration()), profile="acx")
    assert report.ok, report.failures()
    assert finding(report, "constant_bit_rate").figure == "yes"
    assert finding(report, "bit_rate").figure == 192_000


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda n: n(level=-15.0), {"rms"}),
        (lambda n: n(level=-26.0), {"rms"}),
        (lambda n: n(floor=-55.0), {"floor"}),
        (lambda n: n(floor=-200.0), {"floor"}),  # digital silence
        (lambda n: n()[22_050:], {"head"}),
        (lambda n: np.concatenate((n(floor=-70.0)[:22_050], n())), {"head"}),
        (lambda n: n()[: -int(1.5 * 44_100)], {"tail"}),
        (lambda n: np.concatenate([n(), *[n()[:30_000]] * 5]), {"tail"}),
    ],
)
def test_what_the_acx_specification_refuses(
    change: Callable[[Narration], Samples], names: set[str], book: Book, narration: Narration
) -> None:
    assert failed(check(book("a/", change(narration)), profile="acx")) >= names


def test_an_m4b_is_not_what_acx_takes(book: Book, narration: Narration) -> None:
    assert {"codec", "bit_rate", "constant_bit_rate"} <= failed(
        check(book("a.m4b", narration()), profile="acx")
    )


def test_a_long_gap_says_where(book: Book, narration: Narration) -> None:
    part = narration(floor=-70.0)
    gap = np.concatenate([part[: 5 * 44_100], *[part[:30_000]] * 13, part[5 * 44_100 :]])
    report = check(book("a.m4b", gap))
    assert failed(report) == {"silence"}
    assert "0:00:0" in finding(report, "silence").detail


def test_clipping_is_counted(book: Book, narration: Narration) -> None:
    loud = np.clip(narration() * 30, -1, 1).astype(np.float32)
    assert "clipped" in failed(check(book("a.wav", loud)))


def test_the_audiobook_profile_wants_title_and_cover(book: Book, narration: Narration) -> None:
    report = check(book("a.m4b", narration(), title="", author="", cover=False))
    assert {"title", "cover"} <= failed(report)
    assert "--author" in finding(report, "artist").detail  # told, not asked: a story may be nobody's
    assert check(book("b.m4b", narration()), profile="audiobook").ok


@pytest.mark.parametrize("name", EVERY[:5])
def test_a_file_that_was_cut_off_fails(name: str, book: Book, narration: Narration) -> None:
    path = book(name, narration(), cover=False)
    os.truncate(path, path.stat().st_size * 6 // 10)
    report = check(path, profile="none")
    assert failed(report) >= {"decodes"}, report
    assert finding(report, "decodes").detail


@pytest.mark.parametrize("name", ["a.m4b", "a.opus", "a.flac", "a.mp3"])
def test_a_hole_in_a_file_fails(name: str, book: Book, narration: Narration) -> None:
    path = book(name, narration(), cover=False)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = bytes(3000)
    path.write_bytes(data)
    assert failed(check(path, profile="none")) >= {"decodes"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.mp3", b"Once upon a time there was a file. " * 400),
        ("empty.m4b", b""),
        ("noise.m4b", np.random.default_rng(1).bytes(50_000)),
        ("moov.m4b", b"\0\0\0\x1cftypM4B \0\0\2\0M4B iso2mp41\0\0\0\x08mdat"),
    ],
)
def test_what_is_no_audio_is_one_clear_line(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CheckFailed, match=name) as caught:
        check(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert caught.value.fix


def test_noise_that_looks_like_mp3_here_and_there_fails(tmp_path: Path) -> None:
    (tmp_path / "noise.mp3").write_bytes(np.random.default_rng(2).bytes(200_000))
    try:
        verdict = failed(check(tmp_path / "noise.mp3"))
    except CheckFailed:
        return
    assert "decodes" in verdict


def test_a_picture_is_no_audio(tmp_path: Path) -> None:
    Image.new("RGB", (64, 64)).save(tmp_path / "a.png")
    (tmp_path / "a.png").rename(tmp_path / "a.mp3")
    with pytest.raises(CheckFailed):
        check(tmp_path / "a.mp3")


def test_paths_and_profiles_that_do_not_exist(tmp_path: Path, book: Book, narration: Narration) -> None:
    with pytest.raises(UsageError, match="no such file"):
        check(tmp_path / "none.m4b")
    with pytest.raises(UsageError, match="holds no audio file"):
        check(tmp_path)
    with pytest.raises(UsageError, match="did you mean 'audiobook'"):
        check(tmp_path / "none.m4b", profile="audiobok")


def test_a_folders_files_come_in_the_order_of_their_numbers(
    tmp_path: Path, book: Book, narration: Narration
) -> None:
    made = book("a/", narration(4.0, floor=-70.0))
    (only,) = made.iterdir()
    for number in (10, 9, 2):
        shutil.copy(only, made / f"{number} - x.mp3")
    (made / "notes.txt").write_text("no")
    report = check(made, profile="none")
    assert [file.name for file in report.files] == [only.name, "2 - x.mp3", "9 - x.mp3", "10 - x.mp3"]
    assert report.seconds == pytest.approx(16.0, abs=0.2)


def test_the_report_is_json(book: Book, narration: Narration) -> None:
    report = check(book("a.m4b", narration()))
    plain = json.loads(json.dumps(report.to_json(), allow_nan=False))
    assert plain["pass"] is True
    assert next(iter(plain)) == "pass"
    assert plain["files"][0]["levels"]["loudness"] == pytest.approx(report.files[0].levels.loudness, abs=1e-3)
    names = {row["name"] for row in plain["files"][0]["findings"]}
    assert {"decodes", "rms", "floor", "loudness", "true_peak"} <= names


def test_silence_alone_is_measured_too(book: Book) -> None:
    report = check(book("a.wav", np.zeros(44_100, np.float32)), profile="none")
    levels = report.files[0].levels
    assert (levels.loudness, levels.rms, levels.floor) == (-200.0, -200.0, -200.0)


def test_stereo_is_as_loud_as_the_standard_says(tmp_path: Path, narration: Narration) -> None:
    """The same sound in both channels is 3 LU louder than in one (BS.1770-4)."""
    import soundfile

    samples = narration()
    soundfile.write(tmp_path / "mono.wav", samples, 44_100, subtype="PCM_24")
    soundfile.write(tmp_path / "both.wav", np.stack([samples, samples], axis=1), 44_100, subtype="PCM_24")
    mono, both = (check(tmp_path / name, profile="none").files[0].levels for name in ("mono.wav", "both.wav"))
    assert both.loudness - mono.loudness == pytest.approx(3.01, abs=0.02)
    assert both.rms == pytest.approx(mono.rms, abs=0.01)


def test_progress_is_told(book: Book, narration: Narration) -> None:
    told: list[tuple[str, float]] = []
    check(book("a.m4b", narration()), progress=lambda name, done: told.append((name, done)))
    assert told[-1][0] == "a.m4b"
    assert told[-1][1] == pytest.approx(12.0, abs=0.05)
    assert [done for _, done in told] == sorted(done for _, done in told)
