"""espeak-ng, the draft engine: hundreds of times real time, in over 100 voices and every accent of English.

The library is GPL-3 and crashes when misused, so it is no part of the core and never in this process:
`espeak_child` speaks, restarted when it dies. A voice is an accent and a variant: `en-us`, `en-gb+f3`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from narrate.audio import Audio
from narrate.cast import Voice, VoiceInfo
from narrate.engines.catalogue import check_options, find
from narrate.engines.espeak_library import FIX, Library, find_library
from narrate.engines.espeak_process import Child, Died
from narrate.engines.espeak_voices import english_and_others, languages
from narrate.engines.protocol import Health
from narrate.engines.spoken_text import excerpt, printable
from narrate.errors import EngineError

_DRIVER = "1"  # counts up when the same request begins to sound different

_WORDS_PER_MINUTE = 175  # espeak-ng's own pace
_SLOWEST, _FASTEST = 80, 450  # what it keeps to
# Its pitch of 0 to 100 is two octaves by its own table, but 20 semitones when the voices are measured.
_STEPS_PER_SEMITONE = 5.0
_LOWEST, _HIGHEST = -9.0, 9.0  # semitones within those steps
_NATURAL_RANGE = 50


class Espeak:
    """Speaks through a child process."""

    name = "espeak"
    options = frozenset({"range", "wordgap"})
    """`range`: liveliness of pitch, 0 (one note) to 100, 50 the voice's own; `wordgap`: ms between words."""
    parallel = True

    def __init__(self) -> None:
        self._child: Child | None = None

    def version(self) -> str:
        library = _library()
        if library.wheel:
            return f"espeakng-loader {library.wheel}, driver {_DRIVER}"
        return f"system espeak-ng {self._running().version}, driver {_DRIVER}"

    def voices(self) -> Sequence[VoiceInfo]:
        return english_and_others(_library().data)

    def health(self) -> Health:
        try:
            version = self._running().version
            self.voices()
        except EngineError as error:
            return Health(False, error.what, error.fix or FIX)
        wheel = _library().wheel
        source = f"wheel espeakng-loader {wheel}" if wheel else "the system's library"
        return Health(True, f"espeak-ng {version} from {source}")

    def speak(self, text: str, voice: Voice) -> Audio:
        check_options(voice, self.options)
        find(self.voices(), voice)
        spoken = printable(text)
        request, stretch = _request(voice, _library().data)
        if not spoken:
            return Audio(np.zeros(0, np.float32), self._running().rate)
        for attempt in (1, 2):
            child = self._running()
            try:
                samples = child.speak(spoken.encode(), request)
                return Audio(samples, round(child.rate * stretch))
            except Died as died:
                self.close()
                if attempt == 2:
                    raise EngineError(
                        f"espeak-ng {died} twice on {excerpt(text)!r}", fix="reword it, or use another engine"
                    ) from None
            finally:
                if not child.reusable:
                    self.close()
        raise AssertionError("unreachable")

    def close(self) -> None:
        if self._child:
            self._child.close()
            self._child = None

    def _running(self) -> Child:
        if self._child is None:
            self._child = Child(_library())
        return self._child


def _library() -> Library:
    library = find_library()
    if library is None:
        raise EngineError("espeak-ng is not installed", fix=FIX)
    return library


def _request(voice: Voice, data: Path) -> tuple[dict[str, object], float]:
    """What the child is asked for, and the factor on the sample rate that makes the rest of the pitch."""
    accent, _, variant = voice.name.partition("+")
    identifier = languages(data)[accent] + (f"+{variant}" if variant else "")
    options = dict(voice.options)
    pitch = min(max(voice.pitch, _LOWEST), _HIGHEST)
    # Beyond espeak-ng's own means the samples are played faster or slower, and spoken slower or faster.
    stretch = 2.0 ** ((voice.pitch - pitch) / 12.0)
    liveliness = _number(voice, options, "range", _NATURAL_RANGE, 100) * 2.0 ** (pitch / 12.0)
    request = {
        "voice": identifier,
        "rate": round(min(max(_WORDS_PER_MINUTE * voice.speed / stretch, _SLOWEST), _FASTEST)),
        "pitch": min(round(50 + _STEPS_PER_SEMITONE * pitch), 99),
        "range": min(round(liveliness), 99),
        "wordgap": round(_number(voice, options, "wordgap", 0, 1000) / 10),  # its unit is 10 ms
    }
    return request, stretch


def _number(voice: Voice, options: Mapping[str, object], name: str, default: float, most: float) -> float:
    value = options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise EngineError(
            f"voice {voice.name!r} has {name}: {value!r}", fix=f"{name} is a number from 0 to {most:g}"
        )
    return value
