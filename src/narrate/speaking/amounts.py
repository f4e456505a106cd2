"""Amounts: money, measures, percentages, letters with figures, and last the plain numbers."""

from __future__ import annotations

import re

from narrate.speaking.page import Page, full_stop
from narrate.speaking.words import cardinal, digits, is_one, number, two_digits

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){1,8}(?:\.[0-9]{1,20})?|[0-9]{1,40}(?:\.[0-9]{1,20})?|\.[0-9]{1,20}"
_COINS = {  # sign -> (one, many, hundredth, hundredths)
    "$": ("dollar", "dollars", "cent", "cents"), "£": ("pound", "pounds", "penny", "pence"),
    "€": ("euro", "euros", "cent", "cents"), "¥": ("yen", "yen", "sen", "sen"),
    "₹": ("rupee", "rupees", "paisa", "paise"), "₩": ("won", "won", "jeon", "jeon"),
    "₽": ("rouble", "roubles", "kopeck", "kopecks"), "₿": ("bitcoin", "bitcoins", "cent", "cents"),
}  # fmt: skip
_LAND = {"US": "", "A": "Australian ", "AU": "Australian ", "C": "Canadian ", "CA": "Canadian ",
         "NZ": "New Zealand ", "HK": "Hong Kong "}  # fmt: skip
_BIG = {"k": "thousand", "m": "million", "mn": "million", "mm": "million", "bn": "billion", "b": "billion",
        "tn": "trillion", "t": "trillion"}  # fmt: skip
_sign = "[" + "".join(_COINS) + "]"
_big = r"(?:(?: ?-?)(hundred|thousand|million|billion|trillion|[Mm]n|[Bb]n|[Tt]n|[kKmMbB])\b)"
_one_thing = (
    r"(?=[ -](?:bill|note|coin|piece|fine|prize|reward|bet|question|tip|ticket|check|cheque|gift|reward)s?\b)"
)
_money = re.compile(
    rf"(\b[Aa]n? )?(?:\b(US|AU?|CA?|NZ|HK))?({_sign}) ?({_NUMBER})"
    rf"(?: ?[-–—] ?{_sign}?({_NUMBER}))?{_big}?({_one_thing})?(?![0-9])"
)
_sterling = re.compile(
    r"£ ?([0-9]{1,3}(?:,[0-9]{3}){1,8}|[0-9]{1,40})(?:[ ,] ?([0-9]{1,2}) ?s\b\.?)"
    r"(?:[ ,] ?([0-9]{1,2}) ?d\b\.?)?"
)
_pounds_pence = re.compile(r"£ ?([0-9]{1,40})[ ,] ?([0-9]{1,2}) ?d\b\.?")
_shillings = re.compile(r"(?<![\w.,])([0-9]{1,2}) ?s\.?[ ,] ?([0-9]{1,2}) ?d\b\.?")
_shilling = re.compile(r"(?<![\w.,'’])([0-9]{1,2}) ?s\.(?=[\s,;:!?)]|$)|(?<![\w.,])([0-9]{1,2})/-(?!\w)")
_old_pence = re.compile(r"(?<![\w.,])([0-9]{1,2})½? ?d\.(?=[\s,;:!?)—]|$)")
_cents = re.compile(rf"(?<![\w.,])({_NUMBER}) ?¢")
_pence = re.compile(r"(?<![\w.,])([1-9][0-9]?)p\b")
_coded = re.compile(rf"\b(USD|EUR|GBP) ?({_NUMBER})(?![\w])|(?<![\w.,])({_NUMBER}) ?(USD|EUR|GBP)\b")
_CODES = {"USD": "$", "EUR": "€", "GBP": "£"}

_UNITS: dict[str, tuple[str, str]] = {
    "km": ("kilometer", "kilometers"), "m": ("meter", "meters"), "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"), "nm": ("nanometer", "nanometers"), "mi": ("mile", "miles"),
    "ft": ("foot", "feet"), "yd": ("yard", "yards"), "yds": ("yard", "yards"),
    "kg": ("kilogram", "kilograms"), "kgs": ("kilogram", "kilograms"), "g": ("gram", "grams"),
    "mg": ("milligram", "milligrams"), "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"), "l": ("liter", "liters"), "L": ("liter", "liters"),
    "ml": ("milliliter", "milliliters"), "mL": ("milliliter", "milliliters"), "cl": ("centiliter",
    "centiliters"),
    "tbsp": ("tablespoon", "tablespoons"), "tbsps": ("tablespoon", "tablespoons"),
    "tbs": ("tablespoon", "tablespoons"), "tsp": ("teaspoon", "teaspoons"), "tsps": ("teaspoon", "teaspoons"),
    "qt": ("quart", "quarts"), "qts": ("quart", "quarts"),
    "gal": ("gallon", "gallons"), "fl oz": ("fluid ounce", "fluid ounces"),
    "fl. oz": ("fluid ounce", "fluid ounces"), "doz": ("dozen", "dozen"),
    "km/s": ("kilometer a second", "kilometers a second"), "ly": ("light-year", "light-years"),
    "kn": ("knot", "knots"), "kts": ("knot", "knots"), "bpm": ("beat per minute", "beats per minute"),
    "wpm": ("word per minute", "words per minute"), "fps": ("frame per second", "frames per second"),
    "sq mi": ("square mile", "square miles"), "sq. mi": ("square mile", "square miles"),
    "mph": ("mile an hour", "miles an hour"), "kph": ("kilometer an hour", "kilometers an hour"),
    "km/h": ("kilometer an hour", "kilometers an hour"), "kmh": ("kilometer an hour", "kilometers an hour"),
    "m/s": ("meter a second", "meters a second"), "mpg": ("mile to the gallon", "miles to the gallon"),
    "rpm": ("revolution a minute", "revolutions a minute"), "psi": ("P S I", "P S I"),
    "hr": ("hour", "hours"), "hrs": ("hour", "hours"), "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"), "sec": ("second", "seconds"), "secs": ("second", "seconds"),
    "ms": ("millisecond", "milliseconds"), "yr": ("year", "years"), "yrs": ("year", "years"),
    "Hz": ("hertz", "hertz"), "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"), "KB": ("kilobyte", "kilobytes"), "kB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"), "GB": ("gigabyte", "gigabytes"), "TB": ("terabyte", "terabytes"),
    "Mb": ("megabit", "megabits"), "Mbps": ("megabit a second", "megabits a second"),
    "kW": ("kilowatt", "kilowatts"), "MW": ("megawatt", "megawatts"), "W": ("watt", "watts"),
    "V": ("volt", "volts"), "kV": ("kilovolt", "kilovolts"), "mA": ("milliamp", "milliamps"),
    "dB": ("decibel", "decibels"), "hp": ("horsepower", "horsepower"), "cc": ("C C", "C C"),
    "kcal": ("kilocalorie", "kilocalories"), "kJ": ("kilojoule", "kilojoules"),
    "sq ft": ("square foot", "square feet"), "sq. ft": ("square foot", "square feet"),
    "km²": ("square kilometer", "square kilometers"), "m²": ("square meter", "square meters"),
    "ft²": ("square foot", "square feet"), "m³": ("cubic meter", "cubic meters"),
    "cm³": ("cubic centimeter", "cubic centimeters"), "ha": ("hectare", "hectares"),
}  # fmt: skip
_unit_names = "|".join(re.escape(u) for u in sorted(_UNITS, key=len, reverse=True))
_measure = re.compile(
    rf"(\b[Aa]n? )?(?<![\w.,$£€])(?:({_NUMBER}) ?[-–—] ?)?({_NUMBER})( ?|-)({_unit_names})(?![\w²³/'’])(\.?)"
)
_inches = re.compile(
    rf"(\b[Aa]n? )?(?<![\w.,$£€])({_NUMBER}) ?"
    rf"(?:in\.(?= [a-z]|[,;)])|in(?= (?:wide|long|tall|high|deep|thick|across)\b)"
    r"|″|[\"”](?= ?(?:[x×]"
    r"|(?:by|wide|long|tall|high|deep|thick|blade|screen|gun|pipe|heels|record|disc)\b)))"
)
_tall = re.compile(r"(?<![\w.,])([0-9]{1,2})['’′]([0-9]{1,2})(½?)(?:[\"”″]|''|’’)?(?![0-9])")
_feet = re.compile(r"(\b[Aa]n? )?(?<![\w.,])([0-9]{1,4})(?:′|['’](?= ?(?:tall|wide|long|high|deep|x|by)\b))")
_foot_inch = re.compile(r"\b((?:foot|feet),? )([0-9]{1,2}) ?(?:inch(?:es)?\b|in\b\.?|[\"”″])")
_degrees = re.compile(
    rf"(\b[Aa] )?(?<![\w.,])([-−–]?)({_NUMBER}) ?(?:°|º|degrees?(?= [CF]\b))(?: ?([CFK])\b)?"
)
_SCALES = {"C": " Celsius", "F": " Fahrenheit", "K": " Kelvin"}
_percent = re.compile(rf"(?<![\w.,])(?:({_NUMBER})%? ?[-–—] ?)?({_NUMBER}) ?%")

_token = re.compile(r"[A-Za-z0-9]+(?:[-–][A-Za-z0-9]+)*")
_mixed = re.compile(r"[A-Za-z][-–]?[0-9]|[0-9][-–]?[A-Za-z]")
_groups = re.compile(r"[A-Za-z]+|[0-9]+")
_SHORTHAND = {
    "gr8": "great", "l8r": "later", "b4": "before", "m8": "mate", "2nite": "tonight", "2night": "tonight",
    "2day": "today", "2moro": "tomorrow", "w8": "wait", "h8": "hate", "l8": "late", "sk8": "skate",
    "4ever": "forever", "4eva": "forever", "str8": "straight", "gr8t": "great", "n1": "nice one",
    "no1": "no one",
    "any1": "anyone", "some1": "someone", "every1": "everyone", "in2": "into", "w8ing": "waiting",
    "1st": "first",
}  # fmt: skip
_multiplied = re.compile(r"(?<![\w.,])([0-9]{1,4}) ?[x×] ?([0-9]{1,4})(?![\w])")
_times = re.compile(r"(?<![\w.,])([0-9]{1,4})[x×](?!\w)|(?<![\w.,])x([0-9]{1,3})(?!\w)")
_thousands = re.compile(r"(?<![\w.,])(?<!\b[Aa] )([0-9]{1,4}(?:\.[0-9])?)k\b(?!/)")
_calibre = re.compile(
    r"(?<![\w.,])\.(22|25|30|32|357|38|380|40|44|45|50|303|308|338)"
    r"(?=[- ](?:cal|rifle|pistol|revolver|[Mm]agnum|round|bullet|handgun|[Cc]olt|slug|gun|ammo|[Ss]pecial"
    r"|automatic|cartridge|shell))"
    r"|(?<=\b(?:his|her|the) )\.(22|38|44|45|357)(?![\w]|\.[0-9])"
)
_minus = re.compile(r"(?<![\w.,)°%-])[-−–](?=[0-9.])")
_version = re.compile(r"(?<![\w.])[0-9]{1,4}(?:\.[0-9]{1,4}){2,5}(?![\w]|\.[0-9])")
_plain = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+")


def _coins(text: str, sign: str, *, attributive: bool) -> str:
    one, many, cent, cents = _COINS[sign]
    whole, dot, part = text.replace(",", "").partition(".")
    if attributive:
        return f"{number(text).replace(' ', '-') if len(whole) < 3 else number(text)} {one}"
    if dot and len(part) == 2:
        units, hundredths = int(whole or 0), int(part)
        small = f"{cardinal(hundredths)} {cent if hundredths == 1 else cents}"
        big = f"{number(whole or '0')} {one if units == 1 else many}"
        return big if not hundredths else small if not units else f"{big} and {small}"
    return f"{number(text)} {one if is_one(text) else many}"


def _pence_word(n: int) -> str:
    return "a penny" if n == 1 else f"{cardinal(n)}pence" if 2 <= n <= 11 else f"{cardinal(n)} pence"


def _shilling_word(n: int) -> str:
    return f"{cardinal(n)} shilling" + ("" if n == 1 else "s")


def money(text: str, page: Page) -> str:
    """$4.50, £3 10s. 6d., $2m, a $20 bill, 50¢, 2s. 6d."""

    def sterling(m: re.Match[str]) -> str:
        parts = [
            f"{number(m.group(1))} pound" + ("" if m.group(1) == "1" else "s"),
            _shilling_word(int(m.group(2))),
        ]
        if m.group(3):
            parts.append("and " + _pence_word(int(m.group(3))))
        return " ".join(parts) + full_stop(m)

    def amount(m: re.Match[str]) -> str:
        article, land, sign, first, last, big, thing = m.groups()
        where = _LAND[land] if land else ""
        article = article or ""
        scale = _BIG.get((big or "").lower(), big)
        follows = m.string[m.end() : m.end() + 2]
        before_noun = bool(article) and len(follows) == 2 and follows[0] in " -" and follows[1].isalpha()
        attributive = thing is not None or before_noun
        if scale:
            words = f"{number(first)} {f'to {number(last)} ' if last else ''}{scale} {where}"
            return article + words + _COINS[sign][0 if attributive else 1]
        if last:
            return f"{article}{number(first)} to {where}{_coins(last, sign, attributive=attributive)}"
        said = _coins(first, sign, attributive=attributive)
        return article + (said if not where else said.replace(_COINS[sign][0], where + _COINS[sign][0], 1))

    def shillings(m: re.Match[str]) -> str:
        n = int(m.group(1) or m.group(2))
        if m.group(1) and n >= 20 and n % 10 == 0:
            return m.group()  # "in his 20s." are years
        return _shilling_word(n) + full_stop(m)

    if "£" in text:
        text = _sterling.sub(sterling, text)
        text = _pounds_pence.sub(
            lambda m: f"{number(m.group(1))} pounds and {_pence_word(int(m.group(2)))}{full_stop(m)}", text
        )
    text = _shillings.sub(
        lambda m: f"{_shilling_word(int(m.group(1)))} and {_pence_word(int(m.group(2)))}{full_stop(m)}", text
    )
    text = _coded.sub(
        lambda m: f"{_CODES[m.group(1)]}{m.group(2)}" if m.group(1) else f"{_CODES[m.group(4)]}{m.group(3)}",
        text,
    )
    text = _money.sub(amount, text)
    if "s." in text or "/-" in text:
        text = _shilling.sub(shillings, text)
    if "d." in text:
        text = _old_pence.sub(lambda m: _pence_word(int(m.group(1))) + full_stop(m), text)
    text = _cents.sub(lambda m: f"{number(m.group(1))} cent" + ("" if m.group(1) == "1" else "s"), text)
    return _pence.sub(
        lambda m: f"{cardinal(int(m.group(1)))} {'penny' if m.group(1) == '1' else 'pence'}", text
    )


def measures(text: str, page: Page) -> str:
    """5 km, 6'2", 70 mph, 20°C, 15%, a 5-km run."""

    def unit(m: re.Match[str]) -> str:
        article, first, last, joint, name, stop = m.groups()
        one, many = _UNITS[name]
        follows = m.string[m.end() : m.end() + 2]
        before_noun = len(follows) == 2 and follows[0] in " -" and follows[1].isalpha()
        single = (is_one(last) and not first) or joint == "-" or (bool(article) and before_noun)
        span = f"{number(first)} to " if first else ""
        return f"{article or ''}{span}{number(last)} {one if single else many}{full_stop(m) if stop else ''}"

    def degrees(m: re.Match[str]) -> str:
        article, minus, figure, scale = m.groups()
        follows = m.string[m.end() : m.end() + 2]
        single = is_one(figure) or (
            bool(article) and not scale and follows[:1] == " " and follows[1:].isalpha()
        )
        said = f"{'minus ' if minus else ''}{number(figure)} degree{'' if single else 's'}"
        return (article or "") + said + (_SCALES[scale] if scale else "")

    def inches(m: re.Match[str]) -> str:
        single = bool(m.group(1)) or is_one(m.group(2))
        return f"{m.group(1) or ''}{number(m.group(2))} inch{'' if single else 'es'}"

    if "'" in text or "’" in text or "′" in text:
        text = _tall.sub(
            lambda m: f"{cardinal(int(m.group(1)))} foot {_and_half(m.group(2), m.group(3))}", text
        )
        text = _feet.sub(
            lambda m: f"{m.group(1) or ''}{number(m.group(2))} {'foot' if m.group(1) else 'feet'}", text
        )
    text = _inches.sub(inches, text)
    if "°" in text or "º" in text or "degree" in text:
        text = _degrees.sub(degrees, text)
    if "%" in text:
        text = _percent.sub(
            lambda m: f"{number(m.group(1)) + ' to ' if m.group(1) else ''}{number(m.group(2))} percent", text
        )
    text = _measure.sub(unit, text)
    return _foot_inch.sub(
        lambda m: f"{m.group(1)}{cardinal(int(m.group(2)))} inch" + ("" if m.group(2) == "1" else "es"), text
    )


def _and_half(figure: str, half: str) -> str:
    return cardinal(int(figure)) + (" and a half" if half else "")


def codes(text: str, page: Page) -> str:
    """Letters with figures: flat 5A, R2-D2, B-52, MP3, gr8; 4x4 and x2, 10k, a .45 pistol."""
    text = _multiplied.sub(lambda m: f"{number(m.group(1))} by {number(m.group(2))}", text)
    text = _thousands.sub(lambda m: f"{number(m.group(1))} thousand", text)
    text = _calibre.sub(lambda m: _bore(m.group(1) or m.group(2)), text)
    text = _times.sub(
        lambda m: f"{number(m.group(1))} times" if m.group(1) else f"times {number(m.group(2))}", text
    )
    if not _mixed.search(text):
        return text
    return _token.sub(_code, text)


def _bore(figure: str) -> str:
    """ "45" -> "forty-five", "357" -> "three fifty-seven"."""
    return (
        cardinal(int(figure)) if len(figure) == 2 else f"{cardinal(int(figure[0]))} {two_digits(figure[1:])}"
    )


def _code(match: re.Match[str]) -> str:
    token = match.group()
    if token.lower() in _SHORTHAND:
        return _SHORTHAND[token.lower()]
    if not _mixed.search(token):
        return token
    pieces = re.split("[-–]", token)
    if len(pieces) > 1 and any(
        p.isalpha() and len(p) > 2 and not (p.isupper() and len(p) < 4) for p in pieces
    ):
        # "20-year-old", "mid-40s": words keep their hyphens
        return "-".join(_spelled(p) if not p.isalpha() and not p.isdigit() else p for p in pieces)
    return " ".join(_spelled(p, inside=k > 0) for k, p in enumerate(pieces))


def _spelled(token: str, *, inside: bool = False) -> str:
    """`inside`: letters stand before the figures, so that they are a name and no amount."""
    out = []
    groups = _groups.findall(token)
    for k, group in enumerate(groups):
        if group[0].isdigit():
            if len(group) == 3 and (k or inside) and group[0] != "0" and not group.endswith("00"):
                out.append(f"{cardinal(int(group[0]))} {two_digits(group[1:])}")
            elif (
                (len(group) > 3 and not group.endswith("00"))
                or (len(group) > 1 and group[0] == "0")
                or len(group) > 9
            ):
                out.append(digits(group))
            else:
                out.append(cardinal(int(group)))
        elif group.isupper() and len(group) <= 4:
            out.append(" ".join(group))
        elif len(group) == 1:
            out.append(group.upper())
        else:
            out.append(group)
    return " ".join(out)


def numbers(text: str, page: Page) -> str:
    """Every figure that is left, as a number."""
    text = _minus.sub("minus ", text)
    text = _version.sub(lambda m: " point ".join(number(n) for n in m.group().split(".")), text)
    return _plain.sub(lambda m: _apart(m, number(m.group())), text)


def _apart(match: re.Match[str], words: str) -> str:
    """A space where a figure stood against a letter."""
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    after = match.string[match.end() : match.end() + 1]
    return f"{' ' if before.isalpha() else ''}{words}{' ' if after.isalpha() else ''}"
