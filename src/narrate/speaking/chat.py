"""What people type for short: u, pls, ofc and brb as one reads them out."""

from __future__ import annotations

import re

from narrate.speaking.letters import letter
from narrate.speaking.page import Page

_WORDS = {
    "ty": "thank you", "tysm": "thank you so much", "yw": "you're welcome", "np": "no problem",
    "ofc": "of course", "obv": "obviously", "nvm": "never mind", "omw": "on my way", "btw": "by the way",
    "rn": "right now", "ikr": "I know, right", "ily": "I love you", "ilysm": "I love you so much",
    "wbu": "what about you", "hbu": "how about you", "wdym": "what do you mean", "wyd": "what are you doing",
    "idc": "I don't care", "idk": "I don't know", "idek": "I don't even know", "jk": "just kidding",
    "brb": "be right back", "gtg": "got to go", "g2g": "got to go", "ttyl": "talk to you later",
    "cya": "see you", "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "ppl": "people",
    "smth": "something", "sth": "something", "smn": "someone", "abt": "about", "bc": "because",
    "bcuz": "because", "msg": "message", "txt": "text", "ur": "your",
    "tfw": "that feeling when", "afaik": "as far as I know",
    "iirc": "if I recall correctly", "aka": "also known as", "tbf": "to be fair", "lmk": "let me know",
}  # fmt: skip
_LETTERS = (
    "omg", "wtf", "lmao", "lmfao", "rofl", "tbh", "ngl", "imo", "imho", "fyi", "diy", "irl", "afk", "smh",
    "bff", "bffs", "fml", "stfu", "gtfo", "hmu", "xoxo", "xx", "xxx", "ootd", "tmi", "ffs", "dm",
    "dms", "gf", "bf", "wth", "ftw", "ooc", "oc", "otp", "pov", "npc", "npcs",
)  # fmt: skip
_said = {
    **_WORDS,
    **{short: " ".join(short.rstrip("s").upper()) + "s" * short.endswith("s") for short in _LETTERS},
}
_said["xx"], _said["xxx"] = "X X", "X X X"
_short = re.compile(rf"(?<![\w.'’@#/-])(?:{'|'.join(sorted(_said, key=len, reverse=True))})(?![\w'’/-]|\.\w)")


def chat(text: str, page: Page) -> str:
    """ppl, ofc, idk, omg in small letters: as words or letter by letter."""
    return _short.sub(lambda m: _read(m, page), text)


def _read(match: re.Match[str], page: Page) -> str:
    said = " ".join(letter(w, page) if w == "A" else w for w in _said[match.group()].split(" "))
    before = match.string[: match.start()].rstrip(" \"'“‘")
    return said[0].upper() + said[1:] if not before or before[-1] in ".!?" else said
