"""Quote marks out, since engines misread them; apostrophes kept inside words; clipped words said right."""

from __future__ import annotations

import re

from narrate.speaking.page import HELD, Page

_double = re.compile('["“”„‟«»‹›〝〞〟「」『』＂]+')
_single = str.maketrans("‘’‚‛`´ʼʹ′", "'" * 9)

# Word as clipped -> (phonemes, the respelling); "" keeps the word without its apostrophe. Where the rest is
# a word that sounds the same ('is, 'as, 'bout), losing the mark is enough: it may be an opening quote.
_CLIPPED: dict[str, tuple[str, str]] = {
    "'tis": ("tˈɪz", "tiz"), "'twas": ("", "twas"), "'twill": ("", "twill"), "'twere": ("", "twere"),
    "'twould": ("twˈʊd", "twood"), "'tisn't": ("tˈɪzᵊnt", "tizn't"), "'twasn't": ("twˈʌzᵊnt", "twuzn't"),
    "'em": ("əm", "um"), "'im": ("ɪm", "im"), "'er": ("əɹ", "er"),
    "'e": ("i", "ee"), "'ere": ("ˈɪɹ", "eer"), "'ave": ("ˈæv", "av"), "'ome": ("ˈOm", "ohm"),
    "'ouse": ("ˈWs", "owss"),
    "'ead": ("ˈɛd", "ed"), "'eart": ("ˈɑɹt", "art"),
    "'ello": ("ɛlˈO", "ello"), "'orse": ("ˈɔɹs", "orss"), "'eard": ("ˈɜɹd", "erd"),
    "'appen": ("ˈæpən", "appen"), "'alf": ("ˈæf", "aff"), "'ard": ("ˈɑɹd", "ard"),
    "'cause": ("kˈʌz", "cuz"), "'cos": ("kˈʌz", "cuz"), "'coz": ("kˈʌz", "cuz"), "'cuz": ("kˈʌz", "cuz"),
    "'til": ("", "till"),
    "'nother": ("", "nother"), "'nuff": ("nˈʌf", "nuff"), "'scuse": ("skjˈuz", "scuse"),
    "'spect": ("spˈɛkt", "spect"), "'specially": ("spˈɛʃəli", "specially"), "'n": ("", "and"),
    "'n'": ("", "and"), "'tude": ("tˈud", "tude"), "'spose": ("spˈOz", "spoze"), "'kay": ("kˈA", "kay"),
    "'sup": ("sˈʌp", "sup"), "'ow's": ("ˈWz", "owz"), "'e's": ("iz", "eez"), "'ome's": ("ˈOmz", "ohmz"),
    "'ere's": ("ˈɪɹz", "eerz"), "'e'll": ("il", "eel"), "'e'd": ("id", "eed"), "'aven't": ("ˈævənt", "avent"),
}  # fmt: skip
_CLOSED: dict[str, tuple[str, str]] = {
    "o'": ("ə", "uh"), "an'": ("ən", "an"), "th'": ("ðə", "the"), "ol'": ("ˈOl", "ole"),
    "lil'": ("lˈɪl", "lil"), "li'l'": ("lˈɪl", "lil"), "don'": ("dˈOn", "doan"), "wi'": ("wɪ", "wi"),
    "mo'": ("mˈO", "moe"), "fo'": ("fˈO", "foe"), "po'": ("pˈO", "poe"), "t'": ("tə", "tuh"), "d'": ("də",
    "duh"),
    "ha'": ("hə", "huh"), "jus'": ("ʤˈʌs", "juss"), "tha'": ("ðˈæt", "that"), "wha'": ("wˈʌt", "what"),
    "doin'": ("dˈuɪn", "doo-in"), "goin'": ("ɡˈOɪn", "go-in"), "bein'": ("bˈiɪn", "be-in"),
    "seein'": ("sˈiɪn", "see-in"), "sayin'": ("sˈAɪn", "say-in"), "tryin'": ("tɹˈIɪn", "try-in"),
    "dyin'": ("dˈIɪn", "die-in"), "lyin'": ("lˈIɪn", "lie-in"), "playin'": ("plˈAɪn", "play-in"),
    "cryin'": ("kɹˈIɪn", "cry-in"), "flyin'": ("flˈIɪn", "fly-in"), "comin'": ("kˈʌmɪn", "cummin"),
    "havin'": ("hˈævɪn", "havin"), "livin'": ("lˈɪvɪn", "livvin"), "givin'": ("ɡˈɪvɪn", "givvin"),
    "makin'": ("mˈAkɪn", "may-kin"), "takin'": ("tˈAkɪn", "tay-kin"), "lovin'": ("lˈʌvɪn", "luvvin"),
    "nothin'": ("nˈʌθɪn", "nuthin"), "somethin'": ("sˈʌmθɪn", "sumthin"), "mornin'": ("mˈɔɹnɪn", "mornin"),
}  # fmt: skip
# Contractions that the dictionaries hold only in part, or take for another word.
_INSIDE: dict[str, tuple[str, str]] = {
    "y'all": ("jˈɔl", "yawl"), "y'alls": ("jˈɔlz", "yawls"), "ya'll": ("jˈɔl", "yawl"),
    "y'all're": ("jˈɔləɹ", "yawler"), "y'all'd": ("jˈɔld", "yawld"), "y'all've": ("jˈɔləv", "yawl've"),
    "i'd've": ("ˈIdəv", "I'd've"), "you'd've": ("jˈudəv", "you'd've"), "he'd've": ("hˈidəv", "he'd've"),
    "she'd've": ("ʃˈidəv", "she'd've"), "we'd've": ("wˈidəv", "we'd've"),
    "they'd've": ("ðˈAdəv", "they'd've"),
    "it'd've": ("ˈɪtədəv", "it'd've"), "who'd've": ("hˈudəv", "who'd've"),
    "that'd've": ("ðˈætədəv", "that'd've"),
    "wouldn't've": ("wˈʊdᵊntəv", "wouldn't've"), "couldn't've": ("kˈʊdᵊntəv", "couldn't've"),
    "shouldn't've": ("ʃˈʊdᵊntəv", "shouldn't've"), "mightn't've": ("mˈItᵊntəv", "mightn't've"),
    "what're": ("wˈʌtəɹ", "what're"), "how're": ("hˈWəɹ", "how're"), "why're": ("wˈIəɹ", "why're"),
    "there're": ("ðˈɛɹəɹ", "there're"), "where're": ("wˈɛɹəɹ", "where're"), "who're": ("hˈuəɹ", "who're"),
    "that'd": ("ðˈætəd", "that'd"), "what'd": ("wˈʌtəd", "what'd"), "there'd": ("ðˈɛɹəd", "there'd"),
    "d'you": ("ʤə", "d'you"), "d'ya": ("ʤə", "d'ya"), "d'ye": ("djə", "d'ye"), "s'okay": ("sOkˈA", "s'okay"),
    "s'ok": ("sOkˈA", "s'ok"), "s'alright": ("sɔlɹˈIt", "s'all right"), "s'pose": ("spˈOz", "spose"),
    "usedn't": ("jˈusᵊnt", "usen't"), "more'n": ("mˈɔɹən", "more than"), "less'n": ("lˈɛsən", "lessen"),
    "so's": ("sˈOz", "so's"), "guv'nor": ("ɡˈʌvnəɹ", "guvner"),
}  # fmt: skip


def _words(table: dict[str, tuple[str, str]]) -> str:
    return "|".join(sorted((w.strip("'") for w in table), key=len, reverse=True))


_opening = re.compile(rf"(?<!\w)'(?:{_words(_CLIPPED)})(?:'(?!\w))?(?!\w|'\w)", re.I)
_closing = re.compile(rf"(?<![\w'])(?:{_words(_CLOSED)})'(?!\w)", re.I)
_inside = re.compile(rf"(?<![\w'])(?:{_words(_INSIDE)})(?![\w']|'\w)", re.I)
_loose = re.compile(rf"(?<![\w{HELD}])'+|'+(?!\w)")


def quotes(text: str, page: Page) -> str:
    """Only apostrophes within words are left of all that quotes."""
    return _loose.sub("", _double.sub(" ", text) if _clings(text) else _double.sub("", text))


def _clings(text: str) -> bool:
    return _glued.search(text) is not None


_glued = re.compile('\\w["“”„‟«»‹›〝〞〟「」『』＂]+\\w')


def apostrophes(text: str, page: Page) -> str:
    """Every kind of apostrophe as the plain one; 'tis, o', doin', y'all and their like as they sound."""
    text = text.translate(_single)
    text = _opening.sub(lambda m: _said(m.group(), _CLIPPED, page), text)
    text = _inside.sub(lambda m: _said(m.group(), _INSIDE, page), text)
    return _closing.sub(lambda m: _said(m.group(), _CLOSED, page), text)


def _said(found: str, table: dict[str, tuple[str, str]], page: Page) -> str:
    key = found.lower()
    tail = ""
    if key not in table:  # "'tis'": the second mark closes a quotation
        key, tail = key.rstrip("'"), "'"
    phonemes, respelling = table[key]
    if not phonemes:
        return (respelling.capitalize() if found.strip("'")[:1].isupper() else respelling) + tail
    shown = respelling.capitalize() if found.strip("'")[:1].isupper() else respelling
    return page.say(found.strip("'"), phonemes, shown) + tail
