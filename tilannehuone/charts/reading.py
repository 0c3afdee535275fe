"""Where a series can be read: the stretch up to its newest period that is not mostly hidden.

A view never holds more hidden than shown periods. So a series that was hidden for its first years
is read from where reading begins, and one that is hidden now is not read at all.
"""

from collections.abc import Sequence

import numpy as np
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
    days = pd.to_datetime(periods["period_start"]).to_numpy()
    series = periods.groupby(names).ngroup().to_numpy()
    order = np.lexsort((days, series))[::-1]  # series by series, the newest period first
    told, days, series = periods.iloc[order], days[order], series[order]
    is_shown, is_hidden = (told[one].to_numpy(bool) for one in ("is_shown", "is_hidden"))
    is_first = np.diff(series, prepend=-1) != 0
    first, of = np.flatnonzero(is_first), np.cumsum(is_first) - 1
    more = np.cumsum(is_shown.astype(int) - is_hidden)
    before = np.where(first > 0, more[first - 1], 0)[of]  # what earlier series have added up to
    begins = is_shown & (more - before >= 0)
    reads_from = np.full(len(first), np.datetime64("NaT"), dtype=days.dtype)
    reads_from[of[begins]] = days[begins]  # newest first, so the earliest of each is written last
    is_cut, has_hidden = np.zeros(len(first), bool), np.zeros(len(first), bool)
    is_cut[of[is_hidden & (days < reads_from[of])]] = True
    has_hidden[of[is_hidden]] = True
    found = told.loc[is_first, names].assign(reads_from=reads_from)
    is_read = ~np.isnat(reads_from)
    least = (pd.to_datetime(pd.Series(days[first])) - LEAST_REACH).to_numpy()
    found["is_whole"] = is_read & ((reads_from <= least) | ~is_cut)
    found["is_small"] = ~is_read & has_hidden
    return found.iloc[::-1].reset_index(drop=True)


def in_view(series: pd.DataFrame, reads_from: pd.Timestamp | None) -> pd.DataFrame:
    """Return the periods of a series from `reads_from` on, numbered anew; none where it is None."""
    if reads_from is None:
        return series.iloc[:0]
    return series[pd.to_datetime(series["period_start"]) >= reads_from].reset_index(drop=True)
