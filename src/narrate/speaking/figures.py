"""Figures that are not plain amounts: dates, times, telephone numbers, ranges, fractions, years."""

from __future__ import annotations

import re

from narrate.speaking.page import Page, full_stop
from narrate.speaking.words import cardinal, digits, number, ordinal, plural, two_digits, year

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_month_of = {m[:3].lower(): m for m in _MONTHS}
_month = (
    r"(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\b\.?|Feb\b\.?|Mar\b\.?|Apr\b\.?|Jun\b\.?|Jul\b\.?|Aug\b\.?|Sept?\b\.?|Oct\b\.?|Nov\b\.?|Dec\b\.?)"
)
_day = r"([0-3]?[0-9])(?:st|nd|rd|th|d)?"
_full_year = r"(?:,? ([12][0-9]{3})(?![0-9,]))?"
_iso = re.compile(r"(?<![\w/-])([12][0-9]{3})-([01]?[0-9])-([0-3]?[0-9])(?![\w/-])")
_slashed = re.compile(r"(?<![\w/.])([0-3]?[0-9])([/.])([0-3]?[0-9])\2((?:[12][0-9])?[0-9]{2})(?![\w/])")
# "March 10 miles" is an order, not a date.
_month_day = re.compile(
    rf"\b{_month} {_day}(?![0-9:%/.]*[0-9%])(?! (?:men|miles|paces|steps|abreast|times|more|people|hours))"
    rf"\b{_full_year}"
)
_day_month = re.compile(rf"(?<![\w$£€.,:/-])(the )?{_day}(?: of)? {_month}(?![a-z]){_full_year}", re.I)
_month_year = re.compile(rf"\b{_month},? ([12][0-9]{{3}})(?![0-9,])")
_month_short = re.compile(r"\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.(?= [a-z])")

_span = re.compile(r"(?:(?<=[aApP][mM])|(?<=[0-9 ][aApP]\.[mM]\.)) ?[-–—] ?(?=[0-9])")
_noon = r"(?:\s?([AaPp])\.?\s?[Mm]\b\.?)"
_clock = re.compile(rf"(?<![\w:.,])([0-2]?[0-9]):([0-5][0-9])(?::([0-5][0-9]))?{_noon}?(?![\w:])")
_dotted_clock = re.compile(rf"(?<![\w:.,$£€])([01]?[0-9])\.([0-5][0-9]){_noon}")
_hour = re.compile(rf"(?<![\w:.,$£€])([01]?[0-9]){_noon}(?!\w)")
_hours = re.compile(r"(?<![\w:.,])([0-2][0-9])([0-5][0-9])(?: ?(hours|hrs|h)\b\.?)")
_oclock = re.compile(r"\b([0-9]{1,2}) ?o['’]clock\b")
_score = re.compile(r"(?<![\w:.,])([0-9]{1,3}):([0-9]{1,3})(?![\w:])")

_phone = re.compile(
    r"(?<![\w.+-])(?:\+?[0-9]{1,3}[ .-]?)?(?:\([0-9]{2,5}\)[ .-]?|"
    r"[0-9]{3}[ .-])[0-9]{3,4}[ .-][0-9]{3,4}(?![\w-])"
    r"|(?<![\w.+$£€,/-])[0-9]{3}-[0-9]{4}(?![\w-])"
    r"|(?<![\w.-])\+[0-9]{1,3}(?:[ .-][0-9]{2,5}){2,5}(?![\w-])"
)
_called = re.compile(
    r"\b((?:[Cc]all(?:ed|ing)?|[Dd]ial(?:led|ed|ling|ing)?|[Rr](?:ing|ang)|[Pp]hon(?:e|ed|ing)|"
    r"[Tt]ext(?:ed)?) )"
    r"(911|999|112|411|101|000)\b"
)
_room = re.compile(
    r"\b((?:[Rr]oom|[Ff]lat|[Aa]partment|[Aa]pt|[Ss]uite|[Rr]oute|[Hh]ighway|[Ii]nterstate|[Ff]light|"
    r"[Bb]us|[Cc]ell"
    r"|[Uu]nit|[Ww]ard|[Ll]ocker|[Aa]rea|[Ss]tudio|[Pp]latform|[Ee]xtension) )([1-9][0-9]{2})\b(?![,.]?[0-9])"
)

_plane = re.compile(r"\b((?:Boeing|[Aa]|[Tt]he) )(7[0-8]7)\b(?![,.]?[0-9])")

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){1,8}(?:\.[0-9]{1,20})?|[0-9]{1,40}(?:\.[0-9]{1,20})?"
_range = re.compile(rf"(?<![\w.,/-])({_NUMBER})\s?(?:[–—‒−]|-)\s?({_NUMBER})(?![\w/]|[.,-][0-9])")
_year_range = re.compile(r"(?<![\w.,/-])([12][0-9]{3})\s?[-–—]\s?([12][0-9]{3}|[0-9]{2})(?![\w/]|[.,-][0-9])")
_even = re.compile(r"(?<![\w.,/-])50[-–]50(?![\w/-]|[.,][0-9])")
_row = re.compile(r"(?<![\w.,/-])[0-9]{1,2}(?:[-–][0-9]{1,2}){2,8}(?![\w/]|[.,-][0-9])")

_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5",
    "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅐": "1/7", "⅑": "1/9",
    "⅒": "1/10",
}  # fmt: skip
_vulgar = re.compile("([0-9]?)([" + "".join(_VULGAR) + "])")
_fraction = re.compile(
    r"(?<![\w./,-])(?:([0-9]{1,4})(?: |-|(?= ))(?:and )?)?([0-9]{1,3})[/⁄]([0-9]{1,4})(?![\w/]|[.,-][0-9])"
)
_FIXED = {"24/7": "twenty-four seven", "9/11": "nine eleven", "7/7": "seven seven", "50/50": "fifty-fifty",
          "20/20": "twenty twenty"}  # fmt: skip

_decade = re.compile(r"(?<![\w.,$£€])([12][0-9])([0-9]0)['’]?s\b")
_short_decade = re.compile(r"(?<![\w.,$£€])['’‘]?([1-9]0)['’]?s\b")
_clipped_year = re.compile(r"(?<![\w.,])['’‘]([0-9]{2})(?![\w%°]|[.,:][0-9]|['’]\w)")
_COUNTED = (
    "men|women|people|soldiers|horses|ships|pounds|dollars|euros|francs|crowns|guineas|miles|feet|yards|metres"
    "|meters|kilometres|kilometers|tons|tonnes|acres|words|pages|copies|votes|times|souls|head|troops|guns|points"
    "|square|volts|watts|calories|children|students|years|days|hours|minutes|seconds|of them|of us"
    "|percent|per"
)
_year = re.compile(
    rf"(?<![\w.,$£€#/:-])(1[1-9][0-9]{{2}}|20[0-9]{{2}})(?![\w%°/]|[.,:-][0-9]|['’]\w\w)"
    rf"(?! (?:{_COUNTED})\b)"
)
_early_year = re.compile(
    r"\b((?:[Ii]n|[Ss]ince|[Yy]ear|[Bb]efore|[Aa]fter|[Uu]ntil|[Aa]bout|[Rr]ead|[Ss]ays?|[Ss]aid|AD|A\.D\.|"
    r"of) )(10[1-9][0-9])(?![\w%]|[.,:-][0-9])"
    rf"(?! (?:{_COUNTED})\b)"
)
_ordinal = re.compile(r"(?<![\w.])([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:st|nd|rd|th)\b", re.I)
_old_ordinal = re.compile(r"(?<=\b[Tt]he )([0-9]{0,2}[23])d\b(?!\.)")


def _named_day(day: int, month: str, in_year: str | None, *, british: bool) -> str:
    said = f"the {ordinal(day)} of {month}" if british else f"{month} {ordinal(day)}"
    return said + (f", {year(int(in_year))}" if in_year else "")


def _full(month: str) -> str:
    return _month_of[month[:3].lower()]


def dates(text: str, page: Page) -> str:
    """3 March 1887, March 3rd, 3/4/2021, 2021-03-04: days as ordinals, years as years."""
    british = page.british or page.language.lower().startswith("en-gb")

    def iso(m: re.Match[str]) -> str:
        month, day = int(m.group(2)), int(m.group(3))
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return m.group()
        return _named_day(day, _MONTHS[month - 1], m.group(1), british=british)

    def slashed(m: re.Match[str]) -> str:
        first, second = int(m.group(1)), int(m.group(3))
        day_first = british or m.group(2) == "." or first > 12
        day, month = (first, second) if day_first and second <= 12 else (second, first)
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return m.group()
        y = m.group(4)
        y = y if len(y) == 4 else ("19" if int(y) > 30 else "20") + y
        return _named_day(day, _MONTHS[month - 1], y, british=british)

    def month_day(m: re.Match[str]) -> str:
        if not 1 <= int(m.group(2)) <= 31:
            return m.group()
        return _named_day(int(m.group(2)), _full(m.group(1)), m.group(3), british=False)

    def day_month(m: re.Match[str]) -> str:
        if not 1 <= int(m.group(2)) <= 31 or m.group(3)[0].islower():
            return m.group()
        said = _named_day(int(m.group(2)), _full(m.group(3)), m.group(4), british=True)
        return f"The{said[3:]}" if m.group(1) and m.group(1)[0] == "T" else said

    text = _iso.sub(iso, text)
    text = _slashed.sub(slashed, text)
    text = _day_month.sub(day_month, text)
    text = _month_day.sub(month_day, text)
    return _month_year.sub(lambda m: f"{_full(m.group(1))} {year(int(m.group(2)))}", text)


def times(text: str, page: Page) -> str:
    """7:05, 19:30, 3 p.m., 10.30 a.m., 0600 hours, 7 o'clock; verses and scores with a colon."""

    def noon(letter: str | None, m: re.Match[str]) -> str:
        if not letter:
            return ""
        half = f"{letter.upper()}M"
        return f" {page.say(half, 'ˌAˈɛm' if half == 'AM' else 'pˌiˈɛm', half)}{full_stop(m)}"

    def clock(m: re.Match[str]) -> str:
        hour, minute, second, half = int(m.group(1)), m.group(2), m.group(3), m.group(4)
        if hour > 24:
            return m.group()
        words = cardinal(hour)
        if minute != "00":
            words += f" {two_digits(minute)}"
        elif second is None and not half:
            words += " o'clock" if 1 <= hour <= 12 and m.group(1)[0] != "0" else " hundred"
        if second is not None:
            words += f" and {cardinal(int(second))} second" + ("" if second == "01" else "s")
        return words + noon(half, m)

    def dotted(m: re.Match[str]) -> str:
        minute = "" if m.group(2) == "00" else f" {two_digits(m.group(2))}"
        return cardinal(int(m.group(1))) + minute + noon(m.group(3), m)

    def hours(m: re.Match[str]) -> str:
        hour = "oh " + cardinal(int(m.group(1))) if m.group(1)[0] == "0" else cardinal(int(m.group(1)))
        hour = "zero" if m.group(1) == "00" else hour
        return f"{hour} {two_digits(m.group(2))} hours"

    text = _span.sub(" to ", text)
    text = _clock.sub(clock, text)
    text = _dotted_clock.sub(dotted, text)
    text = _hour.sub(lambda m: cardinal(int(m.group(1))) + noon(m.group(2), m), text)
    text = _hours.sub(hours, text)
    text = _oclock.sub(lambda m: f"{cardinal(int(m.group(1)))} o'clock", text)
    return _score.sub(lambda m: f"{number(m.group(1))} to {number(m.group(2))}", text)


def phones(text: str, page: Page) -> str:
    """Telephone numbers digit by digit; Room 101 and Flight 815 as one says them."""
    text = _phone.sub(_dialled, text)
    text = _called.sub(lambda m: m.group(1) + digits(m.group(2)), text)
    text = _plane.sub(lambda m: f"{m.group(1)}seven {two_digits(m.group(2)[1:])}", text)
    return _room.sub(lambda m: f"{m.group(1)}{cardinal(int(m.group(2)[0]))} {_pair(m.group(2)[1:])}", text)


def _pair(figures: str) -> str:
    return "hundred" if figures == "00" else two_digits(figures)


def _dialled(match: re.Match[str]) -> str:
    groups = re.findall(r"[0-9]+", match.group())
    said = ", ".join(digits(g) for g in groups)
    return f"plus {said}" if match.group().startswith("+") else said


def ranges(text: str, page: Page) -> str:
    """10–12 as ten to twelve, 1914–18 as years, 1-2-3 one by one."""
    text = _row.sub(lambda m: " ".join(number(n) for n in re.findall("[0-9]+", m.group())), text)
    text = _even.sub("fifty-fifty", text)
    text = _year_range.sub(_years, text)
    return _range.sub(lambda m: f"{number(m.group(1))} to {number(m.group(2))}", text)


def _years(match: re.Match[str]) -> str:
    first, last = match.groups()
    return f"{year(int(first))} to {year(int(last)) if len(last) == 4 else two_digits(last)}"


def fractions(text: str, page: Page) -> str:
    """1/2, ¾, 2½, 24/7, a 7/10."""
    text = _vulgar.sub(lambda m: f"{m.group(1)}{' ' * bool(m.group(1))}{_VULGAR[m.group(2)]}", text)
    return _fraction.sub(_parts, text)


def _parts(match: re.Match[str]) -> str:
    whole, top, bottom = match.groups()
    if not whole and match.group() in _FIXED:
        return _FIXED[match.group()]
    n, d = int(top), int(bottom)
    if not whole and _is_score(n, d, match.string[match.end() : match.end() + 6]):
        return f"{number(top)} out of {number(bottom)}"
    if d == 0 or n == 0 or d > 100 or (n > d and not whole):
        said = f"{number(top)} over {number(bottom)}"
        return f"{number(whole)} {said}" if whole else said
    name = {1: "whole", 2: "half", 4: "quarter"}.get(d) or ordinal(d)
    if n > 1:
        name = {"half": "halves"}.get(name) or plural(name)
    if whole:
        return f"{number(whole)} and {'a' if n == 1 else cardinal(n)} {name}"
    return f"{'one' if n == 1 else cardinal(n)} {name}"


def _is_score(n: int, d: int, after: str) -> bool:
    """Whether n/d counts points, 7/10 or 45/100, and is no part of anything."""
    of = after.startswith((" of ", " inch", " mile", " sec"))
    return 1 < n <= d and not of and (n == d or d == 10 or (d >= 20 and d % 5 == 0))


def years(text: str, page: Page) -> str:
    """1887, the 1920s, '87, in 1066; a number of men or miles stays a number."""
    text = _decade.sub(_decade_words, text)
    text = _short_decade.sub(lambda m: plural(cardinal(int(m.group(1)))), text)
    text = _clipped_year.sub(lambda m: two_digits(m.group(1)), text)
    text = _year.sub(lambda m: year(int(m.group(1))), text)
    return _early_year.sub(lambda m: m.group(1) + year(int(m.group(2))), text)


def _decade_words(match: re.Match[str]) -> str:
    century, tens = match.groups()
    if tens == "00":
        return plural("two thousand" if century == "20" else f"{cardinal(int(century))} hundred")
    return f"{cardinal(int(century))} {plural(cardinal(int(tens)))}"


def ordinals(text: str, page: Page) -> str:
    """1st, 22nd, 1,000th."""
    text = _old_ordinal.sub(lambda m: ordinal(int(m.group(1))), text)
    return _ordinal.sub(lambda m: ordinal(int(m.group(1).replace(",", ""))), text)
