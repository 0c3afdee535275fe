"""Every series of a release is painted, for the screen and for a file, and no hidden one told."""

import json
import xml.etree.ElementTree as ET
from datetime import date

import numpy as np
import pandas as pd
import pytest
from made_release import ROOT

from tilannehuone import store
from tilannehuone.charts.events import Event
from tilannehuone.charts.forecast import Forecast
from tilannehuone.charts.paint import paint
from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.trend import trend_figure
from tilannehuone.registry import read_registry
from tilannehuone.release import current_release

INDICATORS = {one.id: one for one in read_registry(ROOT / "indicators.yaml").indicators}
EVENTS = [
    Event(date(2023, 1, 1), "Hyvinvointialueet aloittivat", is_break=True),
    Event(date(2024, 6, 3), "Uusi toimintatapa", is_break=False),
]
ALL_SERIES = """
    select indicator_id, area_code, period_type, breakdown, category from cells
    group by all having count(value) > 0 order by all"""


@pytest.fixture(scope="module")
def figures(instance):
    """Return the key and the figure of every series that has a figure to draw."""
    with store.open_release(current_release(instance / "data" / "releases")) as release:
        keys = store.fetch(release, ALL_SERIES).to_dict("records")
        return [(key, _figure(release, key)) for key in keys]


def _figure(release, key):
    series = store.fetch(release, store.SERIES, **key)
    where = {name: key[name] for name in ("indicator_id", "area_code")}
    rows = store.fetch(release, store.FORECASTS, **where)
    made, latest = pd.to_datetime(rows["made_at_period"]), rows["made_at_period"].max()
    known = pd.to_datetime(series.loc[series["value"].notna(), "period_start"]).max()
    is_ahead = key["breakdown"] == "all" and pd.Timestamp(latest) == known
    return trend_figure(
        series,
        INDICATORS[key["indicator_id"]],
        key["period_type"],
        "fi",
        events=EVENTS,
        forecast=Forecast(rows[made == latest], rows.iloc[:0]) if is_ahead else None,
        colours=LIGHT,
    )


def _painted(figure, **how):
    return paint(figure, 1280, 480, title="Mittari", description="Sanoin", **how)


def test_every_series_of_a_release_is_painted(figures):
    assert len(figures) > 300
    for key, figure in figures:
        for live in (True, False):
            root = ET.fromstring(_painted(figure, live=live))
            assert len(root) > 3, key


def test_what_is_said_under_the_pointer_is_what_the_figure_says(figures):
    for key, figure in figures[::7]:
        texts = [
            words
            for trace in json.loads(figure.to_json())["data"]
            for words in trace.get("text", [])
            if trace.get("hoverinfo") != "skip"
        ]
        drawn = ET.fromstring(_painted(figure)).iter()
        told = [one.get("data-tip") for one in drawn if one.get("data-tip")]
        plain = [one.replace("<br>", "\n").replace("<b>", "").replace("</b>", "") for one in texts]

        assert sorted(told) == sorted(plain), key


def test_a_picture_has_a_mark_for_each_shown_value_and_no_other(instance):
    key = {"indicator_id": "cp_notifications_rate", "area_code": "072", "period_type": "quarter"}
    key |= {"breakdown": "all", "category": "all"}
    with store.open_release(current_release(instance / "data" / "releases")) as release:
        figure, series = _figure(release, key), store.fetch(release, store.SERIES, **key)
    bare = figure.to_dict()["data"]
    ahead = sum(len(one["x"]) for one in bare if one.get("marker", {}).get("color") == LIGHT.ground)
    told = [one for one in ET.fromstring(_painted(figure)).iter() if one.get("data-tip")]

    assert series["status"].eq("c").any()
    assert len(told) - ahead == np.isfinite(series["value"]).sum()
