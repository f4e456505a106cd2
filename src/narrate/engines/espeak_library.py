"""Where espeak-ng is: the library and its data, from the wheel `espeakng-loader` or from the system."""

from __future__ import annotations

import ctypes.util
import importlib.metadata
import importlib.util
import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WHEEL = "espeakng-loader"
FIX = "pip install 'narrate[espeak]'"


@dataclass(frozen=True, slots=True)
class Library:
    """One espeak-ng that can be loaded."""

    path: str  # the shared library: a file, or a name that the system's loader knows
    data: Path  # the folder `espeak-ng-data`
    wheel: str  # the version of the wheel it came in; "" for the system's own


@cache
def find_library() -> Library | None:
    """The wheel's library if it is installed, else the system's, else None. Loads neither."""
    return _from_wheel() or _from_system()


def _from_wheel() -> Library | None:
    spec = importlib.util.find_spec("espeakng_loader")  # importing it would load nothing, but costs more
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(next(iter(spec.submodule_search_locations)))
    names = {"win32": "espeak-ng.dll", "darwin": "libespeak-ng.dylib"}
    library, data = folder / names.get(sys.platform, "libespeak-ng.so"), folder / "espeak-ng-data"
    if not library.is_file() or not (data / "phontab").is_file():
        return None
    try:
        version = importlib.metadata.version(WHEEL)
    except importlib.metadata.PackageNotFoundError:
        version = "unknown"
    return Library(str(library), data, version)


def _from_system() -> Library | None:
    for data in _data_folders():
        if (data / "phontab").is_file():
            # On Windows and under Homebrew the library lies near its data; elsewhere the loader knows it.
            near = (data.parent / "libespeak-ng.dll", data.parents[1] / "lib" / "libespeak-ng.dylib")
            path = next((str(p) for p in near if p.is_file()), ctypes.util.find_library("espeak-ng"))
            if path:
                return Library(path, data, "")
    return None


def _data_folders() -> list[Path]:
    name = "espeak-ng-data"
    given = os.environ.get("ESPEAK_DATA_PATH")
    folders = [Path(given), Path(given) / name] if given else []
    if sys.platform == "win32":
        programs = (os.environ.get(key) for key in ("ProgramFiles", "ProgramFiles(x86)"))
        return folders + [Path(folder) / "eSpeak NG" / name for folder in programs if folder]
    prefixes = [Path("/usr"), Path("/usr/local"), Path("/opt/homebrew")]
    for prefix in prefixes:
        folders += [prefix / "share" / name, prefix / "lib" / name, prefix / "lib64" / name]
        folders += sorted((prefix / "lib").glob(f"*-linux-*/{name}"))
    return folders
