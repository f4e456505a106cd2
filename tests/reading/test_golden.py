"""What stories look like once they are read: a file and its outline beside it.

After a change that is meant, `NARRATE_GOLDEN=write pytest tests/reading` writes the outlines anew.
"""

import os
from pathlib import Path

import pytest

from narrate.book import Book
from narrate.reading import read

DATA = Path(__file__).parents[1] / "data" / "reading"
STORIES = sorted(path for path in DATA.iterdir() if path.suffix in (".md", ".txt"))


def outline(book: Book) -> str:
    """A book as lines: `=` a chapter's title, `~` a scene break, `kind|` a paragraph's words.

    Newlines in a paragraph are shown as ` / `, emphasis as {i so}.
    """
    lines = [f"title|{book.title}", f"author|{book.author}", f"language|{book.language}"]
    for chapter in book.chapters:
        lines.append(f"= {chapter.title}")
        for k, scene in enumerate(chapter.scenes):
            if k:
                lines.append("~")
            for paragraph in scene.paragraphs:
                marks = [(span.start, 1, "{" + span.kind[0] + " ") for span in paragraph.emphasis]
                marks += [(span.end, 0, "}") for span in paragraph.emphasis]
                text = paragraph.text
                for at, _, mark in sorted(marks, reverse=True):
                    text = text[:at] + mark + text[at:]
                lines.append(f"{paragraph.kind}|" + text.replace("\n", " / "))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.name)
def test_story_reads_as_its_outline_says(path: Path) -> None:
    golden = path.with_name(path.name + ".outline")
    found = outline(read(path))
    if os.environ.get("NARRATE_GOLDEN") == "write":
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
