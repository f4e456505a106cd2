"""From the words as written to the words as said, on the way to an engine.

`RULES` is the order: each rule is a plain function of the text and the `Page` it is on, and says in
one line what it does. The script keeps the author's words; only an engine sees what comes out here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from narrate.script import LineKind
from narrate.speaking.abbreviations import abbreviations, references
from narrate.speaking.amounts import codes, measures, money, numbers
from narrate.speaking.chat import chat
from narrate.speaking.cleaning import accents, clean, tidy
from narrate.speaking.faces import faces
from narrate.speaking.figures import dates, fractions, ordinals, phones, ranges, times, years
from narrate.speaking.heteronyms import heteronyms
from narrate.speaking.letters import capitals, initials
from narrate.speaking.markup import footnotes, links, markup
from narrate.speaking.masked import masked
from narrate.speaking.names import names
from narrate.speaking.page import Page
from narrate.speaking.pauses import pauses
from narrate.speaking.pronounce import Guide, check, compile_guide, pronounced
from narrate.speaking.quotes import apostrophes, quotes
from narrate.speaking.roman import roman
from narrate.speaking.sounds import sounds, stretched, stutters
from narrate.speaking.symbols import symbols
from narrate.speaking.unknown import unknown_words
from narrate.speaking.web import web

VERSION = "4"
"""Raise it when a rule changes what is spoken: it is part of every key."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One step from written to spoken."""

    name: str
    apply: Callable[[str, Page], str]
    trigger: re.Pattern[str] | None = None  # the rule runs only on a text that this finds; None: always
    neutral: bool = False  # whether it holds in every language, not in English alone


def _on(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_DIGIT = _on("[0-9]")
_NOT_ASCII = _on("[^ -~‘’“”—–…]")

# Any numeral but the word I, unless what follows speaks against the pronoun.
_NUMERAL = _on(
    r"\b(?:[IVXLCDM]{2,9}|[VX])\b|\b[ivxlc]{2,7}\b|[A-Za-z]\.? I(?! [a-z]|['’\w])|^I\b"
    r"|[A-Za-z]\.? I (?:of|and|to|is|was|begins|ends|opens|closes|in|at|by|who|came|died|ruled|reigned|had|"
    r"has|slept|sat|or|through)\b"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "faces",
        faces,
        _on(
            r"[^ -~‘’“”—–…À-ž]|[:;=<>^][-'DPpOowcCx3)(\[\]*/|\\_^.<>]|[-TOoXxu.;)(@0Q][._^wAD:=;]|"
            r"\b(?:orz|OTL|[uUoO][wW][uUoO]|o7)\b"
        ),
        neutral=True,
    ),
    Rule("clean", clean, _on("[^ -~‘’“”—–…]|  "), neutral=True),
    Rule("accents", accents, _on("[À-ÖØ-öø-ſ]")),
    Rule("masked", masked, _on(r"[A-Za-z][*@#$!%0-9]|\b[BbDdHhSs][-–—]")),
    Rule("footnotes", footnotes, _on(r"\[|[†‡⁰¹²³⁴-⁹]"), neutral=True),
    Rule("links", links, _on(r"[&<]|\]\("), neutral=True),
    Rule("web", web, _on(r"@|#|://|[wW]{3}\.|\w\.[a-zA-Z]|\s\.[a-z]")),
    Rule("markup", markup, _on(r"[\[\]{}*~`_\\#>]|^\s*[-+•‣◦▪·0-9]"), neutral=True),
    Rule("apostrophes", apostrophes, _on("['‘’‚‛`´ʼʹ′]")),
    Rule("references", references, _on(r"\. ?[0-9ivxlcIVXLC]|[№§º]|&c|A/N|AN:|;[dD][rR]|\.[a-z]\.")),
    Rule("money", money, _on(r"[$£€¥₹₩₽₿¢]|[0-9] ?[sdp]\b|[0-9]/-|USD|EUR|GBP")),
    Rule("measures", measures, _DIGIT),
    Rule("dates", dates, _DIGIT),
    Rule("times", times, _DIGIT),
    Rule("phones", phones, _on("[0-9]{3}|\\+[0-9]")),
    Rule("fractions", fractions, _on("[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒]|[0-9][/⁄][0-9]")),
    Rule("ranges", ranges, _on("[0-9] ?[-–—‒−]")),
    Rule("years", years, _on("[0-9]{2}")),
    Rule("ordinals", ordinals, _on("[0-9](?:st|nd|rd|th|ST|ND|RD|TH|d)")),
    Rule("roman", roman, _NUMERAL),
    Rule("codes", codes, _DIGIT),
    Rule("symbols", symbols),
    Rule("numbers", numbers, _DIGIT),
    Rule("stutters", stutters, _on(r"\b[A-Za-z]{1,3}(?:-|–|—|…|\.\.)")),
    Rule("stretched", stretched, _on(r"(?i)([a-z])\1\1")),
    Rule("sounds", sounds),
    Rule("chat", chat, _on(r"\b[a-z]{2,5}\b")),
    Rule("initials", initials, _on(r"\b[A-Z]\.")),
    Rule("capitals", capitals, _on("[A-ZÀ-Þ]{2}|[A-Z]['’][A-Z]|[A-Za-z]-[A-Za-z]\\b")),
    Rule(
        "abbreviations",
        abbreviations,
        _on(
            r"[A-Za-z]\.|&c|/|\btb?sp|[a-z] ?[-–—] ?[MTWFS][a-z]|\b(?:Mrs?|Ms|Dr|St|etc|vs|Jr|Esq|Ltd|"
            r"Xmas|Prof|Capt|Col)\b"
        ),
    ),
    Rule("quotes", quotes, _on("['\"“”„‟«»‹›〝〞〟「」『』＂]"), neutral=True),
    Rule("pauses", pauses, _on(r"[–—―⸺⸻‒−…¡¿‽()\n]|--|\s-|^-|\.\s?\.|[!?]{2}"), neutral=True),
    Rule("names", names, _on("[A-ZÀ-Þ]")),
    Rule("heteronyms", heteronyms),
    Rule("tidy", tidy, neutral=True),
)
"""Every rule, in the order they run."""

LONGEST = 2000
"""Characters that the rules are given at once."""

_word = re.compile(r"[^\W_]")
_sentence_end = re.compile(r"[.!?…][\"”'’)]*\s+")
_FACE = _on(r"[:;=<>^\\-][-'()\[\]*/|_^.<>3o]|[)(][:=]")


def speakable(
    text: str,
    *,
    engine: str,
    kind: LineKind = "narration",
    language: str = "en",
    pronounce: Mapping[str, str] | None = None,
    british: bool = False,
) -> str:
    """The words of a line as `engine` is to be given them: no figures, signs or quote marks left.

    `kind` is the line's, `language` the book's (other than English, only what holds in every language
    is done), `pronounce` the user's words with a respelling or /IPA/ each, `british` whether the voice
    is. Engines with phonemes of their own (hibari, kokoro) find `[word](/phonemes/)` where a spelling
    would be misread. A text without a word in it gives "": there is nothing to say.

    Raises UserFileError for an impossible pronunciation, and nothing else.
    """
    guide = compile_guide(pronounce) if pronounce else None
    english = language.lower().split("-")[0] in ("en", "")
    said = []
    for part in _parts(text):
        if _word.search(part) is None and _NOT_ASCII.search(part) is None and _FACE.search(part) is None:
            continue
        page = Page(engine=engine, language=language, kind=kind, british=british)
        said.append(_through_the_rules(part, page, guide, english=english))
    whole = " ".join(part for part in said if part)
    return whole if _word.search(whole) is not None else ""


def _through_the_rules(text: str, page: Page, guide: Guide | None, *, english: bool) -> str:
    for rule in RULES:
        if (english or rule.neutral) and (rule.trigger is None or rule.trigger.search(text) is not None):
            text = rule.apply(text, page)
        if guide is not None and rule.name == "clean":
            text = pronounced(text, page, guide)
    return page.finished(text)


def _parts(text: str) -> Iterator[str]:
    """The text in stretches that the rules see one at a time, so that the worst of texts costs no more
    for each character than a long paragraph does. Cut after a sentence, else at a space, else anywhere."""
    at = 0
    while len(text) - at > LONGEST:
        window = text[at : at + LONGEST]
        ends = [m.end() for m in _sentence_end.finditer(window, LONGEST // 2)]
        cut = ends[-1] if ends else window.rfind(" ", LONGEST // 2) + 1 or LONGEST
        yield window[:cut]
        at += cut
    yield text[at:] if at else text


__all__ = ["RULES", "VERSION", "Rule", "check", "compile_guide", "speakable", "unknown_words"]
