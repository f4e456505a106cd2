"""What the ranker is told of a candidate: numbers about a turn, an entity, and what stands between them.

`still` features do not depend on who speaks the other open turns; `moving` ones are taken again in each pass
from what the pass before believes of the turns around (before the first pass: what `guess.py` makes of the
scene).
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from math import log

from narrate.attribution.board import Board
from narrate.attribution.exchange import believed, heard
from narrate.attribution.kinship import same_kin
from narrate.attribution.lexicon import GENERIC, KIN, OLD
from narrate.attribution.quotes import Quote
from narrate.attribution.speech import SPEECH, Speech
from narrate.attribution.tags import NOBODY, I

STILL = (
    "tag_pronoun", "tag_noun", "tag_kin", "tag_generic", "tag_lead", "tag_weak", "tag_together", "tag_i",
    "sex_agrees", "sex_clashes", "sex_unknown", "coref", "own_noun", "kin_elder", "house",
    "beat_after", "beat_after_weak", "beat_before",
    "beat_before_weak", "beat_second", "beat_other", "beat_pronoun",
    "lead_subject", "gap_last_subject", "gap_other_subject", "next_subject",
    "called", "called_before", "called_after", "called_two_before", "talked", "talked_before", "talked_after",
    "sir_agrees", "sir_clashes", "sir_next_agrees", "sir_next_clashes",
    "since_mention", "since_subject", "until_mention",
    "near_500", "near_2000", "mind", "mind_rank", "mind_share",
    "weight", "voice", "scene_said", "is_narrator", "is_noun",
    "is_group", "has_sex", "is_titled", "rare", "never_said",
    "unmet", "length", "gap", "gap_paragraphs", "shares", "alone", "quotes", "opens_scene", "first_person",
    "question", "question_before", "candidates", "thought", *SPEECH,
    "called_across", "called_along", "tagged_across", "tagged_along", "rivals", "in_paragraph",
)  # fmt: skip

MOVING = (
    "before_1", "before_2", "before_3", "before_4", "after_1", "after_2", "after_3", "after_4",
    "guessed", "gap_after", "near_before", "near_after", "even",
    "odd", "known_before", "known_after", "spoke_share", "across", "along",
)  # fmt: skip

NAMES = STILL + MOVING

_FAR = 1 << 20
_SIR = {
    "sir": "m",
    "mister": "m",
    "ma'am": "f",
    "madam": "f",
    "ma’am": "f",
    "miss": "f",
    "my lord": "m",
    "my lady": "f",
}


def _near(characters: int) -> float:
    """Distance on a scale where a line is small and a chapter is 1."""
    return 1.0 if characters >= _FAR else min(1.0, log(1 + max(0, characters)) / 10.0)


class Describer:
    """Makes the rows of numbers; holds what is asked of every turn again and again."""

    def __init__(
        self,
        board: Board,
        text: str,
        addressed: Sequence[str],
        thought: Sequence[bool],
        quotes: Sequence[Quote],
        paragraphs: Sequence[tuple[int, int]],
    ) -> None:
        """`paragraphs`: for each turn, where the paragraphs that hold it begin and end."""
        self.board, self.text, self.addressed, self.thought = board, text, addressed, thought
        turns = board.stage.turns
        self.speech = Speech(text, turns, quotes)
        self.paragraphs = paragraphs
        self.asks = ["?" in text[t.end - 4 : t.end] for t in turns]

    def anew(self, board: Board) -> Describer:
        """The same describer over a new board: pronouns mean somebody else, all the rest is as it was."""
        other = copy(self)
        other.board = board
        return other

    def _same(self, k: int, j: int) -> bool:
        """Whether there is a turn j in the scene of turn k."""
        turns = self.board.stage.turns
        return 0 <= j < len(turns) and turns[j].scene == turns[k].scene

    def still(self, k: int, held: Sequence[tuple[int, float]]) -> list[list[float]]:
        """One row of `STILL` numbers for each candidate of turn k."""
        board = self.board
        stage = board.stage
        turns, entities, mentions = stage.turns, stage.entities, stage.mentions
        turn = turns[k]
        tag = turn.tag if turn.tag is not None and turn.tag.kind != "beat" else None
        subject = mentions[tag.subject] if tag is not None and tag.subject >= 0 else None
        pronoun = subject is not None and subject.kind == "pronoun"
        noun = subject is not None and subject.kind == "noun"
        head = same_kin(subject.words[-1]) if subject is not None and noun else ""
        kin = head in KIN and subject is not None and subject.determiner not in ("the", "a", "an", "")
        sex = subject.sex if subject is not None else ""
        before = turns[k - 1] if self._same(k, k - 1) and turn.gap < 1500 else None
        after = turns[k + 1] if self._same(k, k + 1) and turns[k + 1].gap < 1500 else None
        second = turns[k - 2] if before is not None and self._same(k, k - 2) else None
        a = turns[k - 1].end if self._same(k, k - 1) else turn.start - 1500
        gap_last = board.last_subject(max(a, turn.start - 1500), turn.start)
        b = turns[k + 1].start if self._same(k, k + 1) else turn.end + 500
        following = board.first_subject(turn.end, min(b, turn.end + 500))
        near = [x for x in turn.beats if x.after][:2] + [x for x in turn.beats if not x.after][:2]
        beats = [(self._actor(x.subject), x) for x in near]
        nearest = {id(x) for x in (near[:1] + [x for x in near if not x.after][:1])}
        acting = {e for e, _ in beats if e >= 0}
        total = sum(m for _, m in held) or 1.0
        calls_sex = self.addressed[k + 1] if after is not None else ""
        called_sex = self.addressed[k - 1] if before is not None else ""
        common = [
            float(tag is not None), log(1 + turn.end - turn.start) / 8,
            _near(turn.gap), min(4, turn.gap_paragraphs) / 4,
            float(turn.shares), float(turn.alone),
            min(4, len(turn.quotes)) / 4, float(not self._same(k, k - 1)),
            float(stage.narrator >= 0), float(self.asks[k]), float(before is not None and self.asks[k - 1]),
            len(held) / 12, float(self.thought[k]),
        ]  # fmt: skip
        spoken = self.speech.rows(k, [e for e, _ in held])
        called, tagged = heard(turns, k)
        rivals = sum(1 for e, mind in held if sex and entities[e].sex == sex and mind > 0.15 * held[0][1])
        a, b = self.paragraphs[k]
        rows: list[list[float]] = []
        for rank, (e, mind) in enumerate(held):
            who = entities[e]
            agrees = bool(sex and who.sex == sex)
            clashes = bool(sex and who.sex and who.sex != sex) or (pronoun and e == stage.narrator)
            own_after = [x for actor, x in beats if actor == e and x.after and id(x) in nearest]
            own_before = [x for actor, x in beats if actor == e and not x.after and id(x) in nearest]
            rows.append([
                float(pronoun), float(noun), float(kin), float(noun and head in GENERIC),
                float(tag is not None and tag.kind == "lead"), float(tag is not None and tag.weak),
                (1.0 if who.group else -1.0) if tag is not None and tag.together else 0.0,
                (1.0 if e == stage.narrator else -1.0) if tag is not None and tag.subject == I else 0.0,
                float(agrees), float(clashes), float(bool(sex) and not who.sex),
                float(subject is not None and pronoun and subject.entity == e),
                float(subject is not None and noun and subject.entity == e),
                self._elder(head, e) if kin else 0.0,
                self._house(head, e) if kin else 0.0,
                float(any(not x.weak for x in own_after)), float(any(x.weak for x in own_after)),
                float(any(not x.weak for x in own_before)), float(any(x.weak for x in own_before)),
                float(e in acting and not own_after and not own_before),
                float(bool(acting) and e not in acting),
                float(any(a == e and self._is_pronoun(x.subject) for a, x in beats)),
                float(tag is not None and tag.kind == "lead" and subject is not None and subject.entity == e),
                float(gap_last == e), float(gap_last >= 0 and gap_last != e), float(following == e),
                float(e in turn.vocatives), float(before is not None and e in before.vocatives),
                float(after is not None and e in after.vocatives),
                float(second is not None and e in second.vocatives),
                float(e in turn.talked), float(before is not None and e in before.talked),
                float(after is not None and e in after.talked),
                float(bool(called_sex) and who.sex == called_sex),
                float(bool(called_sex) and who.sex not in ("", called_sex)),
                float(bool(calls_sex) and who.sex == calls_sex),
                float(bool(calls_sex) and who.sex not in ("", calls_sex)),
                _near(board.last_before(e, turn.start)),
                _near(board.last_before(e, turn.start, subject=True)),
                _near(board.next_after(e, turn.end)), min(6, board.count_near(e, turn.start, 500)) / 6,
                min(20, board.count_near(e, turn.start, 2000)) / 20, min(2.0, mind), rank / 12, mind / total,
                board.weight.get(e, 0.0), board.voice.get(e, 0.0),
                min(8, board.scene_said[(turn.scene, e)]) / 8,
                float(e == stage.narrator), float(who.kind == "noun"),
                float(who.group), float(bool(who.sex)), float(bool(who.title)), float(who.count < 4),
                float(not board.tagged.get(e)), float(who.first > turn.start),
                *common[1:], *spoken[rank],
                called[1].get(e, 0.0), called[0].get(e, 0.0), tagged[1].get(e, 0.0), tagged[0].get(e, 0.0),
                rivals / 4, float(board.next_after(e, a) < b - a),
            ])  # fmt: skip
        return rows

    def _actor(self, subject: int) -> int:
        if subject == I:
            return self.board.stage.narrator
        return self.board.stage.mentions[subject].entity if subject != NOBODY else -1

    def _is_pronoun(self, subject: int) -> bool:
        return subject >= 0 and self.board.stage.mentions[subject].kind == "pronoun"

    def _elder(self, head: str, e: int) -> float:
        """`her mother` is a Mrs. rather than a Miss; `his daughter` the other way round."""
        who = self.board.stage.entities[e]
        elder = head in OLD or head in ("mother", "father", "aunt", "uncle", "wife", "husband")
        married = who.title in ("mrs", "mr", "lady", "sir", "madame", "monsieur")
        return 1.0 if elder == married else -1.0

    def _house(self, head: str, e: int) -> float:
        """Whether others bear the same surname, for the kin that share one."""
        who = self.board.stage.entities[e]
        if head in ("friend", "companion", "aunt", "uncle", "cousin", "guest") or not who.words:
            return 0.0
        return float(self.board.houses[who.words[-1]] > 1)

    def moving(
        self, k: int, held: Sequence[tuple[int, float]], belief: Sequence[dict[int, float]], guessed: int
    ) -> list[list[float]]:
        """One row of `MOVING` numbers for each candidate: how sure it is that it speaks the turns
        around k.
        """
        turns = self.board.stage.turns
        turn = turns[k]
        near: list[dict[int, float]] = []
        closeness: list[float] = []
        for step in (-1, -2, -3, -4, 1, 2, 3, 4):
            j = k + step
            ok = 0 <= j < len(turns) and turns[j].scene == turn.scene
            near.append(belief[j] if ok else {})
        away = 1.0
        for j in (k, k - 1):
            away *= 1.0 / (1.0 + turns[j].gap / 300) if 0 <= j < len(turns) else 0.0
            closeness.append(away)
        away = 1.0
        for j in (k + 1, k + 2):
            away *= 1.0 / (1.0 + turns[j].gap / 300) if j < len(turns) else 0.0
            closeness.append(away)
        gap_after = (
            _near(turns[k + 1].gap) if k + 1 < len(turns) and turns[k + 1].scene == turn.scene else 1.0
        )
        sure_before = max(near[0].values(), default=0.0)
        sure_after = max(near[4].values(), default=0.0)
        total = sum(sum(n.values()) for n in near) or 1.0
        around = believed(turns, k, belief)
        rows = []
        for e, _ in held:
            p = [n.get(e, 0.0) for n in near]
            across, along = around[1].get(e, 0.0), around[0].get(e, 0.0)
            even = p[1] * closeness[1] + p[5] * closeness[3]
            odd = p[0] * closeness[0] + p[4] * closeness[2]
            rows.append(
                [
                    *p,
                    float(e == guessed),
                    gap_after,
                    closeness[0],
                    closeness[2],
                    even,
                    odd,
                    sure_before,
                    sure_after,
                    sum(p) / total,
                    across,
                    along,
                ]
            )
        return rows
