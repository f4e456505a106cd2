"""The YAML files that a user edits, read and written in one place."""

from narrate.userfiles.amend import amend, check_voices, clashes, idle_aliases, route, strangers
from narrate.userfiles.cast_append import keep_cast
from narrate.userfiles.cast_choices import CastFile, CreditsChoice, Entry
from narrate.userfiles.cast_file import preset_path, presets, read_cast
from narrate.userfiles.script_keep import keep_script

__all__ = [
    "CastFile",
    "CreditsChoice",
    "Entry",
    "amend",
    "check_voices",
    "clashes",
    "idle_aliases",
    "keep_cast",
    "keep_script",
    "preset_path",
    "presets",
    "read_cast",
    "route",
    "strangers",
]
