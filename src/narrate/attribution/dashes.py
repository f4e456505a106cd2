"""Dialogue opened by a dash and closed by nothing: `— Where is he? said Ana. I saw nobody.`"""

from __future__ import annotations

import re

from narrate.attribution.lexicon import FUNCTION, SPEECH, TITLES, is_past, is_person_noun, word_set

_LED = re.compile(r"\s*(?:[—–―]|--|- )\s*(?=\S)")
_PIECE = re.compile(r"[^.!?…,;—–]*(?:[.!?…]+|[,;]|[—–]+|$)")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_I_YOU = word_set(
    """
    i you me my your we us our i'm i'll i've i'd you're you'll
    """
)


def is_dash_led(text: str) -> bool:
    return bool(_LED.match(text))


def dash_spans(text: str) -> list[tuple[int, int]]:
    """The spoken stretches of one dash-led paragraph: tags and beats are left out. Linear in the text."""
    lead = _LED.match(text)
    if lead is None:
        return []
    start = lead.end()
    if text[start].islower() and not text.rstrip().endswith((".", "!", "?", "…")):
        return []  # an item of a list
    pieces = _pieces(text, start)
    spoken = _spoken(text, pieces)
    spans: list[tuple[int, int]] = []
    for (a, b), said in zip(pieces, spoken, strict=True):
        if not said:
            continue
        if spans and not text[spans[-1][1] : a].strip():
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    trimmed = [(a, len(text[:b].rstrip())) for a, b in _trim(text, spans)]
    return [(a, b) for a, b in trimmed if a < b]


def _pieces(text: str, start: int) -> list[tuple[int, int]]:
    pieces, at = [], start
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None or match.end() == at:
            break
        a = at + len(text[at : match.end()]) - len(text[at : match.end()].lstrip())
        pieces.append((a, match.end()))
        at = match.end()
    return pieces


def _spoken(text: str, pieces: list[tuple[int, int]]) -> list[bool]:
    """Piece by piece: a tag stops the speech, the end of its sentence starts it again; a beat is a
    sentence.
    """
    said: list[bool] = []
    narrating, new_sentence = False, True
    seen_tag = False
    for k, (a, b) in enumerate(pieces):
        words = [w.lower() for w in _WORDS.findall(text[a:b])[:8]]
        raw = _WORDS.findall(text[a:b])[:8]
        stop = text[a:b].rstrip()[-1:]
        previous = text[pieces[k - 1][0] : pieces[k - 1][1]].rstrip()[-1:] if k else ""
        if k and not narrating and (previous in ",!?…." or previous in "—–") and _is_tag(raw, words):
            narrating = seen_tag = True
        elif narrating and previous == "," and seen_tag and _resumes(words):
            narrating = False
        elif new_sentence:
            narrating = k > 0 and _is_beat(raw, words)
        said.append(not narrating)
        new_sentence = stop in ".!?…" if stop else True
        if stop in "—–" and narrating:
            new_sentence = True
    return said


def _is_tag(raw: list[str], words: list[str]) -> bool:
    """`said Ana`, `he said quietly`, `the old man said`, `Stephen said`."""
    if not words:
        return False
    if words[0] in SPEECH and len(words) > 1 and words[1] not in _I_YOU - {"i"}:
        return raw[1][0].isupper() or words[1] in (
            "he",
            "she",
            "they",
            "it",
            "the",
            "his",
            "her",
            "my",
            "a",
            "an",
            "one",
        )
    for k in range(1, min(5, len(words))):
        if words[k] in SPEECH:
            subject = words[:k]
            if subject[0] in ("he", "she", "they", "it") or (
                subject == ["i"] and words[k] not in ("tell", "say", "think")
            ):
                return True
            return raw[0][0].isupper() and subject[0] not in FUNCTION - {"the", "his", "her", "my"} and k <= 3
    return False


def _resumes(words: list[str]) -> bool:
    """After `said Ana,` the speech goes on with `and I was ...`."""
    return any(w in _I_YOU for w in words[:3]) and not any(w in SPEECH for w in words[:2])


def _is_beat(raw: list[str], words: list[str]) -> bool:
    """A sentence of narration between two of speech: `The old woman turned her face to the water.`"""
    if len(words) < 2 or any(w in _I_YOU for w in words):
        return False
    first = words[0]
    subject = (
        first in ("he", "she")
        or (
            (first in ("the", "his", "her") and any(is_person_noun(w) for w in words[1:4]))
            or first in ("his", "her")
        )
        or (
            raw[0][0].isupper()
            and (first not in FUNCTION or first in TITLES)
            and len(raw) > 1
            and is_past(words[1])
        )
    )
    present = {
        "is",
        "are",
        "has",
        "have",
        "will",
        "can",
        "must",
        "may",
        "does",
        "doesn't",
        "isn't",
        "he's",
        "she's",
    }
    return subject and not present & set(words) and any(is_past(w) for w in words[1:6])


def _trim(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    trimmed = []
    for a, b in spans:
        while a < b and (text[a] in "—–―.,;:" or text[a].isspace()):
            a += 1
        while b > a and (text[b - 1] in "—–" or text[b - 1].isspace()):
            b -= 1
        if a < b and (_WORDS.search(text, a, b) or text[a:b].strip(" .…")):
            trimmed.append((a, b))
    return trimmed
