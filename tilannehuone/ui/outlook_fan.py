"""A forecast as a small drawing: what was, how far the interval reaches, the target.

It holds no number that is not in the words beside it, and is not spoken. It is drawn to be
stretched: lines keep their width, and its colours are the page's.
"""

from collections.abc import Callable
from datetime import date

import pandas as pd

from tilannehuone.charts.axis import value_range
from tilannehuone.charts.painting.pen import attributes, digits, path
from tilannehuone.ui.outlook import Outlook

WIDTH, HEIGHT = 360.0, 100.0
EDGE = 6.0
"""Room on every side, so that no mark is cut."""

YEARS_SHOWN = 3
"""Of what was; the forecast is of one more."""

Point = tuple[float, float]
Place = Callable[[int, float], Point]


def fan_svg(one: Outlook) -> str:
    """Return the drawing as SVG text; empty without a forecast."""
    if not one.is_forecast:
        return ""
    past = _recent(one.history)
    ahead = one.ahead
    starts = [*_days(past), *_days(ahead)]
    target = one.target
    columns = [past["value"], ahead["lower80"], ahead["upper80"], pd.Series([target], dtype=float)]
    ceiling = 100.0 if one.indicator.kind == "proportion" else None
    low, high = value_range(pd.concat(columns).to_numpy(float), ceiling)

    def at(n: int, value: float) -> Point:
        x = EDGE + (starts[n] - starts[0]) / max(starts[-1] - starts[0], 1) * (WIDTH - 2 * EDGE)
        return x, EDGE + (high - value) / (high - low) * (HEIGHT - 2 * EDGE)

    last = len(past) - 1
    now = at(last, one.now)
    upper, middle, lower = (
        [now, *(at(last + n, float(value)) for n, value in enumerate(ahead[name], start=1))]
        for name in ("upper80", "point", "lower80")
    )
    x = digits(now[0])
    parts = [
        f'<path class="band" d="{path(upper + lower[::-1], closed=True)}"/>',
        f'<path class="now" d="M{x} 0V{digits(HEIGHT)}"/>',
        *([_level(at(0, target)[1])] if target is not None else []),
        *(f'<path class="past" d="{path(one)}"/>' for one in _stretches(past, at)),
        f'<path class="middle" d="{path(middle)}"/>',
        f'<path class="dot" d="M{x} {digits(now[1])}h0"/>',
    ]
    box = attributes(viewBox=f"0 0 {digits(WIDTH)} {digits(HEIGHT)}", preserveAspectRatio="none")
    return f'<svg class="th-fan" aria-hidden="true" focusable="false"{box}>{"".join(parts)}</svg>'


def _recent(history: pd.DataFrame) -> pd.DataFrame:
    """Return the last years of what was."""
    starts = pd.to_datetime(history["period_start"])
    since = starts.iloc[-1] - pd.DateOffset(years=YEARS_SHOWN)
    return history[starts >= since].reset_index(drop=True)


def _stretches(past: pd.DataFrame, at: Place) -> list[list[Point]]:
    """Return the lines through what is known: nothing is drawn over a gap."""
    known = past["value"].notna()
    runs = (~known).cumsum()[known]
    return [
        [at(int(n), float(past["value"].iloc[n])) for n in some.index]
        for _, some in runs.groupby(runs)
    ]


def _level(y: float) -> str:
    return f'<path class="target" d="M0 {digits(y)}H{digits(WIDTH)}"/>'


def _days(rows: pd.DataFrame) -> list[int]:
    return [date.toordinal(one.date()) for one in pd.to_datetime(rows["period_start"])]
