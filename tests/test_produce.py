"""The whole way from a story to a book, proved on decoded audio with the tone engine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from conftest import narrated
from hypothesis import given
from hypothesis import strategies as st
from listening import decoded, pitch
from places import SHARED, STORIES

from narrate.attribution import attribute
from narrate.engines.tone import frequency
from narrate.errors import UserFileError
from narrate.produce import Produced
from narrate.reading import read_text
from narrate.rendering.shelf import Shelf
from narrate.script import NARRATOR, QUOTE_KINDS

SAMPLES = sorted(path.stem for path in STORIES.glob("*.md"))
Made = Callable[..., Produced]
Story = Callable[[str], Path]


def test_there_are_four_samples_each_with_its_cast_file() -> None:
    assert len(SAMPLES) == 4
    assert all((STORIES / f"{stem}.cast.yaml").exists() for stem in SAMPLES)


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Produced]:
    """Each sample narrated once, as it lies in `stories/`."""
    folder = tmp_path_factory.mktemp(request.param)
    for path in STORIES.glob(f"{request.param}.*"):
        shutil.copy(path, folder / path.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARRATE_CACHE", str(folder / "cache"))
        yield narrated(folder / f"{request.param}.md")


def test_every_line_of_a_sample_is_heard_once_in_order_in_its_speakers_voice(sample: Produced) -> None:
    lines, roles = sample.settled.script.lines, sample.settled.cast.roles
    samples, rate = decoded(sample.files[0])
    scale = rate / sample.master.rate
    heard = sample.master.lines
    assert abs(samples.size / rate - sample.master.length / sample.master.rate) < 0.2
    assert all(one.start < other.start and one.end < other.end for one, other in pairwise(heard))
    spoken = [one.line for one in heard]
    assert spoken == sorted(set(spoken))
    readable = [k for k, line in enumerate(lines) if any(c.isalnum() for c in line.text)]
    assert [k for k in readable if k not in set(spoken)] == []
    for one in heard:
        middle = (one.start + one.end) * scale / 2
        half = min((one.end - one.start) * scale * 0.4, rate / 2)
        found = pitch(samples[int(middle - half) : int(middle + half)], rate)
        voice = roles[lines[one.line].speaker].voice
        assert abs(found - frequency(voice.name, voice.pitch)) < 12, lines[one.line]


def test_a_sample_has_chapters_cover_and_tags(sample: Produced) -> None:
    with av.open(str(sample.files[0])) as container:
        titles = [chapter["metadata"]["title"] for chapter in container.chapters()]
        assert titles == [chapter.title for chapter in sample.settled.book.chapters]
        assert container.metadata["title"] == sample.settled.book.title
        assert "cast" in container.metadata["composer"]
        assert len(container.streams.video) == 1  # the cover


def test_the_characters_of_a_sample_have_voices_of_their_own(sample: Produced) -> None:
    roles = sample.settled.cast.roles
    speaking = {line.speaker for line in sample.settled.script.lines if line.speaker}
    others = [
        role.voice for name, role in roles.items() if name in speaking and not role.why.startswith("tells")
    ]
    teller = [who.name for who in sample.settled.script.characters if who.narrates]
    assert len(others) - len(set(others)) <= len(teller)


def test_a_second_run_speaks_nothing_and_writes_nothing(story: Story, made: Made) -> None:
    path = story("patient-margaret")
    first = made(path)
    before = first.files[0].stat()
    second = made(path)
    assert len(first.report.spoken) > 20
    assert second.report.spoken == ()
    assert second.files == first.files
    assert second.files[0].stat().st_mtime_ns == before.st_mtime_ns


def test_another_voice_speaks_only_that_characters_lines(story: Story, made: Made) -> None:
    path = story("patient-margaret")
    first = made(path)
    cast_file = path.with_name("patient-margaret.cast.yaml")
    voices = {role.voice.name for role in first.settled.cast.roles.values()}
    text = cast_file.read_text("utf-8")
    new = next(f"tone-{k:02d}" for k in range(1, 40) if f"tone-{k:02d}" not in voices)
    cast_file.write_text(_with_voice(text, "Pim", f"tone/{new}"), "utf-8")
    second = made(path)
    lines = second.settled.script.lines
    keys = {cue.key for cue in second.cues if lines[cue.line].speaker == "Pim"}
    assert keys
    assert set(second.report.spoken) == keys


def _with_voice(text: str, name: str, voice: str) -> str:
    rows = text.splitlines(keepends=True)
    at = next(k for k, row in enumerate(rows) if row.strip().startswith(f"{name}:"))
    indent = rows[at][: len(rows[at]) - len(rows[at].lstrip())]
    end = at + 1
    while end < len(rows) and rows[end].startswith(indent + " ") and rows[end].strip():
        end += 1
    rows[at:end] = [f"{indent}{name}: {voice}\n"]
    return "".join(rows)


def test_another_sentence_speaks_only_that_line(story: Story, made: Made) -> None:
    path = story("patient-margaret")
    first = made(path)
    text = path.read_text("utf-8")
    assert text.count("How long does it take?") == 1
    path.write_text(text.replace("How long does it take?", "How long will it take?"), "utf-8")
    second = made(path)
    changed = {
        second.settled.script.lines[cue.line].text for cue in second.cues if cue.key in second.report.spoken
    }
    assert changed == {"“How long will it take?”"}
    assert len(second.report.spoken) == 1
    voices = [{name: role.voice for name, role in k.settled.cast.roles.items()} for k in (first, second)]
    assert voices[0] == voices[1]


def test_gain_and_pauses_speak_nothing_again_but_change_the_book(story: Story, made: Made) -> None:
    path = story("nearly-a-flat")
    first = made(path)
    cast_file = path.with_name("nearly-a-flat.cast.yaml")
    cast_file.write_text(
        cast_file.read_text("utf-8") + "\npacing:\n  scene: 2500\n  paragraph: 900\n", "utf-8"
    )
    second = made(path)
    assert second.report.spoken == ()
    assert second.master.key != first.master.key
    assert second.master.length > first.master.length


def test_the_book_goes_where_the_cast_file_says_unless_the_command_says_otherwise(
    tmp_path: Path, made: Made
) -> None:
    path = tmp_path / "t.md"
    path.write_text("# One\n\n“Come in,” said Ana.\n", encoding="utf-8")
    path.with_name("t.cast.yaml").write_text("output: audio/\n", encoding="utf-8")
    book = made(path)
    assert [file.relative_to(tmp_path).as_posix() for file in book.files] == ["audio/01 - One.mp3"]
    assert not path.with_name("t.m4b").exists()
    assert made(path, outputs=(str(tmp_path / "own.wav"),)).files == (tmp_path / "own.wav",)
    path.with_name("t.cast.yaml").write_text("output: t.mp33\n", encoding="utf-8")
    with pytest.raises(UserFileError, match=r"t\.cast\.yaml:1:9: .*did you mean '\.mp3'"):
        made(path)


def test_a_named_file_that_is_not_there_is_pointed_out(story: Story, made: Made) -> None:
    path = story("patient-margaret")
    [note] = made(path, cast_file=path.with_name("patient-margret.cast.yaml")).settled.notes
    assert "patient-margret.cast.yaml: there was no such file, so a new one is written" in note
    assert note.endswith("patient-margaret.cast.yaml'?")


def test_one_worker_and_two_make_the_same_bytes(
    story: Story, made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = story("rooster-on-the-roof")
    books = []
    for workers in (1, 2):
        monkeypatch.setenv("NARRATE_CACHE", str(tmp_path / f"cache-{workers}"))
        made(path, workers=workers, outputs=(str(tmp_path / f"{workers}.m4b"),))
        books.append((tmp_path / f"{workers}.m4b").read_bytes())
    assert books[0] == books[1]


def test_a_damaged_take_is_found_and_spoken_again(story: Story, made: Made) -> None:
    path = story("prompt-corner")
    first = made(path)
    whole = first.files[0].read_bytes()
    takes = sorted(Shelf.default().folder.rglob("*.flac"))
    takes[0].write_bytes(takes[0].read_bytes()[:-40])
    data = bytearray(takes[1].read_bytes())
    data[len(data) // 2] ^= 0x10
    takes[1].write_bytes(bytes(data))
    first.files[0].unlink()
    made(path)
    assert first.files[0].read_bytes() == whole


@given(st.text(alphabet=st.sampled_from("ab .\n\"'“”‘’«»—*_#>-!?I,"), max_size=400))
def test_the_lines_of_any_story_tile_its_text(text: str) -> None:
    body = text + "\n\nThe end."
    for markdown in (True, False):
        book = read_text(body, Path("any.md"), markdown)
        script = attribute(book)
        assert "".join(body[line.start : line.end] for line in script.lines) == book.text
        assert all(one.end == other.start for one, other in pairwise(script.lines))


@pytest.mark.skipif(not (SHARED / "stories").exists(), reason="the seed story lies beside the checkout")
def test_the_seed_story_has_thirteen_right_speakers_and_three_voices(tmp_path: Path, made: Made) -> None:
    shutil.copy(SHARED / "stories" / "seed.md", tmp_path / "seed.md")
    gold = json.loads((SHARED / "stories" / "seed.json").read_text("utf-8"))
    book = made(tmp_path / "seed.md")
    quotes = [line for line in book.settled.script.lines if line.kind in QUOTE_KINDS]
    assert [line.speaker for line in quotes] == [quote["speaker"] for quote in gold["quotes"]]
    samples, rate = decoded(book.files[0])
    scale = rate / book.master.rate
    heard = {
        round(pitch(samples[int(one.start * scale) : int(one.end * scale)], rate) / 20)
        for one in book.master.lines
    }
    assert len(heard) == 3


@pytest.mark.slow
def test_a_sample_in_the_default_voices(story: Story, made: Made) -> None:
    book = made(story("prompt-corner"), engine="")
    roles = book.settled.cast.roles
    assert roles[NARRATOR].voice.engine == "hibari"
    assert {role.voice.engine for name, role in roles.items() if name != NARRATOR} == {"kokoro"}
    samples, rate = decoded(book.files[0])
    for one in book.master.lines:
        part = samples[int(one.start * rate / book.master.rate) : int(one.end * rate / book.master.rate)]
        assert 20 * np.log10(np.sqrt(np.mean(part**2))) > -40, book.settled.script.lines[one.line].text
    assert np.abs(samples).max() < 1.0


def test_a_draft_that_takes_a_finished_books_place_says_so(story: Story, made: Made) -> None:
    path = story("prompt-corner")
    first = made(path)
    assert not any("replaced" in note for note in first.settled.notes)
    assert not any("replaced" in note for note in made(path).settled.notes)
    draft = made(path, engine="espeak")
    said = [note for note in draft.settled.notes if "replaced" in note]
    assert len(said) == 1
    assert said[0].startswith(f"{first.files[0]}, which tone spoke, is replaced by this one of espeak")
