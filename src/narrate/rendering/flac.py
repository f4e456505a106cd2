"""A take as a file: FLAC, 16 bit, mono, carrying its own size and checksum.

FLAC's own checks leave holes: a file cut between two frames still decodes, and the header's rate has
no checksum. So an APPLICATION block (RFC 9639, section 8.4) right behind STREAMINFO holds the file's
size and a CRC-32 of all of it. The size sits in the first bytes, so that a cut file is known without
reading it: that is what makes looking over 15,000 takes cheap. Any player still plays the file.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

import numpy as np
import soundfile

from narrate.audio import Audio

_APPLICATION = 2  # RFC 9639, table 1
_LAST = 0x80  # the bit that marks the last metadata block
_HEAD = 42  # "fLaC", the block header and the 34 bytes of STREAMINFO
_NOTE = struct.Struct(">4sBIQ")  # block id, version of this layout, CRC-32, file size; then the doubt
_ID = b"narr"
_VERSION = 1
_CRC_AT = _HEAD + 4 + 5
_DOUBT_LIMIT = 200  # bytes: keeps the label within one small read

LABEL_BYTES = _HEAD + 4 + _NOTE.size + _DOUBT_LIMIT
"""As much of the head of a file as `label` may need."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the head of a take's file says."""

    frames: int  # samples
    rate: int  # Hz
    doubt: str = ""  # why the take may be bad, "" for one that passed its gate


class NotATake(Exception):
    """These bytes are not a whole take."""


def quantise(audio: Audio) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """The samples as the file keeps them, shape (n,): rounded to 16 bit, clipped at full scale."""
    steps = np.rint(audio.samples.astype(np.float64) * 32768.0)
    return np.clip(steps, -32768, 32767).astype(np.int16)


def encode(audio: Audio, doubt: str = "") -> bytes:
    """A whole file. The same audio gives the same bytes (one libFLAC assumed). Samples must be finite."""
    buffer = io.BytesIO()
    soundfile.write(buffer, quantise(audio), audio.rate, format="FLAC", subtype="PCM_16")
    plain = buffer.getvalue()
    words = doubt.encode()[:_DOUBT_LIMIT].decode(errors="ignore").encode()
    last = plain[4] & _LAST
    size = len(plain) + 4 + _NOTE.size + len(words)
    block = bytes([last | _APPLICATION]) + (_NOTE.size + len(words)).to_bytes(3, "big")
    head = plain[:4] + bytes([plain[4] & ~_LAST]) + plain[5:_HEAD] + block
    rest = words + plain[_HEAD:]
    crc = _checksum(head, size, rest)
    return head + _NOTE.pack(_ID, _VERSION, crc, size) + rest


def label(head: bytes, size: int) -> Label:
    """What a file of `size` bytes that starts with `head` holds. Raises NotATake, also for a cut file."""
    if len(head) < _HEAD + 4 + _NOTE.size or head[:4] != b"fLaC" or head[_HEAD] & ~_LAST != _APPLICATION:
        raise NotATake("no FLAC header")
    name, version, _crc, claimed = _NOTE.unpack_from(head, _HEAD + 4)
    if name != _ID or version != _VERSION:
        raise NotATake("no label")
    if claimed != size:
        raise NotATake(f"{size} bytes of {claimed}")
    packed = int.from_bytes(head[18:26], "big")  # rate 20 bits, channels 3, depth 5, samples 36
    words = int.from_bytes(head[_HEAD + 1 : _HEAD + 4], "big") - _NOTE.size
    start = _HEAD + 4 + _NOTE.size
    doubt = head[start : start + words] if 0 <= words <= _DOUBT_LIMIT else b""
    return Label(packed & 0xF_FFFF_FFFF, packed >> 44, doubt.decode(errors="replace"))


def decode(data: bytes) -> Audio:
    """The take in a whole file. Raises NotATake where a single bit is not as it was written."""
    found = label(data[:LABEL_BYTES], len(data))
    crc = int.from_bytes(data[_CRC_AT : _CRC_AT + 4], "big")
    start = _HEAD + 4 + _NOTE.size
    if crc != _checksum(data[: _HEAD + 4], len(data), data[start:]):
        raise NotATake("checksum differs")
    try:
        samples, rate = soundfile.read(io.BytesIO(data), dtype="float32")
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise NotATake(str(error)) from error
    if samples.ndim != 1 or samples.size != found.frames or rate != found.rate:
        raise NotATake("audio differs from its header")
    return Audio(samples, rate)


def _checksum(head: bytes, size: int, rest: bytes) -> int:
    """CRC-32 of the file with its checksum left out."""
    return zlib.crc32(rest, zlib.crc32(_NOTE.pack(_ID, _VERSION, 0, size), zlib.crc32(head)))
