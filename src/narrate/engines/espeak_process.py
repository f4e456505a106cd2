"""The child process that espeak-ng speaks in, from the parent's side."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np

from narrate.audio import Samples
from narrate.engines import espeak_child
from narrate.engines.espeak_library import FIX, Library
from narrate.errors import EngineError

CHILD = Path(espeak_child.__file__)
PATIENCE = 30.0  # s, before an answer is late; long texts are given more


class Died(Exception):
    """The child crashed or hung; the text says which."""


class Child:
    """A running child process, and what it said of itself."""

    def __init__(self, library: Library) -> None:
        # -I -S: it needs the standard library alone, and must not find this folder's modules by its own path.
        command = [sys.executable, "-I", "-S", "-B", str(CHILD), library.path]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=library.data,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise EngineError(f"espeak-ng cannot be started: {error}", fix=FIX) from error
        self._in = cast(BinaryIO, self._process.stdin)
        self._out = cast(BinaryIO, self._process.stdout)
        with Deadline(self._process, PATIENCE):
            hello: dict[str, Any] = json.loads(self._out.readline() or b"{}")
        if "rate" not in hello:
            self.close()
            raise EngineError(
                f"espeak-ng at {library.path} does not work: {hello.get('error', 'it stops at once')}",
                fix="pip install --force-reinstall espeakng-loader",
            )
        self.version: str = hello["version"]
        self.rate: int = hello["rate"]  # Hz
        self.reusable: bool = hello["reloads"]

    def speak(self, text: bytes, request: Mapping[str, object]) -> Samples:
        """Raises Died where the child did, EngineError where the library refuses."""
        head = json.dumps({**request, "size": len(text)}).encode()
        heard = bytearray()
        with Deadline(self._process, PATIENCE + len(text) / 50) as late:
            try:
                self._in.write(head + b"\n" + text)
                self._in.flush()
                while size := self._frame_size():
                    if size < 0:
                        raise EngineError(self._read(-size).decode(), fix="see `narrate voices`")
                    heard += self._read(size)
            except OSError:  # the pipe ends or breaks
                raise Died("hung" if late.is_set() else "crashed") from None
        return (np.frombuffer(heard, "<i2") / np.float32(32768)).astype(np.float32)

    def close(self) -> None:
        self._process.kill()  # first: closing a pipe that nobody reads would wait for ever
        self._process.wait()
        for pipe in (self._in, self._out):
            with suppress(OSError):
                pipe.close()

    def _frame_size(self) -> int:
        return int(struct.unpack("<i", self._read(4))[0])

    def _read(self, size: int) -> bytes:
        data = self._out.read(size)
        if len(data) < size:
            raise OSError("end of file")
        return data


class Deadline:
    """Kills a process that is not done in time, which ends the read that waits for it, on Windows too."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._late = threading.Event()
        self._timer = threading.Timer(seconds, self._kill, (process,))
        self._timer.daemon = True

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        self._late.set()
        process.kill()

    def __enter__(self) -> threading.Event:
        self._timer.start()
        return self._late

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
