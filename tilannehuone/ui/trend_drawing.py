"""The chart of one chosen series: as a figure, as a drawing, and in words."""

import plotly.graph_objects as go

from tilannehuone.charts.paint import paint
from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.trend import trend_figure
from tilannehuone.finding import alt_text
from tilannehuone.ui.links import ALL_ENDINGS, WITHOUT_PICTURE
from tilannehuone.ui.trend import View, has_chart
from tilannehuone.ui.trend_forecast import forecast_alt

WIDTH, HEIGHT = 1600.0, 560.0
"""The drawing's own measures: it fills the width of the page, and its type grows with it."""


def figure(shown: View, lang: str) -> go.Figure:
    """Return the chart of the series in the reader's language, in the colours of light paper."""
    return trend_figure(
        shown.series,
        shown.indicator,
        shown.choice.period_type,
        lang,
        events=shown.events,
        forecast=shown.forecast,
        colours=LIGHT,
    )


def drawing(shown: View, lang: str) -> str:
    """Return the chart as SVG for the screen, with its words for one who does not see it."""
    title = ", ".join(one for one in (shown.names.indicator, shown.names.area) if one)
    told = spoken(shown, lang)
    return paint(figure(shown, lang), WIDTH, HEIGHT, title=title, description=told)


def spoken(shown: View, lang: str) -> str:
    """Return the chart's alternative text."""
    if shown.finding is None:
        return ""
    told = alt_text(shown.finding, shown.names, lang)
    return f"{told} {forecast_alt(shown.forecast, shown.choice, shown.names, lang)}".strip()


def endings(shown: View) -> tuple[str, ...]:
    """Return the kinds of file there are: without a chart there is no picture of one."""
    return ALL_ENDINGS if has_chart(shown) else WITHOUT_PICTURE
