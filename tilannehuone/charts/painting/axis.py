"""Where values stand in the picture: scales of numbers, of dates and of names."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tilannehuone.charts.painting.read import Part, one_of

EPOCH = datetime(1970, 1, 1)
ROOM = 0.05
"""Room beside the least and the greatest value where a figure gives no range."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One axis: what kind of values it has, its ends, and the pixels of these.

    `kind` is `linear`, `date` or `category`; a date counts in days, a name by its place in
    `names`. The ends may run either way.
    """

    kind: str
    names: tuple[str, ...]
    first: float
    last: float
    at_first: float
    at_last: float

    def number(self, value: Any) -> float:
        """Return a value as a number on this axis; NaN where it is unknown."""
        return number_on(self.kind, self.names, value)

    def pixel(self, value: Any) -> float:
        """Return where a value stands; NaN where it is unknown."""
        share = (self.number(value) - self.first) / (self.last - self.first)
        return self.at_first + share * (self.at_last - self.at_first)

    def holds(self, value: Any) -> bool:
        """Return whether a value is known and lies within the ends."""
        low, high = sorted((self.at_first, self.at_last))
        return bool(low - 0.5 <= self.pixel(value) <= high + 0.5)


def scale_of(
    axis: Part, values: Sequence[Any], *, at: tuple[float, float], from_zero: bool
) -> Scale:
    """Return the scale of an axis.

    Parameters
    ----------
    axis
        What the layout says of it: `type`, `range`, `autorange`, `categoryorder`.
    values
        Everything the traces place on it, to tell its kind and, without a range, its ends.
    at
        The pixels of its first and its last end.
    from_zero
        Bars grow from zero, which therefore has to be on the axis.
    """
    known = [one for one in values if one is not None and one == one]
    kind = _kind(axis.get("type", "-"), known)
    names = _names(axis, known) if kind == "category" else ()
    turn = one_of(axis.get("autorange", True), (True, False, "reversed"), "the autorange")
    if axis.get("range") is not None:
        first, last = (number_on(kind, names, one) for one in axis["range"])
    else:
        first, last = _ends(kind, names, known, from_zero)
        first, last = (last, first) if turn == "reversed" else (first, last)
    if not math.isfinite(first + last) or first == last:
        raise ValueError(f"an axis cannot run from {first} to {last}")
    return Scale(kind, names, first, last, *at)


def number_on(kind: str, names: tuple[str, ...], value: Any) -> float:
    """Return a value as a number on an axis of this kind; NaN where it is unknown."""
    if value is None:
        return math.nan
    if isinstance(value, str) and kind == "category":
        return float(names.index(value)) if value in names else math.nan
    if kind == "date" and isinstance(value, (str, date)):
        return _days(value)
    return float(value)


def _days(value: str | date) -> float:
    moment = datetime.fromisoformat(value if isinstance(value, str) else value.isoformat())
    if moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return (moment - EPOCH) / timedelta(days=1)


def _kind(asked: str, known: list[Any]) -> str:
    """Return the kind of an axis: the one asked for, or the one that all its values agree on."""
    one_of(asked, ("-", "linear", "date", "category"), "an axis of type")
    if asked != "-":
        return asked
    if all(isinstance(one, (int, float)) for one in known):
        return "linear"
    return "date" if all(_is_day(one) for one in known) else "category"


def _is_day(value: Any) -> bool:
    if isinstance(value, date):
        return True
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return "-" in value


def _names(axis: Part, known: list[Any]) -> tuple[str, ...]:
    listed = axis.get("categoryarray")
    order = axis.get("categoryorder", "array" if listed else "trace")
    one_of(order, ("trace", "array"), "the order of categories")
    return tuple(dict.fromkeys(str(one) for one in [*(listed or ()), *known]))


def _ends(
    kind: str, names: tuple[str, ...], known: list[Any], from_zero: bool
) -> tuple[float, float]:
    if kind == "category":
        return -0.5, max(1, len(names)) - 0.5
    numbers = [number_on(kind, names, one) for one in known]
    least = min(numbers, default=0.0)
    most = max(numbers, default=1.0)
    if from_zero:
        least, most = min(least, 0.0), max(most, 0.0)
    room = ROOM * (most - least) or 1.0
    below = 0.0 if from_zero and least == 0 else room
    above = 0.0 if from_zero and most == 0 else room
    return least - below, most + above
