"""The chart of one chosen series: as a figure, as a drawing, and in words."""

import plotly.graph_objects as go

from tilannehuone.charts.paint import paint
from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.trend import trend_figure
from tilannehuone.finding import alt_text
from tilannehuone.ui.links import ALL_ENDINGS, WITHOUT_PICTURE
from tilannehuone.ui.trend import View, has_chart
from tilannehuone.ui.trend_forecast import forecast_alt

SHAPES = {"low": (1600.0, 455.0, 1.25), "high": (1600.0, 545.0, 1.12)}
"""Width, height and scale of type: the low one for projectors, the high one for walls. The look
shows the one that leaves the whole chart on the screen."""


def figure(shown: View, lang: str, *, worded: bool = True) -> go.Figure:
    """Return the chart of the series in the reader's language, in the colours of light paper."""
    return trend_figure(
        shown.series,
        shown.indicator,
        shown.choice.period_type,
        lang,
        events=shown.events,
        forecast=shown.forecast,
        colours=LIGHT,
        worded=worded,
    )


def drawing(shown: View, lang: str) -> str:
    """Return the chart as SVG for the screen, with its words for one who does not see it."""
    title = ", ".join(one for one in (shown.names.indicator, shown.names.area) if one)
    told, drawn = spoken(shown, lang), figure(shown, lang)
    return "".join(
        f'<div class="th-{name}">'
        f"{paint(drawn, width, height, title=title, description=told, type_scale=scale)}</div>"
        for name, (width, height, scale) in SHAPES.items()
    )


def spoken(shown: View, lang: str) -> str:
    """Return the chart's alternative text."""
    if shown.finding is None:
        return ""
    told = alt_text(shown.finding, shown.names, lang)
    return f"{told} {forecast_alt(shown.forecast, shown.choice, shown.names, lang)}".strip()


def endings(shown: View) -> tuple[str, ...]:
    """Return the kinds of file there are: without a chart there is no picture of one."""
    return ALL_ENDINGS if has_chart(shown) else WITHOUT_PICTURE
