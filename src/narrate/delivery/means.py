"""From a line's delivery to the figures of its manner, within an engine's means and the user's wish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from narrate.manner import PLAIN, Manner
from narrate.script import QUOTE_KINDS, Delivery, Line

_BY_KIND: Mapping[str, Delivery] = {
    kind: kind for kind in get_args(Delivery) if kind in ("thought", "telepathy", "letter", "message", "sung")
}


@dataclass(frozen=True, slots=True)
class Table:
    """`manners.yaml`, read."""

    strengths: Mapping[str, float]  # 0 to 1, by the words a cast file may hold
    most: Mapping[str, float]  # what added deliveries stay within
    engines: Mapping[str, Mapping[str, float]]  # how much of each figure an engine is given
    deliveries: Mapping[str, Manner]  # at full strength


@cache
def table() -> Table:
    """The shipped table. A mistake in it is ours and shows at once."""
    read: Any = yaml.safe_load(Path(__file__).with_name("manners.yaml").read_text("utf-8"))
    manners = {name: Manner(**figures) for name, figures in read["deliveries"].items()}
    return Table(read["strengths"], read["most"], read["engines"], manners)


def strength_of(*wishes: str | float | None) -> float:
    """A cast file's `delivery:` as 0 to 1: the first that is said at all, a word or a number."""
    wish = next((one for one in wishes if one is not None), "moderate")
    return float(table().strengths[wish]) if isinstance(wish, str) else float(wish)


def deliveries_of(line: Line) -> tuple[Delivery, ...]:
    """All that bears on a quote: its own deliveries and its kind's; nothing where the user said none."""
    if "none" in line.delivery or line.kind not in QUOTE_KINDS:
        return ()
    kind = _BY_KIND.get(line.kind)
    return line.delivery if kind is None or kind in line.delivery else (kind, *line.delivery)


def manner_of(line: Line, engine: str, strength: float) -> Manner:
    """How a line differs from the plain reading of its voice. `strength` from 0 (PLAIN) to 1."""
    deliveries = deliveries_of(line)
    return _manner(deliveries, engine, strength) if deliveries and strength > 0 else PLAIN


@cache
def _manner(deliveries: tuple[Delivery, ...], engine: str, strength: float) -> Manner:
    whole, most = table(), table().most
    parts = [whole.deliveries[name] for name in deliveries]
    share = whole.engines.get(engine, {})

    def means(name: str) -> float:
        return strength * share.get(name, 1.0)

    speed = 1.0
    for part in parts:
        speed *= 1.0 + (part.speed - 1.0) * means("speed")
    return Manner(
        speed=round(min(max(speed, most["slowest"]), most["fastest"]), 3),
        pitch=round(_within(sum(p.pitch for p in parts), most["pitch"]) * means("pitch"), 2),
        gain=round(_within(sum(p.gain for p in parts), most["gain"]) * means("gain"), 2),
        breath=round(_all_breath(p.breath for p in parts) * means("breath"), 2),
        edge=round(_within(sum(p.edge for p in parts), most["edge"]) * means("edge"), 2),
        before=round(sum(p.before for p in parts) * means("before")),
        after=round(sum(p.after for p in parts) * means("after")),
    )


def _within(figure: float, most: float) -> float:
    return min(max(figure, -most), most)


def _all_breath(shares: Iterable[float]) -> float:
    """Breath takes from what voice is left."""
    voiced = 1.0
    for share in shares:
        voiced *= 1.0 - share
    return 1.0 - voiced
