"""The shelf: takes by key, on disk, each whole or absent.

No fsync: after a power cut a file may have its name but not its bytes, and then its size or its
checksum gives it away and the take is spoken again. A sync for each take would cost a novel minutes
to guard what can be made again.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from narrate.audio import Audio
from narrate.errors import NarrateError, OutputError
from narrate.rendering import flac
from narrate.rendering.flac import Label

_SUFFIX = ".flac"
_NEW = "new"  # the folder of files not yet whole; on the shelf, so on the same file system
_STALE_S = 3600.0  # a file is new for milliseconds, so after an hour its writer is dead
_USED_S = 86400.0  # how exactly `prune` knows when a take was last used; finer costs writes


class TakeDamaged(NarrateError):
    """A take is not on the shelf, or was damaged there and has been removed: render it again."""


def cache_folder() -> Path:
    """Where narrate keeps what it can make again: NARRATE_CACHE, or the user's cache directory."""
    given = os.environ.get("NARRATE_CACHE", "")
    return Path(given) if given else platformdirs.user_cache_path("narrate", appauthor=False)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The takes under one folder. Any number of processes may read and write it at once."""

    folder: Path

    @classmethod
    def default(cls) -> Shelf:
        """The shelf all of a user's books share."""
        return cls(cache_folder() / "takes")

    def has(self, key: str) -> bool:
        """Whether a take of the right size is there; only `read` looks at every bit of it."""
        return self.label(key) is not None

    def length(self, key: str) -> tuple[int, int]:
        """Samples and rate in Hz. Raises TakeDamaged where there is no take."""
        found = self.label(key)
        if found is None:
            raise _damaged(key, "is not on the shelf")
        return found.frames, found.rate

    def label(self, key: str) -> Label | None:
        """What the head of a take's file says, None where there is no whole one. Costs about 15 µs."""
        path = self._path(key)
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unusable(self.folder, error) from error
        try:
            state = os.fstat(handle)
            head = os.read(handle, flac.LABEL_BYTES)
        except OSError as error:
            raise _unusable(self.folder, error) from error
        finally:
            os.close(handle)
        try:
            found = flac.label(head, state.st_size)
        except flac.NotATake:
            _drop(path)
            return None
        if time.time() - state.st_mtime > _USED_S:
            with contextlib.suppress(OSError):  # a shelf that cannot be written can still be read
                os.utime(path)
        return found

    def read(self, key: str) -> Audio:
        """The take, every bit of it checked. Raises TakeDamaged, and a damaged file is removed;
        OutputError where it cannot be."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise _damaged(key, "is not on the shelf") from error
        except OSError as error:
            raise _unusable(self.folder, error) from error
        try:
            return flac.decode(data)
        except flac.NotATake as error:
            try:
                path.unlink(missing_ok=True)
            except OSError as refused:  # it would be found again and again
                raise _unusable(self.folder, refused) from refused
            raise _damaged(key, f"was damaged ({error})") from error

    def write(self, key: str, audio: Audio, doubt: str = "") -> None:
        """Puts a take on the shelf, whole or not at all. Raises OutputError where the disk refuses."""
        put(self.folder, self._path(key), flac.encode(audio, doubt))

    def remove(self, key: str) -> None:
        """Takes a take off the shelf, if it is there."""
        _drop(self._path(key))

    def sweep(self) -> int:
        """Removes what writers that died left half-written; how many files."""
        swept = 0
        with contextlib.suppress(OSError):
            for entry in os.scandir(self.folder / _NEW):
                with contextlib.suppress(OSError):
                    if time.time() - entry.stat().st_mtime > _STALE_S:
                        Path(entry.path).unlink()
                        swept += 1
        return swept

    def prune(self, limit: int, keep: frozenset[str] = frozenset()) -> int:
        """Removes takes, longest unused first, until at most `limit` bytes stay; bytes removed.

        Those in `keep` stay whatever the limit. Nothing is pruned unless somebody asks.
        """
        takes = sorted(self._files())
        size = sum(bytes_ for _used, bytes_, _path in takes)
        removed = 0
        for _used, bytes_, path in takes:
            if size - removed <= limit:
                break
            if path.parent.name + path.stem not in keep:
                _drop(path)
                removed += bytes_
        return removed

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Time of last use (s), size and path of every take."""
        for shard in self.folder.glob("[0-9a-f][0-9a-f]"):
            with contextlib.suppress(OSError):
                for entry in os.scandir(shard):
                    with contextlib.suppress(OSError):
                        state = entry.stat()
                        yield state.st_mtime, state.st_size, Path(entry.path)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / (key[2:] + _SUFFIX)


def put(folder: Path, path: Path, data: bytes) -> None:
    """Writes `path`, which lies under `folder`, beside its place and moves it in. Raises OutputError."""
    new = folder / _NEW / f"{os.getpid()}-{secrets.token_hex(8)}"
    try:
        try:
            handle = _create(new)
        except FileNotFoundError:
            new.parent.mkdir(parents=True, exist_ok=True)
            handle = _create(new)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        try:
            new.replace(path)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            new.replace(path)
    except OSError as error:
        _drop(new)
        raise _unusable(folder, error) from error
    except BaseException:
        _drop(new)
        raise


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _damaged(key: str, what: str) -> TakeDamaged:
    return TakeDamaged(f"take {key[:12]} {what}", fix="run again: it will be spoken anew")


def _unusable(folder: Path, error: OSError) -> OutputError:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        what, fix = "the disk is full", "free some space, or set NARRATE_CACHE to a folder on another disk"
    else:
        what = f"the shelf of takes cannot be used: {error.strerror or error}"
        fix = "set NARRATE_CACHE to a folder that can be written"
    return OutputError(what, where=str(folder), fix=fix)
