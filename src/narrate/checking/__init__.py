"""A finished book, whoever made it, decoded to its end, measured, and held to a profile and its timeline."""

from narrate.checking.check import audio_files, check
from narrate.checking.report import FileReport, Finding, Report
from narrate.checking.sidecar import Heard, Sidecar, parse_sidecar, read_sidecar, sidecar

__all__ = [
    "FileReport",
    "Finding",
    "Heard",
    "Report",
    "Sidecar",
    "audio_files",
    "check",
    "parse_sidecar",
    "read_sidecar",
    "sidecar",
]
