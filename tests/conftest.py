"""What all tests share: a cache of their own, stories to narrate, and a way to narrate them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import STORIES

from narrate.produce import Order, Produced, Unwatched, produce


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads what another, or the developer's own runs, left behind."""
    monkeypatch.setenv("NARRATE_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def story(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of one of the samples, by its stem, with its cast file."""

    def copy(stem: str) -> Path:
        for path in STORIES.glob(f"{stem}.*"):
            if path.suffix in (".md", ".yaml") and not path.name.endswith(".script.yaml"):
                shutil.copy(path, tmp_path / path.name)
        return tmp_path / f"{stem}.md"

    return copy


def narrated(path: Path, **order: Any) -> Produced:
    """Narrates a story with the tone engine; one worker is enough for tones."""
    return produce(Order(story=path, **{"engine": "tone", "workers": 1, **order}), Unwatched())


@pytest.fixture
def made() -> Callable[..., Produced]:
    return narrated
