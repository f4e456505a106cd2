"""What a check found, as values: the command line draws them, `to_json` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from narrate.checking.decode import Chapter
from narrate.checking.measure import Levels


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str  # "rms": a figure's name, the same in every report
    ok: bool | None  # None: told, not judged
    figure: float | str | bool  # as measured
    unit: str = ""  # "dB"; "" for none
    low: float | None = None  # the least that passes
    high: float | None = None  # the most that passes
    detail: str = ""  # what it means and where it is, in plain words

    @property
    def verdict(self) -> str:
        """PASS, FAIL, or nothing where nothing was asked."""
        return {True: "PASS", False: "FAIL", None: ""}[self.ok]

    @property
    def shown(self) -> str:
        """The figure with its unit, as a person would write it."""
        if isinstance(self.figure, bool):
            return "yes" if self.figure else "no"
        if isinstance(self.figure, str):
            return self.figure
        whole = float(self.figure).is_integer()
        text = f"{self.figure:,.0f}" if whole else f"{self.figure:,.2f}"
        return f"{text} {self.unit}".strip()

    @property
    def asked(self) -> str:
        """What passes: "-23 to -18", "at most -3", or nothing."""
        if self.low is not None and self.high is not None:
            return f"{self.low:,g} to {self.high:,g}"
        if self.low is not None:
            return f"at least {self.low:,g}"
        return "" if self.high is None else f"at most {self.high:,g}"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One audio file of the book."""

    name: str  # of the file, without its folder
    seconds: float  # that came out of it
    codec: str
    rate: int  # Hz
    channels: int
    bit_rate: int  # bits/s
    levels: Levels
    chapters: tuple[Chapter, ...]
    tags: Mapping[str, str]
    outline: tuple[float, ...]  # dB RMS of equal parts of the file, at most 1,200: its waveform
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole book."""

    path: str
    profile: str
    files: tuple[FileReport, ...]  # in the order they are heard
    findings: tuple[Finding, ...]  # about the book as a whole

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failures()

    @property
    def seconds(self) -> float:
        """How long the book is."""
        return sum(file.seconds for file in self.files)

    def failures(self) -> tuple[tuple[str, Finding], ...]:
        """Every failed finding, with the file it is about ("" for the book)."""
        rows = [("", finding) for finding in self.findings]
        rows += [(file.name, finding) for file in self.files for finding in file.findings]
        return tuple(row for row in rows if row[1].ok is False)

    def to_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`, with "pass" first; figures rounded to what they can mean."""
        return {
            "pass": self.ok,
            "path": self.path,
            "profile": self.profile,
            "seconds": round(self.seconds, 3),
            "findings": [_plain(asdict(finding)) for finding in self.findings],
            "files": [_plain(asdict(file)) for file in self.files],
        }


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value
