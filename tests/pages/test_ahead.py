"""What is sent ahead of a page is what the page then shows, or nothing."""

import json
from urllib.parse import urlencode

import pytest
from opened import charts
from starlette.requests import Request

from tilannehuone.texts import LANGUAGES
from tilannehuone.ui import frame, options
from tilannehuone.web.ahead import ahead

SERIES = ("kaakkuri", "cp_notifications_rate")
SEEN = {"indicator": "cp_notifications_rate", "area": "kaakkuri", "period": "month"}


@pytest.fixture
def sent(instance, monkeypatch):
    """Return a function that gives what the server sends ahead for a query."""

    def answered(folder=instance, **query):
        monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
        scope = {"type": "http", "method": "GET", "headers": []}
        return ahead(Request(scope | {"query_string": urlencode(query).encode()}))

    return answered


def place_of(picker, one, lang):
    """Return at which place of its picker an id stands."""
    return str(list(picker(frame.page_of("trend", lang)).labels).index(one))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "picker", "one"),
    [
        ("area", options.areas, "tuira"),
        ("indicator", options.indicators, "pilot_line_contacts_rate"),
        ("period", lambda page: options.grains(page, *SERIES), "quarter"),
        ("breakdown", lambda page: options.breakdowns(page, *SERIES[::-1], "month"), "all"),
    ],
)
def test_headline_and_chart_sent_ahead_are_the_pages(
    name, picker, one, lang, sent, open_app, markup
):
    app = open_app("trend", lang=lang, **SEEN)
    answer = sent(lang=lang, **SEEN, pick=name, at=place_of(picker, one, lang))
    told = json.loads(answer.body)
    app.selectbox(key=f"pick.{name}").select(one).run()

    assert not app.exception
    assert told["head"] in markup(app)
    assert [told["drawing"]] == charts(app)


@pytest.mark.parametrize(
    "asked",
    [
        {"pick": "area", "at": "9999"},
        {"pick": "area", "at": "-1"},
        {"pick": "area", "at": "<script>"},
        {"pick": "release", "at": "0"},
        {"pick": "area", "at": "0", "lang": "xx"},
        {},
    ],
)
def test_what_cannot_be_sent_ahead_is_left_to_the_page(asked, sent):
    assert sent(**SEEN, **asked).status_code == 204


def test_without_a_release_nothing_is_sent_ahead(sent, tmp_path):
    (tmp_path / "data" / "releases").mkdir(parents=True)

    assert sent(folder=tmp_path, pick="area", at="0", **SEEN).status_code == 204
