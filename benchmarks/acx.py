"""Every chapter of a novel held to the ACX audio specification, on the decoded MP3s.

    python benchmarks/acx.py NOVEL.txt [--engine espeak] [--profile acx] [--keep FOLDER]

Runs `narrate NOVEL --profile acx -o folder/` and `narrate check folder/ --profile acx` as a user would, in a
fresh cache. Prints how many files pass, the lowest and the highest of each figure over the files, and the
level spread between the voices.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

SHOWN = ("rms", "sample_peak", "floor", "head", "tail", "duration", "bit_rate", "clipped")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "narrate", *words], capture_output=True, text=True, check=False
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("novel", type=Path)
    parser.add_argument("--engine", default="espeak")
    parser.add_argument("--profile", default="acx")
    parser.add_argument("--keep", type=Path, help="keep the MP3s and the report here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["NARRATE_CACHE"] = f"{scratch}/cache"
        story = Path(scratch) / f"novel{given.novel.suffix}"
        shutil.copyfile(given.novel, story)
        folder = f"{given.keep or scratch}/book/"
        began = time.perf_counter()
        made = run(str(story), "--engine", given.engine, "--profile", given.profile, "-o", folder)
        narrated = time.perf_counter() - began
        if made.returncode not in (0, 7):
            sys.exit(f"narrate failed with {made.returncode}: {made.stderr}")
        checked = run("check", folder, "--profile", given.profile, "--format", "json")
        report = json.loads(checked.stdout)
        if given.keep:
            (given.keep / "report.json").write_text(checked.stdout, "utf-8")
        show(given.novel.name, given, made.stderr, report, narrated, time.perf_counter() - began - narrated)
    sys.exit(0 if report["pass"] else 7)


def show(
    name: str, given: argparse.Namespace, said: str, report: dict, narrated: float, checked: float
) -> None:
    files = report["files"]
    print(f"{name}, engine {given.engine}, profile {given.profile}: {said.strip().splitlines()[0]}")
    for line in said.splitlines():
        if line.startswith("narrate: "):
            print(f"    {line}")
    print(f"narrated in {narrated:.0f} s, checked in {checked:.0f} s\n")
    passed = sum(all(finding["ok"] is not False for finding in file["findings"]) for file in files)
    print(f"{passed} of {len(files)} files PASS\n")
    print("| figure | lowest | highest | asked |")
    print("|---|---|---|---|")
    for figure in SHOWN:
        found = [f for file in files for f in file["findings"] if f["name"] == figure]
        values = [f["figure"] for f in found]
        print(f"| {figure} | {min(values):g} | {max(values):g} | {asked(found)} |")
    for file in files:
        for finding in file["findings"]:
            if finding["ok"] is False:
                print(f"FAIL {file['name']}: {finding['name']} {finding['figure']}")
    for finding in report["findings"]:
        if finding["ok"] is False or finding["name"] in ("lines", "voice_spread", "voice_loudness"):
            print(f"{finding['name']}: {finding['figure']} {finding['unit']} ({finding['detail']})")


def asked(found: Sequence[dict]) -> str:
    low, high = found[0]["low"], found[0]["high"]
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    return f"at most {high:g}" if high is not None else f"at least {low:g}" if low is not None else ""


if __name__ == "__main__":
    main()
