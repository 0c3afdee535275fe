"""The outlook page: what is forecast of an area, what is not and why, and its table."""

import re

import pytest
from opened import drawings, words_of

from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import outlook, outlook_paper


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_is_forecast_and_that_it_is_of_the_area(lang, open_app, markup):
    app = open_app("outlook", lang=lang, area="kaakkuri")
    shown = words_of(markup(app))
    texts = catalogue(lang)

    assert texts["outlook.individual"] in shown
    assert texts["outlook.question_all"] in shown
    assert texts["outlook.group_none"] in shown
    assert not re.search(r"\{\w+\}|\bnan\b|\bNone\b|\bNaT\b", shown + words_of(drawings(app)[0]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_measure_stands_once_among_the_forecast_or_the_rest(lang, room, open_app, markup):
    page = room("outlook", lang)
    app = open_app("outlook", lang=lang, area="kaakkuri")
    cards = re.findall(r"<h3>.*?</h3>", drawings(app)[0])
    names = [words_of(one) for one in cards]
    rest = re.findall(r'<th scope="row">(.*?)</th>', markup(app).split("stExpander")[0])

    assert len(names) == len(set(names)) > 3
    missing = {one.name.in_language(lang) for one in page.indicators.values()} - set(names)
    assert missing <= {words_of(one) for one in rest}


def test_a_target_at_risk_comes_first_and_is_named_in_the_message(room, open_app, markup):
    found = outlook.outlooks(room("outlook"), "kaakkuri")
    risky = outlook.in_group(found, "fails") + outlook.in_group(found, "open")
    app = open_app("outlook", area="kaakkuri")
    first = words_of(re.findall(r"<h3>.*?</h3>", drawings(app)[0])[0])

    assert risky
    assert first == risky[0].indicator.name.in_language("fi")
    assert first in words_of(re.search("th-message.*?</p>", markup(app))[0])


def test_each_card_tells_the_record_what_would_be_noticed_what_is_next_and_the_question(
    room, open_app
):
    (shown,) = drawings(open_app("outlook", area="kaakkuri"))
    forecast = [one for one in outlook.outlooks(room("outlook"), "kaakkuri") if one.is_forecast]

    for key in ("record", "notice", "next", "question"):
        assert len(re.findall(f'<div class="{key}"><dt>[^<]+</dt><dd>[^<]', shown)) + len(
            re.findall(f'<div class="{key}"><dt>[^<]+</dt><dd><span', shown)
        ) == len(forecast)
    assert "oli 80\u202f%:n" not in shown
    assert catalogue("fi")["outlook.untried"] not in shown or len(forecast) > 1


def test_an_area_whose_figures_are_small_says_so_and_shows_no_number_of_them(open_app, markup):
    app = open_app("outlook", area="072")
    rest = words_of(markup(app))

    assert catalogue("fi")["outlook.reason_small"] in rest or (
        catalogue("fi")["outlook.reason_hidden"] in rest
    )


def test_a_release_without_forecasts_gives_a_reason_for_every_measure(altered, open_app, markup):
    app = open_app("outlook", folder=altered("delete from forecasts"), area="kaakkuri")

    assert not drawings(app)
    assert catalogue("fi")["outlook.message_nothing"] in words_of(markup(app))
    assert catalogue("fi")["outlook.reason_unmade"] in words_of(markup(app))


def test_a_forecast_of_a_time_gone_by_is_not_shown(altered, room):
    folder = altered("update forecasts set made_at_period = made_at_period - interval 1 month")
    found = outlook.outlooks(room("outlook", folder=folder), "kaakkuri")

    assert not outlook.has_forecast(found)


@pytest.mark.parametrize(("bounds", "held"), [("0, 1e9", "all"), ("1e8, 1e9", "none")])
def test_the_record_says_how_earlier_forecasts_held(bounds, held, altered, open_app):
    lower, upper = bounds.split(", ")
    folder = altered(
        f"""update forecasts set lower80 = {lower}, upper80 = {upper}
        where made_at_period < (select max(made_at_period) from forecasts f
            where f.indicator_id = forecasts.indicator_id and f.area_code = forecasts.area_code)"""
    )
    shown = words_of(drawings(open_app("outlook", folder=folder, area="kaakkuri"))[0])

    told = catalogue("fi")[f"outlook.record_{held}"].format(of=12, ten=8)
    assert words_of(told) in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_paper_holds_the_pages_words_and_a_row_a_measure(lang, room):
    page = room("outlook", lang)
    paper = outlook_paper.paper(page, "kaakkuri")
    widths = {len(row) for row in paper.table.rows}

    assert len(paper.table.rows) == len(page.indicators)
    assert widths == {len(paper.table.columns)}
    assert paper.messages[-1] == catalogue(lang)["outlook.individual"]
    assert paper.table.notes


def test_the_files_numbers_are_those_of_the_forecast(room):
    page = room("outlook")
    found = {one.indicator.id: one for one in outlook.outlooks(page, "kaakkuri")}
    table = outlook_paper.paper(page, "kaakkuri").table
    headers = [one.header for one in table.columns]
    at = headers.index(catalogue("fi")["outlook.col_upper80"])
    ids = headers.index("indicator_id")

    for row in table.rows:
        one = found[row[ids].text]
        assert row[at].number == (float(one.end["upper80"]) if one.is_forecast else None)
