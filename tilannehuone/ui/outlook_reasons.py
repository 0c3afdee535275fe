"""Why a series is not forecast: read from the periods it has, never from what is hidden."""

import pandas as pd

from tilannehuone.finding import Finding
from tilannehuone.periods import MONTHS_IN
from tilannehuone.registry import Indicator
from tilannehuone.stats.forecast import HORIZON

MONTHS_NEEDED = 24
"""Unbroken months that a forecast is made from at least."""

NOT_DELIVERED = ("o", "x")
"""Statuses of newest periods that are passed over: nothing has come of them yet."""


def why_not(
    indicator: Indicator, history: pd.DataFrame, finding: Finding | None, *, is_small: bool
) -> str:
    """Return the reason as a text's key; `history` is the whole series, oldest first.

    `no_series`: not published here. `grain`: such periods are not forecast. `small`, `hidden`:
    figures are hidden, all or the newest or one among the last two years. `missing`: the same of
    figures that did not come. `break`: comparable for too short a time. `short`: too few figures.
    `unmade`: nothing stands against one, but the release has none.
    """
    if finding is None or history.empty:
        return "no_series"
    if is_small:
        return "small"
    if indicator.period not in HORIZON:
        return "grain"
    return _of_series(indicator.period, history, finding)


def _of_series(period_type: str, history: pd.DataFrame, finding: Finding) -> str:
    since = pd.Timestamp(finding.since) if finding.since else None
    starts = pd.to_datetime(history["period_start"])
    comparable = history[starts >= since] if since is not None else history
    last = comparable[comparable["value"].notna() | ~comparable["status"].isin(NOT_DELIVERED)]
    if last.empty:
        return "missing"
    is_known = comparable.loc[: last.index[-1], "value"].notna()
    gaps = is_known.index[~is_known]
    run = is_known.loc[gaps[-1] + 1 :] if len(gaps) else is_known
    if len(run) * MONTHS_IN[period_type] >= MONTHS_NEEDED:
        return "unmade"
    if len(gaps):
        return "hidden" if comparable.loc[gaps[-1], "status"] == "c" else "missing"
    return "short" if since is None else "break"
