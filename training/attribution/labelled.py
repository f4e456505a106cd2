"""What was read and labelled for this project: passages of the novels, and stories with their speakers
marked.

`passages.jsonl` holds, for each novel, the labelled quotes as offsets in its text, and who its speakers are.
`stories/*.md` are stories written for training. `{i Mara:“No.”}` marks what Mara says: `e` where a tag names
her, `a` where a pronoun or a description does, `i` where there is no tag. Lines
`= Mara | the stranger | F` at the end list the speakers. Both come back as
gold documents in the scorer's format.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PASSAGES = HERE / "passages.jsonl"
STORIES = HERE / "stories"

_MARKED = re.compile(r"\{([eai]) ([^:{}]+):([^{}]*)\}")
_TYPES = {"e": "explicit", "a": "anaphoric", "i": "implicit"}
_SEXES = {"M": "male", "F": "female", "-": "unknown"}


def passages(novels: Path) -> Iterator[dict[str, Any]]:
    """One gold document a novel: its whole text, with speakers for the quotes of the labelled passages.

    A novel whose text is not the one that was labelled is an error.
    """
    for line in PASSAGES.read_text(encoding="utf8").splitlines():
        held = json.loads(line)
        raw = (novels / f"{held['novel']}.txt").read_bytes()
        if hashlib.sha256(raw).hexdigest() != held["sha256"]:
            raise SystemExit(f"{held['novel']}: not the text that was labelled; labels would be off")
        quotes = [
            {"start": a, "end": b, "speaker": who, "type": "unknown", "ignore": who == "?"}
            for a, b, who in held["quotes"]
        ]
        yield {
            "id": held["novel"],
            "text": raw.decode("utf8"),
            "quotes": quotes,
            "characters": [_character(c) for c in held["characters"]],
        }


def stories() -> Iterator[dict[str, Any]]:
    """The stories written for training, as gold documents."""
    for path in sorted(STORIES.glob("*.md")):
        yield story(path.read_text(encoding="utf8"), path.stem)


def story(marked: str, name: str) -> dict[str, Any]:
    """One story: its text without the marks, and where they were. Raises ValueError on a stray brace."""
    lines = marked.rstrip().split("\n")
    split = next((k for k, line in enumerate(lines) if line.startswith("= ")), len(lines))
    characters = [line[2:] for line in lines[split:] if line.startswith("= ")]
    body = "\n".join(lines[:split]).rstrip() + "\n"
    text, quotes, at = "", [], 0
    for m in _MARKED.finditer(body):
        text += body[at : m.start()]
        quotes.append(
            {
                "start": len(text),
                "end": len(text) + len(m[3]),
                "speaker": m[2].strip(),
                "type": _TYPES[m[1]],
            }
        )
        text += m[3]
        at = m.end()
    text += body[at:]
    if "{" in text or "}" in text:
        raise ValueError(
            f"{name}: a brace that marks nothing, near {text[max(0, text.find('{') - 30) :][:80]!r}"
        )
    known = [_character(c) for c in characters]
    missing = {q["speaker"] for q in quotes} - {c["name"] for c in known}
    if missing:
        raise ValueError(f"{name}: no `=` line for {sorted(missing)}")
    return {"id": name, "text": text, "text_file": f"{name}.md", "quotes": quotes, "characters": known}


def _character(line: str) -> dict[str, Any]:
    """`Mara | the stranger | F` -> the scorer's entry."""
    parts = [p.strip() for p in line.split("|")]
    sex = parts.pop() if parts[-1] in _SEXES else "-"
    return {"name": parts[0], "aliases": [p for p in parts[1:] if p], "gender": _SEXES[sex]}
