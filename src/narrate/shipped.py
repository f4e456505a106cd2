"""Where the data that ships with narrate lies: voices, presets, defaults."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def voices_folder() -> Path:
    """The `voices/` folder: inside an installed package, or beside `src/` in a checkout."""
    installed = _PACKAGE / "voices"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "voices"
