"""The same text gives the same script in every process, whatever order its hash tables happen to have."""

from __future__ import annotations

import os
import subprocess
import sys

STORY = """Mr. Harrow met Mrs. Harrow, Nell Harrow and Tom Harrow; Captain Harrow and Miss Harrow came after.

“Is that Harrow?” said Nell.

“It is a Harrow,” said Tommy. “There are many.”

“Too many,” said Harrow, and the captain laughed. “Ask the twins.”

“They say so too,” said their mother.
"""
CODE = (
    "import sys; from pathlib import Path; from narrate.reading import read_text;"
    "from narrate.attribution import attribute;"
    "print(attribute(read_text(sys.argv[1], Path('s.txt'), markdown=False)))"
)


def test_hash_seed_changes_nothing() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", CODE, STORY],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(told) == 1
