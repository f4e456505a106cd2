"""How often the gate is wrong: `python benchmarks/render_gate.py ENGINE:VOICE[,VOICE...] STORY [takes]`.

Speaks sentences of a story, counts those the gate would not let pass (false alarms: nobody has broken
them), then breaks each in seven ways and counts what the gate finds.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np

from narrate.audio import Audio, Samples
from narrate.cast import Voice
from narrate.engines import load
from narrate.reading import read
from narrate.rendering.gate import expected_s, fault, unlike_peers
from narrate.rendering.plan import split
from narrate.speaking import speakable

SEED = 4


def main() -> None:
    name, _, voices = sys.argv[1].partition(":")
    story, count = Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 300
    engine = load(name)
    chosen = [Voice(name, voice) for voice in voices.split(",")]
    draw = random.Random(SEED)
    texts = sentences(story, name)
    texts = draw.sample(texts, min(count, len(texts)))
    takes: dict[str, tuple[str, Audio]] = {}
    peers: dict[Voice, dict[str, tuple[str, float]]] = defaultdict(dict)
    heard_s = false = 0.0
    for k, text in enumerate(texts):
        voice = chosen[k % len(chosen)]
        audio = engine.speak(text, voice)
        start = time.process_time()
        found = fault(text, audio)
        heard_s += time.process_time() - start
        if found:
            false += 1
            print(f"false alarm: {found}: {text!r}")
        takes[str(k)] = text, audio
        peers[voice][str(k)] = text, audio.ms / 1000
    odd = {key for group in peers.values() for key in unlike_peers(group)}
    for key in odd:
        print(f"unlike its voice's others: {takes[key][1].ms / 1000:.1f} s: {takes[key][0]!r}")
    print(f"{sys.argv[1]}: {len(takes)} takes, {false:.0f} false alarms, {len(odd)} unlike their peers,")
    print(f"{1000 * heard_s / len(takes):.1f} ms of a processor a take to hear it")

    tried: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    random_ = np.random.default_rng(SEED)
    for group in peers.values():
        for key in group:
            text, audio = takes[key]
            if expected_s(text) < 2:
                continue
            for what, harm in HARMS.items():
                broken = Audio(harm(audio.samples, audio.rate, random_).astype(np.float32), audio.rate)
                tried[what] += 1
                if not fault(text, broken):
                    among = group | {key: (text, broken.ms / 1000)}
                    missed[what] += key not in unlike_peers(among)
    for what, number in tried.items():
        print(f"| {what} | found {number - missed[what]} of {number} |")


def sentences(story: Path, engine: str) -> list[str]:
    book = read(story)
    return [
        cue
        for paragraph in book.paragraphs()
        for cue in split(speakable(paragraph.text, engine=engine, language=book.language))
    ]


def only_a_third(samples: Samples, _rate: int, _random: np.random.Generator) -> Samples:
    return samples[: samples.size // 3]


def only_half(samples: Samples, _rate: int, _random: np.random.Generator) -> Samples:
    return samples[: samples.size // 2]


def a_repeat(samples: Samples, rate: int, random_: np.random.Generator) -> Samples:
    """1.5 to 3 s said again, at a pace up to 3 % off, so that no sample is the same."""
    count = min(samples.size - 1, int(rate * random_.uniform(1.5, 3.0)))
    start = int(random_.integers(0, samples.size - count))
    places = np.arange(start, start + count - 1, random_.uniform(0.97, 1.03))
    again = np.interp(places, np.arange(samples.size), samples)
    return np.concatenate([samples[: start + count], again, samples[start + count :]])


def a_hole(samples: Samples, rate: int, _random: np.random.Generator) -> Samples:
    middle = samples.size // 2
    return np.concatenate([samples[:middle], np.zeros(5 * rate), samples[middle:]])


def a_long_tail(samples: Samples, rate: int, random_: np.random.Generator) -> Samples:
    return np.concatenate([samples, random_.normal(0, 1e-4, 3 * rate)])


def clipping(samples: Samples, _rate: int, _random: np.random.Generator) -> Samples:
    return np.clip(samples * (6.0 / np.abs(samples).max()), -1.0, 1.0)


def noise(samples: Samples, _rate: int, random_: np.random.Generator) -> Samples:
    return random_.normal(0, 0.1, samples.size)


HARMS: dict[str, Callable[[Samples, int, np.random.Generator], Samples]] = {
    "only the first third": only_a_third,
    "only the first half": only_half,
    "a repeat of 1.5 to 3 s": a_repeat,
    "5 s of silence in the middle": a_hole,
    "3 s of hiss at -80 dBFS at the end": a_long_tail,
    "peaks cut 15 dB down": clipping,
    "white noise for words": noise,
}

if __name__ == "__main__":
    main()
