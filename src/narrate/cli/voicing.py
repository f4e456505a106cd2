"""Voices in a few words, and the samples that let a user hear them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from narrate.cast import Voice, VoiceInfo
from narrate.errors import OutputError


def described(voice: Voice) -> str:
    """`kokoro/bf_emma, speed 1.1`: as a cast file would say it, in one line."""
    settings = [f"speed {voice.speed:g}"] if voice.speed != 1.0 else []
    settings += [f"pitch {voice.pitch:+g}"] if voice.pitch else []
    settings += [f"gain {voice.gain:+g} dB"] if voice.gain else []
    settings += [f"{name} {value}" for name, value in voice.options]
    return ", ".join([f"{voice.engine}/{voice.name}", *settings])


def taken_for(voice: VoiceInfo, known: Iterable[VoiceInfo]) -> str:
    """The voice of its engine that a listener may take `voice` for, by what was measured; "" for none."""
    from narrate.casting.unlike import TOLD_APART

    distances = {
        other.name: voice.unlike.get(other.name, other.unlike.get(voice.name, 1.0))
        for other in known
        if other.engine == voice.engine and other.name != voice.name
    }
    nearest = min(distances, key=lambda name: distances[name], default="")
    return nearest if distances.get(nearest, 1.0) < TOLD_APART else ""


_PLAYERS = (
    ["afplay"],
    ["paplay"],
    ["pw-play"],
    ["aplay", "-q"],
    ["ffplay", "-v", "error", "-nodisp", "-autoexit"],
)


def play(path: Path) -> None:
    """Plays a WAV file with what the system has. Raises OutputError where it has nothing."""
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(path), winsound.SND_FILENAME)
        return
    for player in _PLAYERS:
        if shutil.which(player[0]):
            subprocess.run([*player, str(path)], check=False, stdin=subprocess.DEVNULL)
            return
    raise OutputError("no program here plays sound", fix="use -o sample.wav and open the file yourself")
