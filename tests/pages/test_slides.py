"""The shared screen's slides: their order, what each says, and how the server answers."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.requests import Request

from tilannehuone.cadence import is_due
from tilannehuone.finding import message
from tilannehuone.ui import frame, meeting_measure, options, slides, slides_measure, trend
from tilannehuone.ui.marks import is_signal, look, mark_html
from tilannehuone.ui.overview_tiles import when_html
from tilannehuone.ui.standing import standings
from tilannehuone.web.slides import shared


@pytest.fixture
def page_in(instance, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    return lambda lang="fi": frame.page_of("trend", lang)


def plain(html):
    return re.sub(r"<[^>]+>", " ", html)


def answer(query):
    asked = {"type": "http", "method": "GET", "headers": [], "query_string": query.encode()}
    found = shared(Request(asked))
    return found.status_code, found.headers, json.loads(bytes(found.body))


def test_first_comes_the_situation_with_what_is_due_in_icon_and_word(page_in):
    page = page_in()
    first = slides.slides(page, "kaakkuri")[0]
    found = standings(page, "kaakkuri")
    due = [one for one in page.indicators.values() if is_due(one.cadence, "jan", page.today)]

    assert first.id == "situation"
    assert first.title == "Tilannekuva, Kaakkuri"
    assert f"Mittareita on {len(found)}" in first.html
    assert 'class="when"' in first.html
    for one in (each for each in due if found.get(each.id)):
        assert one.name.fi in first.html
        assert mark_html(found[one.id], "fi") in first.html
        assert when_html(page, one, found[one.id]) in first.html


def test_then_come_the_due_then_those_with_a_signal_then_the_others(page_in):
    page = page_in()
    found = standings(page, "kaakkuri")
    order = [page.indicators[one.id] for one in slides.slides(page, "kaakkuri")[1:]]
    ranks = [
        (
            not is_due(one.cadence, one.half_year_anchor, page.today),
            not (found[one.id] is not None and is_signal(found[one.id])),
        )
        for one in order
    ]

    assert {one.id for one in order} == set(found)
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1


def test_a_slide_says_what_the_measures_page_says_and_draws_its_chart(page_in):
    page = page_in()
    told = {one.id: one for one in slides.slides(page, "kaakkuri")}["cp_notifications_rate"]
    choice = options.choice_of(page, {"area": "kaakkuri", "indicator": "cp_notifications_rate"})
    shown = trend.view(page, choice)
    said = re.search(r'<div class="th-said">.*?<p>(.*?)</p>', told.html)

    assert said is not None
    assert said[1] == message(shown.finding, shown.names, "fi")
    assert f'class="th-icon {look(shown.finding).partition(".")[2]}' in told.html
    assert told.html.count("<svg") == 1
    assert "var(--ink" in told.html
    assert "lähde" in plain(told.html)
    assert str(page.facts["release_id"]) in told.html
    address = parse_qs(urlsplit(told.address).query)
    assert address["indicator"] == ["cp_notifications_rate"]
    assert address["area"] == ["kaakkuri"]


def test_a_measure_too_small_to_be_shown_says_so_and_where_to_look(planned, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(planned))
    page = frame.page_of("trend", "fi")
    code, small = next(
        (code, key)
        for code in options.areas(page).labels
        for key, one in standings(page, code).items()
        if one is None
    )
    told = {one.id: one for one in slides.slides(page, code)}[small]

    assert "liian pieniä näytettäviksi" in told.html
    assert "<svg" not in told.html
    assert "shield" in told.html


def test_the_measure_it_was_opened_from_keeps_its_grain(page_in):
    page = page_in()
    asked = {"indicator": "cp_notifications_rate", "period": "year"}
    told = {one.id: one for one in slides.slides(page, "kaakkuri", asked)}

    assert "period=year" in told["cp_notifications_rate"].address
    assert "period=year" not in told["pilot_line_contacts_rate"].address


def test_what_is_late_is_told_in_the_foot(page_in):
    told = slides.slides(page_in(), "kiiminki_jaali")
    late = [one for one in told if "myöhässä" in one.html.partition("th-vouch")[2]]

    assert "lp_discussions_rate" in {one.id for one in late}


@pytest.mark.parametrize(("lang", "title"), [("sv", "Lägesbild"), ("en", "Situational picture")])
def test_slides_speak_the_language_of_the_address(page_in, lang, title):
    page_in(lang)
    status, _, told = answer(f"lang={lang}&area=kaakkuri")

    assert status == 200
    assert told[0]["title"].startswith(title)


def test_the_answer_is_never_kept_and_a_bad_area_falls_to_the_home(page_in):
    page_in()
    status, headers, told = answer("area=nowhere&lang=xx")

    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert told[0]["title"] == "Tilannekuva, Kaakkuri"
    assert set(told[0]) == {"id", "title", "html", "address"}


def test_where_there_is_no_release_one_line_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(tmp_path))
    status, _, told = answer("lang=fi")

    assert status == 503
    assert told == {"message": "Tilannehuoneessa ei ole vielä lukuja"}


@pytest.mark.parametrize("kind", ["interrupted", "multiples"])
def test_a_study_comes_first_with_its_message_and_chart(page_in, kind):
    page_in()
    series = "lang=fi&area=kaakkuri&indicator=cp_notifications_rate&period=month"
    _, _, plain_ones = answer(series)
    _, _, (first, *others) = answer(f"{series}&study={kind}")

    assert first["id"] == "cp_notifications_rate"
    assert first["address"].startswith("research?")
    assert f"study={kind}" in first["address"]
    assert first["html"].count("<svg") == 1
    assert 'class="th-said"' in first["html"]
    assert others == plain_ones


def test_only_a_wide_chart_has_the_words_of_events_inside(page_in):
    page = page_in()
    choice = options.choice_of(page, {"area": "tuira", "indicator": "cp_notifications_rate"})
    wide, narrow = (
        slides_measure.seen(page, choice, shape)[1]
        for shape in (slides_measure.WHOLE, meeting_measure.SHAPE)
    )

    def in_chart(html):
        return plain(re.search(r"<svg.*?</svg>", html.partition("th-picture")[2], re.DOTALL)[0])

    assert "Uusi taso" in in_chart(wide)
    assert "Uusi taso" not in in_chart(narrow)
    assert "Uusi taso" in plain(narrow)
