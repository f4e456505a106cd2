"""The system's own voices: SAPI5 on Windows, NSSpeechSynthesizer on macOS, espeak-ng on Linux, by pyttsx3.

Threads crash pyttsx3, forks hang it, and a second save loses the first: so each utterance has a process
of its own (`pyttsx3_child`), one at a time.
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from narrate.audio import Audio, Samples
from narrate.cast import Voice, VoiceInfo
from narrate.engines import pyttsx3_child
from narrate.engines.catalogue import check_options, find
from narrate.engines.espeak_library import FIX, find_library
from narrate.engines.protocol import Health
from narrate.engines.spoken_text import excerpt, printable
from narrate.errors import EngineError
from narrate.script import Age, Gender

CHILD = Path(pyttsx3_child.__file__)
PATIENCE = 60.0  # s, before an utterance is late; long texts are given more
_DRIVER = "1"  # counts up when the same request begins to sound different

_LINUX = sys.platform == "linux"
# Words a minute at the voice's own pace: espeak's 175, SAPI5's rate 0, NSSpeechSynthesizer's default.
_WORDS_PER_MINUTE = {"linux": 175, "win32": 157}.get(sys.platform, 180)
_LONGEST = 4000  # characters at once: pyttsx3 has crashed from 18,000
_PIECE = re.compile(  # up to a sentence's end, else a word's, else anywhere
    rf"[\s\S]{{1,{_LONGEST}}}(?:(?<=[.!?…]) |\Z)|[\s\S]{{1,{_LONGEST}}}(?: |\Z)|[\s\S]{{1,{_LONGEST}}}"
)


class Pyttsx3:
    """Speaks each utterance in a process of its own."""

    name = "pyttsx3"
    options: frozenset[str] = frozenset()
    parallel = False

    def __init__(self) -> None:
        self._voices: tuple[VoiceInfo, ...] | None = None

    def version(self) -> str:
        parts = [f"pyttsx3 {_package()}", f"driver {_DRIVER}"]
        library = find_library() if _LINUX else None
        system = f"{platform.system()} {platform.release()}"
        # On Linux the sound is the library's; elsewhere the system's, which changes it with its releases.
        parts.append(f"espeakng-loader {library.wheel or 'none'}" if library else system)
        return ", ".join(parts)

    def voices(self) -> Sequence[VoiceInfo]:
        if self._voices is None:
            listed = _run({"do": "voices"}, PATIENCE, "listing the voices")["voices"]
            infos = (_info(*entry) for entry in listed)
            # English first, else as the system lists them: whoever takes the first voice can be understood.
            self._voices = tuple(sorted(infos, key=lambda info: not info.language.startswith("en")))
        if not self._voices:
            raise EngineError("the system has no voices", fix="install one in the system's speech settings")
        return self._voices

    def health(self) -> Health:
        try:
            self.voices()
        except EngineError as error:
            return Health(False, error.what, error.fix or _fix())
        return Health(True, f"pyttsx3 {_package()} on {platform.system()}")

    def speak(self, text: str, voice: Voice) -> Audio:
        check_options(voice, self.options)
        find(self.voices(), voice)
        # Only espeak's driver has a pitch: the sound is played faster or slower, spoken slower or faster.
        stretch = 2.0 ** (voice.pitch / 12.0)
        words_per_minute = round(_WORDS_PER_MINUTE * voice.speed / stretch)
        pieces = [_speak(piece, voice.name, words_per_minute) for piece in _PIECE.findall(_disarmed(text))]
        rate = pieces[0][1] if pieces else 22050
        samples = np.concatenate([piece for piece, _ in pieces]) if pieces else np.zeros(0, np.float32)
        return Audio(samples, round(rate * stretch))

    def close(self) -> None:
        """Nothing runs between utterances."""


def _speak(text: str, voice: str, words_per_minute: int) -> tuple[Samples, int]:
    """Samples and their rate in Hz."""
    with tempfile.TemporaryDirectory(prefix="narrate-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "utterance"  # no suffix: what is written depends on the system, not on the name
        request = {"do": "speak", "voice": voice, "rate": words_per_minute, "text": text, "file": str(file)}
        for attempt in (1, 2):
            try:
                _run(request, PATIENCE + len(text) / 10, f"speaking {excerpt(text)!r}")
                break
            except _Crashed:
                if attempt == 2:
                    raise
        try:
            samples, rate = soundfile.read(file, dtype="float32", always_2d=True)
        except (OSError, soundfile.LibsndfileError) as error:
            raise EngineError(f"the system wrote no sound that can be read for {excerpt(text)!r}") from error
    return np.ascontiguousarray(np.clip(samples.mean(axis=1), -1, 1), np.float32), int(rate)


class _Crashed(EngineError):
    """The child ended without an answer."""


def _run(request: dict[str, Any], seconds: float, doing: str) -> dict[str, Any]:
    library = find_library() if _LINUX else None
    if _LINUX:
        if library is None:
            raise EngineError("pyttsx3 speaks by espeak-ng on Linux, which is not installed", fix=FIX)
        request = {**request, "library": library.path, "data": str(library.data)}
    # -P: this folder has a module called pyttsx3 too, and a script's folder is where Python looks first.
    command = [sys.executable, "-P", "-X", "utf8", str(CHILD)]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(request).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise EngineError(f"pyttsx3 hung while {doing}", fix="try again, or use another engine") from None
    except OSError as error:
        raise EngineError(f"pyttsx3 cannot be started: {error}", fix=_fix()) from error
    if not done.stdout:
        raise _Crashed(f"pyttsx3 crashed while {doing}", fix="reword it, or use another engine")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        why = " ".join(answer["error"].split())
        raise EngineError(f"pyttsx3 failed while {doing}: {why}", fix=_fix())
    return answer


def _disarmed(text: str) -> str:
    """`text` without what a system's voice takes for a command: SAPI5's XML, Apple's [[...]]."""
    return printable(text.replace("<", " ").replace("[[", "[ ["))


def _info(name: str, _id: str, languages: list[str], gender: str | None, age: str | int | None) -> VoiceInfo:
    words = (gender or "").lower()
    known: Gender = "female" if "female" in words else "male" if "male" in words else "unknown"
    if "neuter" in words:
        known = "neutral"
    return VoiceInfo(
        engine="pyttsx3",
        name=name,
        gender=known,
        age=_age(age),
        language=_tag(languages[0]) if languages else "und",
        description=f"the system's {name}",
        quality=0.3 if _LINUX else 0.5,
    )


def _age(age: str | int | None) -> Age:
    """SAPI5 says Child, Teen, Adult or Senior; the others a number of years, 0 or nothing for unknown."""
    named: dict[str, Age] = {"child": "child", "teen": "young", "adult": "adult", "senior": "old"}
    text = str(age or "").strip().lower()
    if text in named:
        return named[text]
    years = int(text) if text.isdigit() else 0
    bounds: tuple[tuple[int, Age], ...] = ((1, "unknown"), (13, "child"), (25, "young"), (60, "adult"))
    return next((name for bound, name in bounds if years < bound), "old")


def _tag(language: str) -> str:
    head, *rest = language.replace("_", "-").split("-")
    return "-".join([head.lower(), *(r.upper() if len(r) == 2 else r for r in rest)])


def _package() -> str:
    try:
        return importlib.metadata.version("pyttsx3")
    except importlib.metadata.PackageNotFoundError:
        return "missing"


def _fix() -> str:
    return FIX if _LINUX else "pip install --force-reinstall pyttsx3"
