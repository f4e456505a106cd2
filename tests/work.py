"""Work counted, so that a test of growth asks no clock."""

from __future__ import annotations

import sys
from collections import Counter


def count_lines(function: object, *arguments: object) -> int:
    """Lines of our own code that a call runs: a measure of work that no busy machine disturbs."""
    seen: Counter[str] = Counter()

    def trace(frame: object, event: str, _: object) -> object:
        if event == "line" and "attribution" in frame.f_code.co_filename:  # type: ignore[attr-defined]
            seen["lines"] += 1
        return trace

    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        function(*arguments)  # type: ignore[operator]
    finally:
        sys.settrace(None)
    return seen["lines"]
