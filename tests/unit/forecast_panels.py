"""Panels that the tests of forecasts are made over."""

import numpy as np
import pandas as pd

from tilannehuone.stats.forecast import COLUMNS

NAN = float("nan")
FREQUENCY = {"month": "MS", "quarter": "QS", "half_year": "6MS"}
LEVELS = list(COLUMNS)


def panel(values, series="a", cadence="month", start="2015-01-01"):
    periods = pd.date_range(start, periods=len(values), freq=FREQUENCY[cadence])
    return pd.DataFrame({"series": series, "period": periods, "value": values})


def counts(n, mean=40, seed=1, m=12):
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(n) / m)
    return np.random.default_rng(seed).poisson(mean * season).astype(float)


def levels(found, series="a"):
    return found.loc[found["series"] == series, LEVELS].to_numpy()
