"""Forecasts of area-level series: a combination of models, calibrated by its own past.

Nothing is forecast of an individual, and nothing from a hidden value: a series is used from its
last hidden or missing period on, and if the newest is hidden there is no forecast.

What is combined is in `forecast_models`, how in `forecast_combine`, how wide the intervals are in
`forecast_intervals`. Short series, and those whose past last year's values would have forecast
clearly better, get the seasonal naive instead.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.stats.forecast_combine import Record, from_scale, record_of, to_scale
from tilannehuone.stats.forecast_intervals import calibrate, quantiles
from tilannehuone.stats.forecast_models import Floats, seasonal_naive

Cadence = Literal["month", "quarter", "half_year"]

MONTHS = {"month": 1, "quarter": 3, "half_year": 6}
HORIZON = {"month": 12, "quarter": 4, "half_year": 2}
"""Periods ahead; also the season's length, since all look a year ahead."""

COLUMNS = ("point", "lower80", "upper80", "lower95", "upper95")

FEWEST_TO_COMBINE = 12
"""Fewest periods, besides three full years, from which models are fitted."""

CARRIED = 0.5
"""Share of the latest quarter's change from the year before that a short series carries on."""

NAIVE_REACH = {"month": (1.3, 2.55), "quarter": (1.6, 3.15), "half_year": (2.0, 4.0)}
"""Spreads to the 80 and 95 % limits of a series of two years, whose own past tests nothing:
the quantiles over two-year stretches of real series; half-years by Student's t beside them."""

LONG_REACH = (1.15, 2.1)
"""The same where there are many years. Between the two it falls as Student's t does, with the
seasons of changes that the spread is known from."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The usable end of one series: known values without a gap, and when the last one was."""

    name: object
    known: Floats
    last: int  # months since year 0
    day: int  # of the month; 31 when all its periods are named by their month's last


def forecast(
    panel: pd.DataFrame,
    *,
    cadence: Cadence,
    horizon: int | None = None,
    ceiling: float | None = None,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Return the forecasts of every series of a panel that can be forecast.

    Parameters
    ----------
    panel
        Columns `series`, `period` (the first day of each, as date, timestamp or ISO text) and
        `value`, in any order of rows. NaN, or no row, is hidden or missing. The series of a panel
        should be alike (one indicator over many areas): how far the intervals reach is learnt
        over all of them.
    cadence
        month, quarter or half_year.
    horizon
        Periods ahead; a year by default.
    ceiling
        What cannot be exceeded: 100 for a share in per cent. Nothing goes below 0 either, unless
        the series itself does.
    jobs
        Processes to spread the series over.
    progress
        Called with how many series are done and how many there are.

    Returns
    -------
    DataFrame
        One row a series and period ahead: series, period (timestamp), point (the median), lower80,
        upper80, lower95, upper95, and method (`combination` or `seasonal_naive`). A series of
        under two full years up to its newest period has no rows.

    Raises
    ------
    ValueError
        For a missing column, an unknown cadence, a horizon below one, a row without series or
        period, two rows for one period, a period that is not on the cadence, or an infinite value.

    References
    ----------
    Combination: Petropoulos F., Svetunkov I. (2020), International Journal of Forecasting 36,
    110–115. Intervals from rolling-origin errors: Hyndman R. J., Athanasopoulos G. (2021),
    Forecasting: Principles and Practice, 3rd ed., §5.10.

    Examples
    --------
    >>> months = pd.date_range("2022-01-01", periods=24, freq="MS")
    >>> values = [float(5 + month % 12) for month in range(24)]
    >>> found = forecast(
    ...     pd.DataFrame({"series": "a", "period": months, "value": values}), cadence="month"
    ... )
    >>> round(float(found.loc[3, "point"]), 6), found.loc[3, "method"]
    (8.0, 'seasonal_naive')
    """
    if cadence not in MONTHS:
        raise ValueError(f"cadence is month, quarter or half_year, not {cadence!r}")
    season = HORIZON[cadence]
    steps = season if horizon is None else horizon
    if steps < 1 or steps != int(steps):
        raise ValueError(f"a horizon is whole periods, at least one, not {steps}")
    usable = [one for one in _known(panel, cadence) if len(one.known) >= 2 * season]
    long = [one for one in usable if len(one.known) >= max(3 * season, FEWEST_TO_COMBINE)]
    records: dict[object, Record] = {}
    for one, record in zip(long, _records(long, season, steps, jobs), strict=True):
        records[one.name] = record
        if progress:
            progress(len(records), len(long))
    calibration = calibrate(list(records.values()), season, steps)
    frames = []
    for one in usable:
        if one.name in records and records[one.name].beats_naive:
            found, method = quantiles(records[one.name], season, calibration), "combination"
        else:
            found, method = _naive(one.known, season, steps, cadence), "seasonal_naive"
        frames.append(_rows(one, _within(found, one.known, ceiling), method, cadence))
    empty = pd.DataFrame(columns=["series", "period", *COLUMNS, "method"])
    return pd.concat(frames, ignore_index=True) if frames else empty


def _records(long: list[_Known], season: int, steps: int, jobs: int) -> Iterator[Record]:
    make = partial(record_of, m=season, h=steps)
    values = [one.known for one in long]
    if jobs == 1 or len(values) < 2 * jobs:
        yield from map(make, values)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(make, values, chunksize=max(len(values) // (4 * jobs), 1))


def _known(panel: pd.DataFrame, cadence: Cadence) -> Iterator[_Known]:
    """Yield the unbroken known end of each series; nothing where the newest is not known."""
    periods, values = _columns(panel)
    moments = (periods.dt.year * 12 + periods.dt.month - 1).to_numpy(np.int64)
    is_end = periods.dt.is_month_end.to_numpy()
    series = panel["series"].reset_index(drop=True)
    for name, rows in series.groupby(series, sort=False, observed=True).groups.items():
        at = np.asarray(rows)
        at = at[np.argsort(moments[at], kind="stable")]
        apart = np.diff(moments[at])
        if (apart == 0).any():
            twice = periods.iloc[at[int(np.argmin(apart))]]
            raise ValueError(f"series {name!r} has two rows for one period, {twice:%Y-%m}")
        if (apart % MONTHS[cadence] != 0).any():
            odd = periods.iloc[at[1 + int(np.argmax(apart % MONTHS[cadence] != 0))]]
            raise ValueError(f"series {name!r} at {odd:%Y-%m} is not on its {cadence} cadence")
        first = _unbroken_from(values[at], apart != MONTHS[cadence])
        if first < len(at):
            day = 31 if is_end[at].all() else int(periods.iloc[at[-1]].day)
            yield _Known(name, values[at][first:], int(moments[at[-1]]), day)


def _columns(panel: pd.DataFrame) -> tuple[pd.Series, Floats]:
    """Return a panel's periods and values, found to be fit for use."""
    if missing := [one for one in ("series", "period", "value") if one not in panel.columns]:
        raise ValueError(f"the panel has no column {missing[0]!r}")
    periods = pd.to_datetime(panel["period"])
    if (unnamed := (panel["series"].isna() | periods.isna()).to_numpy()).any():
        raise ValueError(f"row {int(np.argmax(unnamed))} has no series or no period")
    values = panel["value"].to_numpy(np.float64, na_value=np.nan)
    if (infinite := np.isinf(values)).any():
        at = int(np.argmax(infinite))
        name, when = panel["series"].iloc[at], periods.iloc[at]
        raise ValueError(f"series {name!r} at {when:%Y-%m} has an infinite value")
    return periods, values


def _unbroken_from(values: Floats, is_skipped: NDArray[np.bool_]) -> int:
    """Return where the last unbroken stretch begins: after a NaN, or where a row is missing."""
    after_nan = np.flatnonzero(np.isnan(values)) + 1
    after_skip = np.flatnonzero(is_skipped) + 1
    return int(max(after_nan.max(initial=0), after_skip.max(initial=0)))


def _naive(values: Floats, season: int, steps: int, cadence: Cadence) -> Floats:
    """Return last year's values, with half of the latest change from the year before carried on."""
    scale = "plain" if values.min() < 0 else "log" if values.min() >= 10 else "root"
    x = to_scale(values, scale)
    changes = x[season:] - x[:-season]
    spread = float(np.sqrt(np.mean(changes**2)))
    point = seasonal_naive(x, season, steps)[-1]
    point = point + CARRIED * changes[-max(season // 4, 1) :].mean()
    shortest, longest = np.array(NAIVE_REACH[cadence]), np.array(LONG_REACH)
    reach80, reach95 = longest + (shortest - longest) * season / len(changes)
    reach = np.array([0.0, -reach80, reach80, -reach95, reach95])[:, None]
    return from_scale(point + reach * spread, scale)


def _within(found: Floats, values: Floats, ceiling: float | None) -> Floats:
    """Return the quantiles cut at zero, unless the series goes below it, and at the ceiling."""
    lowest = 0.0 if values.min() >= 0 else -np.inf
    return np.clip(found, lowest, np.inf if ceiling is None else ceiling)


def _rows(one: _Known, found: Floats, method: str, cadence: Cadence) -> pd.DataFrame:
    steps = found.shape[1]
    ahead = [one.last + MONTHS[cadence] * step for step in range(1, steps + 1)]
    periods = [_day(month // 12, month % 12 + 1, one.day) for month in ahead]
    limits = dict(zip(COLUMNS, found, strict=True))
    return pd.DataFrame({"series": one.name, "period": periods, **limits, "method": method})


def _day(year: int, month: int, day: int) -> datetime:
    """Return this day of a month, or its last."""
    return datetime(year, month, min(day, monthrange(year, month)[1]))
