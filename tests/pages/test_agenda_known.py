"""What is known on a meeting's day, gathered from a real release and a real book."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from tilannehuone.cadence import is_due
from tilannehuone.cli import app
from tilannehuone.meeting import book as books
from tilannehuone.meeting.agenda import Agenda, agenda
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import (
    Interpretation,
    Meeting,
    Phenomenon,
    Promise,
    SignalCase,
)
from tilannehuone.ui import cases
from tilannehuone.ui.known import known_of
from tilannehuone.ui.marks import is_signal
from tilannehuone.ui.standing import standings

SCRIBE = books.Writer("Kirjuri", "scribe")
AREA = "kaakkuri"
DAY = date(2026, 3, 12)


@pytest.fixture
def book(tmp_path):
    opened = open_book(f"sqlite:///{tmp_path}/meetings.sqlite")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def page(room):
    return room("agenda")


def closed(book, page, day, interpreted=()):
    """Write a meeting that was held with the agenda that it would have had."""
    made = agenda(known_of(page, book, AREA, day), AREA, day, 60)
    meeting = Meeting(area_code=AREA, day=day, state="closed", agenda=made.to_json())
    meeting = books.add(book, meeting, SCRIBE)
    for one in interpreted:
        read = Interpretation(
            area_code=AREA,
            meeting_id=meeting.id,
            indicator_id=one,
            period_type="month",
            judgement="same",
        )
        books.add(book, read, SCRIBE)
    return meeting


def promised(book, meeting, **more):
    made = Promise(
        area_code=AREA, meeting_id=meeting.id, text="Kokoamme.", promiser="Sivistystoimi", **more
    )
    return books.add(book, made, SCRIBE)


def test_measures_are_those_that_can_be_read_with_their_signals_and_anchors(page, book):
    known = {one.id: one for one in known_of(page, book, AREA, DAY).measures}
    found = standings(page, AREA)

    assert set(known) == {key for key, one in found.items() if one is not None}
    assert {key for key, one in known.items() if one.has_signal} == {
        key for key, one in found.items() if one is not None and is_signal(one)
    }
    assert any(one.has_signal for one in known.values())
    assert known["cp_assessment_started_7wd_share"].anchor == "apr"


def test_figures_become_late_as_the_day_goes_on(page, book):
    now, later = (
        {one.id for one in known_of(page, book, AREA, page.today + timedelta(days=n)).measures
         if one.is_late}
        for n in (0, 800)
    )  # fmt: skip

    assert now < later
    assert len(later) == len(known_of(page, book, AREA, DAY).measures)


def test_promises_cases_and_phenomena_are_of_the_area_and_open(page, book):
    meeting = closed(book, page, date(2026, 2, 12))
    mine = promised(book, meeting, due=DAY, carried=1)
    promised(book, meeting, due=DAY, state="done")
    cases.opened(page, book, AREA)
    phenomenon = books.add(book, Phenomenon(area_code=AREA, title="Yöunet"), SCRIBE)
    books.add(book, Phenomenon(area_code="tuira", title="Muualla"), SCRIBE)
    books.add(book, Phenomenon(area_code=AREA, title="Ohi", state="closed"), SCRIBE)
    known = known_of(page, book, AREA, DAY)

    assert [(one.id, one.carried) for one in known.promises] == [(mine.id, 1)]
    assert [one.id for one in known.phenomena] == [phenomenon.id]
    assert len(known.cases) == len(books.many(book, SignalCase, area_code=AREA)) > 0


def test_a_case_whose_data_were_wrong_leaves_the_agenda(page, book):
    case, *others = cases.opened(page, book, AREA)
    values = {"state": "outcome", "outcome": "data_error"}
    books.change(book, SignalCase, case.id, 1, SCRIBE, **values)

    assert {one.id for one in known_of(page, book, AREA, DAY).cases} == {one.id for one in others}


def test_a_promise_is_looked_back_at_once(page, book):
    meeting = closed(book, page, date(2026, 1, 15))
    one = promised(book, meeting, state="done", seen_from=date(2026, 3, 1))
    promised(book, meeting, state="dropped", seen_from=date(2026, 3, 1))

    assert [each.id for each in known_of(page, book, AREA, DAY).look_backs] == [one.id]
    closed(book, page, DAY)
    assert known_of(page, book, AREA, date(2026, 4, 9)).look_backs == ()
    assert [each.id for each in known_of(page, book, AREA, DAY).look_backs] == [one.id]


def test_a_phenomenon_remembers_when_it_was_gone_into(page, book):
    books.add(book, Phenomenon(area_code=AREA, title="Yöunet"), SCRIBE)
    closed(book, page, date(2026, 2, 12))
    (known,) = known_of(page, book, AREA, DAY).phenomena

    assert known.last_discussed == date(2026, 2, 12)


def test_a_year_of_meetings_asks_about_exactly_the_untouched(page, book):
    touched = {one for n, one in enumerate(standings(page, AREA)) if n % 2}
    for month in range(1, 13):
        closed(book, page, date(2025, month, 12), touched)
    known = known_of(page, book, AREA, date(2026, 1, 12))
    offered = {
        one.id for one in known.measures
        if is_due(one.cadence, one.anchor, date(2025, 1, 12))
        and any(is_due(one.cadence, one.anchor, date(2025, month, 12)) for month in range(2, 13))
    }  # fmt: skip

    assert {one.id for one in known.measures if one.is_unused} == offered - touched
    assert offered - touched
    assert all((one.last_discussed is not None) == (one.id in touched) for one in known.measures)


def test_over_a_year_of_the_release_measures_come_by_the_wheel_and_never_otherwise(page, book):
    cases.opened(page, book, AREA)
    for month in range(1, 13):
        day = date(2026, month, 12)
        known = known_of(page, book, AREA, day)
        made = agenda(known, AREA, day, 90)
        wheel = {one.id for one in known.measures if is_due(one.cadence, one.anchor, day)}

        assert {one.id for one in made.entries() if one.kind == "measure"} == wheel


def test_an_agenda_is_the_same_asked_again_and_after_the_cases_were_asked_for(page, book):
    cases.opened(page, book, AREA)
    first = agenda(known_of(page, book, AREA, DAY), AREA, DAY, 60).to_json()
    cases.opened(page, book, AREA)

    assert agenda(known_of(page, book, AREA, DAY), AREA, DAY, 60).to_json() == first


@pytest.fixture
def commanded(instance, monkeypatch):
    """Return a function that runs `meeting agenda` on the made instance."""
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))

    def run(*asked):
        return CliRunner().invoke(app, ["meeting", "agenda", str(instance), *asked])

    return run


def test_the_command_prints_the_agenda_as_json(commanded, instance):
    found = commanded("--area", AREA, "--day", "2026-03-12", "--minutes", "45", "--json")
    made = Agenda.from_json(found.stdout)

    assert found.exit_code == 0
    assert (made.area_code, made.day, made.minutes) == (AREA, DAY, 45)
    assert json.loads(found.stdout)["items"][0]["kind"] == "opening"
    assert open_book(address_of(instance))


def test_the_command_prints_the_agenda_in_words(commanded):
    found = commanded("--area", AREA, "--day", "2026-04-12")

    assert "Tänään ei käsitellä" in found.stdout
    assert "Tilannekuva (" in found.stdout


def test_the_command_refuses_an_unknown_area(commanded):
    assert commanded("--area", "nowhere", "--day", "2026-03-12").exit_code == 2


def test_an_agenda_with_other_minutes_is_another(page, book):
    made = agenda(known_of(page, book, AREA, DAY), AREA, DAY, 60)

    assert replace(made, minutes=61).to_json() != made.to_json()
