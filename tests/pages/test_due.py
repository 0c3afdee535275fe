"""The yearly wheel and lateness, on days worked by hand."""

from datetime import date

import pytest
from made_release import ROOT

from tilannehuone.cadence import in_meeting_order, is_due, late_since, next_due, next_expected
from tilannehuone.registry import read_registry

INDICATORS = list(read_registry(ROOT / "indicators.yaml").indicators)


@pytest.mark.parametrize(
    ("cadence", "anchor", "months"),
    [
        ("month", "jan", range(1, 13)),
        ("quarter", "jan", [1, 4, 8, 10]),
        ("quarter", "apr", [1, 4, 8, 10]),
        ("half_year", "jan", [2, 8]),
        ("half_year", "apr", [4, 10]),
        ("years", "jan", [5, 6]),
    ],
)
def test_each_cadence_has_its_months(cadence, anchor, months):
    due = [month for month in range(1, 13) if is_due(cadence, anchor, date(2026, month, 15))]

    assert due == list(months)


def test_the_next_turn_is_after_this_month_and_may_be_next_year():
    assert next_due("years", "jan", date(2026, 6, 30)) == date(2027, 5, 1)
    assert next_due("month", "jan", date(2026, 12, 31)) == date(2027, 1, 1)


def test_a_figure_is_late_the_day_after_its_delivery_time_and_not_before():
    due = next_expected("month", date(2026, 1, 1), 31)

    assert due == date(2026, 3, 31)
    assert late_since("month", date(2026, 1, 1), "ok", 31, due) is None
    assert late_since("month", date(2026, 1, 1), "ok", 31, date(2026, 4, 1)) == due


def test_a_hidden_figure_has_come_and_a_late_one_has_not():
    newest, today = date(2026, 1, 1), date(2026, 3, 1)

    assert late_since("month", newest, "c", 20, today) is None
    assert late_since("month", newest, "o", 20, today) == date(2026, 2, 20)


def test_what_is_due_comes_first_and_every_cadence_once():
    assert in_meeting_order(INDICATORS, date(2026, 5, 5)) == [
        "month",
        "years",
        "quarter",
        "half_year",
    ]
