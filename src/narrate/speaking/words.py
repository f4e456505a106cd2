"""Numbers as English words: cardinals with "and", ordinals, years, decimals, digits one by one."""

from __future__ import annotations

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *(
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ["", *["thousand", "million", "billion", "trillion", "quadrillion"]]
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth",
    "eight": "eighth", "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_DIGITS = ["oh", *_SMALL[1:10]]
LONGEST = 18
"""More digits than this are read one by one: nobody hears them as an amount."""


def _below_hundred(n: int) -> str:
    if n < 20:
        return _SMALL[n]
    return _TENS[n // 10] + (f"-{_SMALL[n % 10]}" if n % 10 else "")


def _below_thousand(n: int) -> str:
    if n < 100:
        return _below_hundred(n)
    rest = f" and {_below_hundred(n % 100)}" if n % 100 else ""
    return f"{_SMALL[n // 100]} hundred{rest}"


def cardinal(n: int) -> str:
    """1234 -> "one thousand two hundred and thirty-four"; |n| below 10**18."""
    if n < 0:
        return f"minus {cardinal(-n)}"
    if n < 1000:
        return _below_thousand(n)
    groups: list[str] = []
    low = n % 1000
    scale, rest = 0, n
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            groups.append(_below_thousand(group) + (f" {_SCALES[scale]}" if scale else ""))
        scale += 1
    groups.reverse()
    if 0 < low < 100:
        return f"{' '.join(groups[:-1])} and {groups[-1]}"
    return " ".join(groups)


def ordinal(n: int) -> str:
    """21 -> "twenty-first"."""
    words = cardinal(n)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    regular = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return words[:cut] + _ORDINALS.get(last, regular)


def year(n: int) -> str:
    """1887 -> "eighteen eighty-seven", 1905 -> "nineteen oh five", 2005 -> "two thousand and five"."""
    high, low = divmod(n, 100)
    if n < 1000 or n > 9999 or (high % 10 == 0 and low < 10):
        return cardinal(n)
    if low == 0:
        return f"{_below_hundred(high)} hundred"
    return f"{_below_hundred(high)} {f'oh {_SMALL[low]}' if low < 10 else _below_hundred(low)}"


def two_digits(text: str) -> str:
    """ "87" -> "eighty-seven", "05" -> "oh five", "00" -> "hundred"."""
    n = int(text)
    return "hundred" if n == 0 else f"oh {_SMALL[n]}" if n < 10 else _below_hundred(n)


def plural(words: str) -> str:
    """ "twenty" -> "twenties", "hundred" -> "hundreds", "six" -> "sixes"."""
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("x") else f"{words}s"


def digits(text: str) -> str:
    """ "2091" -> "two oh nine one": digits as a telephone number has them."""
    return " ".join(_DIGITS[int(c)] for c in text)


def number(text: str) -> str:
    """ "1,234.5" -> "one thousand two hundred and thirty-four point five"; "007" digit by digit."""
    whole, dot, fraction = text.replace(",", "").partition(".")
    if not whole:
        return "point " + " ".join(_SMALL[int(c)] for c in fraction)
    if len(whole) > LONGEST or (len(whole) > 1 and whole[0] == "0"):
        words = digits(whole)
    else:
        words = cardinal(int(whole))
    if dot and fraction:
        words += " point " + " ".join(_SMALL[int(c)] for c in fraction)
    return words


def is_one(text: str) -> bool:
    """Whether an amount as written takes the singular."""
    return text.replace(",", "") == "1"
