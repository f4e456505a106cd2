"""Abbreviations in full: titles, Latin, streets, references, months and days."""

from __future__ import annotations

import re

from narrate.speaking.page import HELD, Page, full_stop

# Before a name: with or without the full stop.
_TITLES = {
    "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz", "Messrs": "Messers", "Mme": "Madame",
    "Mlle": "Mademoiselle",
    "Dr": "Doctor", "Prof": "Professor", "Rev": "Reverend", "Revd": "Reverend", "Fr": "Father",
    "Hon": "Honorable",
    "Capt": "Captain", "Cpt": "Captain", "Col": "Colonel", "Maj": "Major", "Gen": "General",
    "Lt": "Lieutenant",
    "Lieut": "Lieutenant", "Sgt": "Sergeant", "Sergt": "Sergeant", "Cpl": "Corporal", "Pvt": "Private",
    "Pte": "Private", "Adm": "Admiral", "Cmdr": "Commander", "Comdr": "Commander", "Gov": "Governor",
    "Sen": "Senator", "Rep": "Representative", "Pres": "President", "Supt": "Superintendent",
    "Insp": "Inspector",
    "Det": "Detective", "Mt": "Mount", "Ft": "Fort", "Bp": "Bishop", "Wm": "William", "Chas": "Charles",
    "Geo": "George", "Jas": "James", "Thos": "Thomas", "Robt": "Robert", "Jos": "Joseph", "Saml": "Samuel",
    "Benj": "Benjamin", "Edw": "Edward", "Fredk": "Frederick", "Const": "Constable", "Sr": "Senior",
    "Sra": "Senora",
    "Ens": "Ensign", "Rt": "Right", "Hr": "Herr", "Bro": "Brother",
    "Brig": "Brigadier", "Amb": "Ambassador", "Atty": "Attorney", "Sec": "Secretary", "Supr": "Supervisor",
}  # fmt: skip
_title = re.compile(
    rf"\b({'|'.join(sorted(_TITLES, key=len, reverse=True))})(\.|(?=\s))\s?(?=[\"“'‘]?[A-ZÀ-Þ{HELD}])"
)
_title_alone = re.compile(r"\b(Mr|Mrs|Ms|Messrs|Mme|Mlle|Dr|Prof|Capt|Sgt|Lieut|Supt|Col|Rev)\.(?![A-Za-z])")
_bare = re.compile(r"\b(Mr|Mrs|Ms|Dr)\b(?!\.)")

# Anywhere, full stop and all.
_PLAIN = {
    "etc": "et cetera", "viz": "namely", "Viz": "Namely", "approx": "approximately", "dept": "department",
    "Dept": "Department",
    "govt": "government", "Govt": "Government", "esp": "especially", "incl": "including",
    "misc": "miscellaneous",
    "assoc": "association", "Assoc": "Association", "Inc": "Incorporated", "Ltd": "Limited",
    "Bros": "Brothers",
    "Corp": "Corporation", "Co": "Company", "Univ": "University", "Esq": "Esquire", "Jr": "Junior",
    "Jun": "Junior",
    "Snr": "Senior", "Jnr": "Junior", "Sr": "Senior", "inst": "instant", "ult": "ultimo", "prox": "proximo",
    "recd": "received",
    "vs": "versus", "cf": "compare", "est": "established", "Est": "Established", "tel": "telephone",
    "Tel": "Telephone", "max": "maximum", "abbr": "abbreviation", "ibid": "ibidem", "Yrs": "Yours",
    "yrs": "years",
    "Xmas": "Christmas", "Mon": "Monday", "Tues": "Tuesday", "Tue": "Tuesday", "Weds": "Wednesday",
    "Thurs": "Thursday", "Thur": "Thursday", "Fri": "Friday", "Penn": "Pennsylvania", "Mass": "Massachusetts",
    "Conn": "Connecticut", "Calif": "California", "Blvd": "Boulevard", "Ave": "Avenue", "Rd": "Road",
    "Ln": "Lane",
    "Hwy": "Highway", "Pkwy": "Parkway", "Apt": "Apartment", "apt": "apartment", "attn": "attention",
    "Attn": "Attention", "temp": "temperature", "Lat": "Latitude", "asst": "assistant", "Asst": "Assistant",
    "avg": "average", "mos": "months", "wk": "week",
    "wks": "weeks", "hrs": "hours", "mins": "minutes", "secs": "seconds", "lbs": "pounds",
}  # fmt: skip
# These are words of their own without the full stop: "a temp", "fig", "Fri" the name...
_plain = re.compile(rf"(?<![\w.'’])({'|'.join(sorted(_PLAIN, key=len, reverse=True))})\.(?![\w])")
_undotted = re.compile(r"\b(etc|vs|Jr|Esq|Ltd|Xmas|approx|dept|Dept|Blvd)\b(?!\.)")
_and_so_on = re.compile(r"(?<!\w)&c\.?(?!\w)")
_DOTTED = {
    "e.g.": "for example", "e.g": "for example", "eg.": "for example", "i.e.": "that is", "i.e": "that is",
    "ie.": "that is", "p.s.": "P S", "n.b.": "N B", "q.v.": "which see", "op. cit.": "work cited",
    "s.v.": "under",
    "a.k.a.": "A K A", "v.": "versus",
    "Ph.D.": "P H D", "Ph.D": "P H D", "M.Sc.": "M S C", "B.Sc.": "B S C", "Litt.D.": "lit D",
    "Wash. D.C.": "Washington D C",
}  # fmt: skip
_spelled = "|".join(re.escape(d) for d in sorted(_DOTTED, key=len, reverse=True) if d != "v.")
_dotted = re.compile(
    rf"(?<![\w.])(?:{_spelled})(?!\w)"
    r"|(?<=[a-z] )v\.(?= [A-Z])",
    re.I,
)
_KNOWN = frozenset(_DOTTED) | {"a.m.", "p.m.", "o.k."}
_circa = re.compile(r"\b(?:ca?|circ)\. ?(?=[0-9]{3})")
_monsieur = re.compile(r"(?<![\w.])M\. ?(?=(?:de|le|la|du|des|d'|l')\b)")
_noon = re.compile(r"(?<![\w.])([aApP])\. ?[mM]\b\.?(?!\w)")
_era = re.compile(r"\b(A\.D\.|B\.C\.E\.|B\.C\.|C\.E\.)")

# Before a figure or a Roman numeral.
_REFERENCES = {
    "No": "Number", "no": "number", "Nos": "Numbers", "nos": "numbers", "p": "page", "pp": "pages",
    "P": "Page",
    "pg": "page", "Vol": "Volume", "vol": "volume", "Vols": "Volumes", "vols": "volumes", "ch": "chapter",
    "Ch": "Chapter", "chap": "chapter", "Chap": "Chapter", "Fig": "Figure", "fig": "figure",
    "Figs": "Figures",
    "sec": "section", "Sec": "Section", "Sect": "Section", "art": "article", "Art": "Article",
    "par": "paragraph",
    "para": "paragraph", "l": "line", "ll": "lines", "v": "verse", "vv": "verses", "Bk": "Book", "bk": "book",
    "Pt": "Part", "pt": "part", "Ps": "Psalm", "Op": "Opus", "op": "opus", "Ex": "Example", "ex": "example",
    "Lv": "Level", "lv": "level", "Lvl": "Level", "lvl": "level", "Ep": "Episode", "ep": "episode",
    "Eps": "Episodes", "eps": "episodes", "b": "born", "d": "died",
    "Mk": "Mark", "Apt": "Apartment", "apt": "apartment", "ed": "edition", "Flt": "Flight", "Rm": "Room",
}  # fmt: skip
_reference = re.compile(
    rf"(?<![\w.])({'|'.join(sorted(_REFERENCES, key=len, reverse=True))})\. ?(?=[0-9]|[ivxlcIVXLC]{{1,7}}\b)"
)
_spoons = {"tb": "tablespoon", "t": "teaspoon", "oz": "ounce", "pt": "pint"}
_spoon = re.compile(r"(\b[A-Za-z]+ )?\b(?:(tb|t)s?ps?\b\.?|(oz)\.|(pt)s?\b\.?(?= of\b))")
_days = re.compile(
    r"\b(Mon|Tues?|Weds?|Thur?s?|Fri|Sat|Sun)\.?( ?[-–—] ?)(Mon|Tues?|Weds?|Thur?s?|Fri|Sat|Sun)\b(\.?)"
)
_weekend = re.compile(r"\b(Sat|Sun)\.(?= (?:night|morning|afternoon|evening|at|the|and)\b)")
_DAYS = {"Mo": "Monday", "Tu": "Tuesday", "We": "Wednesday", "Th": "Thursday", "Fr": "Friday",
         "Sa": "Saturday", "Su": "Sunday"}  # fmt: skip
_authors_note = re.compile(r"(?<![\w/])(?:A/N\b|AN(?=:))(s?)")
_lettered = re.compile(r"(?<![\w.])((?:[a-z]\.){3,6})(?!\w)|\b([Tt][Ll];[Dd][Rr])\b")
_numero = re.compile(r"№ ?|(?<!\w)[Nn]º ?(?=[0-9])")
_section = re.compile(r"(§+) ?(?=[0-9IVXLC])")

_saint = re.compile(r"(\b[A-ZÀ-Þ][\w'’-]*,? )?(?<![\w.])St(\.|(?= [A-Z]))(?!\w)( ?[A-ZÀ-Þ][\w'’-]*)?")
_drive = re.compile(r"\b([A-Z][a-z]+ )Dr\.?(?=$|[,;:!?)]| [a-z]|\.)")
_PLACES = {"Mount", "Mt", "Lake", "Port", "Fort", "Bury", "Cape", "Point", "East", "West", "North", "South",
    "Upper",
           "Lower", "Old", "New", "Saint", "The", "Dear", "By", "In", "At", "To", "From", "When", "Where",
           "Then",
           "And", "But", "For", "Of", "On", "As", "Is", "Was", "With", "If", "O", "Our", "Good", "Poor",
           "Holy",
           "Great", "Sweet", "Blessed", "Little", "Mister", "Missus", "Lord", "Lady", "Bishop"}  # fmt: skip
_SAINTS = {
    "John", "Paul", "Peter", "James", "Mary", "George", "Andrew", "Patrick", "Louis", "Francis", "Thomas",
    "Joseph",
    "Michael", "Nicholas", "Anne", "Ann", "Helens", "Helen", "Clair", "Clare", "Albans", "Ives", "Petersburg",
    "Stephen", "Bernard", "Bride", "Cloud", "Croix", "Elmo", "Germain", "Giles", "Helier", "Kitts",
    "Lawrence",
    "Leger", "Leonard", "Lucia", "Mark", "Martin", "Matthew", "Moritz", "Pancras", "Swithin", "Tropez",
    "Ursula",
    "Valentine", "Vincent", "Vitus", "Christopher", "Antony", "Anthony", "Augustine", "Bartholomew", "Agnes",
    "Cecilia", "Catherine", "Jude", "Luke", "Simon", "Margaret", "Theresa", "Barbara", "Crispin", "David",
    "Denis",
}  # fmt: skip
_month = re.compile(r"\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.(?=[ ,;]|$)")
_MONTHS = {"Jan": "January", "Feb": "February", "Aug": "August", "Sept": "September", "Oct": "October",
           "Nov": "November", "Dec": "December"}  # fmt: skip


def references(text: str, page: Page) -> str:
    """No. 5, pp. 10, vol. ii, Chap. XIV, § 4: the word before a number; A/N and TL;DR."""
    text = _authors_note.sub(r"Author's note\1", text)
    text = _lettered.sub(_by_letters, text)
    if "&c" in text:
        text = _and_so_on.sub(lambda m: "et cetera" + full_stop(m), text)
    text = _numero.sub("number ", text)
    text = _section.sub(lambda m: "section " if len(m.group(1)) == 1 else "sections ", text)
    if "." not in text:
        return text
    text = _circa.sub("about ", text)
    return _reference.sub(_named_reference, text)


def _by_letters(match: re.Match[str]) -> str:
    letters = re.sub("[.;]", "", match.group()).upper()
    return match.group() if match.group().lower() in _KNOWN else " ".join(letters) + full_stop(match)


def _measured(match: re.Match[str]) -> str:
    before = match.group(1) or ""
    single = before.strip().lower() in ("a", "an", "one", "the", "per", "each", "half", "another")
    name = _spoons[match.group(2) or match.group(3) or match.group(4)]
    return f"{before}{name}{'' if single else 's'}{full_stop(match)}"


def _named_reference(match: re.Match[str]) -> str:
    word = match.group(1)
    follows = match.string[match.end() : match.end() + 2]
    if not follows[:1].isdigit():
        if word in ("No", "no", "b", "d", "l", "v", "P", "ed", "Art", "art", "Ex", "Op"):
            return match.group()  # "No. I won't": an answer and a pronoun
        if follows in ("I ", "I'", "I’", "i ") and word not in ("Vol", "Chap", "Ch", "Fig", "Bk", "Pt", "Ps"):
            return match.group()
    elif word in ("No", "no") and _answers(match):
        return match.group()
    return _REFERENCES[word] + " "


def _answers(match: re.Match[str]) -> bool:
    """Whether "No." before a figure is an answer: it opens the text and a sentence follows the figure."""
    before = match.string[: match.start()].rstrip(" \"'“‘—")
    rest = match.string[match.end() :]
    return (not before or before[-1] in ".!?") and re.match(r"[0-9]+ [a-z]{2,}", rest) is not None


def abbreviations(text: str, page: Page) -> str:
    """Titles, Latin, streets and saints, months and companies in full."""
    if "." in text or "/" in text:
        text = _dotted.sub(_in_full, text)
        text = _monsieur.sub("Monsieur ", text)
        text = _noon.sub(lambda m: _half(m, page), text)
        text = _era.sub(lambda m: " ".join(m.group().replace(".", "")) + full_stop(m), text)
        text = _weekend.sub(lambda m: _DAYS[m.group(1)[:2]], text)
        text = _month.sub(lambda m: _MONTHS[m.group(1)] + full_stop(m), text)
    text = _days.sub(lambda m: f"{_DAYS[m.group(1)[:2]]} to {_DAYS[m.group(3)[:2]]}{full_stop(m)}", text)
    text = _spoon.sub(_measured, text)
    if "St" in text:
        text = _saint.sub(_saint_or_street, text)
    if "Dr" in text:
        text = _drive.sub(_drive_or_doctor, text)
    text = _title.sub(lambda m: _TITLES[m.group(1)] + " ", text)
    text = _title_alone.sub(lambda m: _TITLES[m.group(1)] + full_stop(m), text)
    text = _bare.sub(lambda m: _TITLES[m.group(1)], text)
    if "." in text:
        text = _plain.sub(_word, text)
    return _undotted.sub(lambda m: _PLAIN[m.group(1)], text)


_CLOSING = frozenset(
    [
        "etc",
        "Inc",
        "Ltd",
        "Bros",
        "Corp",
        "Co",
        "Univ",
        "Esq",
        "Jr",
        "Jun",
        "Snr",
        "Jnr",
        "Blvd",
        "Ave",
        "Rd",
        "Ln",
        "Hwy",
        "Pkwy",
        "Mon",
        "Tues",
        "Tue",
        "Weds",
        "Thurs",
        "Thur",
        "Fri",
        "Penn",
        "Mass",
        "Conn",
        "Calif",
        "hrs",
        "mins",
        "secs",
        "lbs",
        "wk",
        "wks",
        "ibid",
        "temp",
        "max",
        "inst",
        "ult",
        "prox",
    ]
)
"""Those that may end a sentence; after the others a capital is only a name."""


def _word(match: re.Match[str]) -> str:
    short = match.group(1)
    if short not in _CLOSING and match.string[match.end() :].strip():
        return _PLAIN[short]
    if short in (
        "max",
        "temp",
        "est",
        "inst",
        "Fri",
        "Mon",
        "Mass",
        "Co",
        "Lat",
        "Penn",
        "Conn",
        "Tue",
    ) and full_stop(match):
        return match.group()  # at the end of a sentence these are as likely to be words or names
    return _PLAIN[short] + full_stop(match)


def _in_full(match: re.Match[str]) -> str:
    found = match.group()
    for key in (found, found.lower(), found.rstrip(".") + "."):
        if key in _DOTTED:
            said = _DOTTED[key]
            break
    else:
        lower = {k.lower(): v for k, v in _DOTTED.items()}
        said = lower.get(found.lower(), found)
    if found[0].isupper() and said[0].islower():
        said = said[0].upper() + said[1:]
    return said + (full_stop(match) if said[-1].isupper() or found.lower() in ("p.s.", "a.k.a.") else "")


def _half(match: re.Match[str], page: Page) -> str:
    if match.group(1) in "AP" and "." not in match.group():
        return match.group()
    letter = match.group(1).upper()
    return page.say(f"{letter}M", "ˌAˈɛm" if letter == "A" else "pˌiˈɛm", f"{letter}M") + full_stop(match)


def _saint_or_street(match: re.Match[str]) -> str:
    before, stop, name = match.group(1) or "", match.group(2), match.group(3) or ""
    opens = not match.string[: match.start()].rstrip(" \"'“‘")
    named = before.strip(" ,") not in _PLACES and bool(before) and "," not in before
    if not name.strip():
        return f"{before}Street{full_stop(match)}" if before else match.group()
    if not named or (name.strip() in _SAINTS and (opens or stop)):
        return f"{before}Saint {name.strip()}"
    return f"{before}Street{stop} {name.strip()}"


def _drive_or_doctor(match: re.Match[str]) -> str:
    follows = match.string[match.end() : match.end() + 2]
    if (
        match.group(1).strip() in ("The", "Dear", "Thank", "Yes", "No", "Good", "My", "Well")
        or follows[:1] == "!"
    ):
        return match.group()
    return f"{match.group(1)}Drive{full_stop(match)}"
