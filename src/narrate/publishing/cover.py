"""A cover for a book that comes without one: drawn from its title and author."""

from __future__ import annotations

import io
from typing import Literal

from PIL import Image, UnidentifiedImageError

from narrate.errors import OutputError


def image_kind(data: bytes) -> tuple[Literal["mjpeg", "png"], int, int]:
    """A cover's encoder in FFmpeg's words, its width and height. Raises OutputError for no JPEG or PNG."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            return ("mjpeg" if image.format == "JPEG" else "png"), image.width, image.height
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise OutputError("the cover is neither JPEG nor PNG", fix="give another with --cover") from error
