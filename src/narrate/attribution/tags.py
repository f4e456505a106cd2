"""Speech tags and beats: what the narration beside a quote says of who is speaking."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from narrate.attribution.flow import Flow
from narrate.attribution.lexicon import (
    FUNCTION,
    GESTURE,
    GROUP_NOUNS,
    SAY,
    SPEECH,
    THINK,
    is_past,
    noun_sex,
    word_set,
)
from narrate.attribution.mentions import PRONOUNS, Mention
from narrate.attribution.quotes import Quote
from narrate.attribution.words import Words

TagKind = Literal["tag", "lead", "beat"]


@dataclass(slots=True)
class Tag:
    """One piece of narration that points at a speaker."""

    kind: TagKind  # tag: "said Ana"; lead: "Ana turned:" before the words; beat: "Ana smiled."
    subject: int  # index into the mentions; -1 for "I", -2 for "they" or nobody we can name
    verb: str
    after: bool  # stands after the quote
    together: bool = False  # "they said together"
    weak: bool = False  # a gesture, or a pronoun far from its verb


@dataclass(slots=True)
class Evidence:
    """All that stands beside one quote."""

    tag: Tag | None = None
    beats: tuple[Tag, ...] = ()  # nearest first: after the quote, then before it
    joined: bool = False  # the sentence of the quote before runs on into this one: same speaker
    gap: int = 0  # characters of narration since the quote before
    gap_words: int = 0  # words of narration before it in its own paragraph


I = -1  # noqa: E741  the narrator's own "I"
NOBODY = -2

_OPENERS = SAY | word_set(
    """
    spoke continued resumed went broke began interrupted added called cried
    """
)
_FOND = word_set(
    """
    old young little poor dear big good great happy sweet
    """
)
_AUXILIARIES = word_set(
    """
    would could did might will should used
    """
)
_CONJ = frozenset({"and", "but", "then", "so", "while", "as"})


def _is_base(low: str) -> bool:
    """`say` of `would say`."""
    if low in FUNCTION and low not in ("say", "ask"):
        return False
    return low + "s" in SPEECH or low + "ed" in SPEECH or low + "d" in SPEECH


def _leads(low: str) -> bool:
    """Verbs that may lead into words: base forms only where they cannot be nouns."""
    return low in SPEECH or low in ("say", "ask", "spoke")


def _speaks(low: str) -> bool:
    return low in SPEECH or _is_base(low)


class TagReader:
    """Reads the evidence around every quote; holds the lists it reads from."""

    def __init__(self, flow: Flow, quotes: Sequence[Quote], words: Words, mentions: list[Mention]) -> None:
        self.flow, self.quotes, self.words, self.mentions = flow, quotes, words, mentions
        self.by_first = {m.first: k for k, m in reversed(list(enumerate(mentions)))}
        self.firsts = [m.first for m in mentions]

    def read(self) -> list[Evidence]:
        words, quotes = self.words, self.quotes
        spans = [(words.at(q.start), words.at(q.end)) for q in quotes]
        found = [Evidence() for _ in quotes]
        for k, quote in enumerate(quotes):
            same_before = k > 0 and quotes[k - 1].paragraph == quote.paragraph
            same_after = k + 1 < len(quotes) and quotes[k + 1].paragraph == quote.paragraph
            base = self.flow.starts[quote.paragraph]
            a0 = spans[k - 1][1] if same_before else words.at(base)
            b0 = spans[k + 1][0] if same_after else words.at(self.flow.end_of(quote.paragraph))
            evidence = found[k]
            if k:
                evidence.gap = quote.start - quotes[k - 1].end
            evidence.gap_words = spans[k][0] - a0
            if quote.label:
                continue
            after, reach = self._after(k, spans[k][1], b0)
            before = self._before(a0, spans[k][0])
            if before is None and not same_before and spans[k][0] <= a0 + 1:
                before = self._lead_of_last_paragraph(k)
            if same_before:
                self._join(found[k - 1], evidence, k, a0, spans[k][0], before)
            if after is not None and before is not None and before.kind == "tag":
                evidence.tag = after if not after.weak else before
            elif after is not None:
                evidence.tag = after
            elif before is not None and before.kind != "beat" and not evidence.joined:
                evidence.tag = before
            beats = [] if after is not None else self._beats(spans[k][1], b0, after=True)
            if not same_before or not evidence.joined:
                beats += self._beats(a0, spans[k][0], after=False)
            evidence.beats = tuple(beats)
            del reach
        return found

    # ------------------------------------------------------------ after the quote

    def _after(self, k: int, a: int, b: int) -> tuple[Tag | None, int]:
        """`said Ana`, `Ana said`, `he quietly said`, `the old man's voice said`."""
        words = self.words
        while a < b and words.text[a] in '"”’»“,—–--;':
            a += 1
        if a >= b:
            return None, a
        end = self._sentence_end(a, b)
        low = words.low[a]
        if low in ("that", "this", "it") and a + 2 < end and words.low[a + 1] in ("was", "is"):
            subject = self._mention_at(a + 2)  # "That was Dolores, out of the office"
            if (
                subject is not None
                and self.mentions[subject].kind == "name"
                and not self.mentions[subject].owner
            ) and (low != "it" or words.low[self.mentions[subject].end] in ("who", "speaking")):
                return Tag("tag", subject, "was", True, weak=True), end
        if low in _CONJ and a + 1 < end and words.low[a + 1] in SPEECH:
            return None, a
        if low in SPEECH and words.text[a][0].islower():
            tag = self._verb_first(a, end)
            if tag is not None:
                return tag, end
        if (
            words.text[a][0].islower()
            and is_past(low)
            and low not in ("was", "were", "had", "did")
            and a + 1 < end
        ) and (words.low[a + 1] in ("he", "she", "i") or words.text[a + 1][0].isupper()):
            tag = self._verb_first(a, end)  # "glowed Carol": the place makes the verb one of speech
            if tag is not None:
                return tag, end
        return self._subject_first(k, a, end), end

    def _verb_first(self, a: int, end: int) -> Tag | None:
        words, verb = self.words, self.words.low[a]
        at = a + 1
        while at < end and (
            words.low[at].endswith("ly")
            and words.low[at]
            not in ("lily", "emily", "molly", "sally", "billy", "polly", "kelly", "willy", "nelly")
        ):
            at += 1
        if at >= end:
            return None
        low = words.low[at]
        if low == "i":
            return Tag("tag", I, verb, True)
        if low in ("they", "we"):
            return Tag("tag", NOBODY, verb, True, together=True)
        subject = self._mention_at(at)
        if subject is None:
            subject = self._unknown_noun(at, end)
        if subject is None:
            return None
        mention = self.mentions[subject]
        if mention.kind == "pronoun" and mention.words[0] not in ("he", "she"):
            return None
        if mention.owner:  # "said Kit's mother"
            subject = self._owned(subject, end) or subject
        self.mentions[subject].subject, self.mentions[subject].verb = True, verb
        return Tag("tag", subject, verb, True, together=self.mentions[subject].group)

    def _subject_first(self, k: int, a: int, end: int) -> Tag | None:
        words = self.words
        low = words.low[a]
        subject: int | None
        start = a
        if low == "i" and words.text[a] == "I":
            subject, at = I, a + 1
        elif low in ("they", "we"):
            subject, at = NOBODY, a + 1
        else:
            subject = self._mention_at(a)
            if subject is None:
                subject = self._unknown_noun(a, end, verb_needed=True)
            if subject is None:
                return None
            if self.mentions[subject].owner:
                held = self._owned(subject, end)
                if held is None:
                    return None
                subject = held
            at = self.mentions[subject].end
        verb_at = self._verb_near(at, end)
        if verb_at is None and at < end and self._ends_with_comma(k) and is_past(words.low[at]):
            verb_at = at  # "..., Ana grinned": a comma before it makes any verb a tag
        if verb_at is None:
            return None
        verb = words.low[verb_at]
        joined = self._runs_on(k, start)
        if verb in GESTURE and not joined:
            return None
        if not joined and words.text[start][0].isupper() and verb_at - at > 2 and verb not in SAY:
            return None
        if not _speaks(verb) and not self._ends_with_comma(k):
            return None
        follow = words.low[verb_at + 1] if verb_at + 1 < end else "."
        told = not joined and follow in (
            "about",
            "of",
            "that",
            "how",
            "why",
            "for",
            "nothing",
            "no",
            "him",
            "her",
            "me",
            "them",
        )
        told_and_done = verb == "told" and verb_at + 2 >= end - 1
        if told and verb not in THINK and not told_and_done and verb != "asked":
            return None  # `"Yes." She told him about it.` is a beat, not a tag
        tag = Tag("tag", subject, verb, True)
        tag.weak = verb in GESTURE or (not joined and verb not in SAY)
        if subject >= 0:
            self.mentions[subject].subject, self.mentions[subject].verb = True, verb
            tag.together = self.mentions[subject].group
        else:
            tag.together = subject == NOBODY
        return tag

    def _ends_with_comma(self, k: int) -> bool:
        quote = self.quotes[k]
        return self.flow.text[max(quote.start, quote.end - 4) : quote.end].rstrip("\"”’»'“*_ ").endswith(",")

    def _runs_on(self, k: int, a: int) -> bool:
        """The quote ended with a comma, a question or so, and the sentence goes on after it."""
        quote = self.quotes[k]
        inner = self.flow.text[quote.start : quote.end].rstrip("\"”’»'“*_ ")
        if inner.endswith((",", "—", "–", "-")):
            return True
        return self.words.text[a][0].islower() or (inner[-1:] in "!?" and self.words.text[a] == "I")

    def _verb_near(self, at: int, end: int) -> int | None:
        """The speech verb of a subject that ends before `at`: over adverbs, `had`, an aside in commas,
        `and`.
        """
        words, steps, aside = self.words, 0, False
        while at < end and steps < 12:
            low = words.low[at]
            if low == ",":
                aside = not aside
            elif low in SPEECH and words.text[at][0].islower():
                return at
            elif low in _AUXILIARIES and at + 1 < end and _is_base(words.low[at + 1]):
                return at + 1
            elif (
                is_past(low)
                and not aside
                and low not in ("had", "has", "have", "was", "would", "could", "did", "then")
            ):
                ahead = [words.low[j] for j in range(at + 1, min(end, at + 8))]
                for j, follow in enumerate(ahead):  # "turned and said"
                    if follow in ("and", "then") and j + 1 < len(ahead) and ahead[j + 1] in SAY:
                        return at + 1 + j + 1
                return None
            elif low in (":", ";", "(", "—"):
                return None
            at += 1
            steps += 1
        return None

    # ------------------------------------------------------------ before the quote

    def _before(self, a: int, b: int) -> Tag | None:
        """The sentence that leads into a quote: `Ana turned and said: "..."`."""
        words = self.words
        while b > a and words.text[b - 1] in '"“‘«»„':
            b -= 1
        if b <= a:
            return None
        last = words.text[b - 1]
        if last[0] in ".!?…" or last == "\n\n":
            return None
        start = b - 1
        while start > a and words.text[start - 1][0] not in '.!?…\n"”“':
            start -= 1
        return self._lead(start, b, last)

    def _lead(self, start: int, b: int, last: str) -> Tag | None:
        words = self.words
        verb_at = next(
            (
                j
                for j in range(b - 1, start - 1, -1)
                if _leads(words.low[j]) and (words.text[j][0].islower() or j == start)
            ),
            None,
        )
        if verb_at is not None:
            subject = self._subject_before(start, verb_at)
            if subject is None and verb_at + 1 < b:  # inverted: "Then cried Ana,"
                subject = self._mention_at(verb_at + 1)
            if subject is not None:
                near = b - verb_at <= 12
                verb = words.low[verb_at]
                group = subject >= 0 and self.mentions[subject].group
                return Tag(
                    "tag" if near else "lead",
                    subject,
                    verb,
                    False,
                    together=group or subject == NOBODY,
                    weak=verb in GESTURE,
                )
        if last[0] in ":,—–-" or last[0].isalnum():
            subject = self._subject_before(start, b)
            if subject is not None:
                verb = self.mentions[subject].verb if subject >= 0 else ""
                return Tag("lead", subject, verb, False, weak=last[0] != ":")
        return None

    def _lead_of_last_paragraph(self, k: int) -> Tag | None:
        """A paragraph that ends `he said:` leads into the quote that opens the next one."""
        quote = self.quotes[k]
        number = quote.paragraph - 1
        spoken = k > 0 and self.quotes[k - 1].paragraph == number
        if number < 0:
            return None
        b = self.words.at(self.flow.end_of(number))
        a = max(self.words.at(self.flow.starts[number]), b - 60)
        if b <= a or self.words.quote[b - 1] >= 0:
            return None
        stopped = self.words.text[b - 1][0] == "."
        if self.words.text[b - 1][0] not in ":,—." or (stopped and spoken):
            return None
        if stopped:
            b -= 1
        start = b - 1
        while start > a and self.words.text[start - 1][0] not in '.!?…\n"”“':
            start -= 1
        if stopped:  # "Then one of the strangers spoke." and a new paragraph
            if b - start > 12 or not any(self.words.low[j] in _OPENERS for j in range(start, b)):
                return None
            found = self._lead(start, b, ".")
            if found is not None:
                found.kind, found.weak = "lead", True
            return found
        return self._lead(start, b, self.words.text[b - 1])

    def _subject_before(self, start: int, verb_at: int) -> int | None:
        """Who does the verb at `verb_at`: the nearest subject before it, "I" and "they" included."""
        words = self.words
        best: int | None = None
        k = bisect_left(self.firsts, start)
        place = -1
        shared = words.low[verb_at - 1] in ("and", "then", ",", "but") if verb_at > start else False
        while k < len(self.firsts) and self.firsts[k] < verb_at:
            mention = self.mentions[k]
            if (mention.subject or mention.end == verb_at) and not mention.owner and mention.quote < 0:
                if shared and best is not None:
                    break  # "Ana saw what he was doing, and said": the subject of the sentence
                best, place = k, mention.first
            k += 1
        for j in range(verb_at - 1, start - 1, -1):
            if j <= place and not (shared and place > start):
                break
            if shared and best is not None and j > place:
                continue
            if words.text[j] == "I" and words.quote[j] < 0:
                return I
            if words.low[j] in ("they", "we") and words.quote[j] < 0:
                return NOBODY
        if best is None:  # "Ana, who had not slept, said:"
            k = bisect_left(self.firsts, start)
            if k < len(self.firsts) and self.firsts[k] < min(verb_at, start + 3):
                mention = self.mentions[k]
                subjective = mention.kind != "pronoun" or mention.words[0] in ("he", "she")
                if subjective and not mention.owner and not mention.after_preposition and mention.quote < 0:
                    return k
        if best is None and start < verb_at:
            return self._unknown_noun(start, verb_at + 1, verb_needed=True)
        return best

    # ------------------------------------------------------------ beats and joins

    def _beats(self, a: int, b: int, *, after: bool) -> list[Tag]:
        """Who acts in the narration of the same paragraph, the sentence nearest to the quote first."""
        words, beats = self.words, []
        k = bisect_left(self.firsts, a)
        stops = 0
        at = a
        sentence_of: set[int] = set()
        while k < len(self.firsts) and self.firsts[k] < b:
            mention = self.mentions[k]
            while at < mention.first:
                stops += words.text[at][0] in ".!?…"
                at += 1
            if mention.quote < 0 and mention.subject and stops not in sentence_of and not mention.owner:
                sentence_of.add(stops)
                beats.append(Tag("beat", k, mention.verb, after))
            elif (
                mention.quote < 0
                and mention.owner
                and stops not in sentence_of
                and self._starts_sentence(mention.first)
            ):
                sentence_of.add(stops)
                beats.append(Tag("beat", k, "", after, weak=True))
            k += 1
        for j in range(a, min(b, a + 3)):
            if words.text[j] == "I" and words.quote[j] < 0 and not beats:
                beats.append(Tag("beat", I, words.low[j + 1] if j + 1 < len(words) else "", after))
        return beats if after else beats[::-1]

    def _starts_sentence(self, token: int) -> bool:
        return token == 0 or not self.words.text[token - 1][0].isalnum()

    def _join(
        self, previous: Evidence, evidence: Evidence, k: int, a: int, b: int, before: Tag | None
    ) -> None:
        """`"A," said X, "b"`: one sentence runs through both quotes."""
        words = self.words
        stops = sum(1 for j in range(a, b) if words.text[j][0] in ".!?…")
        if b <= a:
            return
        named = before is not None and before.kind == "tag"
        if stops == 0 and previous.tag is not None and previous.tag.after:
            evidence.joined = True
        elif stops <= 1 and previous.tag is not None and previous.tag.after and not named:
            evidence.joined = self._sentence_end(a, b) >= b - 1
        elif stops == 0 and previous.tag is None and before is not None and before.kind != "beat":
            inner = self.flow.text[self.quotes[k - 1].start : self.quotes[k - 1].end].rstrip("\"”’»'“ ")
            evidence.joined = inner.endswith((",", "—", "–")) or words.text[a][0] in "—–-"

    # ------------------------------------------------------------ small readings

    def _sentence_end(self, a: int, b: int) -> int:
        words = self.words
        while a < b:
            if words.text[a][0] in ".!?…" and (
                a + 1 >= len(words) or words.fresh[a + 1] or not words.text[a + 1][0].isalnum()
            ):
                return a
            a += 1
        return b

    def _mention_at(self, token: int) -> int | None:
        k = self.by_first.get(token)
        if k is None and self.words.low[token] in ("the", "that", "this", "our", "my"):
            k = self.by_first.get(token + 1)  # "the Hatter"
            if k is not None and self.mentions[k].kind != "name":
                k = None
        if k is None:
            k = self._name_after_adjectives(token)
        if k is None:
            return None
        if (
            self.mentions[k].kind == "pronoun"
            and k + 1 < len(self.mentions)
            and self.mentions[k + 1].first == token
        ):
            return k + 1  # "her mother" rather than "her"
        mention = self.mentions[k]
        if mention.kind == "pronoun" and mention.words[0] not in ("he", "she"):
            return None
        return k

    def _name_after_adjectives(self, token: int) -> int | None:
        """`added little Amy`, `cried the good-hearted Mrs. Marsh`."""
        words = self.words
        for at in range(token, min(token + 4, len(words))):
            k = self.by_first.get(at)
            if k is not None and at > token and self.mentions[k].kind == "name":
                return k
            low = words.low[at]
            plain = words.text[at][0].islower() and (
                low not in FUNCTION or low in _FOND or (at == token and low == "the")
            )
            if not plain or is_past(low) or low.endswith("ly"):
                return None
        return None

    def _owned(self, subject: int, end: int) -> int | None:
        """`Kit's mother`, `Hux's voice`: the mother is somebody, the voice is Hux's own."""
        words, mention = self.words, self.mentions[subject]
        at = mention.end
        steps = 0
        while at < end and steps < 4:
            low = words.low[at]
            if low in ("voice", "tone", "lips", "mouth", "whisper", "reply", "answer"):
                return subject
            if noun_sex(low) or low in GROUP_NOUNS:
                return self._add(at, at + 1, (low,), mention.words[-1])
            at += 1
            steps += 1
        return None

    def _unknown_noun(self, at: int, end: int, *, verb_needed: bool = False) -> int | None:
        """A speaker that no list knows: `said the kettle`. Only directly beside a speech verb."""
        words = self.words
        determiner = words.low[at]
        if determiner in ("one", "another") and not verb_needed and at + 1 <= end:
            follow = words.low[at + 1] if at + 1 < end else "."
            if follow == "of" and at + 3 < end:  # "said one of the colts"
                last = at + 3 if words.low[at + 2] in ("the", "his", "her", "my", "our", "their") else at + 2
                return self._add(at, last + 1, (words.low[last], "other"), determiner)
            if not follow[0].isalpha() or follow in FUNCTION:
                return self._add(at, at + 1, ("other",), determiner)
        if determiner not in ("the", "a", "an", "another", "his", "her", "my", "our", "their", "one", "two"):
            return None
        stop = at + 1
        while stop < end and stop - at < 6:
            low = words.low[stop]
            if not words.text[stop][0].isalpha() or (
                low in FUNCTION and low not in ("old", "young", "little", "other", "first", "second")
            ):
                break
            if (
                is_past(low)
                and low not in ("old",)
                and (verb_needed or stop - at > 1)
                and not low.endswith("haired")
            ):
                break
            if low.endswith("ly") and stop - at > 1:
                break
            stop += 1
        if stop == at + 1:
            return None
        if verb_needed and not (stop < end and words.low[stop] in SPEECH):
            return None
        parts = tuple(words.low[at + 1 : stop])
        if parts[-1] in ("voice", "tone") and determiner in PRONOUNS:
            return None
        return self._add(at, stop, parts, determiner)

    def _add(self, first: int, end: int, parts: tuple[str, ...], determiner: str) -> int:
        """Put a mention in that the general pass could not know of."""
        mention = Mention(
            first, end, self.words.start[first], "noun", parts,
            sex=noun_sex(parts[-1]), determiner=determiner,
            quote=self.words.quote[first], subject=True, group=parts[-1] in GROUP_NOUNS,
        )  # fmt: skip
        self.mentions.append(mention)
        return len(self.mentions) - 1
