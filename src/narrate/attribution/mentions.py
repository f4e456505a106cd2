"""Mentions: every place where the text names, describes or points at a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from narrate.attribution.given_names import given_sex
from narrate.attribution.lexicon import (
    DESCRIBING,
    FUNCTION,
    GROUP_NOUNS,
    KIN,
    SPEECH,
    TITLES,
    TITLES_F,
    TITLES_M,
    Sex,
    is_past,
    is_person_noun,
    noun_sex,
    word_set,
)
from narrate.attribution.words import Words

MentionKind = Literal["name", "noun", "pronoun"]

PRONOUNS: dict[str, Sex] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
FIRST_PERSON = frozenset({"i", "me", "my", "myself", "mine"})
_POSSESSIVE = frozenset({"his", "her", "my", "our", "their", "your"})
_DETERMINERS = (
    frozenset({"the", "a", "an", "that", "this", "another", "one", "two", "three", "four", "both"})
    | _POSSESSIVE
)
_PREPOSITIONS = word_set(
    """
    to of at from with by for in on into upon about over under after before behind beside near past
    against toward towards between among through like around beyond opposite
    """
)
_PARTICLES = frozenset({"de", "von", "van", "du", "la", "le", "der", "del", "di", "da", "des"})
_NEVER = frozenset({"i", "god", "lord", "heaven", "o", "oh"})
_ADVERBS = word_set(
    """
    then now also only just still never always once again both all soon quite almost even not very too
    """
)


@dataclass(slots=True)
class Mention:
    """One mention; token indices, end exclusive."""

    first: int
    end: int
    start: int  # offset in the flow
    kind: MentionKind
    words: tuple[str, ...]  # a name's own words; a noun's head last, lower case
    title: str = ""  # lower case, no dot
    sex: Sex = ""
    determiner: str = ""  # of a noun: the, his, my ...; "" for a bare one
    quote: int = -1  # the quote that holds it, -1 in narration
    subject: bool = False  # it does what the sentence tells
    verb: str = ""  # the verb it does, "" when none is seen
    after_preposition: bool = False
    owner: bool = False  # a possessive: "Hux's"
    group: bool = False  # several people
    vocative: bool = False  # inside a quote, called by it
    entity: int = -1  # which entity it means, set by characters and references


def find_mentions(words: Words) -> list[Mention]:
    """All names, person nouns and third-person pronouns of the flow in order; one pass over the tokens."""
    found: list[Mention] = []
    common = {
        w for w, n in words.capital.items()
        if n > 1 and w in FUNCTION and w not in _NEVER | _CALENDAR and (given_sex(w) or w in _MAYBE)
    } | _told_as_speakers(words) | _named_by_title(words)  # fmt: skip
    k, n = 0, len(words)
    while k < n:
        token = words.text[k]
        if not token[0].isalnum():
            k += 1
            continue
        low = words.low[k]
        mention: Mention | None = None
        if (token[0].isupper() and low not in _NEVER) or _noble(token):
            mention = _name(words, k, common)
        if mention is None and low in PRONOUNS:
            mention = Mention(k, k + 1, words.start[k], "pronoun", (low,), sex=PRONOUNS[low])
            mention.owner = low == "his" or (low == "her" and _noun_follows(words, k))
        if mention is None or mention.kind == "pronoun":
            noun = _noun(words, k)
            if noun is not None:
                if mention is not None:  # "her mother": both the owner and the one owned
                    _place(words, mention)
                    found.append(mention)
                mention = noun
        if mention is None:
            k += 1
            continue
        _place(words, mention)
        found.append(mention)
        k = max(mention.end, k + 1)
    return found


_MAYBE = frozenset(
    {"will", "may", "hope", "grant", "mark", "rob", "sue", "bill", "faith", "grace", "joy", "rose", "dear"}
)
_CALENDAR = word_set(
    """
    january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday christmas easter may
    """
)


_SURE_TITLES = word_set(
    """
    mr mrs miss ms dr sir lady lord captain capt colonel col major lieutenant lieut sergeant sergt professor
    prof monsieur madame mademoiselle mme mlle herr frau signor signora señor señora inspector
    """
)
_BARE_TITLES = frozenset({"mr", "mrs", "ms", "miss", "messrs", "mme", "mlle"})
_PLAIN = word_set(
    """
    then here there now so and but he she it they we you i who this that thus once again both all
    another others someone somebody nobody everyone everybody neither one none what why how the a an his
    her my our your their these those some many few each every such same not never still yet even just
    only also at to in on for with from
    """
)


def _told_as_speakers(words: Words) -> set[str]:
    """Common words that are somebody's name here: `said Six`, `” Irish murmured`, more than once."""
    seen: Counter[str] = Counter()
    for k, low in enumerate(words.low):
        if low not in SPEECH or words.quote[k] >= 0 or not words.text[k][0].islower():
            continue
        for j, edge in ((k + 1, k - 1), (k - 1, k - 2)):
            if not (edge >= 0 and j < len(words)) or words.text[edge][0] not in '"”’»,':
                continue
            text, name = words.text[j], words.low[j]
            if (
                text[0].isupper()
                and len(text) > 1
                and name in FUNCTION
                and words.quote[j] < 0
                and name not in _PLAIN | _NEVER
            ):
                seen[name] += 1
    return {w for w, n in seen.items() if (n > 1 or given_sex(w) or w in _MAYBE) and w not in TITLES}


def _noble(token: str) -> bool:
    """`d'Artagnan`."""
    return len(token) > 4 and token[0] == "d" and token[1] in "'’" and token[2].isupper()


def _nameword(words: Words, k: int, common: set[str]) -> bool:
    """Whether the capital of token k says that this is a name."""
    token, low = words.text[k], words.low[k]
    if _noble(token):
        return True
    if not token[0].isupper() or len(token) < 2 or low in _NEVER or token.isdigit():
        return False
    stem = low.replace("’", "'").split("'")[0]
    if len(stem) > 1 and stem != low and stem in FUNCTION:
        return False  # "She'd"
    lower, capital = words.lower[low], words.capital[low]
    if low in FUNCTION:
        if low not in common:
            return False
        if not words.fresh[k]:
            return True
        follow = words.low[k + 1] if k + 1 < len(words) else ""
        return (is_past(follow) and follow != low) or follow == ","
    if token.isupper() and len(token) > 3 and lower and not capital:
        return False  # SHOUTED
    if not words.fresh[k]:
        return capital * 3 >= lower or bool(given_sex(low))
    if capital > lower:
        return True
    if lower == 0:
        if given_sex(low) or capital:
            return True
        if is_past(low) or low.endswith(("ly", "ing", "how", "ward", "wards")):
            return False
        follow = words.low[k + 1] if k + 1 < len(words) else "."
        called = words.quote[k] >= 0 and follow in (",", "!", "?", ".")
        return called or is_past(follow) or words.owner[k] or _capital(words, k + 1)
    follow = words.low[k + 1] if k + 1 < len(words) else ""
    return capital > 0 and is_past(follow)  # `Hope was ...` at a sentence's start


def _after_title(words: Words, title: int, k: int) -> bool:
    """`Mrs. March`, `Captain Good`: after a title, a common word with a capital is a name."""
    low, text = words.low[k], words.text[k]
    return (
        words.low[title] in _SURE_TITLES
        and text[0].isupper()
        and text.isalpha()
        and len(text) > 2
        and low not in _PLAIN | _NEVER
        and not words.fresh[k]
    )


def _named_by_title(words: Words) -> set[str]:
    """Common words that follow a title more than once: `Jo March` is no month where `Mrs. March` lives."""
    seen: Counter[str] = Counter()
    for k, low in enumerate(words.low):
        if low in FUNCTION and words.text[k][0].isupper() and k > 1:
            at = k - 2 if words.text[k - 1] == "." else k - 1
            if words.text[at][0].isupper() and _after_title(words, at, k):
                seen[low] += 1
    return {w for w, n in seen.items() if n > 1}


def _capital(words: Words, k: int) -> bool:
    return k < len(words) and words.text[k][0].isupper() and words.low[k] not in FUNCTION


def _name(words: Words, k: int, common: set[str]) -> Mention | None:
    n, first, title = len(words), k, ""
    at = k
    parts: list[str] = []
    while (
        at < n
        and words.text[at][0].isupper()
        and words.low[at].rstrip(".") in TITLES
        and words.quote[at] == words.quote[k]
    ):
        follow = at + 1
        if follow + 1 < n and words.text[follow] == "." and not words.fresh[follow + 1]:
            follow += 1
        ahead = (
            follow < n
            and words.text[follow][0].isupper()
            and (
                _nameword(words, follow, common)
                or words.low[follow] in TITLES
                or _after_title(words, at, follow)
            )
        )
        if not ahead or words.owner[at]:
            break
        if words.low[at] not in DESCRIBING or not title:
            title = words.low[at] if not title or title in DESCRIBING else f"{title} {words.low[at]}"
        at = follow
    if (
        not title
        and not words.fresh[at]
        and words.low[at] in FUNCTION
        and words.low[at] not in _PLAIN | _CALENDAR
    ):
        follow = at + 1  # "Happy Jack", "Big Medicine"
        together = follow < n and words.quote[follow] == words.quote[at] and _nameword(words, follow, common)
        if together and not _nameword(words, at, common) and words.low[at] not in TITLES:
            parts, at = [words.text[at]], follow
    while (
        at < n
        and len(parts) < 4
        and (_nameword(words, at, common) or (title and not parts and _after_title(words, first, at)))
    ):
        if parts and words.fresh[at]:
            break
        if words.low[at] == "st":  # "Armand St. Just"
            follow = at + 2 if at + 1 < n and words.text[at + 1] == "." else at + 1
            if follow >= n or not words.text[follow][0].isupper() or words.fresh[follow]:
                break
            parts.append("St")
            at = follow
        low = words.text[at]
        bare = low[:-2] if words.owner[at] else low
        parts.append(bare.title() if bare.isupper() and len(bare) > 2 else bare)
        at += 1
        if words.owner[at - 1]:
            break
        if at + 1 < n and words.low[at] in _PARTICLES and words.text[at + 1][0].isupper():
            parts.append(words.text[at])
            at += 1
            if at + 1 < n and words.low[at] in _PARTICLES:
                parts.append(words.text[at])
                at += 1
        elif at + 1 < n and words.text[at] == "." and len(parts[-1]) == 1:
            at += 1
    if parts and not title and len(parts) == 1 and parts[0].lower() in _BARE_TITLES:
        return None
    if not parts:
        if words.low[k] in KIN and not words.fresh[k]:  # "Mother said", "Papa"
            parts, at = [words.text[k] if not words.owner[k] else words.text[k][:-2]], k + 1
        elif words.low[k] in KIN and words.quote[k] < 0 and k + 1 < n and is_past(words.low[k + 1]):
            parts, at = [words.text[k]], k + 1
        else:
            return None
    while len(parts) > 1 and parts[-1].lower() in _PARTICLES:
        parts.pop()
    if len(parts) == 1 and not title and is_person_noun(parts[0].lower()) and not given_sex(parts[0]):
        before = words.low[k - 1] if k else ""
        if before in _DETERMINERS:
            return None  # "the Captain" is a noun
    sex = title_sex(title) or given_sex(parts[0])
    if len(parts) == 1 and parts[0].lower() in KIN:
        sex = noun_sex(parts[0].lower())
    mention = Mention(first, at, words.start[first], "name", tuple(parts), title, sex)
    mention.owner = words.owner[at - 1]
    return mention


def title_sex(title: str) -> Sex:
    """What a title says of its bearer; "" where none of its words does."""
    for part in title.split():
        if part in TITLES_M:
            return "m"
        if part in TITLES_F:
            return "f"
    return ""


def _noun(words: Words, k: int) -> Mention | None:
    """`the tall stranger`, `her mother`, `an old man`, `Kit's mother` (its noun alone)."""
    determiner = words.low[k]
    if determiner not in _DETERMINERS:
        return None
    n = len(words)
    at, head = k + 1, -1
    while at < n and at - k < 6 and words.text[at][0].isalpha() and words.quote[at] == words.quote[k]:
        low = words.low[at]
        if is_person_noun(low) or (low in GROUP_NOUNS and not (low in _LOOSE and determiner in _POINTING)):
            head = at
            if words.owner[at]:
                break
        elif (
            head >= 0
            or words.owner[at]
            or (
                low in FUNCTION
                and low not in ("old", "young", "little", "other", "poor", "first", "second", "big")
            )
        ):
            break
        at += 1
    if head < 0 or (words.text[head] == "Lord" and head == k + 1 and not words.fresh[head]):
        return None  # "the Lord" whom one prays to
    parts = tuple(words.low[k + 1 : head + 1])
    group = parts[-1] in GROUP_NOUNS or determiner in ("two", "three", "four", "both")
    mention = Mention(
        k,
        head + 1,
        words.start[k],
        "noun",
        parts,
        sex=noun_sex(parts[-1]),
        determiner=determiner,
        group=group,
    )
    mention.owner = words.owner[head]
    return mention


_LOOSE = frozenset({"they", "both", "all", "everyone", "everybody"})
_POINTING = frozenset({"that", "this", "a", "an", "one"})
"""In `he said that they all went`, nobody is called `that they`."""


def _noun_follows(words: Words, k: int) -> bool:
    if k + 1 >= len(words):
        return False
    follow = words.low[k + 1]
    return follow[0].isalpha() and follow not in FUNCTION and not is_past(follow)


def _place(words: Words, mention: Mention) -> None:
    """What the mention does in its sentence."""
    mention.quote = words.quote[mention.first]
    n = len(words)
    before = words.low[mention.first - 1] if mention.first else ""
    mention.after_preposition = before in _PREPOSITIONS
    at = mention.end
    if mention.quote >= 0 and mention.kind != "pronoun":
        follow = words.text[at] if at < n else "."
        edge = (
            mention.first == 0 or words.quote[mention.first - 1] != mention.quote or not before[:1].isalnum()
        )
        dear = before in (
            "dear",
            "oh",
            "o",
            "yes",
            "no",
            "well",
            "sir",
            "and",
            "but",
            "poor",
            "why",
            "please",
            "you",
        )
        shut = at >= n or words.quote[at] != mention.quote or not follow[0].isalnum()
        mention.vocative = (edge or dear) and shut and not mention.owner and mention.determiner in ("", "my")
        alone = edge and shut and words.quote[max(0, mention.first - 2)] != mention.quote
        if (
            alone
            and (at + 1 >= n or words.quote[at + 1] != mention.quote)
            and not given_sex(mention.words[0])
            and not mention.title
        ):
            mention.vocative = False  # "Deal." is the whole quote
        if mention.vocative and edge and follow not in (",", ".", "!", "?") and before not in (",",):
            mention.vocative = follow[0] not in ";:(" and shut
    if mention.owner:
        return
    if mention.kind == "pronoun" and mention.words[0] not in ("he", "she"):
        return
    if before in ("was", "is") and words.low[mention.first - 2] == "it" and at < n and words.low[at] == "who":
        at += 1  # "it was Ana who came"
    steps = 0
    while at < n and steps < 4 and (words.low[at].endswith("ly") or words.low[at] in _ADVERBS):
        at += 1
        steps += 1
    verb_follows = (
        at < n and words.quote[at] == mention.quote and words.text[at][0].islower() and is_past(words.low[at])
    )
    if verb_follows and (not mention.after_preposition or mention.kind == "pronoun"):
        mention.subject, mention.verb = True, words.low[at]
        return
    if mention.first and before in SPEECH and mention.quote < 0:
        mention.subject, mention.verb = True, before
