"""What an XmR analysis finds: frozen results, and what a side means in a direction."""

from dataclasses import dataclass
from typing import Literal

MIN_POINTS_FOR_WORDS = 13
"""Fewest known points of the last segment that a variation or assurance is told from."""

Direction = Literal["up", "down", "context"]
Signal = Literal["outside", "trend", "two_in_three", "run"]
Side = Literal["high", "low"]
Kind = Literal["common", "improvement", "concern", "neutral_high", "neutral_low"]
Assurance = Literal["passes", "fails", "hit_or_miss"]

BETTER = {"up": 1, "down": -1}


@dataclass(frozen=True, slots=True)
class Segment:
    """Limits of one stretch between rebases, in the unit of the values.

    `stop` is the position after the last. Limits are None where the segment has too few points.
    """

    start: int
    stop: int
    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    mean_moving_range: float | None
    points_used: int
    known: int


@dataclass(frozen=True, slots=True)
class Point:
    """What the tests say of one point: the first that marks it, which side, and good or bad."""

    signal: Signal | None
    side: Side | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Mark:
    """A signal at the latest known point, as words need it.

    `length` is the number of points of a run or a recent trend, of steps of a trend, that lead
    here (0 for the other tests). `is_earlier` marks a stretch that ended just before the point.
    """

    signal: Signal | Literal["recent_trend"]
    side: Side
    kind: Kind
    length: int = 0
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class SpcResult:
    """All that was found in one series.

    `variation` is the kind of the latest known point, `latest` its position. `marks` holds the
    signal that decided it and, when another says the opposite, that one too: a good shift and a
    bad outlier are both told. None and () mean that nothing may be said yet.
    """

    segments: tuple[Segment, ...]
    points: tuple[Point, ...]
    variation: Kind | None
    assurance: Assurance | None
    latest: int | None
    marks: tuple[Mark, ...] = ()

    @property
    def also(self) -> Kind | None:
        """The opposite kind, where it holds as well as `variation`."""
        return self.marks[1].kind if len(self.marks) > 1 else None


def kind_of(side: int, direction: Direction) -> Kind:
    """Return what a signal on a side (+1 high, -1 low, 0 none) means in a direction.

    >>> kind_of(1, "up"), kind_of(1, "down"), kind_of(-1, "context"), kind_of(0, "up")
    ('improvement', 'concern', 'neutral_low', 'common')
    """
    if side == 0:
        return "common"
    if direction == "context":
        return "neutral_high" if side > 0 else "neutral_low"
    return "improvement" if side == BETTER[direction] else "concern"


def assurance(
    last: Segment, target: float | None, direction: Direction, *, is_constant: bool
) -> Assurance | None:
    """Return whether a steady process meets its target, by the last segment's limits.

    A target on a limit is hit or miss. A constant series meets it or does not.
    """
    if target is None or direction == "context" or last.centre is None:
        return None
    better = BETTER[direction]
    bad_limit, good_limit = (last.lower, last.upper) if better > 0 else (last.upper, last.lower)
    if bad_limit is None or good_limit is None:
        return None
    if is_constant:
        return "passes" if (last.centre - target) * better >= 0 else "fails"
    if (bad_limit - target) * better > 0:
        return "passes"
    return "fails" if (good_limit - target) * better < 0 else "hit_or_miss"
