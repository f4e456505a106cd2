"""What was published last, so that a run which changes nothing writes nothing."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from narrate.publishing.metadata import Metadata

VERSION = 1
"""Rises with any change of what the publishers write from the same master and metadata."""


def publication_key(master_key: str, output: str | Path, metadata: Metadata) -> str:
    """Hex SHA-256 of all that a published file depends on."""
    fields = {**asdict(metadata), "cover": hashlib.sha256(metadata.cover).hexdigest()}
    row = [VERSION, master_key, str(output), fields]
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def published(record: Path, key: str) -> tuple[Path, ...]:
    """The files that a record says were published under this key; none unless all are there untouched."""
    try:
        kept = json.loads(record.read_text("utf-8"))
        if kept["key"] != key:
            return ()
        files = tuple(Path(name) for name, _, _ in kept["files"])
        for path, (_, size, time) in zip(files, kept["files"], strict=True):
            state = path.stat()
            if (state.st_size, state.st_mtime_ns) != (size, time):
                return ()
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return files


def remember(record: Path, key: str, files: Sequence[Path]) -> None:
    """Writes the record that `published` reads; a failure costs a later run its time and nothing else."""
    beside = record.with_name(f".{record.name}.{os.getpid()}.part")
    try:
        states = [(str(path.absolute()), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
        record.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"key": key, "files": states}), "utf-8")
        beside.replace(record)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
