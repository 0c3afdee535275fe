"""The official measure that is declared as the context of one's own, on the trend page."""

import json

import pytest
from opened import words_of

from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import options, trend, trend_benchmark

OWN = {"area": "kaakkuri", "indicator": "cp_notifications_rate", "period": "month"}
PART = {"area": "kaakkuri", "indicator": "shl_family_work_rate", "period": "quarter"}
OFFICIAL = "out_of_home_share"
BREAK = {"date": "2023-01-01", "text": {"fi": "Lakiuudistus", "sv": "Lagreform", "en": "Reform"}}


def patched(indicator_id, **changed):
    patch = json.dumps(changed).replace("'", "''")
    return (
        f"update indicators set definition = json_merge_patch(definition, '{patch}')"
        f" where indicator_id = '{indicator_id}';"
    )


@pytest.fixture
def beside(altered):
    """An instance with two measures that are shown beside an official one with a break."""
    own = [patched(one["indicator"], benchmark=OFFICIAL) for one in (OWN, PART)]
    return altered("".join(own) + patched(OFFICIAL, sotkanet_id=191, breaks=[BREAK]))


def told(room, folder, lang="fi", **query):
    page = room("trend", lang, folder=folder)
    shown = trend.view(page, options.choice_of(page, query))
    return page, trend_benchmark.benchmark_html(page, shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_official_figure_is_told_with_its_area_period_and_source(lang, room, beside):
    page, html = told(room, beside, lang, **OWN)
    official, words = page.indicators[OFFICIAL], words_of(html)

    assert f"indicator={OFFICIAL}&amp;area=564" in html
    assert words.startswith(catalogue(lang)["trend.benchmark"].partition(" {")[0])
    for expected in (
        official.name.in_language(lang),
        official.register_,
        "191",
        official.definition.in_language(lang),
        catalogue(lang)["trend.benchmark_unlike"],
        BREAK["text"][lang],
    ):
        assert expected in words
    areas = options.names_of_areas(page)
    assert words.index(areas["564"]) < words.index(areas["kaakkuri"])


def test_the_page_shows_it_and_a_measure_without_one_says_nothing(open_app, markup, beside, room):
    shown = words_of(markup(open_app("trend", folder=beside, lang="fi", **OWN)))
    page, html = told(room, beside, **OWN)

    assert words_of(html) in shown
    assert told(room, beside, area="kaakkuri", indicator=OFFICIAL)[1] == ""


def test_a_part_of_a_measure_is_not_set_beside_the_whole_of_another(room, beside):
    assert told(room, beside, **PART)[1]
    assert told(room, beside, breakdown="ikaryhma:0-12", **PART)[1] == ""


def test_a_measure_defined_alike_needs_no_reservation(room, altered):
    own = OWN["indicator"]
    twin = f"""
        insert into indicators by name select * replace ('twin' as indicator_id,
            json_merge_patch(definition, '{{"id": "twin"}}') as definition)
            from indicators where indicator_id = '{own}';
        insert into cells by name select * replace ('twin' as indicator_id)
            from cells where indicator_id = '{own}';
        insert into findings by name select * replace ('twin' as indicator_id,
            json_merge_patch(finding, '{{"indicator_id": "twin"}}') as finding)
            from findings where indicator_id = '{own}';
    """
    folder = altered(twin + patched(own, benchmark="twin"))
    page, html = told(room, folder, **OWN)
    assert "trend?" in html
    assert page.text("benchmark_unlike") not in html
    assert page.text("benchmark_otherwise") not in html
