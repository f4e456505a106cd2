"""Roman numerals where they count something: chapters, kings, wars; never the word I, never "mix"."""

from __future__ import annotations

import re

from narrate.speaking.page import Page
from narrate.speaking.words import cardinal, ordinal

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_SPELLED = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_COUNTED = (
    "Chapter|Book|Part|Act|Scene|Volume|Vol|Canto|Section|Sect|Article|Appendix|Figure|Fig|Plate|Lesson|Verse"
    "|Psalm|Letter|Number|Title|Phase|Type|Mark|Mk|Class|Stage|Level|Episode|Season|Round|Step|Table|Rule|Stanza"
    "|Sonnet|Symphony|War|Apollo|Gemini|Saturn|Bowl|Rocky|Day|Week|Night|Page|Paragraph|Unit|Interlude|Stave|Fit"
    "|Fantasy|Quest|Theft|Ward|Group|Category|Division|Corps|Legion|Grade|Tier|Arc|Series|Movement|Opus|Variation"
)
_RULERS = (
    "Henry|Louis|George|Edward|Richard|William|Charles|James|Elizabeth|Mary|Philip|Phillip|Alexander|Nicholas"
    "|Catherine|Frederick|Wilhelm|Leopold|Napoleon|Peter|Paul|Pius|John|Gregory|Benedict|Clement|Innocent|Leo"
    "|Urban|Boniface|Sixtus|Julius|Ivan|Francis|Ferdinand|Alfonso|Carlos|Felipe|Otto|Rudolf|Maximilian|Robert"
    "|David|Malcolm|Harold|Edgar|Edmund|Gustav|Gustavus|Christian|Haakon|Olaf|Olav|Stephen|Matthias|Sigismund"
    "|Casimir|Ramses|Rameses|Ramesses|Ptolemy|Cleopatra|Darius|Xerxes|Cyrus|Antiochus|Margaret|Victoria|Anne"
    "|Joanna|Isabella|Umberto|Victor Emmanuel|Amadeus|Baldwin|Albert|Umar|Murad|Selim|Mehmed|Suleiman"
    "|Friedrich"
    "|Karl|Augustus|Henri|Charlemagne|Constantine|Theodosius|Justinian|Leopold|Pedro|Afonso|Manuel|Sancho|Llewelyn"
)
_numeral = r"[MDCLXVI]{1,9}"
_counted = re.compile(rf"\b((?:{_COUNTED})\.? )({_numeral})\b(?![’'][a-z])(?!\.[A-Z])", re.I)
_ruler = re.compile(rf"\b((?:{_RULERS}) )([VXI]{{2,6}}|V)\b(?!\.[A-Z])")
_tenth = re.compile(
    r"\b((?:Leo|Pius|Charles|Louis|Alfonso|Christian|Gregory|Benedict|Clement|Innocent|Urban|John) )(X)\b"
)
_titled = re.compile(
    r"(?<!\bthe )\b((?:King|Queen|Pope|Tsar|Czar|Emperor|Empress|Kaiser|Sultan) [A-Z][a-z]+ )(I)\b"
    r"(?=$|[.,;:!?)\"”—]|['’]s| (?:of|was|is|and|in|to|at|by|who|came|died|ruled|reigned|had|has"
    r"|slept|sat)\b)"
)
_of = re.compile(rf"\b((?:{_RULERS}) )(I)(?= of [A-Z])")
_heir = re.compile(
    r"\b([A-Z][a-z]+(?:,)? )(I{2,3}|IV|V?I{2,3}|IX|X[IV]{1,4}|XX[IV]{0,4})\b(?![’'][a-rt-z])(?!\.[A-Z])"
)
_lone = re.compile(
    r"(?<![\w.'’-])(I{2,3}|IV|VI{1,3}|IX|X{1,3}(?:IX|IV|V?I{1,3}|V)|XX)(?![\w'’&-]|\.[A-Z]| chromo)"
)
_drip = re.compile(
    r" (?:drip|line|lines|bag|bags|pole|stand|fluid|fluids|needle|tube|antibiotics|catheter|port|meds)\b"
)
_alone = re.compile(rf"^({_numeral})(\.?)$")
_heading = re.compile(rf"^({_numeral})(\.|:|\)| —| –| -)(?= \S)")
_many = re.compile(r"\b((?:Chapters|Books|Parts|Acts|Scenes|Volumes|Vols|Cantos|Sections) )"
                   r"([MDCLXVI]{1,9})( (?:and|to|or|through) | ?[-–—] ?)([MDCLXVI]{1,9})\b",
                   re.I)  # fmt: skip
_lone_i = re.compile(r"(?=$|[.:;,!?)—–]|\s*\n| (?:of|and|to|is|was|begins|ends|opens|closes) |[\"”]| [—–-])")


def value(numeral: str) -> int | None:
    """14 for "XIV"; None for what is not a numeral in its one right spelling, such as "IIX" or "MIX"."""
    total, high = 0, 0
    for c in reversed(numeral):
        v = _VALUES[c]
        total += v if v >= high else -v
        high = max(high, v)
    rest, spelled = total, ""
    for v, letters in _SPELLED:
        spelled += letters * (rest // v)
        rest %= v
    return total if spelled == numeral else None


def roman(text: str, page: Page) -> str:
    """Chapter XIV as fourteen, Henry VIII as the Eighth, World War II as two."""
    text = _many.sub(_span, text)
    text = _counted.sub(lambda m: _count(m, page), text)
    text = _ruler.sub(_rank, text)
    text = _tenth.sub(_rank, text)
    text = _titled.sub(_rank, text)
    text = _of.sub(_rank, text)
    text = _heir.sub(_rank, text)
    if page.kind == "title" or text.isupper():
        text = _heading.sub(lambda m: _plain(m, page), text)
        text = _alone.sub(lambda m: _plain(m, page), text)
    return _lone.sub(_count_alone, text)


def _count_alone(match: re.Match[str]) -> str:
    after = match.string[match.end() : match.end() + 14]
    if match.group(1) == "IV" and (
        _drip.match(after) or match.string[: match.start()].endswith((" an ", "An "))
    ):
        return match.group()
    n = value(match.group(1))
    return match.group() if n is None else cardinal(n)


def _count(match: re.Match[str], page: Page) -> str:
    word, numeral = match.groups()
    if numeral != numeral.upper() and (numeral != numeral.lower() or numeral == "i" or len(numeral) < 2):
        return match.group()
    if word[0].islower() and len(numeral) == 1:
        return match.group()  # "the chapter I read": the pronoun; "part C": a letter
    if numeral in ("C", "D", "L", "M"):
        return match.group()  # "Appendix C", "Mark D": letters count too
    after = match.string[match.end() : match.end() + 12]
    if numeral == "I" and page.kind != "title" and not word.isupper() and not _lone_i.match(after):
        return match.group()  # "That Night I dreamed"
    n = value(numeral.upper())
    return match.group() if n is None or n > 399 else f"{word}{cardinal(n)}"


def _span(match: re.Match[str]) -> str:
    first, last = value(match.group(2).upper()), value(match.group(4).upper())
    if first is None or last is None or match.group(2)[0].islower() != match.group(4)[0].islower():
        return match.group()
    joint = match.group(3) if match.group(3).strip().isalpha() else " to "
    return f"{match.group(1)}{cardinal(first)}{joint}{cardinal(last)}"


def _rank(match: re.Match[str]) -> str:
    n = value(match.group(2))
    if n is None:
        return match.group()
    said = ordinal(n)
    return f"{match.group(1)}the {said[0].upper()}{said[1:]}"


def _plain(match: re.Match[str], page: Page) -> str:
    n = value(match.group(1))
    if n is None or n > 399 or match.group(1) in "CDLM" or (match.group(1) == "I" and page.kind != "title"):
        return match.group()
    words = cardinal(n)
    return f"{words[0].upper()}{words[1:]}{match.group(2)}"
