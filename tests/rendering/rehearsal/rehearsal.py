"""An engine that misbehaves when its text says so, for worker processes to import. Sings like `tone`."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from narrate.audio import Audio
from narrate.cast import Voice, VoiceInfo
from narrate.engines.protocol import Health
from narrate.engines.tone import Tone
from narrate.errors import EngineError


class Rehearsal:
    options: frozenset[str] = frozenset()

    def __init__(self, name: str) -> None:
        self.name = name
        self.parallel = name != "soloist"

    def version(self) -> str:
        return "1"

    def voices(self) -> Sequence[VoiceInfo]:
        return Tone().voices()

    def health(self) -> Health:
        return Health(True, "for tests")

    def speak(self, text: str, voice: Voice) -> Audio:
        record(f"{os.getpid()} begin {text}")
        if "CRASH" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "ONCE" in text and first_time(text):
            os.kill(os.getpid(), signal.SIGKILL)
        if "REFUSE" in text:
            raise EngineError("it will not say that")
        if "BUG" in text:
            raise ValueError("a bug\nin two lines")
        if "SLOW" in text:
            time.sleep(0.1)
        if "HANG" in text:
            time.sleep(60)
        if "PRINT" in text:
            os.write(1, b"a library prints\n")
        audio = Tone().speak(text, voice)
        if "NAN" in text:
            audio = Audio(audio.samples * np.float32("nan"), audio.rate)
        if "EMPTY" in text:
            audio = Audio(audio.samples[:0], audio.rate)
        sentences = text.count(".")
        if "MUTE" in text:
            audio = Audio(audio.samples * np.float32(0), audio.rate)
        if "GASP" in text and sentences > 1:  # one sentence at a time it manages
            audio = Audio(audio.samples[: audio.samples.size // 9], audio.rate)
        if "HALVES" in text or ("HALF" in text and sentences > 1):
            audio = Audio(audio.samples[: audio.samples.size // 2], audio.rate)
        if "FUSSY" in text:
            if sentences < 2:
                raise EngineError("it wants more words")
            audio = Audio(audio.samples[:99], audio.rate)
        record(f"{os.getpid()} end {text}")
        return audio

    def close(self) -> None:
        record(f"{os.getpid()} close {self.name}")


def load(name: str) -> Rehearsal:
    return Rehearsal(name)


def record(line: str) -> None:
    """One line in the file REHEARSAL_LOG, whole even when several processes write."""
    if path := os.environ.get("REHEARSAL_LOG"):
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, line.encode() + b"\n")
        os.close(handle)


def first_time(text: str) -> bool:
    log = Path(os.environ["REHEARSAL_LOG"])
    return log.read_text().count(f"begin {text}\n") == 1
