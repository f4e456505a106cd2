"""A finished book's timeline is found by what the files hold, and never mistaken for another's."""

from pathlib import Path

import pytest

from narrate import timelines
from narrate.checking import Heard, Sidecar
from narrate.rendering.memo import Memo

BOOK = Sidecar(9.0, (Heard(0, "Ann", "tone/a", 0.5, 2.0, "“Line.”"),), ((1, "gone"),))


@pytest.fixture
def memo(tmp_path: Path) -> Memo:
    return Memo(tmp_path / "memo")


def files(folder: Path, *contents: str) -> list[Path]:
    folder.mkdir()
    made = [folder / f"{k + 1} - part.mp3" for k in range(len(contents))]
    for path, content in zip(made, contents, strict=True):
        path.write_text(content)
    return made


def test_a_file_is_known_by_its_content(tmp_path: Path, memo: Memo) -> None:
    (path,) = files(tmp_path / "a", "sound")
    timelines.keep(memo, [path], BOOK)
    assert timelines.timeline_of(path, memo) == BOOK
    assert timelines.timeline_of(path.rename(tmp_path / "other.m4b"), memo) == BOOK
    (tmp_path / "other.m4b").write_text("sound, changed")
    assert timelines.timeline_of(tmp_path / "other.m4b", memo) is None


def test_a_folder_is_known_by_its_files_in_order(tmp_path: Path, memo: Memo) -> None:
    made = files(tmp_path / "a", *(f"chapter {k}" for k in range(12)))
    timelines.keep(memo, made, BOOK)
    assert timelines.timeline_of(tmp_path / "a", memo) == BOOK
    assert timelines.timeline_of(made[0], memo) is None
    made[3].write_text(made[4].read_text())
    assert timelines.timeline_of(tmp_path / "a", memo) is None


def test_what_is_not_there_has_none(tmp_path: Path, memo: Memo) -> None:
    (tmp_path / "empty").mkdir()
    assert timelines.timeline_of(tmp_path / "none.m4b", memo) is None
    assert timelines.timeline_of(tmp_path / "empty", memo) is None


def test_a_record_of_another_kind_is_none(tmp_path: Path, memo: Memo) -> None:
    (path,) = files(tmp_path / "a", "sound")
    timelines.keep(memo, [path], BOOK)
    (kept,) = [found for found in memo.folder.rglob("*") if found.is_file()]
    key = kept.parent.name + kept.name
    for content in (b"", b"[]", b'{"version": 9}', b"[" * 100_000, b"\xff"):
        memo.put(key, content)
        assert timelines.timeline_of(path, memo) is None
