"""Signs as words: & + @ = # and their like; what is only ornament goes."""

from __future__ import annotations

import re

from narrate.speaking.page import Page

_slash_words = {
    "and/or": "and or", "either/or": "either or", "he/she": "he or she", "she/he": "she or he",
    "s/he": "she or he",
    "him/her": "him or her", "his/her": "his or her", "her/him": "her or him", "n/a": "not applicable",
    "his/hers": "his or hers", "she/her": "she her", "he/him": "he him", "they/them": "they them",
    "w/e": "whatever",
    "c/o": "care of", "w/o": "without", "b/c": "because", "a/c": "A C",
}  # fmt: skip
_slash = re.compile(r"(?<![/\w])([A-Za-z'’]{1,40})/([A-Za-z'’]{1,40})(?![/\w])")
_with = re.compile(r"(?<!\w)w/(?!(?:o|e|out)\b)\s?(?=\w)")
_lettered_and = re.compile(r"\b([A-Z]) ?& ?([A-Z])\b")
_att = re.compile(r"\bAT&T\b")
_and = re.compile(r"\s*&+\s*")
_cpp = re.compile(r"\bC\+\+")
_grade = re.compile(r"(?<![\w])([A-F])([+\-−])(?![\w+-])")
_plus_after = re.compile(r"(?<=[0-9A-Za-z])\+(?![\w+])")
_plus = re.compile(r"(?<=[\w)])\s?\+\s?(?=[\w(])|(?<!\w)\+(?=[0-9])|(?<=\s)\+(?=\s)")
_equals = re.compile(r"(?<=[\w)+%])\s?={1,2}\s?(?=[\w(+-])|(?<=\s)=(?=\s)")
_hash_number = re.compile(r"(?<![\w&])#(?=\s?[0-9])")
_about = re.compile(r"(?<![\w~])~(?=[0-9$£€])")
_at = re.compile(r"\s*@+\s*")
_less = re.compile(r"(?<=[\w)])\s?<\s?(?=[0-9])")
_more = re.compile(r"(?<=[\w)])\s?>\s?(?=[0-9])")
_starred = re.compile(r"(?<=[0-9])\s?\*\s?(?=[0-9])")
_WORDS = {
    "×": " times ", "÷": " divided by ", "±": " plus or minus ", "≈": " about ", "≠": " is not ",
    "≤": " at most ",
    "≥": " at least ", "∞": " infinity ", "√": " the square root of ", "π": " pi ", "µ": " micro ",
    "©": " copyright ",
    "°": " degrees ", "→": " to ", "←": " from ", "♥": " heart ", "♡": " heart ", "♪": " ", "♫": " ",
    "℃": " degrees Celsius ",
    "℉": " degrees Fahrenheit ", "‰": " per mille ", "¶": " ", "•": ", ", "·": " ", "™": "", "®": "",
    "∴": " therefore ",
    "†": "", "‡": "", "№": " number ", "§": " section ", "%": " percent ", "$": " dollars ", "£": " pounds ",
    "€": " euros ", "¢": " cents ", "¥": " yen ", "⁂": " ", "‖": " ", "¦": " ", "º": "", "ª": "",
    "¬": " not ",
    "²": " squared ", "³": " cubed ", "★": " ", "☆": " ", "✦": " ", "✧": " ", "■": " ", "□": " ", "▪": " ",
    "●": " ", "○": " ",
    "◆": " ", "◇": " ", "▲": " ", "△": " ", "▼": " ", "∼": " ", "〜": "", "～": "", "ー": "", "¨": "",
    "¯": "",
    "¸": "",
}  # fmt: skip
_sign = re.compile("[" + "".join(_WORDS) + "]")
_bar = re.compile("[█▓▒▇▆▅]+")
_ornament = re.compile(r"[|\\^~`_<>{}=*#+@\[\]¤§]+")
_any = re.compile(r"\b[A-F]-(?!\w)|[&+@=#<>*/|\\^~`_{}\[\]█▓▒▇▆▅" + "".join(_WORDS) + "¤]")


def symbols(text: str, page: Page) -> str:
    """Signs that are said, in words; ornament, in silence."""
    if not _any.search(text):
        return text
    if "/" in text:
        text = _with.sub("with ", text)
        text = _slash.sub(_either, text)
        text = _slash.sub(_either, text)
        text = text.replace("//", " ")
        text = re.sub(r"\s?/\s?", " slash ", text)
    if "&" in text:
        text = _att.sub("A T and T", text)
        text = _lettered_and.sub(r"\1 and \2", text)
        text = _and.sub(" and ", text)
    text = _grade.sub(_graded, text)
    if "+" in text:
        text = _cpp.sub("C plus plus", text)
        text = _plus_after.sub(" plus", text)
        text = _plus.sub(" plus ", text)
    if "=" in text:
        text = _equals.sub(" equals ", text)
    text = _hash_number.sub("number ", text)
    text = _about.sub("about ", text)
    text = _starred.sub(" times ", text)
    if "@" in text:
        text = _at.sub(" at ", text)
    if "<" in text or ">" in text:
        text = _more.sub(" greater than ", _less.sub(" less than ", text))
    text = _bar.sub(" blank ", text)
    text = _sign.sub(lambda m: _WORDS[m.group()], text)
    return _ornament.sub(" ", text)


def _either(match: re.Match[str]) -> str:
    found = match.group().lower()
    if found in _slash_words:
        said = _slash_words[found]
        return said.capitalize() if match.group()[0].isupper() and match.group()[1:2].islower() else said
    return f"{match.group(1)} slash {match.group(2)}"


def _graded(match: re.Match[str]) -> str:
    return f"{match.group(1)} {'plus' if match.group(2) == '+' else 'minus'}"
