"""The YAML files that a user edits, read and written in one place."""

from narrate.userfiles.amend import amend, check_voices, route, strangers
from narrate.userfiles.cast_append import keep_cast
from narrate.userfiles.cast_file import CastFile, Entry, preset_path, presets, read_cast

__all__ = [
    "CastFile",
    "Entry",
    "amend",
    "check_voices",
    "keep_cast",
    "preset_path",
    "presets",
    "read_cast",
    "route",
    "strangers",
]
