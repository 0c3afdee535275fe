"""The rows of a twin: drawn from distributions of our own, by where and when alone.

Levels, seasons and the sizes of areas are invented by name, so that a twin looks like a service
and tells of none. The same extent and declarations draw the same rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.twin.asked import Asked
from pipelines.twin.plain import AREA, PERIOD, day_column, grain_of
from tilannehuone.periods import Anchor, next_start, period_end, period_start
from tilannehuone.sources import Source

MONTHLY = 12.0
"""Rows (or counts) an area has a month (or a week, where it is told by weeks) of each thing that
is told apart: enough to show most of it, and few enough to hide some."""

SIZE = 1500.0
"""What others are measured against, such as residents, an area has of it."""

SHARE = 0.7
"""Of a whole, its part."""

PERSONS = 40
"""Persons of an area that come again."""

HOLIDAY = 0.5
"""Share of the usual that happens in July."""

MOST_SPLITS = 200
"""Combinations of categories at most; beyond that some are drawn."""

ANYTHING = ("a", "b")

MONTHS = {"week": 1.0, "month": 1.0, "quarter": 3.0, "half_year": 6.0, "year": 12.0}

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ground:
    """Where and when the rows of a source lie.

    `areas` are (code, first day, last day) of what rows name; `anchor` is of half-years.
    """

    areas: tuple[tuple[str, date, date], ...]
    first: date
    last: date
    anchor: Anchor
    categories: dict[str, tuple[str, ...]]


def rows_of(
    name: str, source: Source, asked: Asked, ground: Ground, seed: int, more: float = 1.0
) -> pd.DataFrame:
    """Return the rows of one source: events or aggregates, one column a declared one.

    With `more` each area has so many times as much as usual.
    """
    draw = np.random.default_rng([seed, crc32(name.encode())])
    levels = {code: more * _factor(code, seed) for code, *_ in ground.areas}
    if source.shape == "events":
        frames = list(_events(source, asked, ground, draw, levels))
    else:
        frames = list(_aggregates(source, asked, ground, draw, levels))
    return pd.concat(frames, ignore_index=True)


def _events(
    source: Source,
    asked: Asked,
    ground: Ground,
    draw: np.random.Generator,
    levels: Mapping[str, float],
) -> Iterator[pd.DataFrame]:
    day = day_column(source)
    told_apart = max(
        (len(_values(asked, ground, one)) for one in asked.values if one in asked.kinds), default=1
    )
    for code, first, last in ground.areas:
        level = MONTHLY * min(told_apart, 6) * levels[code]
        days: list[date] = []
        start = period_start("month", max(first, ground.first))
        while start <= min(last, ground.last):
            length = period_end("month", start).day
            count = int(draw.poisson(level * (HOLIDAY if start.month == 7 else 1.0)))
            days += [start + timedelta(days=int(n)) for n in draw.integers(0, length, count)]
            start = next_start("month", start)
        inside = sorted(d for d in days if max(first, ground.first) <= d <= min(last, ground.last))
        frame = pd.DataFrame({AREA: np.repeat(code, len(inside)), day: inside})
        for column, kind in asked.kinds.items():
            if column != day:
                frame[column] = _drawn(column, kind, asked, ground, code, inside, draw)
        yield frame


def _drawn(
    column: str,
    kind: str,
    asked: Asked,
    ground: Ground,
    code: str,
    days: Sequence[date],
    draw: np.random.Generator,
) -> pd.Series:
    """Return a column of events: values that conditions speak of are among them."""
    size = len(days)
    if kind == "person":
        return pd.Series([f"{code}-{n}" for n in draw.integers(0, PERSONS, size)], dtype="object")
    if kind == "date":
        waits, missing = draw.geometric(0.04, size), draw.random(size) < 0.1
        later = [
            None if gone else day + timedelta(days=int(wait))
            for day, wait, gone in zip(days, waits, missing, strict=True)
        ]
        return pd.Series(later, dtype="object")
    values = _values(asked, ground, column)
    if kind in ("integer", "decimal"):
        top = max((float(one) for one in values if _is_number(one)), default=10.0)
        return pd.Series(draw.integers(0, int(2 * top) + 2, size))
    return pd.Series(draw.choice(np.array(values or ANYTHING), size))


def _aggregates(
    source: Source,
    asked: Asked,
    ground: Ground,
    draw: np.random.Generator,
    levels: Mapping[str, float],
) -> Iterator[pd.DataFrame]:
    grain = grain_of(source, asked)
    dimensions = [one for one in asked.kinds if one not in asked.amounts]
    splits = list(product(*(_values(asked, ground, one) or ANYTHING for one in dimensions)))
    if len(splits) > MOST_SPLITS:
        splits = [splits[n] for n in sorted(draw.choice(len(splits), MOST_SPLITS, replace=False))]
    for code, first, last in ground.areas:
        starts = [one for one in _starts(grain, ground) if _lies(grain, one, first, last)]
        frame = pd.DataFrame({AREA: np.repeat(code, len(starts) * len(splits))})
        frame[PERIOD] = np.repeat([_written(grain, one) for one in starts], len(splits))
        for at, column in enumerate(dimensions):
            frame[column] = [split[at] for split in splits] * len(starts)
        season = [HOLIDAY if one.month == 7 and grain == "month" else 1.0 for one in starts]
        level = levels[code] * np.repeat(season, len(splits))
        yield frame.assign(**_amounts(asked, level, MONTHS[grain], SIZE / len(splits), draw))


def _amounts(
    asked: Asked, level: Floats, months: float, size: float, draw: np.random.Generator
) -> dict[str, Counts]:
    """Return the amounts of rows, wholes before their parts."""
    amounts: dict[str, Counts] = {}
    for column in sorted(asked.amounts, key=lambda one: (one in asked.wholes, one)):
        whole = amounts.get(asked.wholes.get(column, ""))
        if whole is not None:
            amounts[column] = draw.binomial(whole, SHARE)
        else:
            usual = size if column in asked.sizes else MONTHLY * months
            amounts[column] = draw.poisson(level * usual)
    return amounts


def _starts(grain: str, ground: Ground) -> Iterator[date]:
    start = period_start(grain, ground.first, ground.anchor)
    while start <= ground.last:
        yield start
        start = next_start(grain, start)


def _lies(grain: str, start: date, first: date, last: date) -> bool:
    return first <= start and period_end(grain, start) <= last


def _values(asked: Asked, ground: Ground, column: str) -> tuple[str, ...]:
    """Return the values of a column: those conditions speak of, and the published categories."""
    found = set(asked.values.get(column, ())) | set(ground.categories.get(column, ()))
    return tuple(sorted(one for one in found if one))


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdigit()


def _factor(code: str, seed: int) -> float:
    """Return how large an area is beside others: by its code, never by what is known of it."""
    return float(np.random.default_rng([seed, crc32(code.encode())]).lognormal(0.0, 0.5))


def _written(grain: str, start: date) -> str:
    """Return a period as its first and last day: a form that every type is read in."""
    end = period_end(grain, start)
    return f"{start.day}.{start.month}.{start.year}-{end.day}.{end.month}.{end.year}"
