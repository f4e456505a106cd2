"""Lines that break scenes, head chapters, or are neither."""

from pathlib import Path

import pytest

from narrate.reading import read_text
from narrate.reading.breaks import is_break
from narrate.reading.headings import CHAPTER, NUMBER, PART, heading, in_sequence, numbered

BREAKS = "***|* * *|---|- - -|~*~|# # #|#|⁂|--oOo--|oOoOo|x x x|~~~|_____|=====|—*—|*|❦|-x-|xXx|. * .|+++"
SPEECH = "...|. . .|…|—|-|--|?!|!|O|Oo...|O—|xoxo|XXX|xxx|Ooh|“…”|I|1|*so*|# One|- no|0|OX|X|"


@pytest.mark.parametrize("line", BREAKS.split("|"))
def test_scene_breaks(line: str) -> None:
    assert is_break(line)
    for markdown in (True, False):
        book = read_text(f"She left.\n\n{line}\n\nHe stayed.\n", Path("a.md"), markdown)
        assert [[p.text for p in s.paragraphs] for s in book.chapters[0].scenes] == [
            ["She left."],
            ["He stayed."],
        ]


@pytest.mark.parametrize("line", SPEECH.split("|"))
def test_no_scene_breaks(line: str) -> None:
    assert not is_break(line)


@pytest.mark.parametrize(
    ("line", "level", "number", "titled"),
    [
        ("CHAPTER XIV", CHAPTER, 14, False),
        ("Chapter 1. The Quay", CHAPTER, 1, True),
        ("Chapter Twenty-One", CHAPTER, 21, False),
        ("CHAPTER THE LAST", CHAPTER, 0, False),
        ("chapter 3: in which it rains", CHAPTER, 3, True),
        ("Ch. 7", CHAPTER, 7, False),
        ("=== Chapter 2 ===", CHAPTER, 2, False),
        ("BOOK THE FIRST", PART, 1, False),
        ("Part II", PART, 2, False),
        ("PART ONE--The Old Buccaneer", PART, 1, True),
        ("Prologue", CHAPTER, None, False),
        ("EPILOGUE: Home", CHAPTER, None, True),
    ],
)
def test_headings(line: str, level: int, number: int | None, titled: bool) -> None:
    found = heading(line)
    assert found is not None
    assert (found.level, found.number, found.titled) == (level, number, titled)


@pytest.mark.parametrize(
    "line",
    [
        "Part of the crew was asleep.",
        "Book one of the set was gone.",
        "Chapter and verse",
        "Letter by letter",
        "Scene of the crime",
        "Prologue to a war",
        "The chapter ended.",
        "part i of it",
    ],
)
def test_no_headings(line: str) -> None:
    assert heading(line) is None


def test_bare_numbers_head_chapters_only_where_they_count_on() -> None:
    lines = [
        "I",
        "II.",
        "M.",
        "III",
        "— 1 —",
        "1801. A year",
        "I went home.",
        "— 2 —",
        "I. THE DOOR",
        "01 Home",
    ]
    found = [numbered(line) for line in lines]
    assert [f.number if f else None for f in found] == [1, 2, None, 3, 1, None, None, 2, 1, 1]
    assert all(f is None or f.level == NUMBER for f in found)
    assert in_sequence(found)[:4] == [True, True, False, True]
    assert in_sequence([numbered("1"), None, numbered("I")]) == [False, False, False]


@pytest.mark.parametrize(
    ("above", "is_heading"),
    [("The Lamp", True), ("Chapter 4: Who?", True), ("And so it ended.", False), ("“Is it you?”", False)],
)
def test_dashes_under_a_line(above: str, is_heading: bool) -> None:
    book = read_text(f"{above}\n---\nMore words.\n", Path("a.md"), True)
    kinds = [p.kind for p in book.paragraphs()]
    assert kinds == (["heading", "prose"] if is_heading else ["prose", "prose"])
    assert len(book.chapters[0].scenes) == (1 if is_heading else 2)
