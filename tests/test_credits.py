"""Credits: in the book, in chapters of their own, as the user writes them; never in the script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listening import decoded, pitch

from narrate.cast import Cast, Role, Voice
from narrate.checking import check
from narrate.credits import with_credits
from narrate.engines.tone import frequency
from narrate.errors import UserFileError
from narrate.produce import Produced
from narrate.reading import read_text
from narrate.script import NARRATOR, Line, Script
from narrate.timelines import timeline_of
from narrate.userfiles import CreditsChoice

Made = Callable[..., Produced]
TEXT = "# One\n\n“Where is it?” asked Ann.\n\n“I have it,” said Bob.\n\n# Two\n\nShe was glad of it.\n"


@pytest.fixture
def lamp(tmp_path: Path) -> Callable[..., Path]:
    def write(cast: str = "", title: str = "The Lamp", author: str = "A. Writer") -> Path:
        path = tmp_path / "lamp.md"
        path.write_text(f"---\ntitle: '{title}'\nauthor: '{author}'\n---\n\n{TEXT}", "utf-8")
        path.with_suffix(".cast.yaml").write_text(cast, "utf-8")
        return path

    return write


def said(made: Produced) -> list[str]:
    return [line.text for line in made.settled.script.lines if line.kind == "credits"]


def titles(made: Produced) -> list[str]:
    return [mark.title for mark in made.master.chapters]


def test_a_book_has_no_credits_unless_asked(lamp: Callable[..., Path], made: Made) -> None:
    book = made(lamp())
    assert said(book) == []
    assert titles(book) == ["One", "Two"]


def test_credits_are_heard_in_the_narrators_voice_in_chapters_of_their_own(
    lamp: Callable[..., Path], made: Made
) -> None:
    book = made(lamp("credits: on\n"))
    assert said(book) == [
        "The Lamp.",
        "By A. Writer.",
        "Read by a cast of 3 voices.",
        "The end.",
        "This was The Lamp.",
        "By A. Writer.",
        "Read by a cast of 3 voices.",
    ]
    assert titles(book) == ["Opening credits", "One", "Two", "Closing credits"]
    sound, rate = decoded(book.files[0])
    voice = book.settled.cast.roles[NARRATOR].voice
    for spoken in (book.master.lines[0], book.master.lines[-1]):
        first, last = (int(at * rate / book.master.rate) for at in (spoken.start, spoken.end))
        assert pitch(sound[first:last], rate) == pytest.approx(frequency(voice.name, voice.pitch), abs=12)
    timeline = timeline_of(book.files[0])
    assert timeline is not None
    assert [heard.story for heard in timeline.lines].count(False) == 7
    report = check(book.files[0], profile="none", timeline=timeline)
    assert report.ok, report.failures()
    (lines,) = [f for f in report.findings if f.name == "lines"]
    assert lines.figure == len(timeline.lines) - 7
    assert "7 of credits" in lines.detail


def test_the_script_file_holds_the_story_alone(lamp: Callable[..., Path], made: Made) -> None:
    path = lamp("credits: on\n")
    made(path)
    assert "The end." not in path.with_suffix(".script.yaml").read_text("utf-8")
    assert "credits" not in path.with_suffix(".cast.yaml").read_text("utf-8").partition("\n")[2]


def test_credits_change_no_take_of_the_story(lamp: Callable[..., Path], made: Made) -> None:
    made(lamp())
    again = made(lamp("credits: {closing: off, opening: on}\n"))
    assert len(again.report.spoken) == len(said(again)) == 3


def test_the_acx_profile_has_credits_unless_the_user_says_no(lamp: Callable[..., Path], made: Made) -> None:
    assert len(said(made(lamp(), profile="acx"))) == 7
    assert said(made(lamp("credits: off\nprofile: acx\n"))) == []
    assert said(made(lamp("credits: {closing: off}\nprofile: acx\n")))[-1] == "Read by a cast of 3 voices."


def test_the_users_own_words_and_voice(lamp: Callable[..., Path], made: Made) -> None:
    cast = """\
credits:
  opening: |
    You hear {title}
    with {characters}.
  closing: off
  produced_with: yes
  voice: tone/tone-77
"""
    book = made(lamp(cast))
    assert said(book) == ["You hear The Lamp", "with Ann and Bob."]
    first = book.cues[0]
    assert (first.voice.engine, first.voice.name) == ("tone", "tone-77")
    assert said(made(lamp("credits: {closing: on, produced_with: on}\n")))[-1] == "Produced with narrate."


def test_another_engine_for_once_speaks_the_credits_too(lamp: Callable[..., Path], made: Made) -> None:
    book = made(lamp("credits: {opening: on, voice: hibari/heart}\n"))
    assert {cue.voice.engine for cue in book.cues} == {"tone"}


def test_a_line_that_names_what_there_is_not_is_left_out(lamp: Callable[..., Path], made: Made) -> None:
    assert "By" not in " ".join(said(made(lamp("credits: on\n", author=""))))


@pytest.mark.parametrize(
    "title",
    [
        "Who? {author} {characters}",
        '[word](/x/) <break time="9s"/> %s {0.__class__}',
        "../../etc & [[inpt PHON]] \\1 \\g<0>",
    ],
)
def test_a_hostile_title_is_text(lamp: Callable[..., Path], made: Made, title: str) -> None:
    book = made(lamp("credits: {opening: 'This is {title}.', closing: off}\n", title=title))
    (line,) = said(book)
    assert line == f"This is {title}."
    assert check(book.files[0], profile="none", timeline=timeline_of(book.files[0])).ok


@given(st.text(), st.text())
def test_no_title_breaks_the_credits(title: str, author: str) -> None:
    book = read_text("Words.", Path("s.md"))
    line = Line(0, 6, "Words.", "narration", NARRATOR, 1.0, "", 0, 0, 0)
    cast = Cast({NARRATOR: Role(NARRATOR, Voice("tone", "tone-01"))})
    script = Script((line,), ())
    staged, lines = with_credits(
        book, script, cast, CreditsChoice(), expected=True, title=title, author=author
    )
    assert len(list(staged.paragraphs())) == len(lines.lines)
    assert [one.paragraph for one in lines.lines] == list(range(len(lines.lines)))
    assert all(one.text.splitlines() == [one.text] or not one.text.isprintable() for one in lines.lines)
    of_story = [one for one in lines.lines if one.kind != "credits"]
    assert [one.text for one in of_story] == ["Words."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("credits: {opening: 'By {autor}.'}", r"1:20: credits cannot name \{autor\}; did you mean 'author'"),
        ("credits: {opening: [a]}", r"1:20: credits are on, off, or lines of text"),
        ('credits: {opening: "a\\u0007b"}', r"1:20: .*plain text"),
        ("credits: {openin: on}", r"1:11: unknown key 'openin'; did you mean"),
        ("credits: {voice: tone/nobody}", r"1:18: .*no voice 'nobody'"),
    ],
)
def test_impossible_credits_are_met_at_their_place(
    lamp: Callable[..., Path], made: Made, text: str, message: str
) -> None:
    with pytest.raises(UserFileError, match=message):
        made(lamp(f"{text}\n"))
