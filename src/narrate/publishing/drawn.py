"""A cover for a book that comes without one: type on a coloured ground.

The colours come from a hash of title and author, so a book keeps its cover and a shelf of books
does not look alike. The rings are voices: each speaks from a place of its own, and they cross.
"""

from __future__ import annotations

import colorsys
import hashlib
import importlib.util
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from narrate.publishing.cover import jpeg
from narrate.publishing.metadata import one_line

_Font = ImageFont.FreeTypeFont
_Colour = tuple[int, int, int]

SIZE = 1600
"""Pixels each way: what stores ask for at least, and sharp on every screen."""

_MARGIN = 140
_WIDTH = SIZE - 2 * _MARGIN
_TITLE_HEIGHT = 740  # pixels that the title may fill
_CUTS_WORDS = 100  # pixels: type this small or smaller cuts words
_LEADING = 1.04  # line to line, in parts of the type's size
_SYSTEM_FONTS = (
    "NotoSerif-Regular.ttf",
    "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSans-Regular.ttf",
    "DejaVuSerif.ttf",
    "DejaVuSans.ttf",
    "FreeSerif.ttf",
    "Arial Unicode.ttf",
    "msyh.ttc",
    "YuGothM.ttc",
    "simsun.ttc",
    "times.ttf",
)
"""Tried in turn for titles with letters that EB Garamond (Latin, Greek, Cyrillic) has not."""


class _Scheme(NamedTuple):
    """Colours that go together, and the number that all chances come from."""

    ground: _Colour
    ink: _Colour
    accent: _Colour
    chances: bytes


@lru_cache(maxsize=4)
def draw_cover(title: str, author: str = "") -> bytes:
    """A cover of 1600 by 1600 as JPEG bytes; the same words give the same picture.

    A long title is set smaller and on more lines; one too long for that ends in an ellipsis.
    Characters that no font at hand has (emoji, say) are left out.
    """
    title, author = one_line(title, 1000), one_line(author, 400)
    scheme = _scheme(f"{title}\0{author}")
    image = Image.new("RGB", (SIZE, SIZE), scheme.ground)
    _rings(image, scheme)
    draw = ImageDraw.Draw(image)
    below = _title(draw, title, scheme)
    _author(draw, author, below, scheme)
    return jpeg(image)


def _scheme(words: str) -> _Scheme:
    """A deep ground, cream ink and an accent from across the colour wheel."""
    chances = hashlib.sha256(words.encode()).digest()
    hue = chances[0] / 256
    # yellow and green turn muddy when dark: such grounds get less colour
    muddy = max(0.0, 1.0 - abs(hue - 0.2) / 0.14)
    ground = _colour(hue, 0.165 + 0.05 * chances[1] / 255, 0.52 - 0.2 * muddy)
    accent = _colour((hue + 0.42 + 0.16 * chances[2] / 255) % 1.0, 0.66, 0.62)
    return _Scheme(ground, (247, 240, 227), accent, chances)


def _colour(hue: float, lightness: float, saturation: float) -> _Colour:
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return round(255 * red), round(255 * green), round(255 * blue)


def _blend(a: _Colour, b: _Colour, part: float) -> _Colour:
    """`part` of `b` over `a`."""
    mixed = [round(x + (y - x) * part) for x, y in zip(a, b, strict=True)]
    return mixed[0], mixed[1], mixed[2]


def _rings(image: Image.Image, scheme: _Scheme) -> None:
    """Three voices as rings on water, drawn at twice the size so that their edges come out smooth."""
    side = 2 * SIZE
    one, two, three = (chance / 255 for chance in scheme.chances[3:6])
    warm = _blend(scheme.accent, scheme.ink, 0.45)
    for colour, x, y, reach in (
        (scheme.accent, 0.97, 0.99 + 0.04 * one, 0.66),
        (scheme.ink, 0.20 + 0.22 * two, 1.02 + 0.04 * three, 0.44),
        (warm, 0.66 + 0.08 * three, 0.76 - 0.04 * two, 0.29),
    ):
        mask = Image.new("L", (side, side), 0)
        pen = ImageDraw.Draw(mask)
        count = round(reach * 46)
        for ring in range(count):
            radius = side * reach * (ring + 0.6) / count
            left = 1.0 - ring / count  # rings fade as they spread
            box = (x * side - radius, y * side - radius, x * side + radius, y * side + radius)
            pen.ellipse(box, outline=round(225 * left**0.8), width=round(4 + 5 * left))
        image.paste(colour, mask=mask.resize((SIZE, SIZE), Image.Resampling.LANCZOS))


def _title(draw: ImageDraw.ImageDraw, title: str, scheme: _Scheme) -> float:
    """Sets the title as large as it can be; gives the place of its last base line."""
    for size in range(248, 62, -6):
        font, text = _font(title, size, 500)
        lines = _wrapped(text, font)
        if len(lines) * size * _LEADING <= _TITLE_HEIGHT and all(
            font.getlength(line) <= _WIDTH for line in lines
        ):
            break
    else:
        # the smallest type, and what still does not fit ends in an ellipsis
        keep = int(_TITLE_HEIGHT / (size * _LEADING))
        lines = _wrapped(text, font, even=False)
        if len(lines) > keep:
            lines = [*lines[: keep - 1], lines[keep - 1][:-2].rstrip() + "…"]
    base = _MARGIN + 0.72 * size
    for k, line in enumerate(lines):
        draw.text((_MARGIN, base + k * size * _LEADING), line, font=font, fill=scheme.ink, anchor="ls")
    return base + max(0, len(lines) - 1) * size * _LEADING + 0.24 * size


def _author(draw: ImageDraw.ImageDraw, author: str, below: float, scheme: _Scheme) -> None:
    """A short rule and the author under it."""
    top = below + 52
    draw.rectangle((_MARGIN, top, _MARGIN + 132, top + 7), fill=scheme.accent)
    for size in range(74, 30, -4):
        font, text = _font(author, size, 400)
        if font.getlength(text) <= _WIDTH:
            break
    draw.text((_MARGIN, top + 58 + 0.72 * size), text, font=font, fill=scheme.ink, anchor="ls")


def _wrapped(text: str, font: _Font, even: bool = True) -> list[str]:
    """As few lines as the width allows; `even`: of lengths as alike as can be."""
    parts = _parts(text, font)
    greedy = _greedy(parts, font, _WIDTH)
    if not even or len(greedy) < 2:
        return greedy
    # the narrowest measure that needs no more lines makes them most alike
    low, high = _WIDTH // 2, _WIDTH
    while high - low > 8:
        middle = (low + high) // 2
        lines = _greedy(parts, font, middle)
        fits = len(lines) == len(greedy) and all(font.getlength(line) <= middle for line in lines)
        low, high = (low, middle) if fits else (middle, high)
    return _greedy(parts, font, high)


def _greedy(parts: Sequence[str], font: _Font, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for part in parts:
        if line and font.getlength((line + part).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += part
    return [*lines, line.rstrip()] if line.strip() else lines


def _parts(text: str, font: _Font) -> list[str]:
    """What a line may be broken between: words with their spaces, wide (CJK) letters one by one.

    A word of one or two letters stays with the next, since it hangs badly at a line's end. Small
    type also cuts a word that is wider than the page; large type becomes smaller instead.
    """
    parts: list[str] = []
    part = ""
    for letter in text:
        wide = unicodedata.east_asian_width(letter) in "WF"
        ended = part.endswith(" ") and len(part.split(" ")[-2]) > 2
        cut = font.size <= _CUTS_WORDS and font.getlength(part + letter) > _WIDTH
        if part and (wide or ended or cut):
            parts.append(part)
            part = ""
        part += letter
        if wide:
            parts.append(part)
            part = ""
    return [*parts, part] if part else parts


@lru_cache(maxsize=256)
def _font(text: str, size: int, weight: int) -> tuple[_Font, str]:
    """The font that has most of the text's letters, the first of equals, and the letters that it has."""
    best: tuple[_Font, str] | None = None
    for name in ("", *_SYSTEM_FONTS):
        font = _load(name, size, weight)
        if font is None:
            continue
        has = _readable(name, text)
        if best is None or len(has) > len(best[1]):
            best = (font, has)
        if has == text:
            break
    assert best is not None  # Pillow's own font is always there
    return best[0], " ".join(best[1].split())


@lru_cache(maxsize=64)
def _readable(name: str, text: str) -> str:
    """The characters of a text that a font has; a font draws all those it has not alike."""
    font = _load(name, 24, 400)
    if font is None:
        return ""
    missing = bytes(font.getmask("\uffff"))
    return "".join(c for c in text if c.isspace() or bytes(font.getmask(c)) != missing)


@lru_cache(maxsize=256)
def _load(name: str, size: int, weight: int) -> _Font | None:
    """A system's font by file name; "" is EB Garamond, or Pillow's own where that is not installed."""
    if name:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            return None
    spec = importlib.util.find_spec("fontpkg_eb_garamond")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "files" / "EBGaramond[wght].ttf"
        try:
            font = ImageFont.truetype(str(path), size)
            font.set_variation_by_axes([weight])
        except OSError:
            break
        return font
    plain = ImageFont.load_default(size)
    return plain if isinstance(plain, ImageFont.FreeTypeFont) else None
