from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rehearsal import load

from narrate.errors import EngineError, OutputError
from narrate.rendering import progress
from narrate.rendering.cue import Cue
from narrate.rendering.executors import InlineExecutor, LocalPool
from narrate.rendering.render import Progress, RenderFailed, render
from narrate.rendering.shelf import Shelf, TakeDamaged
from narrate.rendering.speak import Spoken

Cues = Callable[..., list[Cue]]
Log = Callable[[str], list[str]]


def takes(shelf: Shelf) -> dict[str, bytes]:
    """Every file under a shelf."""
    return {path.name: path.read_bytes() for path in shelf.folder.rglob("*") if path.is_file()}


class Untouchable(Executor):
    def submit(self, *args: object, **kwargs: object) -> None:  # type: ignore[override]
        raise AssertionError("nothing is missing, so nothing may be submitted")


def test_missing_takes_are_made_once_and_then_found(shelf: Shelf, cues: Cues, log: Log) -> None:
    script = cues("One.", "Two.", "Three.", "One.")  # the fourth in the voice of the first
    report = render(script, shelf, InlineExecutor(), load)
    assert log("begin") == ["One.", "Two.", "Three."]
    assert report.spoken == tuple(cue.key for cue in script[:3])
    assert report.reused == 0
    assert report.audio_s == pytest.approx(sum(shelf.read(cue.key).ms for cue in script[:3]) / 1000)

    again = render(script, shelf, Untouchable(), load)
    assert again.spoken == ()
    assert again.reused == 3

    script[1] = cues("", "Two!")[1]
    assert render(script, shelf, InlineExecutor(), load).spoken == (script[1].key,)
    assert log("begin")[3:] == ["Two!"]


def test_nothing_to_say(shelf: Shelf) -> None:
    report = render([], shelf, Untouchable(), load)
    assert (report.spoken, report.reused) == ((), 0)


def test_one_and_two_workers_give_the_same_bytes(tmp_path: Path, cues: Cues) -> None:
    script = cues(*[f"Sentence number {k}." for k in range(12)])
    shelves = []
    for workers in (1, 2):
        shelf = Shelf(tmp_path / str(workers))
        with LocalPool(workers) as pool:
            report = render(script, shelf, pool, load)
        assert report.spoken == tuple(cue.key for cue in script)
        shelves.append(takes(shelf))
    assert shelves[0] == shelves[1]
    assert len(shelves[0]) == 12


def test_any_executor_will_do(shelf: Shelf, cues: Cues) -> None:
    script = cues(*[f"Sentence number {k}." for k in range(9)])
    with ThreadPoolExecutor(3) as pool:
        render(script, shelf, pool, load)
    assert all(shelf.has(cue.key) for cue in script)


def test_damaged_takes_are_made_again(shelf: Shelf, cues: Cues, log: Log) -> None:
    script = cues("One.", "Two.", "Three.")
    render(script, shelf, InlineExecutor(), load)
    before = takes(shelf)
    files = sorted(path for path in shelf.folder.rglob("*.flac"))
    files[0].write_bytes(files[0].read_bytes()[:-9])  # a cut: seen without reading
    data = bytearray(files[1].read_bytes())
    data[-40] ^= 4
    files[1].write_bytes(data)  # a flipped bit: seen on reading
    for cue in script:
        try:
            shelf.read(cue.key)
        except TakeDamaged:
            continue
    assert len(render(script, shelf, InlineExecutor(), load).spoken) == 2
    assert takes(shelf) == before


def test_lines_that_cannot_be_spoken_are_named_when_the_rest_is_done(
    shelf: Shelf, cues: Cues, log: Log
) -> None:
    script = cues("One.", "REFUSE this.", "Two.", "A BUG.", "NAN.", "EMPTY.", "Three.")
    with pytest.raises(RenderFailed) as caught:
        render(script, shelf, InlineExecutor(), load, place="story.md:{}:1".format)
    assert caught.value.lines == (1, 3, 4, 5)
    assert str(caught.value).startswith("story.md:1:1: cannot speak 'REFUSE this.': it will not say that")
    assert "3 more lines" in str(caught.value)
    assert [shelf.has(cue.key) for cue in script] == [True, False, True, False, False, False, True]


def test_an_engine_that_only_fails_is_not_asked_for_a_whole_novel(shelf: Shelf, cues: Cues, log: Log) -> None:
    with pytest.raises(RenderFailed, match="it will not say that"):
        render(cues(*[f"REFUSE {k}" for k in range(100)]), shelf, InlineExecutor(), load)
    assert len(log("begin")) < 20


def test_a_disk_that_refuses_stops_the_run(
    shelf: Shelf, cues: Cues, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="full"):
        render(cues(*[f"Sentence {k}" for k in range(50)]), shelf, InlineExecutor(), load)
    assert len(log("begin")) < 10
    assert takes(shelf) == {}


def test_an_unknown_engine(shelf: Shelf, cues: Cues) -> None:
    def nobody(name: str) -> None:
        raise EngineError(f"no engine is named {name!r}")

    with pytest.raises(EngineError, match="rehearsal"):
        render(cues("One."), shelf, Untouchable(), nobody)  # type: ignore[arg-type]


def test_an_engine_that_takes_turns_is_never_asked_twice_at_once(
    shelf: Shelf, cues: Cues, log: Log, tmp_path: Path
) -> None:
    solo = cues(*[f"Solo {k} SLOW" for k in range(4)], engine="soloist")
    choir = cues(*[f"Choir {k} SLOW" for k in range(4)])
    with ThreadPoolExecutor(4) as pool:
        render([*solo, *choir], shelf, pool, load)
    events = [line.split(" ", 1)[1] for line in (tmp_path / "rehearsal.log").read_text().splitlines()]
    solos = [event.split()[0] for event in events if "Solo" in event]
    assert solos == ["begin", "end"] * 4
    assert all(shelf.has(cue.key) for cue in (*solo, *choir))


def test_progress_counts_lines_and_ends_at_the_end(shelf: Shelf, cues: Cues, log: Log) -> None:
    script = cues("One.", "Two.", "Three.", "Four.")
    script.append(Cue(3, "Five.", script[0].voice, "f" * 64))  # a second cue of the last line
    render(script[:1], shelf, InlineExecutor(), load)
    seen: list[Progress] = []
    render(script, shelf, InlineExecutor(), load, progress=seen.append, window=1)
    assert [(p.lines, p.lines_total, p.cues, p.cues_total) for p in seen] == [
        (1, 4, 0, 4),
        (2, 4, 1, 4),
        (3, 4, 2, 4),
        (3, 4, 3, 4),
        (4, 4, 4, 4),
    ]
    assert all(p.eta_s is None for p in seen[:-1])  # four takes are too few to tell
    assert seen[-1].eta_s == pytest.approx(0)
    assert seen[-1].realtime > 0


def test_the_time_to_go_is_told_once_every_engine_is_known(
    cues: Cues, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: now))
    quick, slow = (
        cues(*[f"Quick {k:02}." for k in range(20)]),
        cues(*[f"Slow {k:03}." for k in range(20)], engine="soloist"),
    )
    script = [*quick, *slow]
    meter = progress.Meter(script, {cue.key: {cue.line} for cue in script}, len(script))
    told = []
    for k, cue in enumerate([cue for pair in zip(quick, slow, strict=True) for cue in pair]):
        seconds = (1.0 if cue in slow else 0.1) + (30.0 if k < 4 else 0.0)  # a model is loaded first
        now += seconds
        meter.made(cue, Spoken(cue.key, 1.0, seconds, seconds))
        told.append(meter.read().eta_s)
    assert told[:15] == [None] * 15
    to_go = [1.1 * (20 - (k + 1) / 2) for k in range(15, 39, 2)]
    assert told[15:39:2] == pytest.approx(to_go, rel=0.05)


def test_ctrl_c_leaves_what_was_finished(shelf: Shelf, cues: Cues, log: Log) -> None:
    def stop(progress: Progress) -> None:
        if progress.cues == 3:
            raise KeyboardInterrupt

    script = cues(*[f"Sentence {k}" for k in range(20)])
    with pytest.raises(KeyboardInterrupt):
        render(script, shelf, InlineExecutor(), load, progress=stop, window=1)
    kept = len(takes(shelf))
    assert kept >= 3
    assert len(render(script, shelf, InlineExecutor(), load).spoken) == 20 - kept


@given(st.lists(st.sampled_from(["One.", "Two.", "Three.", "REFUSE"]), max_size=12), st.integers(1, 5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_every_take_is_made_exactly_once(
    tmp_path_factory: pytest.TempPathFactory, cues: Cues, texts: list[str], window: int
) -> None:
    script = cues(*texts)
    shelf = Shelf(tmp_path_factory.mktemp("takes"))
    wanted = dict.fromkeys(cue.key for cue in script if cue.text != "REFUSE")
    refused = any(cue.text == "REFUSE" for cue in script)
    try:
        report = render(script, shelf, InlineExecutor(), load, window=window)
    except RenderFailed:
        assert refused
    else:
        assert not refused
        assert report.spoken == tuple(wanted)
    assert len(takes(shelf)) == len(wanted)
    assert threading.active_count() < 20
