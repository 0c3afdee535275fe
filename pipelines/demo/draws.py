"""Seeded chance: one stream for each source and month, and the children behind the events.

A child is a number in its place's range; its age follows from the number and the year, so a
child grows a year older each year. Which children come up in a year slides along the range.
"""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.demo.calendars import Days, days_from, office_weights
from pipelines.demo.world import BAND_OF_AGE, PLACES, Floats, children

Ints = NDArray[np.int64]

PSEUDONYMS = 900_000_000
SPREAD = 282_475_249  # 7^10, coprime to PSEUDONYMS: distinct children get distinct pseudonyms


@dataclass(frozen=True)
class Draw:
    """What a source's rows of one period are drawn with.

    `scale` multiplies the world (benchmarks); `cutoff` is the last day anyone knows of.
    """

    seed: int
    source: str
    start: date
    cutoff: date
    scale: float = 1.0

    def chance(self, *extra: int) -> np.random.Generator:
        """Return the random stream of this source and period."""
        period = self.start.year * 12 + self.start.month
        return np.random.default_rng([self.seed, crc32(self.source.encode()), period, *extra])

    @property
    def children(self) -> Floats:
        """Children of every place, at the end of the period's year, times the scale."""
        return children(self.start.year) * self.scale

    def known(self, days: Days) -> Days:
        """Return the days with those after the cutoff unknown (NaT)."""
        return np.where(days <= np.datetime64(self.cutoff), days, np.datetime64("NaT"))


def ranges(scale: float) -> tuple[Ints, Ints]:
    """Return the first number and the count of the children of every place."""
    sizes = np.array([int(place.children * scale * 1.3) + 10 for place in PLACES])
    return np.cumsum(sizes) - sizes, sizes


def repeated(rng: np.random.Generator, expected: Floats) -> Ints:
    """Return the place index of every event, Poisson around what is expected of each place."""
    return np.repeat(np.arange(len(PLACES)), rng.poisson(expected))


def children_again(
    rng: np.random.Generator, place: Ints, share: Floats, draw: Draw, *, usual: float
) -> Ints:
    """Return a child for each event, out of a yearly pool of each place: some come up again.

    `share` is the pool's share of the place's children; six tenths of the `usual` share are
    new each year.
    """
    first, size = ranges(draw.scale)
    pool = np.maximum(draw.children * share, 1.0)
    slide = _slide(draw, usual * 0.6) * (draw.start.year - 2000)
    within = (rng.random(len(place)) * pool[place]).astype(np.int64)
    return first[place] + (slide[place] + within) % size[place]


def children_once(
    rng: np.random.Generator, share: Floats, draw: Draw, *, months: int, usual: float
) -> tuple[Ints, Ints]:
    """Return places and children so that no child comes twice within `months` months.

    `share` of each place's children comes up in the whole span of months; the `usual` share of
    them is new in the next span.
    """
    first, size = ranges(draw.scale)
    span, part = divmod(draw.start.year * 12 + draw.start.month - 1, months)
    counts = rng.poisson(draw.children * share / months)
    place = np.repeat(np.arange(len(PLACES)), counts)
    order = np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)
    slide = _slide(draw, usual / months) * span
    index = ((slide[place] + order) * months + part) % size[place]
    return place, first[place] + index


def _slide(draw: Draw, share: float) -> Ints:
    """Return how many children are new from one span to the next: the same in every span."""
    return np.round(children(2024) * draw.scale * share).astype(np.int64)


def ages(child: Ints, year: int) -> Ints:
    """Return each child's age in `year`, 0–17; every birth year is as common."""
    return ((child * 2_654_435_761 >> 12) + year) % 18


def leaning(rng: np.random.Generator, age: Ints, weights: Floats) -> NDArray[np.bool_]:
    """Choose events so that ages come up by the weights of their bands (the largest is kept)."""
    share = (weights / weights.max())[BAND_OF_AGE]
    return rng.random(len(age)) < share[age]


def mean_share(weights: Floats) -> float:
    """Return the share of events that `leaning` keeps."""
    return float((weights / weights.max())[BAND_OF_AGE].mean())


def pseudonyms(child: Ints) -> pa.Array:
    """Return the children's pseudonyms, such as p382475249; they tell no order or place."""
    number = 100_000_000 + child * SPREAD % PSEUDONYMS
    return pc.binary_join_element_wise("p", pa.array(number).cast(pa.string()), "")


def office_days(rng: np.random.Generator, start: date, count: int) -> Days:
    """Return `count` days of the month of `start`, most of them weekdays."""
    days = days_from(start)
    edges = np.cumsum(office_weights(days))[:-1]
    return days[np.searchsorted(edges, rng.random(count), side="right")]
