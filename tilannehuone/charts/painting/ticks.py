"""Which values of an axis are named, and how their numbers are written."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tilannehuone.charts.painting.axis import Scale
from tilannehuone.charts.painting.read import Part, one_of
from tilannehuone.charts.painting.text import LETTER, LINE, Run, lines_of

ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)
LEAST_PIXELS = {"x": 80.0, "y": 40.0}
"""Room for a tick where a figure does not say how many there are at most."""
APART = 0.35
"""Least room between two ticks' words along the axis, in em."""
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Tick:
    """A named place on an axis, in pixels, and its lines of words."""

    at: float
    lines: tuple[tuple[Run, ...], ...]


def ticks_of(axis: Part, scale: Scale, name: str, separators: str) -> list[Tick]:
    """Return the ticks of the axis `x` or `y` within its ends, in the order of their pixels.

    Raises ValueError for dates without `tickvals`: what a month is called is a matter of language,
    which the figure knows and the painter does not.
    """
    one_of(axis.get("tickmode", "auto"), ("auto", "array", "linear"), "the tickmode")
    values = axis.get("tickvals")
    texts = axis.get("ticktext")
    if values is None:
        values, texts = _own_ticks(axis, scale, name, separators)
    elif texts is None:
        texts = _written(axis, scale, values, separators)
    if len(texts) != len(values):
        raise ValueError(f"{len(texts)} tick texts for {len(values)} ticks")
    found = [
        Tick(scale.pixel(value), tuple(tuple(line) for line in lines_of(str(words))))
        for value, words in zip(values, texts, strict=True)
        if scale.holds(value)
    ]
    return sorted(found, key=lambda one: one.at)


def thinned(ticks: Sequence[Tick], size: float, *, upright: bool) -> list[Tick]:
    """Return ticks whose words do not touch: every other one is dropped until none does.

    The last is kept. What stands under a dropped tick (a year under its first month) moves to the
    next one, which is still of that year. `upright` is for an axis that runs upwards, where words
    touch by their height.
    """
    kept = list(ticks)
    while len(kept) > 1 and _is_crowded(kept, size, upright):
        last = len(kept) - 1
        kept = [
            _with_lines_of(kept[n - 1] if n else None, one, is_time=not upright)
            for n, one in enumerate(kept)
            if (last - n) % 2 == 0
        ]
    return kept


def round_steps(low: float, high: float, most: int) -> list[float]:
    """Return round numbers from `low` to `high`, steps of 1, 2 or 5, about `most` of them.

    >>> round_steps(-0.4, 20.0, 6)
    [0.0, 5.0, 10.0, 15.0, 20.0]
    """
    rough = (high - low) / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one for one in ROUND_STEPS if one >= rough / power - 1e-9) * power
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(n * step, 12) for n in range(first, last + 1)]


def written_number(value: float, decimals: int, separators: str) -> str:
    r"""Return a number with the decimal mark and the mark between groups of three.

    >>> written_number(-1234.5, 1, ",\u202f")
    '−1\u202f234,5'
    """
    mark, between = separators[:1] or ".", separators[1:2]
    whole, _, part = f"{abs(value):,.{decimals}f}".partition(".")
    minus = MINUS if value < 0 and any(one not in "0.," for one in whole + part) else ""
    return minus + whole.replace(",", between) + (mark + part if part else "")


def _own_ticks(
    axis: Part, scale: Scale, name: str, separators: str
) -> tuple[list[float], list[str]]:
    if scale.kind == "date":
        raise ValueError("an axis of dates is painted with tickvals and ticktext only")
    if scale.kind == "category":
        return [float(n) for n in range(len(scale.names))], list(scale.names)
    low, high = sorted((scale.first, scale.last))
    if axis.get("dtick") is not None:
        step, first = float(axis["dtick"]), float(axis.get("tick0") or 0.0)
        n = math.ceil((low - first) / step - 1e-9)
        values = []
        while first + n * step <= high + 1e-9 * step:
            values.append(round(first + n * step, 12))
            n += 1
    else:
        room = abs(scale.at_last - scale.at_first) / LEAST_PIXELS[name]
        values = round_steps(low, high, axis.get("nticks") or round(min(9, max(4, room))) + 1)
    return values, _written(axis, scale, values, separators)


def _written(axis: Part, scale: Scale, values: Sequence[float | str], separators: str) -> list[str]:
    """Return numbers with as many decimals as tell them apart, all the same number of them."""
    if scale.kind == "category":
        return [scale.names[round(scale.number(one))] for one in values]
    if scale.kind == "date":
        raise ValueError("an axis of dates is painted with ticktext only")
    numbers = [float(one) for one in values]
    decimals = max((_decimals(one) for one in numbers), default=0)
    before, after = axis.get("tickprefix", ""), axis.get("ticksuffix", "")
    return [f"{before}{written_number(one, decimals, separators)}{after}" for one in numbers]


def _decimals(value: float) -> int:
    return len(f"{value:.10f}".rstrip("0").partition(".")[2])


def _is_crowded(ticks: list[Tick], size: float, upright: bool) -> bool:
    reach = [_reach(one, size, upright) / 2 for one in ticks]
    room = 0 if upright else APART * size
    return any(
        b.at - a.at < half_a + half_b + room
        for a, b, half_a, half_b in zip(ticks, ticks[1:], reach, reach[1:], strict=False)
    )


def _reach(tick: Tick, size: float, upright: bool) -> float:
    if upright:
        return len(tick.lines) * LINE * size
    return max((sum(len(run.words) for run in line) for line in tick.lines), default=0) * (
        LETTER * size
    )


def _with_lines_of(dropped: Tick | None, kept: Tick, *, is_time: bool) -> Tick:
    if dropped is None or not is_time or len(kept.lines) > 1:
        return kept
    return replace(kept, lines=kept.lines[:1] + dropped.lines[1:])
