"""What is due: which cadences a month's meeting looks at, and when a figure is late.

The yearly wheel of the leadership team: monthly measures every month; quarterly ones in January,
April, August and October; half-yearly ones in February and August (those of THL's half-years,
April to September, in April and October); the long-term ones in May and June.
"""

from datetime import date, timedelta

from tilannehuone.periods import next_start, period_end
from tilannehuone.registry import Cadence, Indicator

CADENCES: tuple[Cadence, ...] = ("month", "quarter", "half_year", "years")
"""Review cadences, the most frequent first."""

DUE_MONTHS = {
    ("month", "jan"): frozenset(range(1, 13)),
    ("quarter", "jan"): frozenset({1, 4, 8, 10}),
    ("half_year", "jan"): frozenset({2, 8}),
    ("half_year", "apr"): frozenset({4, 10}),
    ("years", "jan"): frozenset({5, 6}),
}


def is_due(cadence: Cadence, anchor: str, today: date) -> bool:
    """Return whether a measure of this cadence is looked at in this month's meeting.

    `anchor` (`jan` or `apr`) matters to half-yearly measures only.

    >>> is_due("half_year", "apr", date(2026, 4, 2)), is_due("half_year", "jan", date(2026, 4, 2))
    (True, False)
    """
    key = (cadence, anchor if cadence == "half_year" else "jan")
    return today.month in DUE_MONTHS[key]


def next_due(cadence: Cadence, anchor: str, today: date) -> date:
    """Return the first day of the next month, after this one, in which the measure is due.

    >>> next_due("quarter", "jan", date(2026, 11, 22))
    datetime.date(2027, 1, 1)
    """
    month = next_start("month", today.replace(day=1))
    while not is_due(cadence, anchor, month):
        month = next_start("month", month)
    return month


def next_expected(period_type: str, newest: date, lag_days: int) -> date:
    """Return the day by which the figure after the period that begins on `newest` should be in.

    >>> next_expected("month", date(2026, 9, 1), 31)
    datetime.date(2026, 12, 1)
    """
    following = next_start(period_type, newest)
    return period_end(period_type, following) + timedelta(days=lag_days)


def late_since(
    period_type: str, newest: date, status: str, lag_days: int, today: date
) -> date | None:
    """Return the day a figure should have come by and has not; None when nothing is late.

    `newest` is the last period something is known of, `status` how its figure is. A hidden figure
    has come; one marked late (`o`) has not.

    >>> late_since("month", date(2026, 9, 1), "c", 31, date(2026, 11, 22)) is None
    True
    >>> late_since("month", date(2026, 9, 1), "o", 31, date(2026, 11, 22))
    datetime.date(2026, 10, 31)
    """
    if status == "o":
        return period_end(period_type, newest) + timedelta(days=lag_days)
    due = next_expected(period_type, newest, lag_days)
    return due if today > due else None


def in_meeting_order(indicators: list[Indicator], today: date) -> list[Cadence]:
    """Return the cadences that have measures: those with something due first."""
    due = {one.cadence for one in indicators if is_due(one.cadence, one.half_year_anchor, today)}
    present = {one.cadence for one in indicators}
    return sorted(
        (one for one in CADENCES if one in present),
        key=lambda one: (one not in due, CADENCES.index(one)),
    )
