"""Signal cases: one a signal, moved stage by stage, and wrong data is an outcome of its own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from tilannehuone.errors import Outdated
from tilannehuone.meeting import book as books
from tilannehuone.meeting import cases
from tilannehuone.meeting.cases import Signal
from tilannehuone.meeting.objects import SignalCase

STEWARD = books.Writer("Tietovastaava", "steward")
CHAIR = books.Writer("Puheenjohtaja", "chair")
SIGNAL = Signal("cp_notifications_rate", "month", date(2026, 2, 1), "concern")


def opened(book, *signals, area="kaakkuri"):
    return cases.open_cases(book, area, signals)


def all_cases(book):
    return books.many(book, SignalCase)


def test_a_signal_opens_a_case_that_waits_to_be_checked(book):
    (made,) = opened(book, SIGNAL)

    assert (made.state, made.outcome) == ("check", None)
    assert (made.indicator_id, made.period_start) == (SIGNAL.indicator_id, SIGNAL.period_start)
    assert books.versions(book, made.id)[0].role == "system"


def test_the_same_signal_opens_its_case_once(book):
    opened(book, SIGNAL)

    assert opened(book, SIGNAL, SIGNAL) == []
    assert len(all_cases(book)) == 1


def test_many_at_a_time_open_one_case(book):
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda _: opened(book, SIGNAL), range(24)))

    assert len(all_cases(book)) == 1


def test_another_area_measure_or_grain_has_a_case_of_its_own(book):
    opened(book, SIGNAL, replace(SIGNAL, indicator_id="b"), replace(SIGNAL, period_type="quarter"))
    opened(book, SIGNAL, area="tuira")

    assert len(all_cases(book)) == 4


def test_a_signal_that_goes_on_after_its_case_was_closed_opens_no_new_one(book):
    (made,) = opened(book, SIGNAL)
    cases.move(book, made, "Kirjattu kahdesti.", STEWARD, outcome="data_error")

    assert opened(book, SIGNAL) == []
    assert opened(book, replace(SIGNAL, period_start=date(2026, 1, 1))) == []


def test_a_new_signal_after_a_closed_case_opens_one(book):
    (made,) = opened(book, SIGNAL)
    later = replace(SIGNAL, period_start=date(2026, 6, 1))

    assert opened(book, later) == []
    cases.move(book, made, "Kirjattu kahdesti.", STEWARD, outcome="data_error")
    assert len(opened(book, later)) == 1


def test_a_signal_of_another_kind_after_a_closed_case_opens_one(book):
    (made,) = opened(book, SIGNAL)
    cases.move(book, made, "Sattumaa.", STEWARD, outcome="data_error")

    assert len(opened(book, replace(SIGNAL, variation="improvement"))) == 1


def test_a_case_is_walked_through_its_stages(book):
    (case,) = opened(book, SIGNAL)
    for words, state in (
        ("Luvut pitävät.", "assess"),
        ("Todellista.", "act"),
        ("Yhteys.", "outcome"),
    ):
        case = cases.move(book, case, words, CHAIR)
        assert (case.state, cases.is_open(case)) == (state, True)
    case = cases.move(book, case, "Tilanne tasaantui.", CHAIR, outcome="real_change")

    assert not cases.is_open(case)
    assert (case.checked, case.assessed) == ("Luvut pitävät.", "Todellista.")
    assert (case.acted, case.came) == ("Yhteys.", "Tilanne tasaantui.")
    assert len(books.versions(book, case.id)) == 5


def test_wrong_data_closes_a_case_at_once(book):
    (case,) = opened(book, SIGNAL)
    case = cases.move(book, case, "Kaksi tiedostoa samalta kuulta.", STEWARD, outcome="data_error")

    assert (case.state, case.outcome, cases.is_open(case)) == ("outcome", "data_error", False)
    assert cases.data_errors(all_cases(book)) == [case]


def test_other_outcomes_are_no_data_errors(book):
    (case,) = opened(book, SIGNAL)
    cases.move(book, cases.move(book, case, "Pitävät.", CHAIR), "Loma.", CHAIR, outcome="chance")

    assert cases.data_errors(all_cases(book)) == []


@pytest.mark.parametrize("outcome", ["chance", "known_reason", "real_change"])
def test_the_check_tells_only_whether_the_data_are_right(outcome, book):
    (case,) = opened(book, SIGNAL)

    with pytest.raises(ValueError, match="no outcome of the stage check"):
        cases.move(book, case, "Selvä.", CHAIR, outcome=outcome)


def test_a_closed_case_and_the_last_stage_do_not_move_on(book):
    (case,) = opened(book, SIGNAL)
    closed = cases.move(book, case, "Virhe.", STEWARD, outcome="data_error")

    with pytest.raises(ValueError, match="closed"):
        cases.move(book, closed, "Uudelleen.", CHAIR)
    with pytest.raises(ValueError, match="outcome"):
        cases.moved(replace(case, state="outcome"), "Jotain.", None)


def test_two_who_move_the_same_stage_differently_are_told(book):
    (case,) = opened(book, SIGNAL)
    cases.move(book, case, "Luvut pitävät.", CHAIR)

    with pytest.raises(Outdated):
        cases.move(book, case, "Kirjattu kahdesti.", STEWARD, outcome="data_error")


def test_the_data_steward_moves_on_the_check_alone():
    assert [stage for stage in cases.STAGES if "steward" in cases.MOVERS[stage]] == ["check"]
    assert all("write" in cases.MOVERS[stage] for stage in cases.STAGES)
