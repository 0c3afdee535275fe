"""The holiday months of measures that declare a school-year season, taken out and put back."""

from collections.abc import Mapping

import numpy as np

from pipelines.analysis.shown import Cells, Floats
from tilannehuone.registry import Indicator
from tilannehuone.stats.season import school_year_panel


def season_factors(cells: Cells, indicators: Mapping[str, Indicator]) -> Floats:
    """Return the factor of every cell: 1 where no season is declared or none can be told yet.

    Values are divided by it before limits are set, and limits are multiplied by it to be drawn.
    NaN marks a holiday month that has no usable factor; its value stays shown and is not judged.
    """
    factors = np.ones(len(cells.value))
    chosen = [
        cells.bounds(number)
        for number, key in enumerate(cells.keys)
        if indicators[key[0]].season and key[2] == "month"
    ]
    if not chosen:
        return factors
    at = np.concatenate([np.arange(first, stop) for first, stop in chosen])
    sizes = np.array([stop - first for first, stop in chosen])
    months = np.array([cells.period_start[place].month for place in at])
    starts = np.cumsum(sizes) - sizes
    factors[at] = school_year_panel(cells.value[at], months, starts).by_position
    return factors
