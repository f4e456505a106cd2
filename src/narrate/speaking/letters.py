"""Capitals: initials, spelled words, acronyms kept, emphasis in lower case."""

from __future__ import annotations

import re

from narrate.speaking import lexicon
from narrate.speaking.page import HELD, Page

_initials = re.compile(
    rf"(?<![\w.'’-])((?:[A-Z]\.[ -]?){{1,5}})(?=[A-Z{HELD}][A-Za-z'’-]|[A-Z{HELD}]\s|[{HELD}])"
)
_capital = re.compile("[A-Z]")
_letter_name = re.compile(
    r"(?<![\w.'’-])(?!M\. (?:de|du|le|la|des)\b)((?:[A-Z]\. ?){1,4}[A-Z]|[B-HJ-Z])\.(?= [a-z])"
)
_acronym = re.compile(r"(?<![\w.])((?:[A-Z]\.){2,8}|(?:[A-Z]\.){1,7}[A-Z])(?![\w])(['’]s\b)?")
_after_noun = re.compile(
    r"\b(?:plan|vitamin|exhibit|grade|section|type|group|block|part|point|flat|room|appendix|class|team|"
    r"option|step"
    r"|letter|figure|hepatitis|schedule|form|company|platform|gate|unit|row|building|wing|case|chapter|"
    r"number) $",
    re.I,
)
_spelled = re.compile(
    r"(?<![\w-])[A-Za-z](?:-[A-Za-z]){2,30}(?![\w-])|(?<![\w-])[A-Z](?:-[A-Z]){1,30}(?![\w'’-])"
)
_capitals = re.compile(r"(?<![A-Za-z0-9])(?:[A-ZÀ-Þ]{2,}(?:['’][A-ZÀ-Þ]+)*|[A-Z]['’][A-Z]+)(?![A-Za-zÀ-ÿ])")
_lower = re.compile(r"[a-zß-ÿ]")
_sentence_start = re.compile(r"(?:^|[.!?…]['\"”’)]*\s+|^\W+)$")

# Known to every engine's own dictionary or read letter by letter: left as they stand.
_KEPT = frozenset(
    re.findall(
        "[A-Z]+",
        """
        AC AI AKA AM ASAP ATM BBC BC BCE BBQ BTW CBS CCTV CD CEO CFO CIA CNN CPR CPU CSI CV DA DC DEA
        DIY DJ DNA DMV DOA DVD EEG EKG EMP EMT ER ESP EU FAQ FBI FYI GI GPS GPA HBO HIV HQ HR IBM ICU ID
        IMF IQ IRA IRS IT ITV IV JFK KGB LAPD LCD LED LGBT LSD MBA MC MD MIA MIT MP MRI MTV NASA NATO
        NBC NCO NHS NHL NBA NFL NPC NSA NYC NYPD OCD OK OMG PA PC PDA PE PIN PM POW PR PS PTA PTSD PVC
        QC RAF RAM RIP RPG RSVP RV SAS SAT SIM SOS SPF STD SUV SWAT TA TGIF TLC TNT TV UFO UK UN UNICEF
        UPS US USA USB USSR UV VCR VHS VIP VP VR WC WHO WTF WWI WWII XL XML YMCA LOL LMAO ROFL BRB TBH
        IDK IKR SMH NSFW POV OOC AU OC OTP DM PSA PHD
        """,
    )
)
# Read letter by letter, though a dictionary or the look of them would make words of them.
_SPELLED = frozenset(
    re.findall(
        "[A-Z]+",
        """
        AFK AKB AOC BMW CSM DI DCI DND DPS ETA FTL GM HMS HP ICBM IED IOU IRL KFC KO LAPD LOTR MCU MFA MI
        MMO MMORPG NDA NCC OOO PFC PI PO PPS PVP PVE QED RMS SS SSR SUV TLDR TK UAV USS WPC WTH XP
        """,
    )
)
# Of these, the ones that are also words: an acronym only where the words beside it say so.
_WORDS = {
    "IT": re.compile(r"(?:^|.*\b(?:the|an|our|your|their|in|company) )$|.*", re.S),
    "US": re.compile(r".*\b(?:the|in|The|In|a|A|from|across|of the) $", re.S),
    "WHO": re.compile(r".*\b(?:the|The) $", re.S),
    "AM": re.compile(
        r".*(?:[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty)) $", re.S
    ),
    "PIN": re.compile(r".*\b(?:my|your|his|her|the|a|their) $", re.S),
    "LED": re.compile(r".*\b(?:an|the|An|The|of) $", re.S),
    "SAT": re.compile(r".*\b(?:the|my|your|The) $", re.S),
    "RAM": re.compile(r".*\b(?:of|more|the) $", re.S),
    "AU": re.compile(r".*", re.S),
    "HR": re.compile(r".*", re.S),
    "ID": re.compile(r".*", re.S),
}
_it_noun = re.compile(
    r" (?:department|guy|girl|team|support|people|person|help|manager|crowd|man|woman|office|specialist)\b"
)
_vowel = re.compile("[AEIOUYÀ-Þ]")
_jumble = re.compile("[BCDFGHJKLMNPQRSTVWXZ]{4}")


_PLACES = frozenset(
    re.findall(
        "[A-Z]+",
        """
        US USA UK USSR DC UN EU PS PPS RSVP AD BC AM PM OK NB RIP PHD MD MP TV FBI CIA
        """,
    )
)


def initials(text: str, page: Page) -> str:
    """J. R. Smith, U.S., P.S.: the letters without their stops."""
    text = _initials.sub(lambda m: _initial(m, page), text)
    text = _letter_name.sub(lambda m: " ".join(letter(n, page) for n in _capital.findall(m.group(1))), text)
    return _acronym.sub(lambda m: _letters(m, page), text)


def _initial(match: re.Match[str], page: Page) -> str:
    names = re.findall("[A-Z]", match.group(1))
    if "".join(names) in _PLACES:
        return match.group()  # "in the U.S. He": the stop may end a sentence
    if len(names) == 1:
        before = match.string[: match.start()]
        if names[0] == "I" or _after_noun.search(before[-12:]):
            return match.group()  # "It was I. Then", "Plan B. Then": the stop ends a sentence
        if names[0] == "A" and (not before or before.rstrip()[-1:] in ".!?"):
            return f"{letter('A', page)} "
    return " ".join(letter(n, page) for n in names) + " "


def _letters(match: re.Match[str], page: Page) -> str:
    names = match.group(1).replace(".", "")
    possessive = match.group(2) or ""
    ends = match.group().endswith(".") and re.match(
        r"['\"”’)]*(?:$|\s+['\"“‘(]*[A-Z])", match.string[match.end() :]
    )
    said = (
        page.hold(names)
        if names in ("USA", "OK", "FBI", "CIA", "BBC")
        else " ".join(letter(n, page) for n in names)
    )
    return said + possessive + ("." if ends else "")


def letter(name: str, page: Page) -> str:
    """A letter by its name."""
    # "A" by itself is the article to every G2P.
    return page.say("A", "ˈA", "A") if name == "A" and page.style == "phonemes" else name


def capitals(text: str, page: Page) -> str:
    """I AM, STOP, KYLO as am, stop, Kylo; NASA and FBI stay; S-T-O-P letter by letter."""
    if "-" in text:
        text = _spelled.sub(lambda m: _spell(m, page), text)
    shouting = not _lower.search(text)
    return _capitals.sub(lambda m: _calm(m, page, shouting=shouting), text)


def _spell(match: re.Match[str], page: Page) -> str:
    names = match.group().split("-")
    if any(n.islower() for n in names) and not all(n.islower() for n in names[1:]):
        return match.group()
    if len({n.lower() for n in names}) == 1:
        return match.group()  # a stammer: "a-a-a"
    return " ".join(letter(n.upper(), page) for n in names)


def _calm(match: re.Match[str], page: Page, *, shouting: bool) -> str:
    word = match.group()
    before, after = match.string[: match.start()], match.string[match.end() :]
    if word in ("WWI", "WWII"):
        return f"World War {'One' if word == 'WWI' else 'Two'}"
    if word in _SPELLED:
        return " ".join(letter(c, page) for c in word)
    if word in _KEPT and not _is_word(word, before, after, shouting=shouting):
        return word
    plain = word.replace("’", "'")
    if "'" in plain or _known_lower(plain):
        said = word.lower()
        return said[0].upper() + said[1:] if word[:2] in ("I'", "I’") or _opens(before) else said
    name = word.capitalize()
    if lexicon.listed(name):
        return name
    if lexicon.listed(word):
        return word
    if lexicon.known(word.lower()):
        return word.lower()
    if len(word) > 3 and _vowel.search(word) and not _jumble.search(word):
        return name
    if len(word) == 3 and shouting and _vowel.search(word[1:]):
        return name
    return " ".join(letter(c, page) for c in word)


def _known_lower(word: str) -> bool:
    return lexicon.listed(word.lower())


def _opens(before: str) -> bool:
    return not before.strip(" \"'“‘(—") or before.rstrip(" \"'“‘(")[-1:] in ".!?…"


def _is_word(word: str, before: str, after: str, *, shouting: bool) -> bool:
    """Whether these capitals are a common word, shouted, rather than the acronym."""
    if not lexicon.listed(word.lower()) or word in ("OK", "TV"):
        return False
    neighbours = (
        re.findall(r"[A-Za-z'’]{2,}", before[-24:])[-1:] + re.findall(r"[A-Za-z'’]{2,}", after[:24])[:1]
    )
    if shouting or any(n.isupper() and n not in _KEPT for n in neighbours):
        return True
    if word == "IT":
        return _it_noun.match(after) is None and not before.endswith(" in ")
    if word in _WORDS:
        return _WORDS[word].match(before) is None
    return False
