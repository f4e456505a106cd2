"""The process in which pyttsx3 speaks once, and ends: run as a script.

stdin holds one JSON request, stdout gets one JSON answer, {error} or:

    {do: "voices"}                             {voices: [[name, id, languages, gender, age], ...]}
    {do: "speak", voice, rate, text, file}     {}, and `file` holds the sound as the system writes it

What pyttsx3 2.99 leaves open is closed here: it prints on stdout (sent to nowhere); a bad voice or file
is an event that nobody sees (listened for); runAndWait() does not wait (on Linux the driver is made
synchronous, elsewhere the file is waited for); it hands espeak ten times the text's length (overridden);
espeak's noise differs from run to run (seeded).
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

_SYNCHRONOUS = 2  # espeak_AUDIO_OUTPUT
_UTF8 = 1  # espeakCHARS_UTF8
_SEED = 1


class _Unable(Exception):
    """Cannot be done; the text says why."""


def voices(engine: Any) -> list[list[Any]]:
    """Each voice's name (unique), id, languages, gender and age, as the system lists them."""
    listed = []
    names: set[str] = set()
    for voice in engine.getProperty("voices"):
        name = " ".join(str(voice.name or voice.id).split())
        languages = [str(language) for language in voice.languages or [] if language]
        if name in names:
            name = f"{name} ({languages[0] if languages else voice.id})"
        if name in names:
            name = f"{name} {voice.id}"
        names.add(name)
        listed.append([name, str(voice.id), languages, voice.gender, voice.age])
    return listed


def speak(engine: Any, request: dict[str, Any]) -> None:
    errors: list[str] = []
    engine.connect("error", lambda **event: errors.append(str(event.get("exception"))))
    known = {name: identifier for name, identifier, *_ in voices(engine)}
    if request["voice"] not in known:
        raise _Unable(f"the system has no voice {request['voice']!r}")
    # espeak's ids are lower-cased paths, which it cannot find again; its names it can.
    key = request["voice"] if sys.platform == "linux" else known[request["voice"]]
    engine.setProperty("voice", key)
    engine.setProperty("rate", request["rate"])
    _seed_espeak()
    engine.save_to_file(request["text"], request["file"])
    engine.runAndWait()
    if errors:
        raise _Unable("; ".join(errors))
    _wait_for(Path(request["file"]))


def _wait_for(file: Path) -> None:
    """Until the file has stopped growing for 0.2 s: on macOS it is written behind runAndWait's back."""
    size, still = 0, 0
    for _ in range(0 if sys.platform == "linux" else 3000):
        if still == 10:
            break
        time.sleep(0.02)
        now = file.stat().st_size if file.exists() else 0
        still = still + 1 if now == size > 0 else 0
        size = now
    if not file.exists() or not file.stat().st_size:
        raise _Unable("the system saved no sound")


def _load_espeak(library: str, data: str) -> None:
    """espeak-ng where pyttsx3 will find it, driven on this thread: nothing runs on after a call returns."""
    os.environ["ESPEAK_DATA_PATH"] = str(Path(data).parent)
    ctypes.CDLL(library, mode=ctypes.RTLD_GLOBAL)
    from pyttsx3.drivers import _espeak

    _espeak.AUDIO_OUTPUT_RETRIEVAL = _SYNCHRONOUS
    synth = _espeak.cSynth

    def exactly(text: bytes, _size: int, *rest: Any) -> Any:
        status = synth(text, len(text) + 1, *rest)
        # espeak-ng announces the end only when it runs on a thread of its own; the driver saves at that word.
        ended = (_espeak.EVENT * 2)()
        ended[0].type, ended[1].type = _espeak.EVENT_MSG_TERMINATED, _espeak.EVENT_LIST_TERMINATED
        _espeak.SynthCallback(None, 0, ended)
        return status

    _espeak.cSynth = exactly


def _seed_espeak() -> None:
    if sys.platform == "linux":
        from pyttsx3.drivers import _espeak

        with suppress(AttributeError):  # since 1.52
            _espeak.dll.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        ctypes.CDLL(None).srand(_SEED)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        if request.get("library"):
            _load_espeak(request["library"], request["data"])
        import pyttsx3

        engine = pyttsx3.init()
        if request["do"] == "voices":
            return {"voices": voices(engine)}
        speak(engine, request)
    except BaseException as error:  # drivers raise what they like; the parent is told, not left to guess
        return {"error": str(error) or type(error).__name__}
    return {}


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    request = json.loads(sys.stdin.buffer.read())
    stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for as long as it lives
    json.dump(_answer(request), stdout)
    stdout.flush()
    os._exit(0)  # drivers hang or crash as they are taken down


if __name__ == "__main__":
    main()
