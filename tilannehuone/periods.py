"""Periods: weeks, months, quarters, half-years, years and rolling windows, as pure dates.

A period is its type and its first day. Weeks are ISO weeks (Monday first). Half-years begin in
January and July, or with anchor `apr` in April and October, as THL's do. `rolling<N>` is a window
of N whole months named by its first; the next window begins a month later.
"""

from datetime import date, timedelta
from typing import Literal

from tilannehuone.period_forms import Written, read_written

PeriodType = Literal["week", "month", "quarter", "half_year", "year"]
"""The fixed types; `rolling<N>` (a plain str) is the sixth."""

Anchor = Literal["jan", "apr"]

MONTHS_IN = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def rolling_months(period_type: str) -> int | None:
    """Return the N of `rolling<N>`; None for every other type.

    >>> rolling_months("rolling12"), rolling_months("month")
    (12, None)
    """
    digits = period_type.removeprefix("rolling")
    return int(digits) if period_type != digits and digits.isdigit() else None


def add_months(first: date, months: int) -> date:
    """Return the first of the month that lies `months` after (or before) that of `first`.

    >>> add_months(date(2024, 11, 1), 3)
    datetime.date(2025, 2, 1)
    """
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def period_start(period_type: str, day: date, anchor: Anchor = "jan") -> date:
    """Return the first day of the period that holds `day`.

    A `rolling<N>` window that holds a day is not one but N: the one beginning in the day's month
    is meant, so that the start of a start is itself for every type.

    >>> period_start("half_year", date(2025, 2, 5), "apr")
    datetime.date(2024, 10, 1)
    >>> period_start("week", date(2021, 1, 3))
    datetime.date(2020, 12, 28)
    """
    if period_type == "week":
        return day - timedelta(days=day.weekday())
    if rolling_months(period_type):
        return day.replace(day=1)
    months = MONTHS_IN[period_type]
    offset = 3 if period_type == "half_year" and anchor == "apr" else 0
    return add_months(day, -((day.month - 1 - offset) % months))


def next_start(period_type: str, start: date) -> date:
    """Return the first day of the next period.

    >>> next_start("quarter", date(2024, 10, 1))
    datetime.date(2025, 1, 1)
    """
    if period_type == "week":
        return start + WEEK
    return add_months(start, 1 if rolling_months(period_type) else MONTHS_IN[period_type])


def period_end(period_type: str, start: date) -> date:
    """Return the last day of the period that begins on `start`.

    >>> period_end("half_year", date(2024, 10, 1)), period_end("rolling3", date(2025, 1, 1))
    (datetime.date(2025, 3, 31), datetime.date(2025, 3, 31))
    """
    months = rolling_months(period_type)
    return (add_months(start, months) if months else next_start(period_type, start)) - DAY


def periods_between(
    period_type: str, first: date, last: date, anchor: Anchor = "jan"
) -> list[date]:
    """Return the starts of all periods from the one holding `first` to the one holding `last`.

    Rolling windows are those that lie wholly between the months of `first` and `last`.
    Nothing lies between when `last` is before `first`.

    >>> periods_between("quarter", date(2024, 11, 5), date(2025, 4, 1))
    [datetime.date(2024, 10, 1), datetime.date(2025, 1, 1), datetime.date(2025, 4, 1)]
    >>> periods_between("rolling3", date(2025, 1, 1), date(2025, 4, 30))
    [datetime.date(2025, 1, 1), datetime.date(2025, 2, 1)]
    """
    start, months = period_start(period_type, first, anchor), rolling_months(period_type)
    stop = add_months(last, 1 - months) if months else last
    starts: list[date] = []
    while start <= stop:
        starts.append(start)
        start = next_start(period_type, start)
    return starts


def parse_period(
    text: str, type_hint: str | None = None, *, anchor: Anchor = "jan"
) -> tuple[str, date] | None:
    """Return the period a text names, as its type and first day; None when it names none.

    Generous over the ways Finnish, Swedish and English extracts write (`tammi.25`, `2025M01`,
    `1/2025`, `Q1/2025`, `1. neljännes 2025`, `II/2025`, `H2 2024`, `1.10.2024–31.3.2025`,
    `tammi–maaliskuu 2025`, `2025W05`, `vko 5/2025`, `1990.0` …), strict about what is not there:
    month 13, week 53 of a year of 52, 31 February.

    Parameters
    ----------
    text
        As it stands in the extract.
    type_hint
        The type the source declares. It decides what a bare number means (`1/2025`: January, or
        the first quarter, half-year or week) and which period a date falls in. A text that
        plainly names another type is None. Without it a bare number is a month, a date its month,
        a Roman numeral a quarter, and what may be a school year (`2010/11`) is None.
    anchor
        Where half-years begin. With `apr` the first half of 2025 is 1.4.–30.9.2025.

    Examples
    --------
    >>> parse_period("1.10.2024–31.3.2025")
    ('half_year', datetime.date(2024, 10, 1))
    >>> parse_period("2/2025"), parse_period("2/2025", "quarter")
    (('month', datetime.date(2025, 2, 1)), ('quarter', datetime.date(2025, 4, 1)))
    >>> parse_period("2025W53") is None
    True
    """
    written = read_written(text)
    if written is None:
        return None
    if written.kind == "range":
        return _of_range(written, type_hint)
    if written.kind == "day":
        kind = type_hint or "month"
        if rolling_months(kind) or written.first is None:
            return None
        return kind, period_start(kind, written.first, anchor)
    named = _named_type(written, type_hint)
    if named is None or type_hint not in (None, named):
        return None
    start = _numbered_start(named, written.year, written.number, anchor)
    return None if start is None else (named, start)


def _named_type(written: Written, hint: str | None) -> str | None:
    """Return the type that is meant, or None when it cannot be told."""
    if written.kind == "roman":
        return hint if hint in ("quarter", "half_year") else "quarter"
    if written.kind != "number":
        return written.kind
    if hint is None:
        return None if written.school else "month"
    zero_padded_month = written.padded and hint not in ("month", "week")
    return None if zero_padded_month or hint not in (*MONTHS_IN, "week") else hint


def _numbered_start(period_type: str, year: int, number: int, anchor: Anchor) -> date | None:
    """Return the first day of e.g. the 2nd quarter of a year; None when there is no such one."""
    if period_type == "week":
        try:
            return date.fromisocalendar(year, number, 1)
        except ValueError:
            return None
    months = MONTHS_IN[period_type]
    if not 1 <= number <= 12 // months:
        return None
    offset = 3 if period_type == "half_year" and anchor == "apr" else 0
    return add_months(date(year, 1, 1), (number - 1) * months + offset)


def _of_range(written: Written, hint: str | None) -> tuple[str, date] | None:
    """Return the period that is exactly the days of a range."""
    first, last = written.first, written.last
    if first is None:
        return None
    for kind in (hint,) if hint else (*MONTHS_IN, "week"):
        starts = {period_start(kind, first, "jan"), period_start(kind, first, "apr")}
        if first in starts and period_end(kind, first) == last:
            return kind, first
    return None
