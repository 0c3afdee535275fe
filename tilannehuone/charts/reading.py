"""Where a series can be read: the stretch up to its newest period that is not mostly hidden.

A view never holds more hidden than shown periods. So a series that was hidden for its first years
is read from where reading begins, and one that is hidden now is not read at all.
"""

from collections.abc import Sequence

import pandas as pd

LEAST_REACH = pd.DateOffset(years=1)
"""A series that can be read back for less, since what was before is hidden, is read in part."""


def readings(periods: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return how each series can be read, a row a series, from which of its periods are hidden.

    Parameters
    ----------
    periods
        A row a period: `keys`, `period_start`, `is_shown` (it has a figure) and `is_hidden` (it is
        protected). A period may be neither: not delivered, late, not applicable.
    keys
        The columns that name a series.

    Returns
    -------
    pd.DataFrame
        `keys`, then `reads_from`: the earliest shown period from which on no more periods are
        hidden than shown, NaT where there is none; `is_whole`: the reading reaches a year back or
        leaves nothing hidden out; `is_small`: there is no reading, and hidden periods are why.

    Examples
    --------
    Two hidden quarters, then three shown and one hidden:

    >>> import pandas as pd
    >>> quarters = pd.date_range("2024-01-01", periods=6, freq="QS")
    >>> shown = pd.Series([False, False, True, True, True, False])
    >>> one = pd.DataFrame({"area": "a", "period_start": quarters, "is_shown": shown})
    >>> found = readings(one.assign(is_hidden=~shown), ["area"])
    >>> found["reads_from"].dt.date.tolist(), found["is_whole"].tolist()
    ([datetime.date(2024, 7, 1)], [False])
    """
    names = list(keys)
    told = periods.sort_values([*names, "period_start"], ascending=False)
    told = told.assign(period_start=pd.to_datetime(told["period_start"]))
    more_shown = told["is_shown"].astype(int) - told["is_hidden"].astype(int)
    balance = more_shown.groupby([told[one] for one in names]).cumsum()
    told["begins"] = told["period_start"].where(told["is_shown"] & (balance >= 0))
    told["reads_from"] = told.groupby(names)["begins"].transform("min")
    told["is_cut"] = told["is_hidden"] & (told["period_start"] < told["reads_from"])
    found = (
        told.groupby(names)
        .agg(
            reads_from=("begins", "min"),
            newest=("period_start", "max"),
            is_cut=("is_cut", "any"),
            is_hidden=("is_hidden", "any"),
        )
        .reset_index()
    )
    is_read = found["reads_from"].notna()
    reaches = found["reads_from"] <= found["newest"] - LEAST_REACH
    return found[[*names, "reads_from"]].assign(
        is_whole=is_read & (reaches | ~found["is_cut"]),
        is_small=~is_read & found["is_hidden"],
    )


def in_view(series: pd.DataFrame, reads_from: pd.Timestamp | None) -> pd.DataFrame:
    """Return the periods of a series from `reads_from` on, numbered anew; none where it is None."""
    if reads_from is None:
        return series.iloc[:0]
    return series[pd.to_datetime(series["period_start"]) >= reads_from].reset_index(drop=True)
