"""A user's cover made fit for players."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Literal

from PIL import Image, UnidentifiedImageError

from narrate.errors import OutputError, UsageError

_LARGEST = 3000  # pixels: beyond it players stutter and files swell
_FIX = "give a JPEG or PNG file"


def image_kind(data: bytes) -> tuple[Literal["mjpeg", "png"], int, int]:
    """A cover's encoder in FFmpeg's words, its width and height. Raises OutputError for no JPEG or PNG."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            return ("mjpeg" if image.format == "JPEG" else "png"), image.width, image.height
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise OutputError("the cover is neither JPEG nor PNG", fix="give another with --cover") from error


def load_cover(path: Path) -> bytes:
    """A user's picture as JPEG bytes, at most 3,000 pixels each way; a JPEG that fits is left as it is.

    Raises UsageError for what cannot be read or is no picture.
    """
    try:
        data = path.read_bytes()
        with Image.open(io.BytesIO(data)) as image:
            if image.format == "JPEG" and max(image.size) <= _LARGEST:
                image.load()  # a truncated one shows now, not in the player
                return data
            flat = Image.new("RGB", image.size, "white")
            clear = image.convert("RGBA")
            flat.paste(clear, mask=clear.getchannel("A"))
    except UnidentifiedImageError as error:
        raise UsageError("the cover is no picture", where=str(path), fix=_FIX) from error
    except OSError as error:
        what = f"cannot be read ({error.strerror})" if error.strerror else "is damaged"
        raise UsageError(f"the cover {what}", where=str(path), fix=_FIX) from error
    except (Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise UsageError("the cover cannot be used", where=str(path), fix=_FIX) from error
    flat.thumbnail((_LARGEST, _LARGEST), Image.Resampling.LANCZOS)
    return jpeg(flat)


def jpeg(image: Image.Image) -> bytes:
    """A picture as JPEG bytes, its colours at full resolution: type on colour suffers otherwise."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, subsampling=0, optimize=True)
    return out.getvalue()
