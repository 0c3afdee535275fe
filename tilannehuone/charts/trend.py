"""The trend chart: one series with its usual variation, target, breaks and what cannot be shown.

A figure is a function of a series and its words. It is drawn from plain dicts with graph_objects
(1 ms; express takes 30). Everything is labelled where it stands; no legend has to be searched.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from tilannehuone.charts.axis import HEAD, period_ticks, place, time_range, value_range
from tilannehuone.charts.events import Event, event_marks, events_shown, moment_place
from tilannehuone.charts.forecast import (
    Forecast,
    forecast_hovers,
    forecast_traces,
    leaders,
)
from tilannehuone.charts.gaps import gap_marks
from tilannehuone.charts.labels import MARGIN, edge_labels, note, signal_labels
from tilannehuone.charts.lines import interval_trace, limit_traces, target_trace
from tilannehuone.charts.palette import FONT, Palette
from tilannehuone.charts.points import hover_texts, value_traces
from tilannehuone.registry import Indicator

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}

NAMED_HEAD = 0.32
"""Room above the highest value where an event is named there: a high signal's words lie under."""


def trend_figure(
    series: pd.DataFrame,
    indicator: Indicator,
    period_type: str,
    lang: str,
    *,
    events: Sequence[Event] = (),
    forecast: Forecast | None = None,
    colours: Palette,
    worded: bool = True,
) -> go.Figure:
    """Return the chart of one series.

    Parameters
    ----------
    series
        A row a period, oldest first, as `store.SERIES` gives it. A value that is NaN is not known
        to the release either; its period is marked with the word of its status.
    indicator, period_type
        The measure (unit, decimals, targets) and the grain of the series.
    events
        What happened, drawn as upright lines; breaks and new levels are labelled.
    forecast
        What may come after the last value; None draws none.
    colours
        By the reader's background.
    worded
        Whether signals and events have their words inside the chart. A narrow one has no room:
        there the sentence above and the list below say them.
    """
    starts = [moment.date() for moment in pd.to_datetime(series["period_start"])]
    at = [place(period_type, one) for one in starts]
    has_limits = bool(series["centre"].notna().any())
    traces = limit_traces(series, at, colours)
    if not has_limits:
        traces.append(interval_trace(series, at, colours))
    all_starts = sorted({*starts, *(forecast.starts if forecast else ())})
    all_at = [place(period_type, one) for one in all_starts]
    aim = target_trace(indicator, all_starts, all_at, colours)
    traces += [aim] if aim else []
    if forecast:
        told = forecast_hovers(forecast, indicator, period_type, lang)
        traces += forecast_traces(forecast, series, at, told, period_type, colours)
    hovers = hover_texts(series, starts, indicator, period_type, lang)
    broken = {moment_place(one.day, at) for one in events_shown(events, at) if one.is_break}
    traces += value_traces(series, at, hovers, sorted(broken), colours)
    is_named = worded and any(one.has_words for one in events_shown(events, at))
    is_named &= bool(series["side"].eq("high").any())
    ends = _reach(series, has_limits, aim, forecast, indicator, NAMED_HEAD if is_named else HEAD)
    shapes, notes = event_marks(events, at, all_at[-1] if all_at else "", colours, worded)
    gap_shapes, gap_notes = gap_marks(series, at, lang, colours)
    outlook = float(forecast.ahead["point"].iloc[-1]) if forecast else None
    notes += edge_labels(series, indicator, aim, outlook, ends, lang, colours)
    notes += signal_labels(series, at, lang, colours, aim, ends) if worded else []
    shapes += leaders(series, at, all_at[-1], ends, colours) if forecast else []
    layout = _layout(period_type, all_starts, ends, indicator, lang, colours)
    layout |= {
        "shapes": shapes + gap_shapes,
        "annotations": layout["annotations"] + notes + gap_notes,
    }
    return go.Figure(data=traces, layout=layout)


def _reach(
    series: pd.DataFrame,
    has_limits: bool,
    aim: dict[str, Any] | None,
    forecast: Forecast | None,
    indicator: Indicator,
    head: float,
) -> tuple[float, float]:
    """Return the ends of the value axis for everything drawn."""
    bounds = ("lower", "upper") if has_limits else ("lower95", "upper95")
    drawn = [series[name].to_numpy(float) for name in ("value", *bounds)]
    if aim:
        drawn.append(np.array([one if one is not None else np.nan for one in aim["y"]]))
    if forecast:
        drawn.append(forecast.reach)
    ceiling = 100.0 if indicator.kind == "proportion" else None
    return value_range(np.concatenate(drawn), ceiling, head)


def _layout(
    period_type: str,
    starts: list[date],
    ends: tuple[float, float],
    indicator: Indicator,
    lang: str,
    colours: Palette,
) -> dict[str, Any]:
    positions, texts = period_ticks(period_type, starts, lang)
    at = [place(period_type, one) for one in starts]
    axis = {"tickfont": {"size": 16, "color": colours.soft}, "zeroline": False, "fixedrange": True}
    unit = note(
        indicator.unit.in_language(lang), colours.soft, x=0, y=1, xref="paper", yref="paper"
    )
    return {
        "template": None,
        "autosize": True,
        "margin": MARGIN,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 16, "color": colours.ink},
        "separators": (". " if lang == "en" else ", ").replace(" ", "\u202f"),
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "font": {"size": 17, "color": colours.ink, "family": FONT},
            "bgcolor": colours.ground,
            "bordercolor": colours.line,
            "align": "left",
        },
        "xaxis": axis
        | {"type": "date", "tickvals": positions, "ticktext": texts, "showgrid": False}
        | {"linecolor": colours.line, "ticks": "outside", "tickcolor": colours.line}
        | {"range": time_range(at)},
        "yaxis": axis | {"range": list(ends), "gridcolor": colours.line, "nticks": 6, "ticks": ""},
        "annotations": [
            unit | {"xanchor": "left", "yanchor": "bottom", "xshift": -50, "yshift": 8}
        ],
    }
