"""Numbers as English words: num2words' cardinals, ordinals and years, with what speech adds to them."""

from __future__ import annotations

from functools import lru_cache

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DIALLED = ("oh", *_DIGITS[1:])
LONGEST = 18
"""More digits than this are read one by one: nobody hears them as an amount."""


@lru_cache(maxsize=4096)
def _named(n: int, manner: str) -> str:
    from num2words import num2words  # 30 ms, and a run that speaks nothing new asks for no number

    return str(num2words(n, to=manner)).replace(",", "")


def cardinal(n: int) -> str:
    """1234 -> "one thousand two hundred and thirty-four"."""
    return _named(n, "cardinal")


def ordinal(n: int) -> str:
    """21 -> "twenty-first"."""
    return _named(n, "ordinal")


def year(n: int) -> str:
    """1887 -> "eighteen eighty-seven", 1905 -> "nineteen oh five", 2005 -> "two thousand and five"."""
    return _named(n, "year").replace("oh-", "oh ") if 1000 <= n <= 9999 else cardinal(n)


def two_digits(text: str) -> str:
    """ "87" -> "eighty-seven", "05" -> "oh five", "00" -> "hundred"."""
    n = int(text)
    return "hundred" if n == 0 else f"oh {_DIGITS[n]}" if n < 10 else cardinal(n)


def plural(words: str) -> str:
    """ "twenty" -> "twenties", "hundred" -> "hundreds", "six" -> "sixes"."""
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("x") else f"{words}s"


def digits(text: str) -> str:
    """ "2091" -> "two oh nine one": digits as a telephone number has them."""
    return " ".join(_DIALLED[int(c)] for c in text)


def number(text: str) -> str:
    """ "1,234.5" -> "one thousand two hundred and thirty-four point five"; "007" digit by digit."""
    whole, dot, fraction = text.replace(",", "").partition(".")
    if not whole:
        return "point " + " ".join(_DIGITS[int(c)] for c in fraction)
    if len(whole) > LONGEST or (len(whole) > 1 and whole[0] == "0"):
        words = digits(whole)
    else:
        words = cardinal(int(whole))
    if dot and fraction:
        words += " point " + " ".join(_DIGITS[int(c)] for c in fraction)
    return words


def is_one(text: str) -> bool:
    """Whether an amount as written takes the singular."""
    return text.replace(",", "") == "1"
