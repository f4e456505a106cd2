"""Addresses as one says them: links, e-mail, file names, handles, hashtags."""

from __future__ import annotations

import re

from narrate.speaking.page import HELD, Page

_link = re.compile(r"\b(?:https?://|ftp://|www\.)[^\s<>\"“”()\[\]]{1,2000}", re.I)
_email = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_site = re.compile(
    r"(?<![\w@./-])(?:[A-Za-z0-9][\w-]{0,62}\.){1,4}"
    r"(?:com|org|net|edu|gov|io|info|biz|dev|app|blog|co\.uk|org\.uk|ac\.uk|tv|fm|eu|de|fr|ca|au)\b"
    r"(?:/[\w./%~-]{0,200})?(?![\w@])"
)
_file = re.compile(
    r"(?<![\w.])([A-Za-z0-9][\w-]{0,80})\."
    r"(txt|pdf|exe|jpe?g|png|gif|mp[34]|wav|docx?|xlsx?|html?|zip|csv|py|js|json|xml|bat|dll|log|"
    r"md)\b(?!\.\w)"
)
_kind = re.compile(
    r"(?<!\S)\.(txt|pdf|exe|jpe?g|png|gif|mp[34]|wav|docx?|xlsx?|html?|zip|csv|py|js|json|xml|com|net|org)\b"
)
_handle = re.compile(r"(?<![\w@])@([A-Za-z_][\w.-]{0,60}\w|[A-Za-z])")
_hashtag = re.compile(r"(?<![\w&#])#([A-Za-z_]\w{0,100})")
_humps = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z]|[0-9_]|$)|[A-Z]?[a-z']+|[A-Z]+|[0-9]+")
_trailing = ".,;:!?'’*"

_NAMES = {".": " dot ", "/": " slash ", "-": " dash ", "_": " underscore ", "~": " tilde ", "+": " plus ",
          "@": " at ", ":": " colon ", "%": " percent ", "=": " equals ", "&": " and "}  # fmt: skip
_SPELLED = {"com": "com", "co": "co", "uk": "U K", "tv": "T V", "fm": "F M", "io": "I O", "eu": "E U",
            "txt": "T X T", "pdf": "P D F", "exe": "E X E", "jpg": "J peg", "jpeg": "J peg", "png": "P N G",
            "mp3": "M P three", "mp4": "M P four", "wav": "wave", "doc": "doc", "docx": "doc X",
            "xls": "X L S", "xlsx": "X L S X", "html": "H T M L", "htm": "H T M", "csv": "C S V", "py": "pie",
            "js": "J S", "json": "jason", "xml": "X M L", "dll": "D L L", "md": "M D", "gif": "gif",
            "http": "H T T P", "www": "W W W"}  # fmt: skip
_part = re.compile(rf"[A-Za-z{HELD}]+|[0-9]+|[^A-Za-z0-9]")
_SPOKEN = 80
"""Of a longer address only the site is said: nobody listens to a query string."""


def _said(address: str) -> str:
    out = [
        _SPELLED.get(p.lower(), p) if p[0].isalnum() else _NAMES.get(p, " ") for p in _part.findall(address)
    ]
    return " ".join("".join(f" {p} " if p[0].isdigit() else p for p in out).split())


def _said_link(match: re.Match[str]) -> str:
    whole = match.group()
    address = whole.rstrip(_trailing)
    after = whole[len(address) :]
    for scheme in ("http://", "https://", "ftp://", "www."):
        if address.lower().startswith(scheme):
            address = address[len(scheme) :]
    address = address.split("?")[0].split("#")[0].rstrip("/")
    if len(address) > _SPOKEN:
        address = address.split("/")[0][:_SPOKEN]
    return (_said(address) or "link") + after


def _said_tag(match: re.Match[str]) -> str:
    return "hashtag " + " ".join(
        w if w.isupper() and len(w) > 1 else w.lower() for w in _humps.findall(match.group(1))
    )


def web(text: str, page: Page) -> str:
    """Addresses, file names, handles and hashtags in words."""
    if "://" in text or "www." in text.lower():
        text = _link.sub(_said_link, text)
    if "@" in text:
        text = _email.sub(lambda m: _said(m.group().rstrip(".")) + "." * m.group().endswith("."), text)
        text = _handle.sub(lambda m: f"at {_said(m.group(1))}", text)
    if "#" in text:
        text = _hashtag.sub(_said_tag, text)
    if "." in text:
        text = _kind.sub(lambda m: f"dot {_SPELLED.get(m.group(1), m.group(1))}", text)
        text = _site.sub(lambda m: _said(m.group()), text)
        text = _file.sub(lambda m: f"{m.group(1)} dot {_SPELLED.get(m.group(2).lower(), m.group(2))}", text)
    return text
