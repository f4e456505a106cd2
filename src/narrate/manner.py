"""What a delivery comes to in sound: the figures by which one cue differs from its voice's plain reading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from narrate.cast import Voice

Strength = Literal["none", "light", "moderate", "full"]
"""How much is made of deliveries, in words; a number from 0 to 1 says it too."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What is added to a voice for one cue. The default changes nothing."""

    speed: float = 1.0  # factor on the voice's speed
    pitch: float = 0.0  # semitones on the voice's pitch
    gain: float = 0.0  # dB, applied when takes are stitched
    breath: float = 0.0  # 0 to 1: how much of the voice is breath; 1 is a whisper
    edge: float = 0.0  # dB above about 1.5 kHz: the effort that is heard in a raised voice
    before: float = 0.0  # ms more (or less) silence before the line, applied when takes are stitched
    after: float = 0.0  # ms more (or less) silence after it, likewise

    def voice(self, voice: Voice) -> Voice:
        """`voice` as the engine is to be given it, within what a voice may have."""
        if self.speed == 1.0 and self.pitch == 0.0:
            return voice
        speed = round(min(max(voice.speed * self.speed, 0.5), 2.0), 3)
        return replace(voice, speed=speed, pitch=round(min(max(voice.pitch + self.pitch, -12.0), 12.0), 2))


PLAIN = Manner()
"""Nothing changed."""
