"""A cover is drawn from any words, always the same; a user's is taken if it is one."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from narrate.errors import UsageError
from narrate.publishing import draw_cover, load_cover
from narrate.publishing.drawn import _WIDTH, _font, _wrapped
from narrate.publishing.metadata import one_line


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_the_same_words_give_the_same_cover_and_others_another() -> None:
    assert draw_cover("Emma", "Jane Austen") == draw_cover("Emma", "Jane Austen")
    assert opened(draw_cover("Emma", "A")).getpixel((5, 5)) != opened(draw_cover("Dune", "B")).getpixel(
        (5, 5)
    )


@pytest.mark.parametrize(
    "title",
    ["", " ", "X", "A " * 500, "x" * 1000, "漢字" * 200, "😀", "Ünïcödé Ωμέγα Война", "שלום", "a\nb\0c"],
)
def test_any_title_can_be_drawn_within_the_margins(title: str) -> None:
    image = np.asarray(opened(draw_cover(title, title)), dtype=int)
    assert image.shape == (1600, 1600, 3)
    ground = image[20, 20]
    assert np.abs(image[:600, :120] - ground).max() < 25
    assert np.abs(image[:60] - ground).max() < 25


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=80), st.sampled_from([64, 100, 160]))
def test_lines_hold_every_letter_that_the_font_has(title: str, size: int) -> None:
    font, text = _font(one_line(title), size, 500)
    joined = "".join(_wrapped(text, font))
    assert joined.replace(" ", "") == text.replace(" ", "")
    if size <= 100:
        assert all(font.getlength(line) <= _WIDTH for line in _wrapped(text, font) if " " not in line)


def test_a_jpeg_that_fits_is_left_alone_and_others_become_one(tmp_path: Path) -> None:
    path = tmp_path / "cover"
    Image.new("RGB", (800, 800), (200, 10, 10)).save(path, "JPEG")
    assert load_cover(path) == path.read_bytes()
    Image.new("RGBA", (800, 600), (0, 0, 0, 0)).save(path, "PNG")
    loaded = opened(load_cover(path))
    assert loaded.size == (800, 600)
    assert loaded.getpixel((5, 5)) == (255, 255, 255)  # what was clear is paper, not black
    Image.new("RGB", (5000, 2500)).save(path, "PNG")
    assert opened(load_cover(path)).size == (3000, 1500)


@pytest.mark.parametrize("damage", ["text", "cut", "empty", "absent", "folder"])
def test_a_file_that_is_no_picture_is_refused_in_one_line(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "cover.jpg"
    if damage == "text":
        path.write_text("not a picture")
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "folder":
        path.mkdir()
    elif damage == "cut":
        Image.effect_noise((800, 800), 50).convert("RGB").save(path, "JPEG")
        path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(UsageError, match=r"cover\.jpg: the cover .*; give a JPEG or PNG file") as caught:
        load_cover(path)
    assert "\n" not in str(caught.value)


@given(st.text(st.characters(), max_size=600), st.integers(10, 250))
def test_one_line_is_one_line_that_fits(text: str, longest: int) -> None:
    line = one_line(text, longest)
    assert len(line.encode()) <= longest
    assert "\n" not in line
    assert "\0" not in line
    assert line == line.strip()
