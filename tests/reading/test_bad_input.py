"""What cannot be read is refused in one line that says what, where and what to do."""

import os
from pathlib import Path

import pytest

from narrate.errors import StoryError
from narrate.reading import read, read_text

SENTENCE = "Zoë said “no” — and left. "


def refusal(path: Path) -> str:
    with pytest.raises(StoryError, match=r".") as caught:
        read(path)
    said = str(caught.value)
    assert "\n" not in said
    assert path.name in said
    return said


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.md", b"", "is empty"),
        ("a.txt", b" \r\n\t\n", "is empty"),
        ("a.md", b"<!-- nothing -->\n\n***\n\n![cover](c.png)\n", "has markup but no words"),
        ("a.md", b"---\ntitle: A\n---\n", "has markup but no words"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "is binary"),
        ("a.txt", b"%PDF-1.7\n...", "is a PDF"),
        ("a.md", b"PK\x03\x04word/document.xml", "EPUB, DOCX"),
        ("a.txt", b"text with a \0 in it", "is binary"),
        (
            "a.txt",
            "Zoë, Noël, Chloë\n".encode() * 5 + b"\xff!",
            "a.txt:6:1: byte 0xff is no character in UTF-8",
        ),
        ("a.txt", b"caf\x81", "byte 0x81 is no character in CP1252"),
        ("a.txt", b"\xff\xfea\x00b", "UTF-16"),
        ("a.docx", b"words", "'.docx'"),
        ("a", b"words", "no suffix"),
    ],
)
def test_a_file_that_is_no_story(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert words in refusal(path)


def test_no_file_a_folder_and_no_permission(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.md")
    assert "is a folder" in refusal(tmp_path)
    shut = tmp_path / "shut.md"
    shut.write_text("words")
    shut.chmod(0)
    if os.access(shut, os.R_OK):
        pytest.skip("this user may read everything")
    assert "may not be read" in refusal(shut)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((SENTENCE * 3).encode(encoding))
    assert read(path).text == SENTENCE * 3


def test_one_word_is_a_story() -> None:
    for markdown in (True, False):
        book = read_text("Hello", Path("02-the_long-way.md"), markdown)
        assert [p.text for p in book.paragraphs()] == ["Hello"]
        assert book.title == book.chapters[0].title == "The long way"


@pytest.mark.parametrize("markdown", [True, False])
def test_a_long_line_is_one_paragraph(markdown: bool) -> None:
    text = "He said “no” and *left*. " * 40_000
    (paragraph,) = read_text(text, Path("a.md"), markdown).paragraphs()
    assert paragraph.text.startswith("He said “no” and left.")
    assert len(paragraph.emphasis) == 40_000


@pytest.mark.parametrize(
    "mark", ["> ", "- ", "[", "*", "_", "`", "<", "<!--", "![", "> - ", "~~", "&", "\\", "1. "]
)
def test_deep_nesting_is_read_and_keeps_its_words(mark: str) -> None:
    book = read_text(mark * 5000 + "word", Path("a.md"), True)
    assert "word" in "".join(p.text for p in book.paragraphs())


def test_lists_nested_too_deep_keep_their_words() -> None:
    text = "".join(f"{'  ' * k}- item{k}\n" for k in range(60))
    read = " ".join(p.text for p in read_text(text, Path("a.md"), True).paragraphs())
    assert [word for word in (f"item{k}" for k in range(60)) if word not in read] == []
