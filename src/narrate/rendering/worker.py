"""The inside of a worker process: calls come in on stdin, answers go out on stdout, both as pickles.

Imports nothing heavy: the settings of numeric libraries are in the environment before any is loaded.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import queue
import signal
import struct
import sys
import threading
import traceback
from typing import IO

_LENGTH = struct.Struct(">Q")

BYE = b""
"""The frame after which a worker finishes what it has, closes its engines and ends."""


def send(pipe: IO[bytes], data: bytes) -> None:
    """One frame: its length, then its bytes."""
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next frame; None where the other end is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(head)[0]
    data = pipe.read(size)
    return data if len(data) == size else None


def serve() -> None:
    """Runs calls until the parent says BYE. The parent's end, however it ends, ends this process too."""
    faulthandler.enable()  # a crash in native code says where it was; the pool passes it on
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    calls = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get among the answers, nor a child of an engine eat the calls.
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(calls, waiting), daemon=True).start()
    while (call := waiting.get()) != BYE:
        send(answers, _answer(call))


def _listen(calls: IO[bytes], waiting: queue.SimpleQueue[bytes]) -> None:
    """In a thread of its own, so that a parent killed during a long take is noticed at once."""
    while (call := receive(calls)) is not None:
        waiting.put(call)
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)  # with every subprocess an engine has started
    os._exit(1)


def _answer(call: bytes) -> bytes:
    """The pickle of (True, result), or of (False, error, its traceback as text)."""
    try:
        function, args, kwargs = pickle.loads(call)
        return pickle.dumps((True, function(*args, **kwargs)))
    except BaseException as error:
        story = traceback.format_exc()
        try:
            data = pickle.dumps((False, error, story))
            pickle.loads(data)  # an error class may refuse to be made again
        except Exception:
            data = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}"), story))
        if not isinstance(error, Exception):
            sys.stderr.write(story)
        return data
