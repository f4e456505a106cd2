"""hibari's dictionaries and tagger in a fifth of their memory.

Every worker process holds them beside its model, and as Python dicts they would be as large as the
model itself. Each class answers exactly as what it stands in for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
from hibari.g2p.tagger import Tagger


class Table:
    """Keys and their bytes, as one string in the order of the keys' hashes."""

    def __init__(self, entries: Iterable[tuple[str, bytes]]) -> None:
        rows = sorted((hash(key), key.encode() + b"\0" + value) for key, value in entries)
        self._hashes = np.array([row[0] for row in rows], np.int64)
        self._ends = np.cumsum([len(row[1]) for row in rows], dtype=np.uint32)
        self._rows = b"".join(row[1] for row in rows)

    def get(self, key: str) -> bytes | None:
        """The bytes, or None. A key holds no NUL."""
        sought = hash(key)
        k = int(np.searchsorted(self._hashes, sought))
        while k < self._hashes.size and self._hashes[k] == sought:
            held, value = self._rows[int(self._ends[k - 1]) if k else 0 : int(self._ends[k])].split(b"\0", 1)
            if held.decode() == key:
                return value
            k += 1
        return None


class SmallLexicon:
    """A word's phonemes, or its phonemes by part of speech: what hibari asks of its dictionaries."""

    def __init__(self, entries: dict[str, Any]) -> None:
        self._table = Table(
            (word, json.dumps(said, ensure_ascii=False).encode()) for word, said in entries.items()
        )

    def get(self, word: str) -> Any:
        held = self._table.get(word)
        return None if held is None else json.loads(held)


class SmallTagger(Tagger):  # type: ignore[misc]
    """hibari's tagger with its 290,000 weights as pairs of a tag's number and tenths.

    Made from the file itself: each feature is packed as soon as it is read, so that the large form,
    60 MB, never stands whole.
    """

    def __init__(self, held: bytes) -> None:
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        model = json.loads(held, object_pairs_hook=self._packed)
        weights = Table(model.pop("weights").items())
        super().__init__({**model, "weights": weights})

    def _packed(self, pairs: list[tuple[str, Any]]) -> Any:
        if not pairs or not isinstance(pairs[0][1], float):
            return dict(pairs)
        for tag, _ in pairs:
            if tag not in self._numbers:
                self._numbers[tag] = len(self._names)
                self._names.append(tag)
        return np.array([(self._numbers[tag], round(10 * w)) for tag, w in pairs], np.int16).tobytes()

    def predict(self, feats: tuple[str, ...]) -> str:
        scores: dict[str, float] = {}
        for feature in feats:
            held = self.weights.get(feature)
            if held:
                pairs = np.frombuffer(held, np.int16).tolist()
                for number, tenths in zip(pairs[::2], pairs[1::2], strict=True):
                    tag = self._names[number]
                    scores[tag] = scores.get(tag, 0) + tenths / 10
        return max(self.tags, key=lambda tag: (scores.get(tag, 0), tag)) if scores else "NN"
