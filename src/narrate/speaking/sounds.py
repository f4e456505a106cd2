"""Stutters, drawn-out words, and the noises people make."""

from __future__ import annotations

import re

from narrate.speaking import lexicon
from narrate.speaking.page import Page

# -- stutters ------------------------------------------------------------------------------------------

_stutter = re.compile(
    r"(?<![\w'’-])((?:([BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz]{1,3}|[AEIOUaeiou])(?:-{1,3}|–|—|…|"
    r"\.{2,3}) ?){1,6})"
    r"(?=([A-Za-z][A-Za-z'’]*))"
)
_broken_off = re.compile("I(?:--|–|—|…|\\.)")
_OPEN = {"a": ("ə", "uh"), "e": ("ɛ", "eh"), "i": ("ɪ", "ih"), "o": ("O", "oh"), "u": ("ʌ", "uh")}
_ONSETS = {
    "b": "b", "c": "k", "d": "d", "f": "f", "g": "ɡ", "h": "h", "j": "ʤ", "k": "k", "l": "l", "m": "m",
    "n": "n",
    "p": "p", "q": "kw", "r": "ɹ", "s": "s", "t": "t", "v": "v", "w": "w", "x": "z", "y": "j", "z": "z",
    "th": "ð", "sh": "ʃ", "ch": "ʧ", "wh": "w", "ph": "f", "kn": "n", "wr": "ɹ", "gn": "n", "qu": "kw",
}  # fmt: skip
_VOICELESS_TH = re.compile(
    r"th(?:ank|ink|ing|ree|row|rough|ought|ief|ird|irt|ousand|under|orn|in\b|ick|irst|roat)", re.I
)
_SILENT = {"kn": "n", "wr": "r", "gn": "n", "ph": "f", "wh": "w"}


def stutters(text: str, page: Page) -> str:
    """W-we, th-that, I-I: the first sound said again, not the letter's name."""
    return _stutter.sub(lambda m: _stammer(m, page), text)


def _stammer(match: re.Match[str], page: Page) -> str:
    word = match.group(3)
    lower = word.lower()
    starts = [s.lower() for s in re.findall(r"[A-Za-z]+", match.group(1))]
    if any(not lower.startswith(s) for s in starts) or (lower in starts and lower not in ("i", "a")):
        return match.group()
    if _noise.fullmatch(lower):
        return match.group()  # "S-s-ssh": the next rule's
    if _broken_off.match(match.group(1)) and lower != "i" and lower[:2] != "i'":
        return match.group()  # "It is I--Ishmael": the pronoun
    if (starts[0] in "aeiou" and lower[:2] in ("i'", "i’")) or lower == "i":
        return "I, " * len(starts)
    if "-" not in match.group(1) and starts[0] in "aeiou" and len(starts) == 1:
        return match.group()  # "I… I'm", "a—an" are words already
    said = [_first_sound(s, lower, page) for s in starts]
    return "".join(f"{s}, " if page.style == "phonemes" else f"{s}-" for s in said)


def _first_sound(start: str, word: str, page: Page) -> str:
    if start in _OPEN:
        if word.startswith(("u", "eu")) and lexicon.known(word) and word[:3] in ("uni", "use", "usu"):
            return page.say(start, "ju", "you")
        phonemes, spelled = _OPEN[start]
        return page.say(start, phonemes, spelled)
    if start in ("k", "w", "g") and word[:2] in ("kn", "wr", "gn"):
        start = word[:2]
    if start in ("t", "s", "c", "p") and word[:2] in ("th", "sh", "ch", "ph") and len(start) == 1:
        start = word[:2]
    phonemes = _ONSETS.get(start) or "".join(_ONSETS.get(c, "") for c in start)
    if start == "th" and _VOICELESS_TH.match(word):
        phonemes = "θ"
    if start == "c" and word[1:2] in ("e", "i", "y"):
        start, phonemes = "s", "s"
    elif start == "g" and word[1:2] in ("e", "i") and word[:3] not in ("get", "giv", "gir", "gif"):
        start, phonemes = "j", "ʤ"
    elif start == "h" and word.startswith(("hon", "hou")) and word[:4] in ("hono", "hour", "hone"):
        return page.say(start, "ˈɑ" if word[:3] == "hon" else "ˈW", "ah" if word[:3] == "hon" else "ow")
    return page.say(start, f"{phonemes}ə", f"{_SILENT.get(start, start)}uh")


# -- drawn-out words -----------------------------------------------------------------------------------

_drawn = re.compile(r"(?<![\w])(?=[A-Za-z'’]{0,40}?([A-Za-z])\1\1)[A-Za-z]+(?:['’][A-Za-z]+)*(?!\w)", re.I)
_run = re.compile(r"([A-Za-z])\1+", re.I)
_long_run = re.compile(r"([A-Za-z])\1{2,}", re.I)
_hyphenated = re.compile(r"\b([A-Za-z]*?([aeiouAEIOU]))(?:-\2){1,20}([A-Za-z]*)\b")
_SPELLINGS = {"no": "no", "noo": "no", "so": "so", "soo": "so", "wel": "well", "al": "all", "helo": "hello",
              "wo": "whoa", "woo": "woo", "yes": "yes", "yesh": "yes", "yas": "yass", "plz": "please",
              "mom": "mom", "hel": "hell", "wil": "will", "cal": "call", "tel": "tell", "realy": "really",
              "ful": "full",
              "stil": "still", "shal": "shall", "to": "too", "me": "me", "he": "he", "hey": "hey",
              "hi": "hi", "ye": "yee",
              "ya": "yeah", "yea": "yeah", "come": "come", "som": "some", "go": "go", "do": "do",
              "who": "who", "loser": "loser",
              "we": "we", "she": "she", "be": "be", "too": "too", "kis": "kiss", "mis": "miss",
              "pas": "pass", "bos": "boss",
              "los": "loss", "bal": "ball", "fal": "fall", "wal": "wall", "kil": "kill", "bel": "bell",
              "smal": "small"}  # fmt: skip


def stretched(text: str, page: Page) -> str:
    """Nooooo as no, pleeease as please, sooo as so: the word that the dictionaries know."""
    if _long_run.search(text) is None:
        return text
    return _drawn.sub(_shortened, text)


def _shortened(match: re.Match[str]) -> str:
    word = match.group()
    lower = word.lower()
    if _noise.fullmatch(lower) or not set(word) - set("IVXLCDM"):
        return word
    single = _long_run.sub(lambda m: m.group(1), lower)
    candidates = _spellings(lower)
    if single in _SPELLINGS:
        said = _SPELLINGS[single]
    else:
        said = next((c for c in candidates if lexicon.common(c)), None) or next(
            (c for c in candidates if lexicon.known(c)), single
        )
    if word.isupper() and len(word) > 1:
        return said.upper() if len(said) > 1 else said.capitalize()
    return said.capitalize() if word[0].isupper() else said


def _spellings(word: str) -> list[str]:
    """Each run of three or more as two letters or one; at most sixteen of them.

    Doubled o and e come first, since good is meant by goooood and not god; other letters single first.
    """
    found = [""]
    at = 0
    for run in _long_run.finditer(word):
        letter = run.group(1)
        ways = [letter * 2, letter] if letter in "oe" else [letter, letter * 2]
        if len(found) > 8:
            del ways[1]
        found = [f + word[at : run.start()] + w for f in found for w in ways]
        at = run.end()
    return [f + word[at:] for f in found]


# -- noises --------------------------------------------------------------------------------------------

# A noise in lower case with its runs of letters -> (phonemes, or "" to take the respelling; the respelling)
_NOISES: tuple[tuple[str, str, str], ...] = (
    (r"s+h+|s+h+u+s+h+|sh+t", "ʃˈʌʃ", "shush"),
    (r"p+s+h+t*|p+i+s+h+", "pˈɪʃ", "pish"),
    (r"p+s+t+", "psˈt", "psst"),
    (r"h+r*m{1,2}", "", "hmm"),
    (r"h+r*m{3,}", "", "hmm"),
    (r"h+(?:r+|u+)?m+p+h*f*", "hˈʌmf", "humph"),
    (r"m{2,}", "", "hmm"),
    (r"m+-?h+m+", "əmhˈʌm", "um-hum"),
    (r"m+-m+", "ˈʌmˌʌm", "um-um"),
    (r"t+s+k+|t+c+h+|t+c+k+", "tˈʌt", "tut"),
    (r"p+f+t*|p+h+t+", "pˈʌft", "puft"),
    (r"g+r+", "ɡˈɜɹ", "gur"),
    (r"b+r+", "bˈɜɹ", "burr"),
    (r"r{2,}", "ˈɜɹ", "err"),
    (r"z{2,}", "zˈʌz", "zuzz"),
    (r"s{2,}|h+i+s{3,}", "hˈɪs", "hiss"),
    (r"n+g+h*|h+n+g+h*|u+n+g+h+", "ˈʌŋ", "ung"),
    (r"u+g+h+|u+r+g+h+", "ˈʌɡ", "ugg"),
    (r"a+r+g+h+|a+r+r+g+h*|a+u+g+h+|a+a+g+h*|a+g+h+", "ˈɑɹɡ", "arg"),
    (r"a+h+", "ˈɑ", "ah"),
    (r"a{3,}", "ˈɑ", "ah"),
    (r"o{2,}h+", "ˈu", "ooh"),
    (r"o+h+|o{3,}", "ˈO", "oh"),
    (r"a+w+", "ˈɔ", "aw"),
    (r"e+w+|e+u+g+h+", "ˈiu", "ee-you"),
    (r"u+h+", "ˈʌ", "uh"),
    (r"u+m+", "ˈʌm", "um"),
    (r"e+r+m*", "ˈɜɹ", "er"),
    (r"e{2,}k+|e+k{2,}", "ˈik", "eek"),
    (r"h+e+h+", "hˈɛ", "heh"),
    (r"h+u+h+", "hˈʌ", "huh"),
    (r"m+e+h+", "mˈɛ", "meh"),
    (r"b+l+e+h+|b+l+e+r+g+h*|b+l+e+c+h+", "blˈɛ", "bleh"),
    (r"(?:he){2,}h?", "hˈi hˈi", "hee hee"),
    (r"(?:ha){3,}h?", "hˈɑ hˈɑ hˈɑ", "ha ha ha"),
    (r"(?:ho){3,}", "hˈO hˈO hˈO", "ho ho ho"),
    (r"w+h*e+w+|p+h+e+w+", "fjˈu", "few"),
    (r"w+h+o+a+h*|w+o+a+h+", "wˈO", "woe"),
    (r"w+o{2,}t+|w+h*o{2,}p+", "", "woot"),
    (r"m+w+a+h+", "mwˈɑ", "mwah"),
    (r"a+c+k+", "ˈæk", "ack"),
    (r"v+r+o{2,}m+", "vɹˈum", "vroom"),
    (r"y+e+a+h+", "jˈæ", "yeah"),
    (r"y+a+y+", "jˈA", "yay"),
    (r"o+w{1,}", "ˈW", "ow"),
    (r"k+n+o+c+k{2,}", "", "knock"),
    (r"b+z{2,}(?:t+|h+)?", "bˈʌz", "buzz"),
    (r"s+h+e{2,}s+h+", "ʃˈiʃ", "sheesh"),
    (r"p+l+z+|p+l+s+", "", "please"),
    (r"t+h+x+|t+h+n+x+", "", "thanks"),
    (r"h+n+k+|h+r+k+|g+h+k+", "ˈʌk", "uck"),
)  # fmt: skip
_noise = re.compile("|".join(f"(?:{p})" for p, _, _ in _NOISES))
_which = tuple((re.compile(p), phonemes, spelled) for p, phonemes, spelled in _NOISES)
# Written as dictionaries have them, these are said right already.
_FINE = frozenset(
    [
        "ah",
        "oh",
        "ooh",
        "aw",
        "uh",
        "um",
        "er",
        "huh",
        "heh",
        "ow",
        "hmm",
        "yeah",
        "yay",
        "ack",
        "eek",
        "vroom",
        "whoa",
        "phew",
        "meh",
        "sheesh",
    ]
)
_FINE_PHONEMES = _FINE | frozenset(["hm"]) - frozenset(["heh", "meh"])
_maybe_noise = re.compile(
    r"(?<![\w'’-])(?:m+-?h+m+|m+-m+|[b-df-hj-np-tv-z]{1,3}(?:-[b-df-hj-np-tv-z]{1,3}){1,8}|[b-df-hj-np-tv-z]{2,12}|[a-z]{0,6}?([a-z])\1\1[a-z]{0,30}|"
    r"(?:h[aeo]){2,12}h?|[ae]+r*g+h+|u+r*g+h+|ah+|oh+"
    r"|aw+|e+w+|uh+|um+|er+m*|eek+|heh|huh|meh|ble(?:h|rgh|ch)|w?h?p?h?ew|whoa+h?|woah|mwah+|ack|yeah+|"
    r"yay+|oww*|hu?mph"
    r"|ooh+|m+-h?m+|aa+h*|mm+hm+|sheesh|pish)(?![\w'’])",
    re.I,
)


_laugh = re.compile(r"(?<![\w'-])(ha)(?:(?:, ?|-| )ha)+(?![\w'-])", re.I)
_ha = re.compile("ha", re.I)


def sounds(text: str, page: Page) -> str:
    """Shh, Hmm, Tsk, Pfft, Argh as a voice makes them, instead of their letters' names."""
    text = _laugh.sub(lambda m: _laughed(m, page), text)
    return _maybe_noise.sub(lambda m: _made(m, page), text)


def _laughed(match: re.Match[str], page: Page) -> str:
    """ "Ha, ha" as one laugh: apart, every voice says "her"."""
    times = len(_ha.findall(match.group()))
    spelled = " ".join([match.group(1), *["ha"] * (times - 1)])
    return page.say(spelled, " ".join(["hˈɑ"] * times), spelled)


def _made(match: re.Match[str], page: Page) -> str:
    word = match.group()
    lower = word.lower()
    if "-" in lower and not _noise.fullmatch(lower):
        lower = lower.replace("-", "")  # "Sh-h-h", "B-r-r"
    if word == "SS":
        return word  # a ship, or worse; a hiss has three
    if word.isupper() and len(word) > 1 and lexicon.listed(word) and not _long_run.search(lower):
        return word  # TV, PM, MM: capitals of their own
    if lower in _FINE or (page.style == "phonemes" and lower in _FINE_PHONEMES):
        return word
    for pattern, phonemes, spelled in _which:
        if pattern.fullmatch(lower):
            shown = spelled.capitalize() if word[0].isupper() else spelled
            if not phonemes:
                return page.hold(shown)
            return page.say(word, phonemes, shown)
    return word
