"""Words inside a trend chart: readable where lines cross them, left out where there is no room."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from tilannehuone.charts.events import Event
from tilannehuone.charts.gaps import gap_marks
from tilannehuone.charts.labels import signal_labels
from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.trend import trend_figure
from tilannehuone.registry import read_registry

ROOT = Path(__file__).parents[2]
BREAK = Event(date(2025, 3, 1), "Hyvinvointialueet aloittivat", is_break=True)


def chart(*, worded):
    """Return the chart of six months of which the last shows a signal, with a break in them."""
    measures = {one.id: one for one in read_registry(ROOT / "indicators.yaml").indicators}
    series = pd.DataFrame(
        {
            "period_start": [date(2025, month, 1) for month in range(1, 7)],
            "value": [10.0, 11.0, 10.0, 9.0, 10.0, 20.0],
            "kind": ["common"] * 5 + ["concern"],
            "side": [None] * 5 + ["high"],
        }
    ).assign(status="ok", signal=None, segment=1, centre=10.0, lower=5.0, upper=15.0)
    series = series.assign(near_lower=6.7, near_upper=13.3, lower95=None, upper95=None)
    series = series.assign(numerator=None, denominator=None)
    one = measures["cp_notifications_rate"]
    return trend_figure(series, one, "month", "fi", events=[BREAK], colours=LIGHT, worded=worded)


def words_of(figure):
    """Return what is written in a chart."""
    return {one.text for one in figure.layout.annotations}


def test_a_narrow_chart_leaves_words_to_what_stands_beside_it():
    wide, narrow = chart(worded=True), chart(worded=False)

    assert words_of(wide) - words_of(narrow) == {"huolestuttava poikkeama", BREAK.text}
    assert "<b>1</b>" in words_of(narrow)
    assert len(narrow.layout.shapes) == len(wide.layout.shapes)


def test_the_word_of_a_gap_can_be_read_where_a_line_crosses_it():
    series = pd.DataFrame({"value": [1.0, None, 2.0], "status": ["ok", "x", "ok"]})
    _, notes = gap_marks(series, [f"2025-0{month}-01" for month in (1, 2, 3)], "fi", LIGHT)

    assert [(one["text"], one["bgcolor"]) for one in notes] == [("ei saatavilla", LIGHT.veil)]


def test_the_words_of_a_signal_lie_on_no_point_of_a_dense_series():
    values = np.full(200, 6.0)
    values[[60, 75, 100, 119]] = 3.0, 4.0, 4.5, 2.0  # the words reach from 72 to 108
    kinds = ["neutral_low" if 85 <= n < 96 else "common" for n in range(200)]
    series = pd.DataFrame({"value": values, "kind": kinds, "side": "low"})
    at = [str(n) for n in range(200)]

    (words,) = signal_labels(series, at, "fi", LIGHT)

    assert (words["x"], words["y"]) == ("90", 4.0)
    assert words["yshift"] < 0
