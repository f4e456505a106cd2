"""What a player shows of a book besides its sound."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_LONGEST = 250  # bytes of UTF-8: MP4's chapter list has one byte for a title's length


_ISO_639_2 = {
    **{"ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu"},
    **{"el": "ell", "en": "eng", "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin"},
    **{"fr": "fra", "ga": "gle", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "id": "ind"},
    **{"is": "isl", "it": "ita", "ja": "jpn", "ko": "kor", "la": "lat", "lt": "lit", "lv": "lav"},
    **{"nl": "nld", "no": "nor", "nb": "nob", "nn": "nno", "pl": "pol", "pt": "por", "ro": "ron"},
    **{"ru": "rus", "sk": "slk", "sl": "slv", "sr": "srp", "sv": "swe", "th": "tha", "tr": "tur"},
    **{"uk": "ukr", "vi": "vie", "zh": "zho"},
}
"""What media files call a language; others are left out."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Tags; an empty one is left out of the file."""

    title: str
    author: str = ""
    narrators: tuple[str, ...] = ()  # who is heard: shown as composer, as audiobook players expect
    album: str = ""  # the series or the title; "" means the title
    genre: str = "Audiobook"
    date: str = ""  # a year or an ISO date
    language: str = ""  # BCP 47
    comment: str = ""  # for people: what made it, from what
    cover: bytes = b""  # a JPEG or PNG file's bytes; none: one is drawn

    def tags(self) -> dict[str, str]:
        """As FFmpeg names them, empty ones left out, each one line."""
        named = {
            "title": self.title,
            "album": self.album or self.title,
            "artist": self.author,
            "album_artist": self.author,
            "composer": ", ".join(self.narrators),
            "genre": self.genre,
            "date": self.date,
            "comment": self.comment,
            "language": _ISO_639_2.get(self.language.split("-")[0].lower(), ""),
        }
        return {name: text for name, value in named.items() if (text := one_line(value, 1000))}


def one_line(text: str, longest: int = _LONGEST) -> str:
    """Text that fits a tag: white space and control characters become single spaces.

    At most `longest` bytes of UTF-8, cut between characters, with an ellipsis where it was cut.
    """
    # lone surrogates cannot be written; other control, format and private characters confuse players
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in text)
    plain = " ".join(plain.split())
    if len(plain.encode()) <= longest:
        return plain
    cut = plain.encode()[: longest - 3].decode("utf-8", "ignore")
    return cut.rstrip() + "…"
