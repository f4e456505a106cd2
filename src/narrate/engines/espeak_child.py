"""The process in which espeak-ng speaks: run as a script, on the standard library alone.

It reads requests on stdin and answers on stdout, so that a crash of the library is not narrate's.

    request   one JSON line {voice, rate, pitch, range, wordgap, size}, then `size` bytes of UTF-8
    answer    frames of a little-endian int32 n: n > 0 that many bytes of int16 samples; 0 the end;
              n < 0 an error message of -n bytes, and the end
    hello     before all, one JSON line: {version, rate, reloads}, or {error}

espeak-ng is not the same twice in one process: the phase of its flutter, its echo buffer, its noise and
libc's rand() all run on from one utterance into the next, and re-initialising resets only some of them.
Unloading the library and loading it again resets all but rand(), which is seeded: about 1 ms, after the
answer is out. Where a system keeps libraries loaded, `reloads` is false, and the parent starts a new
process for each utterance.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import struct
import sys
from contextlib import suppress
from typing import Any, BinaryIO

_SYNCHRONOUS = 2  # espeak_AUDIO_OUTPUT: audio through the callback, on this thread
_DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT: a missing data file returns an error
_RATE, _PITCH, _RANGE, _WORDGAP = 1, 3, 4, 7  # espeak_PARAMETER
_CHARACTERS = 1  # espeak_POSITION_TYPE
_UTF8 = 1  # neither SSML (0x10) nor phonemes in [[ ]] (0x100): the text is only text
_SEED = 1

_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class _Espeak:
    """The library, newly loaded and initialised; the working directory is its data folder."""

    def __init__(self, path: str, sink: BinaryIO) -> None:
        self._path = path
        self._library = ctypes.CDLL(path)
        # A relative path, since espeak-ng cuts its data path off at 160 bytes.
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, b".", _DONT_EXIT)
        if self.rate <= 0:
            raise OSError("espeak-ng cannot read its data")

        def heard(samples: Any, count: int, _events: int | None) -> int:
            if samples and count > 0:
                sink.write(struct.pack("<i", 2 * count) + ctypes.string_at(samples, 2 * count))
            return 0

        self._callback = _CALLBACK(heard)  # kept, or the library would call freed memory
        self._library.espeak_SetSynthCallback(self._callback)

    def version(self) -> str:
        info = self._library.espeak_Info
        info.restype = ctypes.c_char_p
        return (info(None) or b"").decode("ascii", "replace")

    def speak(self, text: bytes, request: dict[str, Any]) -> None:
        """The samples go to the sink. Raises OSError where the library refuses."""
        _seed_libc()
        with suppress(AttributeError):  # since 1.52
            self._library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        if self._library.espeak_SetVoiceByName(request["voice"].encode()):
            raise OSError(f"espeak-ng does not know the voice {request['voice']!r}")
        for parameter, key in ((_RATE, "rate"), (_PITCH, "pitch"), (_RANGE, "range"), (_WORDGAP, "wordgap")):
            self._library.espeak_SetParameter(parameter, int(request[key]), 0)
        size = ctypes.c_size_t(len(text) + 1)
        status = self._library.espeak_Synth(text, size, 0, _CHARACTERS, 0, _UTF8, None, None)
        if status:
            raise OSError(f"espeak-ng refused the text with status {status}")

    def unload(self) -> bool:
        """Whether it is really gone from the process, and all its state with it."""
        import _ctypes

        self._library.espeak_Terminate()
        handle = self._library._handle
        if sys.platform == "win32":
            _ctypes.FreeLibrary(handle)
            return not ctypes.windll.kernel32.GetModuleHandleW(self._path)
        _ctypes.dlclose(handle)
        try:
            ctypes.CDLL(self._path, mode=os.RTLD_NOLOAD)
        except OSError:
            return True
        return False


def _seed_libc() -> None:
    """espeak-ng's Klatt voices draw their breath from rand()."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None)
        libc.srand(_SEED)


def _hello(stdout: BinaryIO, **words: object) -> None:
    stdout.write(json.dumps(words).encode() + b"\n")
    stdout.flush()


def main(path: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    stdin = sys.stdin.buffer
    stdout = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever the library prints is not an answer
    try:
        espeak = _Espeak(path, stdout)
        version, rate = espeak.version(), espeak.rate
        reloads = espeak.unload()
        espeak = _Espeak(path, stdout)
    except (OSError, AttributeError) as error:
        _hello(stdout, error=str(error))
        return
    _hello(stdout, version=version, rate=rate, reloads=reloads)
    while line := stdin.readline():
        request = json.loads(line)
        text = stdin.read(request["size"])
        try:
            espeak.speak(text, request)
            stdout.write(struct.pack("<i", 0))
        except OSError as error:
            message = str(error).encode()
            stdout.write(struct.pack("<i", -len(message)) + message)
        stdout.flush()
        if not reloads or not espeak.unload():
            return
        espeak = _Espeak(path, stdout)


if __name__ == "__main__":
    main(sys.argv[1])
