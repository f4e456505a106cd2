"""A finished book, whoever made it, decoded to its end, measured, and held to a profile and its timeline."""

from narrate.checking.bounds import DEFAULT
from narrate.checking.check import audio_files, check
from narrate.checking.listening import Missed, listen, recogniser
from narrate.checking.page import write_page
from narrate.checking.report import FileReport, Finding, Report
from narrate.checking.sidecar import Heard, Sidecar, parse_sidecar, read_sidecar, sidecar

__all__ = [
    "DEFAULT",
    "FileReport",
    "Finding",
    "Heard",
    "Missed",
    "Report",
    "Sidecar",
    "audio_files",
    "check",
    "listen",
    "parse_sidecar",
    "read_sidecar",
    "recogniser",
    "sidecar",
    "write_page",
]
