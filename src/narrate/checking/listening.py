"""A listening pass: speech recognition over a finished book, held to the words that should be heard.

Neighbouring lines go to the recogniser together, in windows of up to 28 s, because Whisper works on 30 s
whatever it is given. A recogniser mishears names and makes up spellings, so both sides are normalised the
same way and a word that is nearly right counts as heard.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soxr

from narrate.audio import Samples
from narrate.checking.bounds import clock
from narrate.checking.check import audio_files
from narrate.checking.decode import decode
from narrate.checking.report import Finding
from narrate.checking.sidecar import Heard, Sidecar
from narrate.errors import UsageError

RATE = 16_000
"""Hz, Whisper's."""

Recogniser = Callable[[Samples], str]
"""Gets mono samples at RATE and gives the words in them."""

WINDOW_S = 28.0
"""Lines are put together up to this length: what Whisper hears at once is 30 s."""

LEAST = 80.0
"""Percent of a book's words that must be heard. Whisper base misses up to a tenth of clear speech's."""

_MARGIN_S = 0.15  # heard before and after a window
_DOUBTFUL = 0.34  # a line with more of its words missed than this is listed
_NOTHING = 4  # a line of at least so many words of which none is heard fails
_ALIKE = 0.6  # of the letters of two words, to be taken for the same
_LISTED = 5
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Missed:
    """A line whose words were not heard."""

    line: int  # index into Script.lines
    speaker: str
    start: float  # s from the book's beginning: where to listen
    expected: tuple[str, ...]  # normalised words
    missed: tuple[str, ...]  # those of them that were not heard
    heard: str  # what the recogniser wrote for the line


def recogniser(model: str, *, language: str = "en", threads: int = 0) -> Recogniser:
    """Whisper by name (`base`; fetched once by faster-whisper) or from a folder with its CTranslate2 files.

    Raises UsageError where the `check` extra is not installed or the model cannot be had.
    """
    folder = Path(model).expanduser()
    if ("/" in model or "\\" in model or folder.is_dir()) and not (folder / "model.bin").is_file():
        raise UsageError(
            "holds no model.bin", where=model, fix="name a Whisper model (base), or a folder with one"
        )
    try:
        from faster_whisper import WhisperModel
    except ImportError:
        raise UsageError(
            "the listening pass needs a recogniser", where="--listen", fix="pip install 'narrate[check]'"
        ) from None
    try:
        whisper = WhisperModel(
            str(folder) if folder.is_dir() else model,
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            local_files_only=folder.is_dir(),
        )
    except Exception as error:  # whatever the runtime or the network has against it
        why = " ".join(str(error).split())[:160] or type(error).__name__
        raise UsageError(
            f"the model {model!r} cannot be loaded ({why})",
            where="--model",
            fix="name a Whisper model (base), or a folder with its CTranslate2 files",
        ) from None

    def recognise(samples: Samples) -> str:
        pieces, _ = whisper.transcribe(
            samples,
            language=language,
            beam_size=5,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=samples.size <= 30 * RATE,
        )
        return " ".join(piece.text.strip() for piece in pieces)

    return recognise


def listen(
    path: Path,
    timeline: Sidecar,
    recognise: Recogniser,
    speakable: Callable[[str], str],
    progress: Callable[[float], None] | None = None,
) -> tuple[tuple[Finding, ...], tuple[Missed, ...]]:
    """Listens to a whole book; gives findings and the lines whose words were not heard, in order.

    `speakable` turns written words into spoken ones; what the recogniser writes goes through it too, so
    that `4:52` meets `4:52`. Memory is constant; `progress` gets seconds of the book that are done.
    """
    missed: list[Missed] = []
    words = lost = 0

    def hear(window: Sequence[Heard], samples: Samples) -> None:
        nonlocal words, lost
        expected = [normalised(heard.text, speakable) for heard in window]
        if any(expected):
            found = _held_against(expected, normalised(recognise(samples), speakable))
            for heard, line, (gone, instead) in zip(window, expected, found, strict=True):
                words, lost = words + len(line), lost + len(gone)
                if len(gone) > _DOUBTFUL * len(line) and not _same_letters(line, instead):
                    told = " ".join(instead)
                    missed.append(Missed(heard.line, heard.speaker, heard.start, tuple(line), gone, told))
        if progress:
            progress(window[-1].end)

    ear = _Ear(timeline, hear)
    for file in audio_files(path):
        ear.end_of_file(decode(file, ear.feed).decoded)
    return tuple(_findings(words, lost, missed)), tuple(missed)


def normalised(text: str, speakable: Callable[[str], str]) -> list[str]:
    """The words of a text as they are said: lower case, without signs."""
    said = speakable(text).replace("’", "'").replace("'", "")
    return _WORD.findall(said.casefold())


def _findings(words: int, lost: int, missed: Sequence[Missed]) -> Iterator[Finding]:
    share = 100.0 * (words - lost) / words if words else 100.0
    detail = f"of {words:,} words, recognised from the finished sound"
    yield Finding("words_heard", share >= LEAST, share, "%", low=LEAST, detail=detail)
    nothing = [m for m in missed if len(m.expected) >= _NOTHING and len(m.missed) == len(m.expected)]
    yield _listed("lines_not_heard", nothing, "lines of which no word was recognised", not nothing)
    yield _listed("lines_doubtful", missed, "lines to listen to: other words were recognised", None)


def _listed(name: str, lines: Sequence[Missed], what: str, ok: bool | None) -> Finding:
    rows = [f"{clock(m.start)} {m.speaker}: {' '.join(m.expected)[:48]}" for m in lines[:_LISTED]]
    more = f" and {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
    detail = f"{what}: {'; '.join(rows)}{more}" if rows else what
    return Finding(name, ok, float(len(lines)), high=None if ok is None else 0.0, detail=detail)


class _Ear:
    """The sound of a book as it is decoded: what a window of lines needs is held, no more."""

    def __init__(self, timeline: Sidecar, hear: Callable[[Sequence[Heard], Samples], None]) -> None:
        self._lines = deque(timeline.lines)
        self._hear = hear
        self._file = 0.0  # where the present file begins, s of the book
        self._stream: Any = None
        self._held = np.zeros(0, np.float32)
        self._from = 0  # samples of the file before those held

    def feed(self, samples: npt.NDArray[np.float32], rate: int) -> None:
        if self._stream is None:
            self._stream = soxr.ResampleStream(rate, RATE, 1, dtype="float32")
        self._take(self._stream.resample_chunk(samples.mean(axis=0)))
        done = self._file + (self._from + self._held.size) / RATE
        while self._lines and done >= self._needs(self._lines[0]):
            self._next(done)
        if not self._lines:
            self._held = self._held[:0]

    def end_of_file(self, seconds: float) -> None:
        if self._stream is not None:
            self._take(self._stream.resample_chunk(np.zeros(0, np.float32), last=True))
        end = self._file + seconds
        # A line lies in one file whole; its middle says which, whatever the rounding of the ends.
        while self._lines and (self._lines[0].start + self._lines[0].end) / 2 < end:
            self._next(end + 1.0)
        self._file, self._stream, self._held, self._from = end, None, np.zeros(0, np.float32), 0

    def _needs(self, first: Heard) -> float:
        """Until when there must be sound before the window that begins with this line is whole."""
        return max(first.start + WINDOW_S, first.end) + _MARGIN_S

    def _next(self, until: float) -> None:
        """Hears the next window: lines that end before `until` and fit together."""
        window = [self._lines.popleft()]
        limit = min(until, window[0].start + WINDOW_S)
        while self._lines and self._lines[0].end <= limit:
            window.append(self._lines.popleft())
        first = int(max(0.0, window[0].start - self._file - _MARGIN_S) * RATE) - self._from
        last = int((window[-1].end - self._file + _MARGIN_S) * RATE) - self._from
        self._hear(window, self._held[max(0, first) : max(0, last)])
        # the next may cut in before this one ends
        begins = min(window[-1].end, self._lines[0].start if self._lines else window[-1].end)
        rest = int(max(0.0, begins - self._file - _MARGIN_S) * RATE)
        cut = min(max(0, rest - self._from), self._held.size)
        self._held, self._from = self._held[cut:], self._from + cut

    def _take(self, samples: Samples) -> None:
        self._held = np.concatenate((self._held, samples))


def _held_against(
    lines: Sequence[Sequence[str]], heard: Sequence[str]
) -> list[tuple[tuple[str, ...], list[str]]]:
    """For each line its words that were not heard, and the words that were heard in its place."""
    owner = [k for k, line in enumerate(lines) for _ in line]
    expected = [word for line in lines for word in line]
    gone: list[list[str]] = [[] for _ in lines]
    instead: list[list[str]] = [[] for _ in lines]
    last = owner[0] if owner else 0
    for words, others, same in _aligned(expected, heard):
        if words.start < words.stop:
            last = owner[words.start]
        instead[last] += heard[others]
        if not same:
            for k in range(words.start, words.stop):
                gone[owner[k]].append(expected[k])
    return [(tuple(lost), other) for lost, other in zip(gone, instead, strict=True)]


def _aligned(expected: Sequence[str], heard: Sequence[str]) -> list[tuple[slice, slice, bool]]:
    """The cheapest way from one to the other: steps of 0 to 2 words each, and whether they are the same.

    Two words heard as one ("some one") are the same; so are two words with most letters in common.
    """
    rows, columns = len(expected) + 1, len(heard) + 1
    cost = np.full((rows, columns), np.inf)
    cost[0, 0] = 0.0
    step = np.zeros((rows, columns, 2), np.int8)
    for i in range(rows):
        for j in range(columns):
            for di, dj in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2)):
                if di > i or dj > j:
                    continue
                one, other = "".join(expected[i - di : i]), "".join(heard[j - dj : j])
                new = cost[i - di, j - dj] + _price(one, other, di + dj)
                if new < cost[i, j]:
                    cost[i, j], step[i, j] = new, (di, dj)
    steps = []
    i, j = rows - 1, columns - 1
    while i or j:
        di, dj = (int(n) for n in step[i, j])
        words, others = slice(i - di, i), slice(j - dj, j)
        same = bool(di and dj) and _alike("".join(expected[words]), "".join(heard[others]))
        steps.append((words, others, same))
        i, j = i - di, j - dj
    return steps[::-1]


def _price(one: str, other: str, words: int) -> float:
    if one == other:
        return 0.0
    if not one or not other:
        return 1.0
    if words > 2:
        return float("inf")  # words run together count only where they are the very same letters
    return 0.4 if _alike(one, other) else 1.1


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _same_letters(expected: Sequence[str], heard: Sequence[str]) -> bool:
    """Whether a line reads alike as a whole, wherever its words part: `lol` for `L O L`."""
    matcher = SequenceMatcher(None, "".join(expected), "".join(heard), autojunk=False)
    return matcher.ratio() >= 0.8
