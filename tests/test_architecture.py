"""The rooms of the house stay apart: stages know the values, never each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import narrate

ROOT = Path(narrate.__file__).parent
STAGES = (
    "reading",
    "attribution",
    "asking",
    "casting",
    "delivery",
    "engines",
    "rendering",
    "mastering",
    "publishing",
    "speaking",
    "userfiles",
    "checking",
)
# What any stage may know of another: the value it is handed, or the protocol it speaks to.
SHARED = {
    "narrate.engines.protocol",
    "narrate.rendering.cue",
    "narrate.mastering.timeline",
    "narrate.mastering.loudness",  # a meter: mastering and checking must not measure differently
}


def imports(module: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_stages_do_not_import_each_other(module: Path) -> None:
    stage = module.relative_to(ROOT).parts[0]
    if stage not in STAGES:
        return
    others = {
        name
        for name in imports(module)
        for other in STAGES
        if other != stage
        and (name == f"narrate.{other}" or name.startswith(f"narrate.{other}."))
        and name not in SHARED
    }
    assert not others, f"{module.name} knows {sorted(others)}; only produce.py knows the order"


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_the_command_line_prints(module: Path) -> None:
    if module.relative_to(ROOT).parts[0] == "cli":
        return
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"print", "input", "exit", "quit"}
