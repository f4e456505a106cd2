"""Chooses Kokoro's voices and measures them: writes voices/kokoro.yaml and voices/kokoro.distances.yaml.

    python benchmarks/voices/speak.py WORK              # the packs, 10 minutes
    python benchmarks/voices/measure.py WORK --choose   # which variants are worth having, 8 minutes
    python benchmarks/voices/speak.py WORK              # those variants, 10 minutes
    python benchmarks/voices/measure.py WORK            # what they really sound like, 3 minutes

The distance of two voices is 1 - cosine of their embeddings. The English packs are always listed; a
variant or a pack of another language only where it is APART from all others that are apart. Ages and
descriptions are read off the measurements: pitch, pace, brightness. No ear has judged them.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many small products: threads only wait for each other

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import yaml
from ear import Array, Ear, pitch

from narrate.engines.shaping import played
from narrate.shipped import voices_folder

APART = 0.20  # distance from which on two voices are called different
MARGIN = 0.01  # asked on top while choosing, where variants are judged by the packs resampled
SHIFTS = (0, -2, 2, -1, 1)  # semitones; words stay whole within two
CLEAN = 3.0  # DNSMOS
SLURRED = {"zf_xiaoni", "zf_xiaoxiao", "zf_xiaoyi", "zm_yunjian", "zm_yunxi", "zm_yunxia", "zm_yunyang"}
"""Packs of which Whisper base misheard two or more of the 45 words, themselves or a variant."""
TONGUES = {
    "e": "Spanish",
    "f": "French",
    "h": "Hindi",
    "i": "Italian",
    "j": "Japanese",
    "p": "Portuguese",
    "z": "Chinese",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was measured of one voice."""

    pack: str
    shift: int  # semitones
    embedding: Array
    dnsmos: float
    hz: float  # median pitch
    seconds: float  # for the three sentences: its pace
    centroid: float  # Hz, of the spectrum: its brightness


def hear(ear: Ear, work: Path, pack: str, shift: int) -> Heard:
    name = pack if not shift else f"{pack}{shift:+d}"
    own = work / f"{name}.wav"
    samples, rate = soundfile.read(own if own.exists() else work / f"{pack}.wav", dtype="float32")
    if not own.exists():
        samples = played(samples, rate, float(shift))
    power = np.abs(np.fft.rfft(samples)) ** 2
    centroid = float((power * np.fft.rfftfreq(samples.size, 1 / rate)).sum() / power.sum())
    return Heard(
        pack,
        shift,
        ear.embedding(samples, rate),
        ear.dnsmos(samples, rate),
        pitch(samples, rate),
        samples.size / rate,
        centroid,
    )


def apart(heard: dict[str, Heard], groups: list[list[str]], distance: float) -> list[str]:
    """Names `distance` from each other; earlier groups first, in each the least entangled first (greedy)."""
    chosen: list[str] = []
    for group in groups:
        left = list(group)
        while left := [name for name in left if all(far(heard, name, other) >= distance for other in chosen)]:
            best = min(left, key=lambda n: (sum(far(heard, n, o) < distance for o in left), -heard[n].dnsmos))
            chosen.append(best)
            left.remove(best)
    return chosen


def far(heard: dict[str, Heard], one: str, other: str) -> float:
    return 1.0 - float(heard[one].embedding @ heard[other].embedding)


def english(name: str) -> bool:
    return name[0] in "ab"


def groups(heard: dict[str, Heard]) -> list[list[str]]:
    clean = [n for n, h in heard.items() if h.pack not in SLURRED and (h.dnsmos >= CLEAN or n == "af_nicole")]
    return [[n for n in clean if english(n)], [n for n in clean if not english(n)]]


def entry(name: str, voice: Heard, median: dict[str, tuple[float, ...]]) -> dict[str, object]:
    female = voice.pack[1] == "f"
    pace, bright = median["pace"][0], median["bright"]["fm".index("f" if female else "m")]
    steps = (130, 160, 200, 250) if female else (84, 105, 130, 150)
    height = ("very low", "low", "middling", "high", "very high")[sum(voice.hz > edge for edge in steps)]
    words = [f"{height} voice" if voice.hz else "whispers"]
    words.append(
        "dark" if voice.centroid < 0.85 * bright else "bright" if voice.centroid > 1.15 * bright else "clear"
    )
    words.append(
        "brisk" if voice.seconds < 0.93 * pace else "unhurried" if voice.seconds > 1.07 * pace else "even"
    )
    if voice.pack == "af_nicole":
        words[0] = "a whisper"
    if not english(name):
        words.append(f"with {TONGUES[name[0]]} colour")
    ages = (
        ("old", "adult", "adult", "young", "child") if female else ("old", "adult", "adult", "adult", "young")
    )
    fields: dict[str, object] = {
        "gender": "female" if female else "male",
        "age": ages[sum(voice.hz > edge for edge in steps)] if voice.pack != "am_santa" else "old",
        "language": {"a": "en-US", "b": "en-GB"}.get(name[0], "en"),
        "quality": quality(name, voice),
        "dnsmos": round(voice.dnsmos, 2),
        "description": ", ".join(words),
    }
    return fields | ({"base": voice.pack} if voice.shift else {})


def quality(name: str, voice: Heard) -> float:
    """0 at DNSMOS 2, 1 at 4; an accent and a shift count against a voice: casting prefers the better."""
    raw = (voice.dnsmos - 2.0) / 2.0 - (0.0 if english(name) else 0.2) - 0.03 * abs(voice.shift)
    return round(float(np.clip(raw, 0.02, 1.0)), 2)


def write(heard: dict[str, Heard], chosen: list[str]) -> None:
    listed = sorted(n for n, h in heard.items() if english(n) and not h.shift)
    more = {*chosen, *(heard[n].pack for n in chosen)} - {*listed}
    listed += sorted(more, key=lambda n: (not english(n), n))
    smallest = min(far(heard, a, b) for a in chosen for b in chosen if a != b)
    median = {
        "pace": (float(np.median([heard[n].seconds for n in listed])), 0.0),
        "bright": tuple(float(np.median([heard[n].centroid for n in listed if n[1] == g])) for g in "fm"),
    }
    rows = []
    for name in listed:
        fields = yaml.safe_dump(
            entry(name, heard[name], median), default_flow_style=True, sort_keys=False, width=999
        )
        rows.append(f"  {name}: {fields.strip()}")
    note = f"""\
# Kokoro-82M's English packs, and what sounds like somebody else beside them: packs of other languages
# speaking English, and packs resampled (`am_adam-2`: two semitones lower, at the same pace).
# {len(listed)} voices, of which {len(chosen)} are told apart: no two of those nearer than {smallest:.3f},
# which is 1 - cosine of their Resemblyzer embeddings. Quality follows from DNSMOS.
# Gender is the pack's own, age is read off the measured pitch (a santa is old): no listener has judged them.
# Written by benchmarks/voices/measure.py.
"""
    folder = voices_folder()
    (folder / "kokoro.yaml").write_text(
        note + "engine: kokoro\nvoices:\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    table = [f"  {n}: {[round(100 * far(heard, n, o)) for o in listed[:k]]}" for k, n in enumerate(listed)]
    (folder / "kokoro.distances.yaml").write_text(
        "# How far each voice is from those before it, in hundredths: 0 the same, 20 another speaker.\n"
        "# Written by benchmarks/voices/measure.py.\ndistances:\n" + "\n".join(table) + "\n",
        encoding="utf-8",
    )
    print(f"{len(listed)} voices, {len(chosen)} told apart, the nearest two of those {smallest:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--choose", action="store_true", help="among all variants, before they are spoken")
    asked = parser.parse_args()
    ear = Ear()
    packs = sorted(path.stem for path in asked.work.glob("??_*.wav") if path.stem[-2] not in "+-")
    if asked.choose:
        wanted = [(pack, shift) for shift in SHIFTS for pack in packs]
    else:
        spoken = [path.stem for path in asked.work.glob("??_*[+-][0-9].wav")]
        wanted = [(pack, 0) for pack in packs] + [(name[:-2], int(name[-2:])) for name in sorted(spoken)]
    heard = {(p if not s else f"{p}{s:+d}"): hear(ear, asked.work, p, s) for p, s in wanted}
    write(heard, apart(heard, groups(heard), APART + (MARGIN if asked.choose else 0.0)))


if __name__ == "__main__":
    main()
