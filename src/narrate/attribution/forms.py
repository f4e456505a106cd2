"""Forms of names: every title and name as the text writes it, and how often it stands where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from narrate.attribution.lexicon import DESCRIBING, SPEECH, is_past, word_set
from narrate.attribution.mentions import Mention
from narrate.attribution.sexes import votes_by_pronoun
from narrate.attribution.words import Words

Spot = tuple[str, tuple[str, ...]]
"""A form of a name: (title, words)."""


@dataclass(slots=True)
class Form:
    """One way of writing a name, and how often it stands where."""

    title: str
    words: tuple[str, ...]
    count: int = 0
    said: int = 0
    acted: int = 0
    called: int = 0
    placed: int = 0  # after in, at, from ...
    the: int = 0
    owner: int = 0
    quoted: int = 0  # inside quotes
    mid: int = 0  # inside a sentence, where a capital tells a name
    he: int = 0  # times the pronoun that comes next is a man's
    she: int = 0
    first: int = 1 << 60


_RANKS = {
    "capt": "captain", "cap'n": "captain", "dr": "doctor", "col": "colonel", "gen": "general",
    "prof": "professor", "sergt": "sergeant", "sgt": "sergeant", "lieut": "lieutenant", "lt": "lieutenant",
    "rev": "reverend", "mister": "mr", "missus": "mrs", "gov": "governor", "madam": "mrs", "m": "monsieur",
    "mme": "madame",
}  # fmt: skip
HOUSE = frozenset(
    {"mr", "mrs", "miss", "ms", "monsieur", "madame", "mademoiselle", "sir", "lady", "lord", "herr", "frau"}
)
FAMILY = word_set("uncle aunt aunty auntie father mother brother sister cousin grandfather grandmother")


def rank(title: str) -> str:
    """One spelling for each title; describing words ("old Marsh") are no title."""
    parts = [p for p in title.split() if p not in DESCRIBING]
    return " ".join(_RANKS.get(p, p) for p in parts)


def count_forms(words: Words, mentions: list[Mention]) -> dict[Spot, Form]:
    """Every form of a name, with its counts."""
    forms: dict[Spot, Form] = {}
    for m in mentions:
        if m.kind != "name":
            continue
        spot = spot_of(m)
        form = forms.get(spot)
        if form is None:
            form = forms[spot] = Form(*spot)
        form.count += 1
        form.said += m.subject and m.verb in SPEECH and m.quote < 0
        form.acted += m.subject
        form.called += m.vocative
        before = words.low[m.first - 1] if m.first else ""
        form.placed += _placed(words, m.first, before)
        form.the += before == "the"
        form.owner += m.owner
        form.quoted += m.quote >= 0
        form.mid += not words.fresh[m.first]
        form.first = min(form.first, m.start)
    for spot, (he, she) in votes_by_pronoun(words, mentions, spot_of).items():
        forms[spot].he, forms[spot].she = he, she
    return forms


def spot_of(mention: Mention) -> Spot:
    """The form that a mention of a name uses."""
    return rank(mention.title), mention.words


def side_by_side(words: Words, mentions: list[Mention]) -> Counter[tuple[Spot, Spot]]:
    """How often two forms stand in one sentence of narration: the forms of one person hardly ever do."""
    together: Counter[tuple[Spot, Spot]] = Counter()
    recent: list[tuple[int, int, Spot]] = []
    for m in mentions:
        if m.kind != "name" or m.quote >= 0:
            continue
        spot = spot_of(m)
        recent = [r for r in recent[-4:] if m.start - r[0] < 120]
        for _, token, other in recent:
            if other != spot and not any(words.text[t][0] in '.!?…\n"”“' for t in range(token, m.first)):
                together[min(spot, other), max(spot, other)] += 1
        recent.append((m.start, m.end, spot))
    return together


def _placed(words: Words, first: int, before: str) -> bool:
    """`in Lisbon`, `at Lisbon`; `looked at Marta` places nobody."""
    if before == "at":
        verb = words.low[first - 2] if first > 1 else ""
        return not (is_past(verb) or verb.endswith("ing"))
    return before in ("in", "near", "through", "across", "into")


def shown(form: Form) -> str:
    """A form as a reader would write it: `Mr. Marsh`."""
    name = " ".join(form.words)
    if not form.title:
        return name
    dotted = {"mr": "Mr.", "mrs": "Mrs.", "ms": "Ms.", "doctor": "Dr."}
    title = " ".join(dotted.get(p, p.capitalize()) for p in form.title.split())
    return f"{title} {name}"
