"""Emoji, emoticons and kaomoji: said by name, a run of the same one once."""

from __future__ import annotations

import re
from functools import lru_cache

from narrate.speaking.page import Page

_EMOTICONS = {
    ":)": "smiley face", ":-)": "smiley face", "(:": "smiley face", "=)": "smiley face", ":]": "smiley face",
    ":(": "sad face", ":-(": "sad face", "):": "sad face", "=(": "sad face", ":[": "sad face",
    ":'(": "crying face", ";_;": "crying face", "T_T": "crying face", "T.T": "crying face",
    "TT_TT": "crying face", ";)": "winking face", ";-)": "winking face", ":D": "grinning face",
    ":-D": "grinning face", "=D": "grinning face", "XD": "laughing face", "xD": "laughing face",
    ":P": "face with tongue", ":-P": "face with tongue", ":p": "face with tongue", ":-p": "face with tongue",
    ":O": "surprised face", ":o": "surprised face", ":-O": "surprised face", "O_O": "staring face",
    "o_o": "staring face", "O_o": "doubtful face", "o_O": "doubtful face", "O.o": "doubtful face",
    "o.O": "doubtful face", ":/": "doubtful face", ":-/": "doubtful face", ":\\": "doubtful face",
    ":|": "straight face", ":-|": "straight face", "-_-": "tired face", "-.-": "tired face",
    ">:(": "angry face", ">:)": "wicked grin", "^_^": "happy face", "^.^": "happy face", "^^": "happy face",
    ">_<": "wincing face", ">.<": "wincing face", "<3": "heart", "</3": "broken heart", ":3": "cat face",
    ":*": "kiss", ":-*": "kiss", "\\o/": "cheering", "o7": "salute", "._.": "blank face", "u_u": "sad face",
    "<_<": "sideways look", ">_>": "sideways look", "¬_¬": "sideways look",
    ">///<": "blushing face", ">//<": "blushing face", "=3": "cat face", ">:3": "cat face",
    "QAQ": "crying face", "QwQ": "crying face", "TwT": "crying face", "T^T": "crying face",
    ";w;": "crying face", "=_=": "tired face", "x_x": "dead face", "X_X": "dead face", "@_@": "dizzy face",
    "O.O": "staring face", "o.o": "staring face",
    "0_0": "staring face", ">w<": "happy face", ";P": "winking face", ";D": "winking face", ":x": "kiss",
    "D:<": "angry face", ":c": "sad face", ":C": "sad face", ":')": "tearful smile",
    "uwu": "happy face", "UwU": "happy face", "owo": "surprised face", "OwO": "surprised face",
}  # fmt: skip
_KAOMOJI = {
    "¯\\_(ツ)_/¯": "shrug", "¯\\(ツ)/¯": "shrug", "¯_(ツ)_/¯": "shrug", "┐(´ー`)┌": "shrug",
    "(╯°□°)╯︵ ┻━┻": "table flip", "(╯°□°）╯︵ ┻━┻": "table flip", "(ノಠ益ಠ)ノ彡┻━┻": "table flip",
    "┬─┬ノ( º _ ºノ)": "puts the table back", "┬─┬ ノ( ゜-゜ノ)": "puts the table back",
    "( ͡° ͜ʖ ͡°)": "sly face", "ಠ_ಠ": "disapproving face", "(ಠ_ಠ)": "disapproving face",
    "(づ｡◕‿‿◕｡)づ": "hug", "(っ◕‿◕)っ": "hug", "ʕ•ᴥ•ʔ": "bear", "(=^･ω･^=)": "cat", "(^_^)": "happy face",
    "(^^)": "happy face", "(T_T)": "crying face", "(;_;)": "crying face", "(>_<)": "wincing face",
    "(-_-)": "tired face", "(o_o)": "staring face", "(O_O)": "staring face", "(¬_¬)": "sideways look",
    "(◕‿◕)": "happy face", "(｡◕‿◕｡)": "happy face", "(・_・)": "blank face", "(•_•)": "blank face",
    "( •_•)>⌐■-■": "puts on sunglasses", "(⌐■_■)": "sunglasses", "♪(´▽`)": "singing",
    "(*^_^*)": "blushing face",
    "(^o^)": "happy face", "\\(^o^)/": "cheering", "ヽ(^o^)ノ": "cheering", "orz": "bows down",
    "OTL": "bows down",
}  # fmt: skip
_FRIENDLY = {
    "face_with_tears_of_joy": "crying with laughter",
    "rolling_on_the_floor_laughing": "rolling with laughter",
    "red_heart": "heart", "loudly_crying_face": "sobbing", "grinning_squinting_face": "laughing",
    "smiling_face_with_heart-eyes": "heart eyes", "beaming_face_with_smiling_eyes": "grinning",
    "hundred_points": "one hundred", "pile_of_poo": "pile of poo",
    "see-no-evil_monkey": "monkey hiding its eyes",
    "person_shrugging": "shrug", "person_facepalming": "facepalm",
    "smiling_face_with_smiling_eyes": "smiling",
    "clapping_hands": "clapping", "folded_hands": "folded hands", "check_mark_button": "tick",
    "cross_mark": "cross", "trade_mark": "", "copyright": "copyright", "registered": "",
}  # fmt: skip


def _any_of(faces: dict[str, str]) -> str:
    return "|".join(re.escape(f) for f in sorted(faces, key=len, reverse=True))


_kaomoji = re.compile(_any_of({k: v for k, v in _KAOMOJI.items() if k not in ("orz", "OTL")}))
_emoticon = re.compile(
    rf"(?<![\w/:;=.(\\])(?:{_any_of(_EMOTICONS)}|\b(?:orz|OTL)\b)(?![\w/])(?=[\s.,;:!?)…\"'’”*<>^=]|[^\x00-\x7f]|$)"
)
_maybe = re.compile(
    r"[:;=][-'DPpOowcCx3)(\[\]*/|\\]|>/|[@0QT][_^wA]|D:<|[<>^TOoXxu;.¬-][._w3/<]|\^\^|[)(][:=]"
    r"|\b(?:orz|OTL|[uU][wW][uU]|[xX]D|o7)\b"
)
_bear = re.compile("ʕ[^ʕʔ\n]{1,12}ʔ[^\\sA-Za-z,.;:!?]{0,3}")
# What is left of a drawn face: a bracket that holds no word, only signs and letters of no common script.
_drawn = re.compile(
    r"(?:[ヽ＼\\ノ٩凸งᕙᕦ]|\bo(?=\()){0,2}\([^()A-Za-z0-9À-ž\n]{2,16}\)(?:[ﾉノ/۶٩づゞ凸งᕗᕤ☞☆♪~]|o\b){0,2}"
)
_face_sign = re.compile("[^ -~‘’“”—–…À-ž°§•·ª-º]")
# Arrows, symbols, dingbats and everything of the emoji planes; a cheap first look.
_emoji_sign = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_tone = re.compile(r"_(?:(?:medium-)?(?:light|dark)|medium)_skin_tone|_\(blood_type\)|[’“”()!.]")
_run = re.compile(r"(?: ?:emo\([^()]{0,80}\):)+")
_one = re.compile(r"emo\(([^()]{0,80})\)")


def _named(matches: list[str]) -> str:
    """One name after another with pauses between, each only once."""
    return ", ".join(dict.fromkeys(m for m in matches if m))


def faces(text: str, page: Page) -> str:
    """Faces and signs in words, set off by commas."""
    said = _faces(text)
    return said if said is text else said.rstrip(", ")


def _faces(text: str) -> str:
    if _face_sign.search(text):
        text = _kaomoji.sub(lambda m: _set_off(_KAOMOJI[m.group()]), text)
        if _emoji_sign.search(text):
            text = _emoji(text)
        if "ʕ" in text:
            text = _bear.sub(_set_off("bear"), text)
        if "(" in text:
            text = _drawn.sub(lambda m: ", " if _face_sign.search(m.group()) else m.group(), text)
    if _maybe.search(text):
        text = _kaomoji.sub(lambda m: _set_off(_KAOMOJI[m.group()]), text)
        text = _emoticon.sub(lambda m: _set_off(_EMOTICONS.get(m.group()) or _KAOMOJI[m.group()]), text)
    return text


def _set_off(name: str) -> str:
    return f", {name}, "


def _emoji(text: str) -> str:
    import emoji  # 35 ms, and few stories have one

    text = text.replace("\u2122", "").replace("\u00ae", "")
    text = emoji.replace_emoji(text, lambda chars, data: f":emo({_name(chars, str(data['en']))}):")
    return _run.sub(lambda m: _set_off(_named(_one.findall(m.group()))), text)


@lru_cache(maxsize=2048)
def _name(chars: str, short_name: str) -> str:
    name = _tone.sub("", short_name.strip(":"))
    if name in _FRIENDLY:
        return _FRIENDLY[name]
    if name.startswith("keycap_"):
        return name.removeprefix("keycap_")
    if len(chars) == 2 and "\U0001f1e6" <= chars[0] <= "\U0001f1ff":
        name = f"flag_of_{'the_' if name.startswith('United') else ''}{name}"
    return name.replace("_", " ").replace(":", " ").replace("-", " ")
