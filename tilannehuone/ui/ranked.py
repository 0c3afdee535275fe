"""At which grain a measure is shown by itself: the series of each measure, the best first."""

from collections.abc import Sequence

import pandas as pd


def ranked(
    found: pd.DataFrame, periods: pd.DataFrame, planned: pd.DataFrame, measure: Sequence[str]
) -> pd.DataFrame:
    """Return the series with how each can be read, and their order within each measure.

    A series that is offered and can be read comes first, then one of which more may be said, and
    of these the one of the shortest periods.

    Parameters
    ----------
    found
        A row a series: `measure`, `period_type`, `silence` and `coarseness`, as the store gives.
    periods
        What `charts.reading.readings` says of them.
    planned
        Whether the release plan offers them in its latest year; nothing planned is offered.
    measure
        The columns that name a measure in an area.

    Returns
    -------
    pd.DataFrame
        `found` in the order of `measure` and `coarseness`, with the columns of `periods` and
        `planned`, `badness` (0 read whole and offered, 1 readable, 2 not) and `reading_rank`.
    """
    names = list(measure)
    series = [*names, "period_type"]
    told = found.merge(periods, on=series, how="left").merge(planned, on=series, how="left")
    told["is_offered"] = told["is_offered"].ne(False)
    told["is_small"] = told["is_small"].eq(True)
    is_good = told["is_whole"].eq(True) & told["is_offered"]
    told["badness"] = 2 - told["reads_from"].notna().astype(int) - is_good.astype(int)
    best_first = told.sort_values([*names, "badness", "silence", "coarseness"])
    best_first["reading_rank"] = best_first.groupby(names).cumcount() + 1
    return best_first.sort_values([*names, "coarseness"])
