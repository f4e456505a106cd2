"""How alike voices come out, and what the encoders do to it: real voices, every profile.

    python benchmarks/mastering_levels.py STORY [--voices hibari:heart kokoro:am_adam ...] [--lines 12]

Each voice speaks some sentences of STORY; they are stitched in turn into one chapter, and loudness is
measured for each voice over its own lines. Then the file is written, decoded and measured again.
Prints one JSON object a profile.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from pathlib import Path

import av
import numpy as np

from narrate.audio import Audio, Samples
from narrate.book import Book, Chapter, Paragraph, Scene
from narrate.cast import Voice
from narrate.engines.registry import load
from narrate.mastering import Pacing, Survey, profiles, stitch
from narrate.mastering.limiter import true_peak
from narrate.mastering.loudness import blocks as gating_blocks
from narrate.mastering.loudness import decibels, integrated, loudness, sub_blocks
from narrate.publishing import Metadata, publish
from narrate.rendering.cue import Cue
from narrate.script import Line, Script

VOICES = (
    "hibari:heart",
    "espeak:en-us",
    "kokoro:am_adam",
    "kokoro:bf_emma",
    "kokoro:bm_george",
    "kokoro:af_nicole",
)


def sentences(story: Path) -> list[str]:
    text = re.sub(r"\s+", " ", story.read_text("utf-8", "replace"))
    found = re.split(r"(?<=[.!?]) ", text[len(text) // 4 :])
    return [sentence for sentence in found if 15 < len(sentence) < 160]


def decoded(path: Path) -> tuple[Samples, int]:
    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
        parts = [p.to_ndarray()[0] for f in container.decode(audio=0) for p in resampler.resample(f)]
    return np.concatenate(parts), rate


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("story", type=Path)
    parser.add_argument("--voices", nargs="*", default=list(VOICES))
    parser.add_argument("--lines", type=int, default=12)
    given = parser.parse_args()
    voices = [Voice(*name.split(":", 1)) for name in given.voices]
    engines = {voice.engine: load(voice.engine) for voice in voices}
    texts = sentences(given.story)
    lines: list[Line] = []
    cues: list[Cue] = []
    takes: dict[str, Audio] = {}
    for k in range(given.lines * len(voices)):
        voice = voices[k % len(voices)]
        takes[str(k)] = engines[voice.engine].speak(texts[k], voice)
        kind = "speech" if k % len(voices) else "narration"
        lines.append(Line(k, k + 1, texts[k], kind, voice.name, 1.0, "", 0, 0, k))
        cues.append(Cue(k, texts[k], voice, str(k)))
    paragraphs = tuple(Paragraph("x", "prose", k, k + 1, ((0, k),)) for k in range(len(lines)))
    book = Book(given.story, "", "Levels", "", "en", (Chapter("One", (Scene(paragraphs),)),))
    script = Script(tuple(lines), ())
    surveys: dict[str, Survey] = {}
    for name, levels in profiles().items():
        pacing = Pacing.default()
        master = stitch(script, cues, takes.__getitem__, pacing, book=book, levels=levels, surveys=surveys)
        sound = np.concatenate(list(master.blocks()))
        pools: dict[str, list[np.ndarray]] = {}
        for spoken in master.lines:
            powers = sub_blocks(sound[spoken.start : spoken.end], master.rate)
            pools.setdefault(lines[spoken.line].speaker, []).append(gating_blocks(powers))
        found = {who: round(integrated(np.concatenate(parts)), 2) for who, parts in pools.items()}
        report = {
            "profile": name,
            "minutes": round(sound.size / master.rate / 60, 1),
            "voices": found,
            "spread": round(max(found.values()) - min(found.values()), 2),
            "master": figures(sound, master.rate),
        }
        with tempfile.TemporaryDirectory() as folder:
            for suffix in (".m4b", ".mp3", ".opus"):
                (path,) = publish(master, f"{folder}/book{suffix}", Metadata("Levels"))
                report[suffix] = figures(*decoded(path))
        print(json.dumps(report), flush=True)
    for engine in engines.values():
        engine.close()


def figures(sound: Samples, rate: int) -> dict[str, float]:
    return {
        "lufs": round(loudness(sound, rate), 2),
        "rms": round(decibels(float(np.mean(np.square(sound), dtype=np.float64))), 2),
        "true_peak": round(20.0 * float(np.log10(true_peak(sound))), 2),
    }


if __name__ == "__main__":
    main()
