"""The forecast on the trend page: when there is one, how it looks, and what is said of it."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from opened import charts

from tilannehuone import store
from tilannehuone.charts.forecast import Forecast
from tilannehuone.release import current_release
from tilannehuone.texts import LANGUAGES, catalogue

MONTHLY = {"area": "kaakkuri", "indicator": "cp_notifications_rate", "period": "month"}
PART = {"indicator": "shl_family_work_rate", "period": "quarter", "breakdown": "ikaryhma:0-12"}
KEY = {"indicator_id": "cp_notifications_rate", "area_code": "kaakkuri"}
DASH = "6px,5px"


def figure_of(app, chart):
    figure = json.loads(chart(app)[0])
    words = [one["text"] for one in figure["layout"]["annotations"]]
    return figure, words


def dashed(figure):
    return [one for one in figure["data"] if one.get("line", {}).get("dash") == DASH]


def hits(folder):
    with store.open_release(current_release(folder / "data" / "releases")) as release:
        return tuple(store.fetch(release, store.FORECAST_HITS, **KEY).iloc[0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_forecast_continues_the_line_and_is_named_at_its_end(lang, open_app, chart):
    figure, words = figure_of(open_app("trend", lang=lang, **MONTHLY), chart)
    (line,) = dashed(figure)
    marks = [one for one in figure["data"] if one.get("mode") == "markers"]
    last = max(x for one in marks if one["marker"]["color"] != "#fbfaf8" for x in one["x"])

    assert catalogue(lang)["chart.forecast"] in words
    assert len(line["x"]) == 13
    assert line["x"][0] == last
    assert figure["layout"]["xaxis"]["range"][1] > line["x"][-1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_a_forecast_is_and_how_earlier_ones_held(lang, open_app, markup):
    shown = markup(open_app("trend", lang=lang, **MONTHLY))
    template = catalogue(lang)["trend.forecast_hits"].replace("{hit}/{of}", r"(\d+)/12")

    assert catalogue(lang)["trend.forecast"] in shown
    assert re.search(template, shown)
    assert catalogue(lang)["chart.how_earlier"] in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_forecast_that_nothing_can_be_held_against_yet_says_so(lang, open_app, markup):
    shown = markup(open_app("trend", lang=lang, **MONTHLY | {"area": "tuira"}))

    assert catalogue(lang)["trend.forecast_untried"] in shown
    assert catalogue(lang)["chart.how_earlier"] not in shown


@pytest.mark.parametrize(
    "other",
    [
        {"period": "quarter"},
        PART,
        {"area": "072"},
    ],
    ids=["a longer period", "a part", "a series with hidden figures"],
)
def test_only_a_whole_series_at_its_own_period_is_forecast(other, open_app, chart, markup):
    app = open_app("trend", **MONTHLY | other)

    assert catalogue("fi")["trend.forecast"] not in markup(app)
    assert not charts(app) or not dashed(figure_of(app, chart)[0])


def test_a_forecast_made_before_the_latest_figure_is_not_shown(altered, open_app, chart):
    folder = altered("update forecasts set made_at_period = made_at_period - interval 1 month")
    app = open_app("trend", folder=folder, **MONTHLY)

    assert not dashed(figure_of(app, chart)[0])


def test_the_periods_ahead_stand_in_the_table_marked_as_forecast(open_app, markup):
    shown = markup(open_app("trend", **MONTHLY))

    assert len(re.findall("<td>ennuste, 80\u202f%:n väli [^<]+</td>", shown)) == 12


def test_one_who_does_not_see_the_chart_hears_of_the_forecast(open_app, chart):
    spoken = chart(open_app("trend", **MONTHLY))[1]

    assert re.search(r"Ennuste \(.+\) on .+, 80\u202f%:n väli .+–.+\.$", spoken)


def test_a_forecast_is_held_only_against_figures_that_are_shown(instance, altered):
    newest = """update cells set value = null, status = 'c' where indicator_id =
        'cp_notifications_rate' and area_code = 'kaakkuri' and period_type = 'month'
        and period_start = (select max(made_at_period) from forecasts)"""

    assert hits(instance)[1] == 12
    assert hits(altered(newest))[1] == 11


@pytest.mark.parametrize(("bounds", "held"), [("0, 1e9", 12), ("1e8, 1e9", 0)])
def test_a_forecast_holds_when_the_figure_is_within_its_interval(bounds, held, altered):
    lower, upper = bounds.split(", ")
    folder = altered(f"update forecasts set lower80 = {lower}, upper80 = {upper}")

    assert hits(folder) == (held, 12)


def test_the_value_axis_holds_all_of_the_forecast():
    ahead = pd.DataFrame({"lower80": [1.0], "upper80": [9.0], "point": [4.0]})

    assert np.array_equal(Forecast(ahead, ahead.iloc[:0]).reach, [1.0, 9.0])


def test_a_release_without_forecasts_is_shown_without(altered, open_app, markup):
    shown = markup(open_app("trend", folder=altered("delete from forecasts"), **MONTHLY))

    assert "Ennuste" not in shown
