"""How many words a recogniser heard wrong, however it spells what it heard.

A recogniser writes `$3.50` for "three dollars and fifty cents" and `Henry VIII` for "Henry the eighth".
Each token of what it wrote is therefore a choice of readings, and the distance is the least over all of
them: the words expected are never changed, only the spelling of those heard is opened up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Words = tuple[str, ...]

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
_ONES += ["twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_MEANT = {  # one spelling for what sounds the same
    "gray": "grey",
    "meters": "metres",
    "kilometers": "kilometres",
    "milliliters": "millilitres",
    "harbor": "harbour",
    "color": "colour",
    "okay": "ok",
    "percentage": "percent",
    "mum": "mom",
    "til": "till",
    "alright": "all right",
    "cannot": "can not",
    "goodbye": "good bye",
}
_SHORT: dict[str, tuple[str, ...]] = {  # as a recogniser shortens what it heard in full
    "mr": ("mister",),
    "mrs": ("missus",),
    "ms": ("miz", "ms"),
    "dr": ("doctor", "drive"),
    "st": ("saint", "street"),
    "capt": ("captain",),
    "lt": ("lieutenant",),
    "rev": ("reverend",),
    "prof": ("professor",),
    "sgt": ("sergeant",),
    "col": ("colonel",),
    "gen": ("general",),
    "gov": ("governor",),
    "sen": ("senator",),
    "jr": ("junior",),
    "sr": ("senior",),
    "esq": ("esquire",),
    "messrs": ("messieurs",),
    "no": ("no", "number"),
    "vs": ("versus",),
    "ltd": ("limited",),
    "est": ("established",),
    "etc": ("etcetera",),
    "ave": ("avenue",),
    "rd": ("road",),
    "mt": ("mount",),
    "ft": ("feet", "foot"),
    "in": ("in", "inches"),
    "lb": ("pounds",),
    "lbs": ("pounds",),
    "mph": ("miles per hour",),
    "ml": ("millilitres",),
    "km": ("kilometres",),
    "m": ("m", "metres"),
    "p": ("p", "page", "pence"),
    "pp": ("pages",),
    "c": ("c", "celsius"),
    "x": ("x", "by"),
    "tbsp": ("tablespoons",),
    "nov": ("november",),
    "feb": ("february",),
    "sept": ("september",),
    "dec": ("december",),
    "jan": ("january",),
    "tues": ("tuesday",),
    "wed": ("wednesday",),
}
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_TOKEN = re.compile(
    r"[$£€]?-?\d+(?:,\d{3})*(?:[.:]\d+)*(?:/\d+)?(?:st|nd|rd|th|s|m|p|%|°|~)?"
    r"|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*|[&%@#°]"
)
_DIGITS = re.compile(r"(?P<sign>[$£€]?)(?P<minus>-?)(?P<figure>[\d,.:/]*\d)(?P<tail>\D*)")


def cardinal(n: int, *, joined: bool = False) -> Words:
    """The words of a whole number below 10^12; `joined` says "and" after the hundreds."""
    if n < 20:
        return (_ONES[n],)
    if n < 100:
        return (_TENS[n // 10], *((_ONES[n % 10],) if n % 10 else ()))
    if n < 1000:
        rest = (*(("and",) if joined else ()), *cardinal(n % 100)) if n % 100 else ()
        return (_ONES[n // 100], "hundred", *rest)
    for power, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if n >= power:
            rest_of = n % power
            small = ("and",) if joined and 0 < rest_of < 100 else ()
            tail = (*small, *cardinal(rest_of, joined=joined)) if rest_of else ()
            return (*cardinal(n // power, joined=joined), name, *tail)
    raise AssertionError(n)


def ordinal(n: int) -> Words:
    """Its words as a rank."""
    *front, last = cardinal(n)
    rank = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return (*front, rank)


def year(n: int) -> list[Words]:
    """How a year, a room or a 24-hour time may be said in pairs."""
    if not 1000 <= n <= 9999:
        return []
    high, low = divmod(n, 100)
    if low == 0:
        return [(*cardinal(high), "hundred")]
    if low < 10:
        return [(*cardinal(high), "oh", _ONES[low])]
    return [(*cardinal(high), *cardinal(low))]


def readings(token: str) -> list[Words]:
    """All that a token of a recogniser may stand for."""
    if token[0].isdigit() or token[0] in "$£€-":
        return _figures(token)
    bare = re.sub(r"[.'’]", "", token.casefold())
    found: list[Words] = [tuple(_MEANT.get(bare, bare).split())]
    found += [tuple(long.split()) for long in _SHORT.get(bare, ())]
    if token in ("&", "%", "@", "#", "°"):
        signs = {"&": "and", "%": "percent", "@": "at", "#": "number", "°": "degrees"}
        found = [(signs[token],)]
    if token.isupper() and _ROMAN.fullmatch(token):
        n = _roman(token)
        found += [cardinal(n), ("the", *ordinal(n)), ordinal(n)]
    return found


def _figures(token: str) -> list[Words]:
    match = _DIGITS.fullmatch(token)
    if match is None:
        return [(token.casefold(),)]
    sign, minus, figure, tail = match["sign"], match["minus"], match["figure"], match["tail"]
    figure = figure.replace(",", "")
    found: list[Words] = []
    if ":" in figure:
        hours, minutes = (int(part) for part in figure.split(":")[:2])
        found.append((*cardinal(hours), *_minutes(minutes)))
        if not minutes:
            found += [cardinal(hours), (*cardinal(hours), "oclock")]
    elif "/" in figure:
        over, under = (int(part) for part in figure.split("/")[:2])
        found.append((*cardinal(over), *ordinal(under)))
        names = {(1, 2): ("one", "half"), (3, 4): ("three", "quarters"), (1, 4): ("one", "quarter")}
        found += [names[over, under]] if (over, under) in names else []
    elif "." in figure:
        whole, _, part = figure.partition(".")
        plain = (*cardinal(int(whole)), "point", *(_ONES[int(d)] for d in part.replace(".", "")))
        found.append(plain)
        if len(part) == 2:
            found += [(*cardinal(int(whole)), *_minutes(int(part)))]  # 7.30
    else:
        n = int(figure) if len(figure) < 13 else 0
        found += [cardinal(n), cardinal(n, joined=True), *year(n)]
        found.append(tuple(_ONES[int(d)] for d in figure))
        found.append(tuple("oh" if d == "0" else _ONES[int(d)] for d in figure))
        if 100 < n < 1000 and n % 100:
            found.append((*cardinal(n // 100), *_minutes(n % 100)))  # room 217, the 515
        if n == 100:
            found.append(("a", "hundred"))
    ranked = "".join(c for c in figure if c.isdigit())
    if tail in ("st", "nd", "rd", "th"):
        found = [ordinal(int(ranked)), ("the", *ordinal(int(ranked)))]
    elif tail == "~":
        found += [ordinal(int(ranked)), ("the", *ordinal(int(ranked)))]
    elif tail == "s":
        found = [(*words[:-1], _plural(words[-1])) for words in found]
    elif tail == "m":
        found = [(*words, name) for words in found for name in ("million", "metres")]
    elif tail == "p":
        found = [(*words, name) for words in found for name in ("p", "pence")]
    elif tail:
        found = [(*words, "percent" if tail == "%" else "degrees") for words in found]
    if minus:
        found = [(word, *words) for words in found for word in ("minus", "to")]
    if sign:
        found = [reading for words in found for reading in _priced(sign, figure, words)]
    return found


def _priced(sign: str, figure: str, words: Words) -> list[Words]:
    one, many, small = {
        "$": ("dollar", "dollars", "cents"),
        "£": ("pound", "pounds", "pence"),
        "€": ("euro", "euros", "cents"),
    }[sign]
    whole, _, part = figure.partition(".")
    if words[-1] == "million":
        return [(*words, many)]
    if len(part) == 2 and part.isdigit():
        pounds = (*cardinal(int(whole)), one if int(whole) == 1 else many) if int(whole) else ()
        pence = cardinal(int(part))
        return [(*pounds, *pence), (*pounds, "and", *pence, small), (*pounds, *pence, small), (*pence, small)]
    return [(*words, one if figure == "1" else many), words]


def _minutes(n: int) -> Words:
    return ("oh", _ONES[n]) if 0 < n < 10 else cardinal(n) if n else ("oclock",)


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def _roman(numeral: str) -> int:
    values = [dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000), strict=True))[c] for c in numeral]
    return sum(-a if a < b else a for a, b in pairwise([*values, 0]))


_DAY = re.compile(  # "June third" is written "June 3" by many
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)"
    r" (\d{1,2})\b(?![\d:])"
)


def heard_tokens(text: str) -> list[str]:
    """What a recogniser wrote, cut into tokens. `million` after a price goes before its currency."""
    text = re.sub(r"(?<=\d)(?=[ap]\.?m\b)", " ", text, flags=re.IGNORECASE)  # 10pm
    text = re.sub(r"(?<=\d)(?=(?:ml|km|mph|lbs?|ft)\b)", " ", text, flags=re.IGNORECASE)  # 750ml
    text = re.sub(r"\b(?:[A-Za-z]-){2,}[A-Za-z]\b", lambda m: m[0].replace("-", ""), text)  # R-S-V-P
    text = re.sub(r"(?<=[^\W\d_]{2})\.(?=[^\W\d_]{2})", " dot ", text)  # castle.example
    text = _DAY.sub(r"\1 \2~", text)
    text = re.sub(r"([$£€][\d.,]*\d) (million|billion|thousand)\b", _currency_last, text)
    text = re.sub(r"(?<=\w)-(?=[^\W\d_])|(?<=[^\W\d_])-(?=\w)", " ", text)
    text = text.replace("⁄", "/")
    text = re.sub(r"(?<=\d{3})-(?=\d{4})", " ", text)  # a telephone number
    text = re.sub(r"(?<=\d)[-–](?=\d)", " to ", text)
    return _TOKEN.findall(text)


def _currency_last(match: re.Match[str]) -> str:
    name = {"$": "dollars", "£": "pounds", "€": "euros"}[match[1][0]]
    return f"{match[1][1:]} {match[2]} {name}"


_TITLES = (
    "mister missus miz ms miss doctor captain lieutenant reverend professor sergeant colonel general sir"
)
_TITLES += " governor senator junior senior esquire messieurs saint king queen pope"
_NUMBERS = (
    "hundred thousand million billion half halves quarter quarters fourths thirds point oh nought minus"
)
_NUMBERS += (
    " percent am pm hundreds oclock twenties eighties thirties forties fifties sixties seventies nineties"
)
WEIGHTY = frozenset(
    [*_TITLES.split(), *_NUMBERS.split(), *_ONES, *_TENS[2:]]
    + [ordinal(n)[-1] for n in (*range(1, 20), *range(20, 100, 10))]
)
"""The words of numbers (Roman ones too) and of titles: none of these may be heard wrong."""
_MISTAKE = 1000  # of any word; of a weighty one it costs one more, so that one distance counts both


def mistakes(spoken: str, heard: str) -> tuple[int, int]:
    """Words wrong, missing or added in `heard`, and words expected. `spoken` as in hard_sentences.txt."""
    wrong, _, words = counted(spoken, heard)
    return wrong, words


def counted(spoken: str, heard: str) -> tuple[int, int, int]:
    """Words wrong, those of them that are words of numbers and titles, and words expected."""
    slots = [_slot(word) for word in spoken.split()]
    first = [0]
    for known, optional in slots:
        first.append(first[-1] + (0 if optional else _cost(known)))
    rows = [first]  # rows[k][n]: the least cost of the first k tokens against the first n words
    tokens = heard_tokens(heard)
    for k, token in enumerate(tokens):
        ends = [_advanced(slots, rows[k], words) for words in readings(token)]
        joined = (tokens[k - 1] + token).casefold() if k else ""
        if any(joined in known for known, _ in slots):  # "old town" for "oldtown"
            ends.append(_advanced(slots, rows[k - 1], (joined,)))
        rows.append([min(column) for column in zip(*ends, strict=True)])
    wrong, weighty = divmod(rows[-1][-1], _MISTAKE)
    return wrong, weighty, sum(not optional for _, optional in slots)


def _cost(known: frozenset[str]) -> int:
    """Of leaving out, or mistaking, a word that has these spellings, weighty ones only or not."""
    return _MISTAKE + (known <= WEIGHTY)


def _slot(word: str) -> tuple[frozenset[str], bool]:
    optional = word.endswith("?")
    return frozenset(_MEANT.get(w, w) for w in word.rstrip("?").split("|")), optional


def _advanced(
    slots: Sequence[tuple[frozenset[str], bool]], row: Sequence[int], words: Words
) -> Sequence[int]:
    """The row of edit distances after some more words."""
    for word in words:
        extra = _cost(frozenset([word]))
        new = [row[0] + extra]
        for k, (known, optional) in enumerate(slots):
            other = 0 if word in known else max(extra, _cost(known))
            best = min(row[k] + other, row[k + 1] + extra, new[k] + (0 if optional else _cost(known)))
            if k and any(one + rest == word for one in slots[k - 1][0] for rest in known):
                best = min(best, row[k - 1])  # "someone" for "some one"
            new.append(best)
        row = new
    return row
