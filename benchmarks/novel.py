"""A whole novel, and then small changes to it: wall time, real-time factor, memory, takes spoken.

    python benchmarks/novel.py NOVEL.txt [--engine espeak]

Runs `narrate` as a user would, in a fresh cache and a copy of the novel:
  1. the first run;
  2. again with nothing changed;
  3. after one character has another voice in the cast file;
  4. after one sentence has another word.
Memory is the peak of any one process (the largest ru_maxrss of narrate and its workers).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av


def run(story: Path, engine: str) -> tuple[float, float, str]:
    """Wall seconds, peak MB of any process, and what narrate said."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "narrate", str(story), "--engine", engine],
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - start
    if done.returncode not in (0, 7):  # 7: the book is there, a line may sound wrong
        sys.exit(f"narrate failed with {done.returncode}: {done.stderr}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return wall, peak, done.stderr


def report(name: str, measured: tuple[float, float, str], audio: float) -> None:
    wall, peak, said = measured
    spoken = re.search(r"([\d,]+) takes spoken", said)
    takes = spoken.group(1) if spoken else "?"
    factor = f"{audio / wall:.0f}" if name.startswith("first") else ""
    print(f"| {name} | {wall:.1f} | {factor} | {takes} | {peak:.0f} |", flush=True)


def measured(story: Path, engine: str, results: multiprocessing.Queue[tuple[float, float, str]]) -> None:
    """In a process of its own, so that one run's peak does not hide the next one's."""
    results.put(run(story, engine))


def apart(story: Path, engine: str) -> tuple[float, float, str]:
    results: multiprocessing.Queue[tuple[float, float, str]] = multiprocessing.Queue()
    process = multiprocessing.Process(target=measured, args=(story, engine, results))
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(1)
    return results.get()


def another_voice(cast_file: Path, engine: str) -> str:
    """Gives a middling character the voice of another engine's catalogue; who it was."""
    text = cast_file.read_text("utf-8")
    entries = re.findall(r"^  ([A-Z][^:#\n]*): (\w+/\S+)$", text, re.MULTILINE)
    name, voice = entries[min(2, len(entries) - 1)]
    new = {"espeak": "espeak/en-gb+f3", "hibari": "hibari/heart"}.get(engine, f"{engine}/tone-30")
    cast_file.write_text(text.replace(f"  {name}: {voice}", f"  {name}: {new}"), "utf-8")
    return name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("novel", type=Path)
    parser.add_argument("--engine", default="espeak")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NARRATE_CACHE"] = str(Path(folder) / "cache")
        story = Path(folder) / f"novel{given.novel.suffix}"
        shutil.copyfile(given.novel, story)
        words = len(story.read_text("utf-8", errors="replace").split())
        first = apart(story, given.engine)
        with av.open(str(story.with_suffix(".m4b"))) as book:
            audio = (book.duration or 0) / 1e6
            chapters = len(book.chapters())
        print(f"{given.novel.name}: {words:,} words, {chapters} chapters, {audio / 3600:.2f} h of audio")
        print(f"engine {given.engine}, {os.cpu_count()} processors, Python {sys.version.split()[0]}\n")
        print("| run | wall s | x real time | takes spoken | peak MB of any process |")
        print("|---|---|---|---|---|")
        report("first", first, audio)
        report("nothing changed", apart(story, given.engine), audio)
        who = another_voice(story.with_name("novel.cast.yaml"), given.engine)
        report(f"another voice for {who}", apart(story, given.engine), audio)
        text = story.read_text("utf-8")
        half = text.index(" the ", len(text) // 2)
        story.write_text(f"{text[:half]} that {text[half + 5 :]}", "utf-8")
        report("one word changed", apart(story, given.engine), audio)


if __name__ == "__main__":
    main()
