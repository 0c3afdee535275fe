"""What a staggered start finds: frozen results."""

from dataclasses import dataclass

from tilannehuone.stats.interrupted_result import Effect, Kind


class TooFewAreas(ValueError):
    """There are too few areas that never started for an interval that could be trusted."""

    def __init__(self, never: int, needed: int) -> None:
        self.never, self.needed = never, needed
        super().__init__(f"staggered starts need {needed} areas that never start, got {never}")


@dataclass(frozen=True, slots=True)
class SinceStart:
    """The effect so many periods after the start (negative: before), with the areas behind it."""

    periods: int
    effect: Effect
    areas: int


@dataclass(frozen=True, slots=True)
class OfArea:
    """The average effect in one area: its row, its start and the periods known since."""

    row: int
    start: float
    effect: Effect
    periods: int


@dataclass(frozen=True, slots=True)
class Staggered:
    """Effects of several starts, against areas that had not started.

    `overall` is the mean over the areas of each one's mean effect over its known periods after;
    `since_start` by time since start, oldest first, `of_areas` by area in the order of the rows.
    `before` is the mean of the second half of the periods before the start against the first: a
    difference there says the areas moved apart before anything began.
    `never` and `started` count areas; `left_out` are rows of starting areas that have too little
    before or after. `placebo_p` is how often the same starts in other areas give as large an
    effect, None under 20 possible ways; `placebo_ways` is the number of ways looked at.
    `assumptions` and `warnings` are keys; the texts are the page's.
    """

    overall: Effect
    since_start: tuple[SinceStart, ...]
    of_areas: tuple[OfArea, ...]
    before: Effect | None
    never: int
    started: int
    left_out: tuple[int, ...]
    placebo_p: float | None
    placebo_ways: int
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    kind: Kind
