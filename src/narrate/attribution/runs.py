"""Runs: one person's words over several paragraphs that no quote mark holds, as letters and songs are."""

from __future__ import annotations

from narrate.script import LineKind

Run = list[tuple[int, int, int, LineKind, str]]
"""(paragraph, start, end, kind, label) in order; offsets in the paragraph's text, the label of `Quote`."""
