"""docs/write-an-engine.md is true: its engine, installed from the page, passes the contract."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "write-an-engine.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The one code block of that language."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder for sys.path with the module and the metadata that pip would write for the page's project."""
    project = tomllib.loads(block("toml"))["project"]
    (tmp_path / "narrate_morse.py").write_text(block("python"), encoding="utf-8")
    info = tmp_path / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8"
    )
    entries = project["entry-points"]["narrate.engines"]
    lines = "".join(f"{name} = {value}\n" for name, value in entries.items())
    (info / "entry_points.txt").write_text(f"[narrate.engines]\n{lines}", encoding="utf-8")
    return tmp_path


def test_the_engine_is_forty_lines() -> None:
    code = [line for line in block("python").splitlines() if line.strip()]
    assert len(code) <= 40


@pytest.mark.parametrize("judge", [["check"], ["format", "--check"]])
def test_the_page_is_written_as_this_project_writes(judge: list[str]) -> None:
    pytest.importorskip("ruff")
    command = [sys.executable, "-m", "ruff", *judge, "--stdin-filename", "narrate_morse.py", "-"]
    done = subprocess.run(
        command, input=block("python"), capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_engine_keeps_the_contract(installed: Path) -> None:
    contract = Path(__file__).with_name("test_contract.py")
    path = os.pathsep.join(filter(None, [str(installed), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(contract), "-k", "morse"],
        env={**os.environ, "PYTHONPATH": path},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) >= 20
    assert "skipped" not in done.stdout


@pytest.mark.parametrize("engine", ["", "morse"])
def test_the_pages_cast_is_heard_without_a_complaint(installed: Path, tmp_path: Path, engine: str) -> None:
    story = tmp_path / "story.md"
    story.write_text(
        "“Are you there? The ship is sinking.”\n\n“I am here,” said Marconi.\n", encoding="utf-8"
    )
    mine = "engine: tone\nnarrator: tone/tone-01\n"
    story.with_name("story.cast.yaml").write_text(mine + block("yaml"), encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(installed), os.environ.get("PYTHONPATH")]))
    words = [str(story), "-o", str(tmp_path / "story.wav"), *(["--engine", engine] if engine else [])]
    done = subprocess.run(
        [sys.executable, "-m", "narrate", *words],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "note:" not in done.stderr


def test_the_pages_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / "docs" / link).exists(), link
