"""Every rule by its table: what is written, what is said."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import narrate.speaking as speaking
from narrate.speaking import RULES, speakable

_CASES = Path(__file__).parent / "cases"
_escaped = re.compile(r"\\u([0-9a-f]{4})")
_NAMES = [rule.name for rule in RULES]


def _table(name: str) -> list[tuple[str, str, str, str]]:
    """(written, spoken, engine, kind) of a table; the third column may say `engine` or `engine kind`."""
    rows = []
    for line in (_CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("# "):
            continue
        written, spoken, *how = line.split("\t")
        engine, _, kind = (how[0] if how else "tone").partition(" ")
        written = _escaped.sub(lambda m: chr(int(m.group(1), 16)), written.replace("\\n", "\n"))
        rows.append((written, spoken, engine, kind or "narration"))
    return rows


_ALL = [pytest.param(*row, id=f"{name}: {row[0]}") for name in _NAMES for row in _table(name)]


@pytest.mark.parametrize(("written", "spoken", "engine", "kind"), _ALL)
def test_written_is_spoken(written: str, spoken: str, engine: str, kind: str) -> None:
    assert speakable(written, engine=engine, kind=kind) == spoken  # type: ignore[arg-type]


def test_the_tables_are_the_rules_and_many() -> None:
    assert sorted(p.stem for p in _CASES.glob("*.tsv")) == sorted(_NAMES)
    assert len(_ALL) >= 400
    assert min(len(_table(name)) for name in _NAMES) >= 8


@pytest.mark.parametrize("name", _NAMES)
def test_each_table_needs_its_rule(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a rule taken out its own table comes out wrong: no table passes by another rule's doing."""
    without = tuple(replace(r, apply=lambda text, page: text) if r.name == name else r for r in RULES)
    monkeypatch.setattr(speaking, "RULES", without)
    rows = _table(name)
    broken = [r for r in rows if speakable(r[0], engine=r[2], kind=r[3]) != r[1]]  # type: ignore[arg-type]
    assert len(broken) >= 3
