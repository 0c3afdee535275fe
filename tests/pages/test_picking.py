"""The pickers and the address: they agree, bad values are told, and a change is quick."""

import json
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from made_release import ROOT
from opened import charts

from tilannehuone.registry import read_registry
from tilannehuone.ui.links import ALL_ENDINGS

NOTIFICATIONS = {"indicator": "cp_notifications_rate", "period": "month"}


def test_a_deep_link_opens_what_it_names(open_app, chart):
    app = open_app("trend", lang="fi", area="kaakkuri", **NOTIFICATIONS)

    assert app.selectbox(key="pick.indicator").value == "cp_notifications_rate"
    assert app.selectbox(key="pick.area").value == "kaakkuri"
    assert chart(app)[1].startswith("Aikasarjakaavio: Lastensuojeluilmoitukset, Kaakkuri.")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"area": "atlantis"}, "nimettyä aluetta ei ole"),
        ({"indicator": "happiness"}, "nimettyä mittaria ei ole"),
        ({"period": "fortnight"}, "pyydetyllä tarkkuudella"),
        ({"breakdown": "shoe:42"}, "Pyydettyä erittelyä ei ole"),
        ({"lang": "xx"}, "pyydettyä kieltä ei ole"),
        ({"area": "<script>alert(1)</script>"}, "nimettyä aluetta ei ole"),
    ],
)
def test_a_bad_value_in_the_address_is_told_and_ignored(query, words, open_app, markup):
    app = open_app("trend", **query)

    assert words in markup(app)
    assert "<script" not in markup(app)
    assert app.query_params.get("area") != ["atlantis"]


def test_choosing_an_area_keeps_the_measure_and_writes_the_address(open_app, markup):
    app = open_app("trend", area="kaakkuri", **NOTIFICATIONS)

    app.selectbox(key="pick.area").select("tuira").run()

    assert app.query_params["area"] in ("tuira", ["tuira"])
    assert app.query_params["indicator"] in ("cp_notifications_rate", ["cp_notifications_rate"])
    assert "Tuira" in markup(app)


def test_the_area_follows_the_reader_from_page_to_page(open_app):
    app = open_app("trend", area="tuira", **NOTIFICATIONS)
    app.query_params.clear()

    app.switch_page("pages/overview.py").run()

    assert app.selectbox(key="pick.area").value == "tuira"


def test_a_breakdown_is_a_series_of_its_own(open_app, chart):
    measures = read_registry(ROOT / "indicators.yaml").indicators
    split = next(one.id for one in measures if one.breakdowns)
    app = open_app("trend", area="kaakkuri", indicator=split)
    options = app.selectbox(key="pick.breakdown").options

    app.selectbox(key="pick.breakdown").select_index(1).run()

    assert len(options) == 3
    assert not app.exception
    assert options[1].rpartition(": ")[2] in chart(app)[1]


def test_the_siblings_stand_in_the_order_of_the_register(open_app, markup):
    shown = markup(open_app("trend", area="kaakkuri", **NOTIFICATIONS))
    table = shown[shown.index("Suunta vertaa kutakin aluetta") :]
    places = [table.index(f">{name}<") for name in ("Oulu", "Kaakkuri", "Tuira", "Kiiminki–Jääli")]

    assert places == sorted(places)


def test_the_chart_speaks_the_language_and_type_is_large(open_app, chart):
    figure = json.loads(chart(open_app("trend", area="kaakkuri", **NOTIFICATIONS))[0])
    layout = figure["layout"]

    assert layout["separators"] == ",\u202f"
    assert layout["font"]["size"] >= 16
    assert all(one["font"]["size"] >= 16 for one in layout["annotations"])
    assert "tammi" in " ".join(layout["xaxis"]["ticktext"])
    assert not layout["showlegend"]


def test_another_area_is_drawn_when_it_is_chosen(open_app):
    app = open_app("trend", area="kaakkuri", **NOTIFICATIONS)
    drawn = set()
    for area in ("tuira", "564", "kiiminki_jaali", "kaakkuri"):
        app.selectbox(key="pick.area").select(area).run()
        assert not app.exception
        drawn.update(charts(app))

    assert len(drawn) == 4


def test_every_kind_of_file_is_offered_for_what_is_seen(open_app, markup):
    key = {"area": "tuira", "indicator": "pilot_line_contacts_rate", "period": "month"}
    found = set(
        re.findall(r'href="export/trend\.(\w+)\?([^"]+)"', markup(open_app("trend", **key)))
    )

    assert {ending for ending, _ in found} == set(ALL_ENDINGS)
    assert {tuple(sorted(parse_qsl(unescape(query)))) for _, query in found} == {
        tuple(sorted({"lang": "fi", **key}.items()))
    }
