"""The page of cases: opened by signals, moved on by who may, and wrong data told under quality."""

import re

import pytest
from opened import words_of

from tilannehuone.access import RIGHTS, Person
from tilannehuone.meeting import book as books
from tilannehuone.meeting.cases import move
from tilannehuone.meeting.database import SETTING, open_book
from tilannehuone.meeting.objects import SignalCase
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import cases, cases_forms
from tilannehuone.ui.frame import page_of

AREA = "kaakkuri"
STEWARD = books.Writer("Tietovastaava", "steward")


@pytest.fixture(autouse=True)
def book(tmp_path, monkeypatch):
    """Give an empty book that the pages write in too."""
    address = f"sqlite:///{tmp_path}/meetings.sqlite"
    monkeypatch.setenv(SETTING, address)
    opened = open_book(address)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def cases_page(open_app):
    """Return a function that opens the page of the area's cases."""

    def opened(**query):
        return open_app("cases", area=AREA, **query)

    return opened


def kept(book):
    return books.many(book, SignalCase, area_code=AREA)


def first(app, book):
    """Return the first case shown, and its form's text, choice and button."""
    case = cases.waiting(kept(book))[0]
    return case, app.text_area[0], app.radio[0], app.button[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_look_at_the_page_opens_the_cases_and_tells_how_many(lang, cases_page, book, markup):
    shown = markup(cases_page(lang=lang))
    found = kept(book)

    assert found
    assert catalogue(lang)["cases.message"].format(count=len(found)) in shown
    assert shown.count('id="case-') == len(found)


def test_looking_again_opens_nothing_more(cases_page, book):
    cases_page()
    first_time = kept(book)
    cases_page()

    assert kept(book) == first_time


def test_a_case_links_to_its_measure(cases_page, book, markup):
    shown = markup(cases_page())

    for one in kept(book):
        assert f"trend?lang=fi&amp;indicator={one.indicator_id}&amp;area={AREA}" in shown


def test_the_check_moves_a_case_on_with_its_words(cases_page, book):
    app = cases_page()
    case, words, _, button = first(app, book)
    words.input("Luvut on tarkistettu lähteestä.")
    button.click().run()
    now = books.one(book, SignalCase, case.id)

    assert (now.state, now.checked) == ("assess", "Luvut on tarkistettu lähteestä.")
    assert [one.role for one in books.versions(book, case.id)] == ["system", "admin"]


def test_without_words_nothing_moves(cases_page, book):
    app = cases_page()
    case, _, _, button = first(app, book)
    app = button.click().run()

    assert books.one(book, SignalCase, case.id) == case
    assert [one.value for one in app.warning] == [catalogue("fi")["cases.needs_words"]]


def test_personal_data_are_refused_and_nothing_is_written(cases_page, book):
    app = cases_page()
    case, words, _, button = first(app, book)
    address = "@".join(("joku", "esimerkki.fi"))
    words.input(f"Kysykää osoitteesta {address}.")
    app = button.click().run()

    assert books.one(book, SignalCase, case.id) == case
    assert len(app.error) == 1
    assert address not in app.error[0].value


def test_wrong_data_close_the_case_and_stand_on_the_quality_page(
    cases_page, book, open_app, markup
):
    app = cases_page()
    case, words, choice, button = first(app, book)
    words.input("Sama tiedosto luettiin kahdesti.")
    choice.set_value("data_error")
    app = button.click().run()
    quality = markup(open_app("quality"))

    assert books.one(book, SignalCase, case.id).outcome == "data_error"
    assert f'id="case-{case.id}"' not in markup(app)
    (section,) = re.findall(
        rf"<h2>{catalogue('fi')['cases.errors']}</h2>.*?</section>", quality, re.DOTALL
    )
    assert "Sama tiedosto luettiin kahdesti." in words_of(section)
    assert f"cases?lang=fi&amp;indicator={case.indicator_id}&amp;area={AREA}" in section


def test_the_quality_page_has_no_block_where_no_data_were_wrong(open_app, markup):
    assert catalogue("fi")["cases.errors"] not in markup(open_app("quality"))


def test_the_page_is_not_in_the_menu():
    from app import PAGES, UNLISTED

    assert "cases" in UNLISTED
    assert "cases" not in PAGES


def test_who_may_move_a_case_depends_on_its_stage(room, book):
    page = room("cases")
    case = cases.opened(page, book, AREA)[0]
    later = move(book, case, "Pitävät.", STEWARD)

    def writer(role, stage, areas=None):
        one = Person("Joku", role, RIGHTS[role], areas)
        return cases_forms.writer_of(page_of("cases", "fi", one), stage)

    assert writer("steward", case) == books.Writer("Joku", "steward")
    assert writer("steward", later) is None
    assert writer("chair", later) == books.Writer("Joku", "chair")
    assert writer("member", case) is None
    assert writer("chair", case, frozenset({"tuira"})) is None


def test_wrong_data_of_an_area_one_may_not_see_are_not_told(room, book):
    page = room("quality")
    case = cases.opened(page, book, AREA)[0]
    move(book, case, "Virhe.", STEWARD, outcome="data_error")
    other = Person("Joku", "steward", RIGHTS["steward"], frozenset({"tuira"}))

    assert cases.errors_html(page, book)
    assert cases.errors_html(page_of("quality", "fi", other), book) == ""
