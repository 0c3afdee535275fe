"""Confidence intervals of proportions, counts, rates, standardised rates, means and medians.

Scalars give floats, arrays broadcast and give arrays. NaN (hidden or missing) in gives NaN out.
What cannot be (a negative count, nobody to count among, more counted than there are) is an error
that names the cell, so that no NaN of our own making reaches a chart.
"""

from tilannehuone.stats.interval import Interval, Number
from tilannehuone.stats.intervals_counted import (
    EXACT_BELOW,
    byar,
    exact_poisson,
    proportion,
    rate,
    wilson,
)
from tilannehuone.stats.intervals_observed import MEDIAN_FROM, mean, median
from tilannehuone.stats.intervals_standardised import STANDARDISED_FROM, directly_standardised

__all__ = [
    "EXACT_BELOW",
    "MEDIAN_FROM",
    "STANDARDISED_FROM",
    "Interval",
    "Number",
    "byar",
    "directly_standardised",
    "exact_poisson",
    "mean",
    "median",
    "proportion",
    "rate",
    "wilson",
]
