"""Reading the ways people write periods, and the arithmetic of the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.periods import (
    next_start,
    parse_period,
    period_end,
    period_start,
    periods_between,
)

JAN = ("month", date(2025, 1, 1))
Q1 = ("quarter", date(2025, 1, 1))
H1 = ("half_year", date(2025, 1, 1))
WINTER = ("half_year", date(2024, 10, 1))
WEEK5 = ("week", date(2025, 1, 27))

WRITTEN = {
    JAN: "tammi.25|Tammi-25|tammikuu 2025|TAMMIKUU 2025|2025 tammikuu|2025M01|2025M1|2025-01|1/2025"
    "|01/2025|2025;1|2025:1|2025/1|1.2025|202501|januari 2025|jan. 2025|Jan-25|January 2025"
    "|kk 1 2025|5.1.2025|05.01.2025|2025-01-05|2025-01-05 00:00:00|20250105|5 Jan 2025"
    "|5. tammikuuta 2025|1.1.2025-31.1.2025|1.\u201331.1.2025|tammi\u00a02025",
    Q1: "Q1/2025|2025Q1|2025/Q1|Q1 2025|2025 Q1|2025;Q1|q1-2025|1. neljännes 2025|2025 1. neljännes"
    "|I/2025|I neljännes 2025|1. kvartaali 2025|kvartal 1 2025|1. kvartal 2025|2025K1"
    "|Quarter 1 2025|1.1.2025-31.3.2025|1.1.-31.3.2025"
    "|tammi\u2013maaliskuu 2025|januari-mars 2025|1-3/2025",
    H1: "2025H1|H1/2025|2025/H1|1. puolivuosi 2025|I puolivuosi 2025|halvår 1/2025|1-6/2025"
    "|1.1. \u2013 30.6.2025",
    WINTER: "1.10.2024-31.3.2025|1.10.2024\u201331.3.2025|1.10.2024 \u2013 31.3.2025|10/2024-3/2025"
    "|01.10.2024 - 31.03.2025|lokakuu 2024\u2013maaliskuu 2025|2024-10-01/2025-03-31",
    WEEK5: "2025W05|2025-W05|2025W5|vko 5/2025|viikko 5 2025|viikko 5/2025|vecka 5 2025|v. 5/2025"
    "|Week 5, 2025|27.1.2025-2.2.2025",
    ("year", date(1990, 1, 1)): "1990|1990.0|1990.00| 1990 |vuosi 1990|1.1.\u201331.12.1990",
    ("week", date(2020, 12, 28)): "viikko 53 2020|2020W53",
    ("half_year", date(2025, 4, 1)): "1.4.\u201330.9.2025|1.4.2025-30.9.2025",
    ("month", date(1999, 7, 1)): "heinä.99|heinakuu 1999|juli 1999|jul 99",
}
FORMS = [(one, expected) for expected, forms in WRITTEN.items() for one in forms.split("|")]

NONSENSE_FORMS = (
    "||-|..|…|yhteensä|Yhteensä 2025|13/2025|0/2025|2025M13|2025-00|2025Q5|Q0/2025|H3/2025|2025W53"
    "|viikko 53 2021|2025W00|31.2.2025|2025-02-30|2019/20|2010/11|201011|2024-2025|2025.1|1899|2525"
    "|1.1.2025-31.8.2025|31.3.2025-1.1.2025|tammu 2025|V/2025|Q1 2024/25|31/03/2025|1/25|12345|<5"
)
NONSENSE = NONSENSE_FORMS.split("|")


@pytest.mark.parametrize(("written", "expected"), FORMS)
def test_every_way_of_writing_a_period_is_read(written, expected):
    assert parse_period(written) == expected


@pytest.mark.parametrize("written", NONSENSE)
def test_what_names_no_period_is_none(written):
    assert parse_period(written) is None


@pytest.mark.parametrize(
    ("written", "hint", "start"),
    [
        ("1/2025", "quarter", date(2025, 1, 1)),
        ("2025;4", "quarter", date(2025, 10, 1)),
        ("2/2025", "half_year", date(2025, 7, 1)),
        ("II/2025", "half_year", date(2025, 7, 1)),
        ("5/2025", "week", date(2025, 1, 27)),
        ("2010/11", "month", date(2010, 11, 1)),
        ("31.12.2024", "year", date(2024, 1, 1)),
        ("31.12.2024", "week", date(2024, 12, 30)),
        ("1.1.2024-31.12.2024", "rolling12", date(2024, 1, 1)),
        ("1.8.2024-31.7.2025", "rolling12", date(2024, 8, 1)),
    ],
)
def test_the_declared_type_decides_what_a_bare_number_or_a_date_means(written, hint, start):
    assert parse_period(written, hint) == (hint, start)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("tammi 2025", "year"),
        ("2025", "month"),
        ("01/2025", "quarter"),
        ("5/2025", "quarter"),
        ("1.1.2025-31.3.2025", "month"),
        ("31.12.2024", "rolling12"),
    ],
)
def test_a_text_of_another_type_than_declared_is_none(written, hint):
    assert parse_period(written, hint) is None


def test_half_years_follow_their_anchor():
    assert parse_period("31.12.2024", "half_year", anchor="apr") == WINTER
    assert parse_period("H1/2025", anchor="apr") == ("half_year", date(2025, 4, 1))
    assert period_start("half_year", date(2025, 6, 30)) == date(2025, 1, 1)


days = st.dates(date(1950, 1, 1), date(2090, 1, 1))
types = st.sampled_from(["week", "month", "quarter", "half_year", "year", "rolling3", "rolling12"])
anchors = st.sampled_from(["jan", "apr"])


@given(types, days, anchors)
def test_a_period_holds_its_day_and_starts_at_its_own_start(period_type, day, anchor):
    start = period_start(period_type, day, anchor)

    assert start <= day <= period_end(period_type, start)
    assert period_start(period_type, start, anchor) == start


@given(types.filter(lambda one: not one.startswith("rolling")), days, anchors)
def test_periods_follow_each_other_without_gap_or_overlap(period_type, day, anchor):
    start = period_start(period_type, day, anchor)
    following = next_start(period_type, start)

    assert period_end(period_type, start) + timedelta(days=1) == following
    assert period_start(period_type, following, anchor) == following


@given(types, days, st.integers(0, 900), anchors)
def test_periods_between_are_consecutive_and_inside(period_type, first, length, anchor):
    last = first + timedelta(days=length)
    starts = periods_between(period_type, first, last, anchor)

    assert all(next_start(period_type, a) == b for a, b in zip(starts, starts[1:], strict=False))
    assert all(one <= last for one in starts)
    if not period_type.startswith("rolling"):
        assert starts[0] == period_start(period_type, first, anchor)
        assert period_start(period_type, last, anchor) == starts[-1]


@given(st.text(max_size=25))
def test_no_text_whatever_raises(text):
    parse_period(text)


@given(st.text(alphabet="0123456789QWHMIiv./-;: kv", max_size=14), types)
def test_no_periodlike_text_raises_with_a_hint(text, hint):
    parse_period(text, hint)
