"""What a run found out and the next need not: small results by key, each whole or absent."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from narrate.errors import OutputError
from narrate.rendering.shelf import cache_folder, put


@dataclass(frozen=True, slots=True)
class Memo:
    """Results under one folder. A key is hex, 16 characters or more, and covers all that went in."""

    folder: Path

    @classmethod
    def default(cls) -> Memo:
        """The memo all of a user's books share."""
        return cls(cache_folder() / "memo")

    def get(self, key: str) -> bytes | None:
        """What was put; None where nothing was, or where what is there was damaged."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        return data[4:] if len(data) >= 4 and zlib.crc32(data[4:]).to_bytes(4, "big") == data[:4] else None

    def put(self, key: str, data: bytes) -> None:
        """Keeps `data`. A disk that refuses costs the next run time, so it is no error."""
        try:
            put(self.folder, self._path(key), zlib.crc32(data).to_bytes(4, "big") + data)
        except OutputError:
            return

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]
