"""The forecast in a trend chart: what may come, and what was forecast of the time shown."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.charts.axis import place
from tilannehuone.charts.palette import Palette
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import number, period, value_with_unit


@dataclass(frozen=True, slots=True)
class Forecast:
    """A row a period ahead, and (it may be empty) those of the forecast made a year before.

    The columns are those of `store.FORECASTS`: `period_start`, `point`, `lower80` and so on.
    """

    ahead: pd.DataFrame
    before: pd.DataFrame

    @property
    def starts(self) -> list[date]:
        """The first days of the periods ahead."""
        return _days(self.ahead)

    @property
    def reach(self) -> NDArray[np.float64]:
        """Everything drawn of it, for the value axis."""
        return np.concatenate(
            [
                self.ahead["lower80"].to_numpy(float),
                self.ahead["upper80"].to_numpy(float),
                self.before["point"].to_numpy(float),
            ]
        )


def forecast_traces(
    forecast: Forecast,
    series: pd.DataFrame,
    at: list[str],
    hovers: list[str],
    period_type: str,
    colours: Palette,
) -> list[dict[str, Any]]:
    """Return the earlier forecast faintly, the interval, the line from the last value, its marks.

    The interval opens at the last value, which is known.
    """
    last = int(np.flatnonzero(series["value"].notna().to_numpy())[-1])
    value = float(series["value"].iloc[last])
    ahead = forecast.ahead
    x = [at[last], *_places(ahead, period_type)]
    y, lower, upper = (
        [value, *ahead[name].to_numpy(float).tolist()] for name in ("point", "lower80", "upper80")
    )
    quiet = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    dashed = {"color": colours.common, "width": 2.5, "dash": "6px,5px"}
    faint = {"color": colours.common, "width": 1.5, "dash": "1px,4px"}
    band = {"x": x + x[::-1], "y": upper + lower[::-1], "fill": "toself", "line": {"width": 0}}
    marks = {
        **{"type": "scatter", "mode": "markers", "x": x[1:], "y": y[1:], "text": hovers},
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": "circle",
            "size": 8,
            "color": colours.ground,
            "line": {"color": colours.common, "width": 1.5},
        },
    }
    before = forecast.before
    earlier = {"x": _places(before, period_type), "y": before["point"].to_numpy(float).tolist()}
    return [
        *([quiet | earlier | {"line": faint}] if len(before) else []),
        quiet | band | {"fillcolor": colours.forecast},
        quiet | {"x": x, "y": y, "line": dashed},
        marks,
    ]


def forecast_hovers(
    forecast: Forecast, indicator: Indicator, period_type: str, lang: str
) -> list[str]:
    """Return what is said of each period ahead under the pointer."""
    unit = indicator.unit.in_language(lang)
    told = []
    for start, row in zip(forecast.starts, forecast.ahead.to_dict("records"), strict=True):
        words = text(
            "chart.hover_forecast",
            lang,
            value=f"<b>{value_with_unit(row['point'], unit, lang, indicator.decimals)}</b>",
            lower=number(row["lower80"], lang, indicator.decimals),
            upper=number(row["upper80"], lang, indicator.decimals),
        )
        told.append(f"{period(period_type, start, lang)}<br>{words}")
    return told


def leaders(
    series: pd.DataFrame,
    at: list[str],
    end: str,
    ends: tuple[float, float],
    colours: Palette,
) -> list[dict[str, Any]]:
    """Return thin lines from the last limits past the forecast to `end`, beside their labels."""
    limited = series[series["centre"].notna()]
    if limited.empty:
        return []
    n = int(limited.index[-1])
    thin = {"color": colours.near, "width": 1, "dash": "dot"}
    levels = [float(limited[name].iloc[-1]) for name in ("upper", "centre", "lower")]
    return [
        {"type": "line", "x0": at[n], "x1": end, "y0": y, "y1": y, "layer": "below"}
        | {"line": thin}
        for y in levels
        if ends[0] <= y <= ends[1]
    ]


def _places(rows: pd.DataFrame, period_type: str) -> list[str]:
    return [place(period_type, one) for one in _days(rows)]


def _days(rows: pd.DataFrame) -> list[date]:
    return [moment.date() for moment in pd.to_datetime(rows["period_start"])]
