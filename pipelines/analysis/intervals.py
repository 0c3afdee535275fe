"""The 95 % interval of every shown cell, by the kind of its indicator."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from pipelines.analysis.shown import Cells, Floats
from tilannehuone.registry import Indicator
from tilannehuone.stats.intervals import Interval, proportion, rate

KINDS_WITH_INTERVAL = ("count", "rate", "proportion", "distinct_rate")
"""A mean's or a median's spread is not in its parts, so these have none."""


def with_intervals(cells: Cells, indicators: Mapping[str, Indicator]) -> Cells:
    """Return the cells with the interval of every value whose kind and parts give one.

    Wilson for a proportion, and for distinct persons where nowhere more of them are counted than
    there are. Else exact Poisson below 10 and Byar from 10. A cell without a denominator (a late
    one may have lost it) keeps the interval it came with, and a proportion above its whole, which
    the sources' checks should have stopped, gets none.
    """
    lower, upper = cells.lower.copy(), cells.upper.copy()
    for indicator, chosen in _by_indicator(cells, indicators):
        if indicator.kind not in KINDS_WITH_INTERVAL:
            continue
        x, n = cells.numerator[chosen], cells.denominator[chosen]
        if indicator.kind == "count":
            x, n = cells.value[chosen], np.ones(len(x))
        is_told = ~np.isnan(cells.value[chosen]) & (x >= 0) & (n > 0)
        if indicator.kind == "proportion":
            is_told &= x <= n
        found = _interval(indicator, x[is_told], n[is_told])
        places = np.arange(chosen.start, chosen.stop)[is_told]
        lower[places], upper[places] = found.lower, found.upper
    return replace(cells, lower=lower, upper=upper)


def _interval(indicator: Indicator, x: Floats, n: Floats) -> Interval:
    persons = indicator.kind == "distinct_rate" and bool((x <= n).all())
    if indicator.kind == "proportion" or persons:
        return proportion(x, n, scale=indicator.scale)
    return rate(x, n, scale=1.0 if indicator.kind == "count" else indicator.scale)


def _by_indicator(
    cells: Cells, indicators: Mapping[str, Indicator]
) -> Iterator[tuple[Indicator, slice]]:
    """Yield each indicator with its stretch of cells."""
    names = [key[0] for key in cells.keys]
    firsts = [n for n, name in enumerate(names) if n == 0 or names[n - 1] != name]
    for first, following in zip(firsts, [*firsts[1:], len(names)], strict=True):
        begin, end = cells.bounds(first)[0], cells.bounds(following - 1)[1]
        yield indicators[names[first]], slice(begin, end)
