"""The page shows what was found, lets every line be heard, and lets nobody's words become markup."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from narrate.audio import Samples
from narrate.checking import Heard, Missed, Sidecar, check, page, write_page
from narrate.errors import OutputError
from narrate.script import NARRATOR

Book = Callable[..., Path]
Narration = Callable[..., Samples]

EVIL = """</script></style><script>alert(1)</script><img src=x onerror=alert(2)>" onclick='alert(3)' &lt;"""


class Elements(HTMLParser):
    """Every element with its attributes, and the text of the scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and self.cdata_elem == "script":
            self.scripts[-1] += data
        else:
            self.words += data


def timeline(seconds: float, text: str = "A line.", speaker: str = "Ann") -> Sidecar:
    lines = (
        Heard(0, NARRATOR, "tone/a", 0.8, 2.0, "It began."),
        Heard(1, speaker, "tone/b", 2.8, 4.0, text),
        Heard(2, NARRATOR, "tone/a", 6.8, 8.0, "It ended."),
    )
    return Sidecar(seconds, lines, ())


def made(path: Path, lines: Sidecar | None = None, missed: tuple[Missed, ...] = ()) -> Elements:
    out = path.parent / "report.html"
    write_page(out, check(path, profile="none", timeline=lines), path, lines, missed)
    return Elements(out.read_text("utf-8"))


def test_every_line_is_there_to_be_heard(book: Book, narration: Narration) -> None:
    found = made(book("a.m4b", narration()), timeline(12.0)).found
    places = [
        a["data-at"] for tag, a in found if tag == "button" and "line" in (a.get("class") or "").split()
    ]
    assert places == ["0.800", "2.800", "6.800"]
    chapters = [a["data-at"] for tag, a in found if tag == "button" and "data-until" in a]
    assert chapters == ["0.000", "6.000"]
    assert sum(tag == "audio" for tag, _ in found) == 1


def test_each_voice_has_one_colour_and_a_place_in_the_legend(book: Book, narration: Narration) -> None:
    elements = made(book("a.m4b", narration()), timeline(12.0))
    assert [a["data-voice"] for _, a in elements.found if "data-voice" in a] == ["v0", "v1"]
    assert {(a.get("class") or "") for tag, a in elements.found if tag == "path"} >= {"v0", "v1"}
    assert "Narrator" in elements.words


@pytest.mark.parametrize("name", ["a.m4b", "a/"])
def test_nothing_is_fetched_from_elsewhere(name: str, book: Book, narration: Narration) -> None:
    elements = made(book(name, narration()), timeline(12.0))
    for tag, attributes in elements.found:
        assert not {"src", "href", "srcset", "action"} & set(attributes), tag
    assert not re.search(r"https?:|@import|url\(", " ".join(elements.scripts) + elements.words)


def test_words_from_files_stay_words(book: Book, narration: Narration) -> None:
    plain = made(book("a.m4b", narration()), timeline(12.0))
    path = book("b.m4b", narration(), title=EVIL, author=EVIL)
    missed = (Missed(1, EVIL, 2.8, (EVIL,), (EVIL,), EVIL),)
    evil = made(path, timeline(12.0, EVIL, EVIL), missed)
    known = {"script", "style", "em", "p"}
    assert len(evil.scripts) == 2
    assert {tag for tag, _ in evil.found} <= {tag for tag, _ in plain.found} | known
    assert not any(name.startswith("on") for _, attributes in evil.found for name in attributes)
    assert evil.words.count("alert(1)") >= 4  # shown, as words


def test_a_hostile_file_name_is_a_harmless_link(
    book: Book, narration: Narration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "EMBEDDED", 0)
    path = book("a.m4b", narration())
    path = path.rename(path.with_name('javascript:alert(1)"<b>#?.m4b'))
    (data, _) = made(path).scripts
    (file,) = json.loads(data)["files"]
    assert file["src"] == "javascript%3Aalert%281%29%22%3Cb%3E%23%3F.m4b"


def test_a_small_book_is_in_the_page(book: Book, narration: Narration) -> None:
    path = book("a.mp3", narration())
    (data, _) = made(path).scripts
    head, _, content = json.loads(data)["files"][0]["src"].partition(",")
    assert head == "data:audio/mpeg;base64"
    assert base64.b64decode(content) == path.read_bytes()


def test_no_script_but_the_pages_own_may_run(book: Book, narration: Narration) -> None:
    import hashlib

    elements = made(book("a.m4b", narration()))
    policy = next(a["content"] for tag, a in elements.found if "Content-Security-Policy" in str(a))
    own = base64.b64encode(hashlib.sha256(elements.scripts[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{own}'" in str(policy)
    assert "default-src 'none'" in str(policy)


def test_the_verdict_and_its_reasons(book: Book, narration: Narration) -> None:
    path = book("a/", narration(level=-15.0))
    out = path.parent / "r.html"
    write_page(out, check(path, profile="acx"), path)
    words = Elements(out.read_text("utf-8")).words
    assert "FAIL" in words
    assert "meets the ACX audio specification" not in words
    path = book("b/", narration())
    write_page(out, check(path, profile="acx"), path)
    assert "meets the ACX audio specification" in Elements(out.read_text("utf-8")).words


def test_a_line_that_was_not_recognised_says_so(book: Book, narration: Narration) -> None:
    missed = (Missed(1, "Ann", 2.8, ("a", "line"), ("line",), "a lion"),)
    assert (
        "not recognised: line; heard: a lion"
        in made(book("a.m4b", narration()), timeline(12.0), missed).words
    )


def test_a_line_that_cuts_in_and_the_credits_can_be_told(book: Book, narration: Narration) -> None:
    path = book("a.m4b", narration())
    first, second, third = timeline(9.6).lines
    lines = (replace(first, story=False), replace(second, start=1.8), third)
    found = made(path, Sidecar(9.6, lines, ()))
    assert found.words.count("cuts in") == 1
    classes = [str(attrs.get("class", "")) for tag, attrs in found.found if "data-at" in attrs]
    assert sum("credits" in one.split() for one in classes) == 1


def test_many_voices_share_the_last_lane(book: Book, narration: Narration) -> None:
    lines = timeline(12.0)
    many = [replace(lines.lines[1], line=k, speaker=f"P{k}", voice=f"tone/{k}") for k in range(30)]
    elements = made(book("a.m4b", narration()), replace(lines, lines=(lines.lines[0], *many)))
    assert sum(a.get("class") == "lane" for _, a in elements.found) == 13
    assert "19 more" in elements.words


def test_a_page_that_cannot_be_written(book: Book, narration: Narration, tmp_path: Path) -> None:
    path = book("a.wav", narration())
    report = check(path, profile="none")
    with pytest.raises(OutputError, match="--html"):
        write_page(tmp_path / "no" / "r.html", report, path)
    assert not list(tmp_path.glob(".narrate-*"))
