"""The meeting's own page: planned, open and held, in every language, and its slides' words."""

import re
from datetime import date, timedelta

import pytest
from opened import words_of

from tilannehuone.meeting.book import Writer, add, change, many
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import Interpretation, Meeting
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import frame
from tilannehuone.ui.meeting_held import held
from tilannehuone.ui.meeting_open import opened
from tilannehuone.ui.meeting_slides import slides

SCRIBE = Writer("kirjuri", "scribe")
TODAY = date.today()


@pytest.fixture
def book(instance, tmp_path, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    monkeypatch.setenv("TILANNEHUONE_DATABASE", f"sqlite:///{tmp_path}/meetings.sqlite")
    opened = open_book(address_of(instance))
    yield opened
    opened.engine.dispose()


def planned(book):
    following = TODAY + timedelta(days=28)
    return add(book, Meeting(area_code="kaakkuri", day=TODAY, next_day=following), SCRIBE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_meeting_the_page_says_how_one_comes_about(book, open_app, markup, lang):
    shown = words_of(markup(open_app("meeting", lang=lang)))

    assert catalogue(lang)["meeting.none_title"] in shown
    assert catalogue(lang)["meeting.earlier_none"] in shown
    assert many(book, Meeting) == []


def test_a_day_that_is_no_day_is_told_and_a_right_one_plans_the_meeting(book, open_app):
    app = open_app("meeting", lang="fi")
    app.text_input[0].set_value("31.2.2026")
    app.button[0].click().run()
    assert app.error[0].value.startswith("Kirjoita päivä muodossa")
    app.text_input[0].set_value("9.3.2027")
    app.text_input[1].set_value("6.4.2027")
    app.button[0].click().run()

    (one,) = many(book, Meeting)
    assert (one.day, one.next_day, one.minutes) == (date(2027, 3, 9), date(2027, 4, 6), 60)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_planned_meeting_shows_its_agenda_and_what_is_left_out(book, open_app, markup, lang):
    one = planned(book)
    html = markup(open_app("meeting", lang=lang, area="kaakkuri"))
    shown = words_of(html)

    for item in ("opening", "situation", "round", "closing"):
        assert catalogue(lang)[f"agenda.item_{item}"] in shown
    assert catalogue(lang)["agenda.quiet"] in shown
    assert f'data-meeting="{one.id}"' in html
    assert catalogue(lang)["meeting.start"] in shown


def test_an_open_meeting_is_gone_on_with_and_has_an_address_for_the_wall(book, open_app, markup):
    opened(frame.page_of("meeting", "fi"), book, planned(book), SCRIBE)
    html = markup(open_app("meeting", lang="fi", area="kaakkuri"))

    assert "Jatka kokousta" in html
    assert "wall=1" in html


def test_a_held_meeting_leads_to_its_minutes_and_its_pack(book, open_app, markup):
    one = planned(book)
    change(book, Meeting, one.id, one.version, SCRIBE, state="closed", pack_id="ab12")
    html = markup(open_app("meeting", lang="fi", area="kaakkuri"))

    assert f"export/minutes.html?meeting={one.id}" in html
    assert "pack?id=ab12" in html


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("wall", [False, True], ids=["scribe", "wall"])
def test_slides_follow_the_script_in_the_readers_language(book, lang, wall):
    page = frame.page_of("meeting", lang)
    one = opened(page, book, planned(book), SCRIBE)
    drawn = slides(held(page, book, one.id), wall=wall)
    script = [item.kind for item in held(page, book, one.id).agenda.items]
    order = [script.index(each.item) for each in drawn]

    assert order == sorted(order)
    assert drawn[0].id == "opening"
    assert [each.id for each in drawn[-2:]] == ["message", "end"]
    html = "".join(each.html + each.part for each in drawn)
    assert not re.search(r"\{\w+\}|\bNone\b|\bnan\b", re.sub(r"<[^>]*>", "", html))
    assert ("<form" in html) is not wall


def test_the_claim_guard_marks_what_is_written_of_a_measure(book):
    page = frame.page_of("meeting", "fi")
    one = opened(page, book, planned(book), SCRIBE)
    series = {"indicator_id": "network_within_14d_share", "period_type": "month"}
    add(
        book,
        Interpretation(
            area_code="kaakkuri", meeting_id=one.id, judgement="right",
            text="Osuus on laskenut.", **series,
        ),
        SCRIBE,
    )  # fmt: skip
    drawn = {each.id: each for each in slides(held(page, book, one.id), wall=True)}

    assert "Oikeaan suuntaan" in drawn["measure-network_within_14d_share"].part
    assert catalogue("fi")["claims.word_unsupported"] in (
        drawn["measure-network_within_14d_share"].part
    )


def test_opening_twice_keeps_the_first_agenda(book):
    page = frame.page_of("meeting", "fi")
    first = opened(page, book, planned(book), SCRIBE)

    assert opened(page, book, first, SCRIBE) == first
    assert first.release_id == page.facts["release_id"]
