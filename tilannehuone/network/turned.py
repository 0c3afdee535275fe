"""Who turned this curve? Areas whose level has changed for the better, and what they did.

It is asked in order to learn, not to rank: nobody is named without a lasting level, a pair that may
be compared, and consent; and nothing here is ordered by the size of a number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tilannehuone.network.comparable import Word
from tilannehuone.periods import add_months

Direction = Literal["up", "down", "context"]
Side = Literal["high", "low"]

LEAST_POINTS = 13
"""Fewest known points of the present stretch: fewer tell of no change at all."""
RUN = 7
"""Successive points on one side of the centre: the run that is a signal."""
STORY_MONTHS = 12
"""How long before a change its story may have begun."""
STORY_KINDS = ("practice", "initiative")
GOOD_SIDE: Mapping[str, Side] = {"up": "high", "down": "low"}


@dataclass(frozen=True, slots=True)
class Sign:
    """A signal at the latest known point of a series, as its finding holds it.

    `since` is its first period where that is known, `length` how many points lead to the latest;
    `is_earlier` tells that it has ended before it.
    """

    signal: str
    side: Side
    length: int
    since: date | None
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A level that has been found: by the chart (a suggestion), or confirmed by people."""

    since: date
    side: Side
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One area's series of the measure.

    Attributes
    ----------
    region, area_code : whose it is
    direction : which way is better; `context` judges nothing, so nobody turns its curve
    known : comparable known points, as the finding counts them
    signs, levels : what was found in the series
    word : the verdict of the area beside the asker's; None where it was not given
    is_listed : whether its region consents to its being named
    """

    region: str
    area_code: str
    direction: Direction
    known: int
    signs: tuple[Sign, ...]
    levels: tuple[Level, ...]
    word: Word | None
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """Something people began or changed; `areas` and `indicators` empty: all of them."""

    day: date
    kind: str
    text: Mapping[str, str]
    areas: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """An area that turned the curve, from when on, and what was begun there, the oldest first."""

    region: str
    area_code: str
    since: date
    is_confirmed: bool
    story: tuple[Deed, ...]


def turned(
    candidates: Iterable[Candidate], deeds: Iterable[Deed], indicator_id: str
) -> tuple[Turned, ...]:
    """Return the areas that turned the curve of a measure, in the order they are given in.

    A story is what was begun there from a year before the change on. That it was the cause is
    said nowhere: whoever wants to know asks the people who did it.

    Examples
    --------
    >>> level = Level(date(2025, 3, 1), "low")
    >>> good = Candidate("", "a", "down", 30, (), (level,), "comparable", True)
    >>> [one.area_code for one in turned([good], [], "m")]
    ['a']
    """
    told = tuple(deeds)
    found = []
    for one in candidates:
        level = improvement(one)
        if level is not None and _may_be_named(one):
            story = _story(one.area_code, indicator_id, level.since, told)
            found.append(Turned(one.region, one.area_code, level.since, level.is_confirmed, story))
    return tuple(found)


def improvement(one: Candidate) -> Level | None:
    """Return the lasting better level that a series has; None where there is none.

    It is a level that people have confirmed, one that the chart suggests, or a run of seven points
    that goes on: the newest of them decides. A single point and a trend are no level, nor is what
    has ended; and where the latest point also shows a change for the worse, nothing has turned.
    """
    good = GOOD_SIDE.get(one.direction)
    if good is None or one.known < LEAST_POINTS:
        return None
    if any(sign.side != good and not sign.is_earlier for sign in one.signs):
        return None
    runs = [sign for sign in one.signs if _is_lasting(sign, good)]
    levels = [*one.levels, *(Level(sign.since, good) for sign in runs if sign.since is not None)]
    newest = max(levels, key=lambda level: level.since, default=None)
    return newest if newest is not None and newest.side == good else None


def _is_lasting(sign: Sign, good: Side) -> bool:
    is_run = sign.signal == "run" and sign.length >= RUN
    return is_run and sign.side == good and not sign.is_earlier


def _may_be_named(one: Candidate) -> bool:
    return one.is_listed and one.word in ("comparable", "with_reservations")


def _story(
    area_code: str, indicator_id: str, since: date, deeds: tuple[Deed, ...]
) -> tuple[Deed, ...]:
    begins = add_months(since.replace(day=1), -STORY_MONTHS)
    mine = [
        one
        for one in deeds
        if one.kind in STORY_KINDS
        and one.day >= begins
        and (not one.areas or area_code in one.areas)
        and (not one.indicators or indicator_id in one.indicators)
    ]
    return tuple(sorted(mine, key=lambda one: one.day))
