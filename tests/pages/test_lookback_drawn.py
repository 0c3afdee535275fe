"""A promise looked back at on a real release: its curve cut at the day, and its words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tilannehuone.meeting.objects import Promise
from tilannehuone.periods import add_months
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import lookback
from tilannehuone.ui.standing import standings

STEPPED = "cp_notifications_rate"


@pytest.fixture
def page(room):
    return room("meeting")


def promise(page, months_ago, **more):
    """Return a promise made so many months ago; nine months ago notifications fell."""
    made = add_months(page.today.replace(day=1), -months_ago)
    values = {
        "area_code": "kaakkuri",
        "meeting_id": "m",
        "text": "Kokoamme verkoston koolle.",
        "promiser": "Sivistystoimi",
        "indicator_id": STEPPED,
        "expected": "down",
        "created_at": datetime(made.year, made.month, 14, tzinfo=UTC),
    }
    return Promise(**values | more)


def test_a_step_after_the_promise_is_seen_in_the_expected_direction(page):
    looked = lookback.looked_back(page, promise(page, 11))

    assert looked.look.verdict == "change_expected"
    assert looked.look.after < looked.look.before


def test_the_same_step_is_the_other_way_for_who_expected_a_rise(page):
    looked = lookback.looked_back(page, promise(page, 11, expected="up"))

    assert looked.look.verdict == "change_other_way"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_curve_names_the_promise_at_its_day(lang, room):
    page = room("meeting", lang)
    looked = lookback.looked_back(page, promise(page, 11))
    drawn = lookback.looked_drawing(looked, lang)

    assert f">{catalogue(lang)['agenda.look_event']}<" in drawn
    assert lookback.looked_words(looked, lang).split(":")[0] in drawn


def test_limits_on_the_curve_are_those_before_the_promise(page):
    looked = lookback.looked_back(page, promise(page, 11))
    whole = lookback._view(page, promise(page, 11)).series
    cut = looked.view.series

    assert len(cut) == len(whole)
    assert cut["centre"].nunique() <= 3
    assert cut["centre"].iloc[-1] > cut["value"].iloc[-3:].max()
    assert cut["side"].iloc[-6:].eq("low").any()


@pytest.mark.parametrize("lacking", [{"indicator_id": ""}, {"expected": ""}, {"created_at": None}])
def test_a_promise_without_measure_direction_or_day_has_no_look_back(lacking, page):
    assert lookback.looked_back(page, promise(page, 11, **lacking)) is None


def test_when_an_effect_could_be_seen_is_told_as_the_promise_is_made(page):
    readable = {key: one for key, one in standings(page, "kaakkuri").items() if one is not None}
    told = {
        key: lookback.seen_first(page, promise(page, 0, indicator_id=key), page.today)
        for key in readable
    }
    some = {key: one for key, one in told.items() if one is not None}

    assert some
    assert all(one.month > page.today and one.effect > 0 for one in some.values())
    assert all(readable[key].ladder == "signals" for key in some)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_month_is_told_in_words_or_that_it_cannot_be(lang, room):
    page = room("meeting", lang)
    told = [
        lookback.seen_first_words(page, promise(page, 0, indicator_id=key), page.today)
        for key in page.indicators
    ]

    assert catalogue(lang)["agenda.seen_never"] in told
    assert any("±" in one for one in told)
    assert lookback.seen_first_words(page, replace(promise(page, 0), expected=""), page.today) == ""
