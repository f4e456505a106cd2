"""Voices say the same three sentences: `python benchmarks/voices/speak.py WORK`.

Every pack of Kokoro, then every variant in the catalogue. One WAV a voice lands in WORK; what is there
already is not spoken again. About 10 minutes on one core.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import soundfile

from narrate.audio import Samples
from narrate.cast import Voice
from narrate.engines import neural
from narrate.engines.catalogue import catalogue
from narrate.engines.hibari import Hibari
from narrate.engines.kokoro import LIMIT, Kokoro
from narrate.engines.shaping import silence
from narrate.shipped import voices_folder

SENTENCES = (
    "The storm had passed by morning, and the harbour lay as quiet as an empty church.",
    "Nobody asked him where he had been, so he poured the coffee and said nothing at all.",
    "Five bright boats were waiting by the stone wall, and a boy was laughing.",
)


def packs() -> list[str]:
    with np.load(voices_folder() / "kokoro-voices-rank8.npz") as held:
        return sorted({name.rsplit(".", 1)[0] for name in held.files})


def spoken() -> list[tuple[str, str, float]]:
    """(name, pack, semitones): the packs, English ones first, and the catalogue's variants of them."""
    english_first = sorted(packs(), key=lambda pack: (pack[0] not in "ab", pack))
    variants = [
        (info.name, info.base, float(info.name[len(info.base) :]))
        for info in catalogue("kokoro")
        if info.base
    ]
    return [(pack, pack, 0.0) for pack in english_first] + variants


def main(work: Path) -> None:
    work.mkdir(parents=True, exist_ok=True)
    kokoro, hibari = Kokoro(), Hibari()

    def sentence(text: str, pack: str, shift: float) -> Samples:
        def say(phonemes: str, speed: float) -> Samples:
            return kokoro._say(phonemes, speed, pack)

        british = pack.startswith("b")
        voice = Voice("kokoro", pack)
        return neural.speak(text, voice, say, british=british, limit=LIMIT, semitones=shift).samples

    heart = [hibari.speak(text, Voice("hibari", "heart")).samples for text in SENTENCES]
    write(work / "hibari:heart.wav", heart)
    for name, pack, shift in spoken():
        path = work / f"{name}.wav"
        if not path.exists():
            print(name, flush=True)
            write(path, [sentence(text, pack, shift) for text in SENTENCES])


def write(path: Path, sentences: list[Samples]) -> None:
    gap = silence(300, neural.RATE)
    row = [part for samples in sentences for part in (samples, gap)]
    soundfile.write(path, np.concatenate(row), neural.RATE, subtype="PCM_16")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
