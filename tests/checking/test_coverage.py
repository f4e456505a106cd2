"""A book is held to its timeline: every line once, in order, heard, and the voices equally loud."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from narrate.audio import Samples
from narrate.cast import Cast, Role, Voice
from narrate.checking import Heard, Report, Sidecar, check, read_sidecar, sidecar
from narrate.errors import UsageError
from narrate.mastering.timeline import Mark, Master, Spoken
from narrate.script import NARRATOR, Line, Script

RATE = 44_100
Book = Callable[..., Path]


def performance(levels: tuple[float, ...] = (-20.0, -20.0), lines: int = 20) -> tuple[Samples, Sidecar]:
    """Lines of 1.5 s, speakers in turn, each a tone at a level of its own (dB RMS)."""
    rng = np.random.default_rng(5)
    sound = rng.standard_normal(RATE * 2 * (lines + 1)) * 10 ** (-70 / 20)
    heard = []
    for k in range(lines):
        speaker = k % len(levels)
        start = 1 + 2 * k
        tone = np.sin(2 * np.pi * 1000 / RATE * np.arange(int(1.5 * RATE))) * np.sqrt(2)
        sound[start * RATE : start * RATE + tone.size] += tone * 10 ** (levels[speaker] / 20)
        heard.append(
            Heard(k, f"Speaker {speaker}", f"tone/{speaker}", start, start + 1.5, f"This is line {k}.")
        )
    return sound.astype(np.float32), Sidecar(sound.size / RATE, tuple(heard), ())


def failures(report: Report) -> dict[str, str]:
    return {f.name: f.detail for _, f in report.failures()}


def checked(book: Book, samples: Samples, timeline: Sidecar, profile: str = "none") -> Report:
    return check(book("a.m4b", samples), profile=profile, timeline=timeline)


def test_a_whole_book_passes(book: Book) -> None:
    samples, timeline = performance()
    report = checked(book, samples, timeline)
    assert report.ok, report.failures()
    voices = [f for f in report.findings if f.name == "voice_loudness"]
    assert len(voices) == 2
    assert all(f.figure == pytest.approx(-20.0, abs=0.5) for f in voices)


def test_a_line_with_no_place_is_named(book: Book) -> None:
    samples, timeline = performance()
    report = checked(book, samples, replace(timeline, unheard=((7, "Nobody said this."),)))
    assert "Nobody said this." in failures(report)["lines_skipped"]


def test_a_line_heard_twice_is_named(book: Book) -> None:
    samples, timeline = performance()
    lines = list(timeline.lines)
    lines[8] = replace(lines[8], line=3)
    found = failures(checked(book, samples, replace(timeline, lines=tuple(lines))))
    assert "0:00:17" in found["lines_doubled"]
    assert "lines_out_of_order" in found


def cut_in(samples: Samples, timeline: Sidecar, by: float) -> tuple[Samples, Sidecar]:
    """Line 5 moved so far forward that it begins `by` seconds before line 4 ends."""
    moved = samples.copy()
    start = timeline.lines[4].end - by
    size = int(1.5 * RATE)
    sound = samples[11 * RATE : 11 * RATE + size].copy()
    moved[11 * RATE : 11 * RATE + size] = samples[:size]
    moved[int(start * RATE) : int(start * RATE) + size] += sound
    lines = list(timeline.lines)
    lines[5] = replace(lines[5], start=start, end=start + 1.5)
    return moved, replace(timeline, lines=tuple(lines))


def test_a_line_may_cut_in_on_another_voices_end(book: Book) -> None:
    report = checked(book, *cut_in(*performance(), 0.25))
    assert report.ok, report.failures()


def test_a_line_is_not_hidden_by_the_one_it_cuts_in_on(book: Book) -> None:
    samples, timeline = cut_in(*performance(), 0.25)
    samples[int(10.5 * RATE) : int(10.5 * RATE) + 2 * int(0.7 * RATE)] = (
        samples[: int(0.7 * RATE)].repeat(2) * 0.7
    )
    assert "This is line 5." in failures(checked(book, samples, timeline))["lines_silent"]


def test_lines_on_top_of_each_other_are_named(book: Book) -> None:
    assert "lines_out_of_order" in failures(checked(book, *cut_in(*performance(), 1.2)))
    one_voice = performance((-20.0,))
    assert "lines_out_of_order" in failures(checked(book, *cut_in(*one_voice, 0.25)))


def test_a_line_that_nobody_hears_is_named(book: Book) -> None:
    samples, timeline = performance()
    samples[9 * RATE : 11 * RATE] = samples[:RATE].repeat(2) * 0.7  # only room where line 4 should be
    assert "This is line 4." in failures(checked(book, samples, timeline))["lines_silent"]


def test_voices_far_apart_fail_and_are_named(book: Book) -> None:
    far = performance((-20.0, -20.7), lines=30)
    assert failures(checked(book, *far, "podcast"))["voice_spread"].startswith("tone/0 against tone/1")
    near = performance((-20.0, -20.4), lines=30)
    assert "voice_spread" not in failures(checked(book, *near, "podcast"))


def test_levels_that_nobody_asked_for_are_told_and_not_judged(book: Book) -> None:
    report = checked(book, *performance((-20.0, -20.7), lines=30), "none")
    assert next(f.ok for f in report.findings if f.name == "voice_spread") is None


def test_a_voice_of_a_few_words_is_not_judged(book: Book) -> None:
    samples, timeline = performance((-20.0,), lines=20)
    lines = list(timeline.lines)
    lines[4] = replace(lines[4], voice="tone/short")
    samples[9 * RATE : 11 * RATE] *= 0.3
    assert checked(book, samples, replace(timeline, lines=tuple(lines))).ok


def test_another_runs_timeline_is_noticed(book: Book) -> None:
    samples, timeline = performance()
    found = failures(checked(book, samples, replace(timeline, seconds=timeline.seconds + 9)))
    assert set(found) == {"timeline"}


def test_lines_are_found_across_a_folder_of_files(tmp_path: Path) -> None:
    from narrate.publishing.folder import publish_folder
    from narrate.publishing.metadata import Metadata

    samples, timeline = performance()
    cut = 18 * RATE + RATE // 3
    marks = (Mark("One", 0, cut), Mark("Two", cut, samples.size))
    master = Master(RATE, samples.size, marks, (), lambda: iter([samples]), "key")
    publish_folder(master, tmp_path / "book", Metadata(title="T", author="A"))
    report = check(tmp_path / "book", profile="none", timeline=timeline)
    assert report.ok, report.failures()
    samples[25 * RATE : 27 * RATE] = samples[:RATE].repeat(2) * 0.7
    publish_folder(master, tmp_path / "book", Metadata(title="T", author="A"))
    report = check(tmp_path / "book", profile="none", timeline=timeline)
    assert "This is line 12." in failures(report)["lines_silent"]


def line(text: str, kind: str, speaker: str) -> Line:
    return Line(0, 0, text, kind, speaker, 1.0, "", 0, 0, 0)  # type: ignore[arg-type]


def test_a_sidecar_says_who_is_heard_when_and_what_is_missing() -> None:
    script = Script(
        (
            line("He spoke.", "narration", NARRATOR),
            line("", "silent", ""),
            line("“Lost!”", "speech", "Ann"),
            line("“…”", "speech", "Ann"),
            line("“Found.”", "speech", "Ann"),
        ),
        (),
    )
    cast = Cast(
        {"Ann": Role("Ann", Voice("tone", "tone-01")), NARRATOR: Role(NARRATOR, Voice("tone", "tone-02"))}
    )
    master = Master(1000, 9000, (), (Spoken(0, 500, 2500), Spoken(4, 3000, 4000)), lambda: iter(()), "key")
    found = sidecar(script, cast, master)
    assert found.unheard == ((2, "“Lost!”"),)
    assert found.lines[1] == Heard(4, "Ann", "tone/tone-01", 3.0, 4.0, "“Found.”")
    assert found.seconds == 9.0


def test_a_sidecar_survives_its_file(tmp_path: Path) -> None:
    import json

    _, timeline = performance()
    timeline = replace(timeline, unheard=((3, "x"),))
    path = tmp_path / "book.timeline.json"
    path.write_text(json.dumps(timeline.to_json()), "utf-8")
    assert read_sidecar(path) == timeline


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"version": 99}', '{"version": 1, "seconds": "x"}', "\xff"]
)
def test_what_is_no_timeline_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "book.timeline.json"
    path.write_text(content, "latin-1")
    with pytest.raises(UsageError, match="no timeline"):
        read_sidecar(path)
