"""Every character keeps its place, whatever the text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.book import Book
from narrate.errors import StoryError
from narrate.reading import read_text

MARKS = (
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\n\n\n\n",
        " ",
        "  \n",
        "\t",
        "    ",
        "*",
        "**",
        "_",
        "__",
        "`",
        "> ",
        "- ",
        "1. ",
    ),
    *(
        "# ",
        "## ",
        "---",
        "***",
        "===",
        "~*~",
        "[",
        "](",
        ")",
        "![",
        "<!--",
        "-->",
        "<b>",
        "</b>",
        "<br>",
        "<p>",
    ),
    *(
        "&amp;",
        "&nbsp;",
        "\\*",
        "\\",
        "<",
        ">",
        "~~",
        "```",
        "[^1]",
        "[03:14] Ana: ",
        "**Bo:** ",
        "CHAPTER I",
    ),
    *(
        "I",
        "II.",
        "Chapter 2: Dusk",
        "“",
        "”",
        '"',
        "'",
        "—",
        "word",
        "Some words, and more.",
        "he said",
        "é",
    ),
    *("\u00a0", "\u200b", "😀", "[a]: http://b", "<http://a.b>", "title: x", "CONTENTS", "long-\nlost"),
    "*** START OF THE PROJECT GUTENBERG EBOOK",
)

stories = st.lists(st.sampled_from(MARKS) | st.text(max_size=6), max_size=40).map("".join)


def read_or_none(text: str, markdown: bool | None) -> Book | None:
    try:
        return read_text(text, Path("story.md"), markdown)
    except StoryError:
        return None


def check_places(book: Book) -> None:
    last = 0
    for paragraph in book.paragraphs():
        assert last <= paragraph.start < paragraph.end <= len(book.text)
        last = paragraph.end
        assert paragraph.text.strip() == paragraph.text != ""
        assert paragraph.anchors[0][0] == 0
        assert list(paragraph.anchors) == sorted(set(paragraph.anchors))
        places = [paragraph.source(k) for k in range(len(paragraph.text))]
        assert places == sorted(places)
        assert all(paragraph.start <= place < paragraph.end for place in places)
        for c, place in zip(paragraph.text, places, strict=True):
            there = book.text[place]
            rewritten = c.isspace() and (there.isspace() or there in "<\\")  # <br>, and \ at a line end
            assert c == there or rewritten or "&" in book.text[max(0, place - 33) : place + 1], (c, there)
        for span in paragraph.emphasis:
            assert 0 <= span.start < span.end <= len(paragraph.text)
    assert book.chapters
    for chapter in book.chapters:
        assert "\n" not in chapter.title
        assert chapter.title
        assert chapter.scenes
        assert all(scene.paragraphs for scene in chapter.scenes)


@given(stories, st.sampled_from([True, False, None]))
@settings(max_examples=400, deadline=None)
def test_every_character_keeps_its_place(text: str, markdown: bool | None) -> None:
    book = read_or_none(text, markdown)
    if book is not None:
        assert book.text == text
        check_places(book)


@given(st.lists(st.text("abcdefg ,.", min_size=1, max_size=60).filter(str.strip), min_size=1, max_size=20))
@settings(max_examples=100, deadline=None)
@pytest.mark.parametrize("markdown", [True, False])
def test_plain_words_all_arrive_in_order(markdown: bool, lines: list[str]) -> None:
    text = "\n\n".join(lines)
    book = read_text(text, Path("a.txt"), markdown)
    read = "".join(p.text for p in book.paragraphs())
    assert "".join(read.split()) == "".join(text.split())


@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_change_places_only(line_end: str, markdown: bool) -> None:
    text = "# One\n\nShe said\n*hello* to him.\n\n***\n\nThen she left.\n"
    unix = read_text(text, Path("a.md"), markdown)
    other = read_text(text.replace("\n", line_end), Path("a.md"), markdown)
    assert [p.text for p in unix.paragraphs()] == [p.text for p in other.paragraphs()]
    check_places(other)
