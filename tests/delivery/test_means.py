"""What a delivery comes to in figures: from none to full, within an engine's means."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.cast import Voice
from narrate.delivery import manner_of, strength_of, table
from narrate.manner import PLAIN, Strength
from narrate.script import Delivery, Line, LineKind

DELIVERIES = get_args(Delivery)


def line(*delivery: Delivery, kind: LineKind = "speech") -> Line:
    return Line(0, 3, "“Go.”", kind, "Ana", 1.0, "", 0, 0, 0, delivery)


def test_the_table_has_every_delivery_and_every_strength_and_no_other() -> None:
    assert set(table().deliveries) == set(DELIVERIES)
    assert tuple(table().strengths) == get_args(Strength)
    assert set(table().strengths.values()) <= {*[k / 100 for k in range(101)]}


@given(
    delivery=st.lists(st.sampled_from(DELIVERIES), max_size=4).map(tuple),
    engine=st.sampled_from(["kokoro", "hibari", "espeak", "pyttsx3", "tone", "another"]),
    strength=st.floats(0, 1),
    speed=st.floats(0.5, 2),
    pitch=st.floats(-12, 12),
)
def test_no_delivery_frightens_or_leaves_what_a_voice_may_have(
    delivery: tuple[Delivery, ...], engine: str, strength: float, speed: float, pitch: float
) -> None:
    manner = manner_of(line(*delivery), engine, strength)
    assert abs(manner.gain) <= 4.0
    assert 0.75 <= manner.speed <= 1.25
    assert 0.0 <= manner.breath <= 1.0
    given = manner.voice(Voice(engine, "v", speed, pitch))
    assert 0.5 <= given.speed <= 2.0
    assert -12.0 <= given.pitch <= 12.0


def test_strength_scales_every_figure() -> None:
    full, half = (manner_of(line("shouted"), "espeak", strength) for strength in (1.0, 0.5))
    assert half.gain == pytest.approx(full.gain / 2)
    assert half.pitch == pytest.approx(full.pitch / 2)
    assert half.speed - 1 == pytest.approx((full.speed - 1) / 2, abs=0.002)
    assert manner_of(line("shouted"), "espeak", 0.0) == PLAIN


def test_loud_is_louder_and_soft_is_softer() -> None:
    gain = {name: manner_of(line(name), "espeak", 1.0).gain for name in DELIVERIES}
    assert gain["whispered"] < gain["soft"] < 0 < gain["exclaimed"] < gain["called"] < gain["shouted"]
    assert gain["shouted"] < gain["screamed"]


def test_a_kind_has_a_manner_of_its_own_and_none_takes_that_too() -> None:
    assert manner_of(line(kind="thought"), "kokoro", 1.0).gain < 0
    assert manner_of(line("none", kind="thought"), "kokoro", 1.0) == PLAIN
    assert manner_of(line("none", "shouted"), "kokoro", 1.0) == PLAIN


def test_what_nobody_says_aloud_as_a_quote_is_plain() -> None:
    assert manner_of(line("shouted", kind="narration"), "kokoro", 1.0) == PLAIN
    assert manner_of(line("shouted", kind="title"), "kokoro", 1.0) == PLAIN


def test_the_first_wish_said_is_the_strength() -> None:
    assert strength_of(None, None) == table().strengths["moderate"]
    assert strength_of(None, "full") == 1.0
    assert strength_of("none", "full") == 0.0
    assert strength_of(0.25, "full") == 0.25
    assert strength_of(0.0, "full") == 0.0
