"""Days of the invented world: which month has which days, and the Finnish working days."""

from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]


def easter(year: int) -> date:
    """Return Easter Sunday (Meeus, Jones and Butcher's algorithm for the Gregorian calendar).

    >>> easter(2025), easter(2026)
    (datetime.date(2025, 4, 20), datetime.date(2026, 4, 5))
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    l_ = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l_) // 451
    month, day = divmod(h + l_ - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def working_days(first_year: int, last_year: int) -> np.busdaycalendar:
    """Return the calendar of Finnish working days: no weekends, holidays, or the two eves.

    Holidays that always fall on a weekend need no mention.
    """
    off: list[date] = []
    for year in range(first_year, last_year + 1):
        sunday = easter(year)
        midsummer_eve = next(
            day for day in (date(year, 6, n) for n in range(19, 26)) if day.weekday() == 4
        )
        off += [date(year, *day) for day in ((1, 1), (1, 6), (5, 1), (12, 6))]
        off += [date(year, 12, n) for n in (24, 25, 26)]
        off += [sunday + timedelta(n) for n in (-2, 1, 39)] + [midsummer_eve]
    return np.busdaycalendar(holidays=np.array(off, dtype="datetime64[D]"))


def days_from(start: date, months: int = 1) -> Days:
    """Return the days of `months` whole months from `start` (a first of a month)."""
    first = np.datetime64(start, "M")
    count = int(((first + months).astype("M8[D]") - first.astype("M8[D]")).astype("int64"))
    return first.astype("M8[D]") + np.arange(count)


def office_weights(days: Days) -> NDArray[np.float64]:
    """Return how likely something is recorded on each day; weekends are quiet. Sums to 1."""
    weekday = (days.astype("int64") + 3) % 7
    weights = np.where(weekday < 5, 1.0, 0.2)
    return weights / weights.sum()


def add_months(start: date, months: int) -> date:
    """Return the first of the month `months` after that of `start`.

    >>> add_months(date(2025, 11, 1), 3)
    datetime.date(2026, 2, 1)
    """
    number = start.year * 12 + start.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def last_day(start: date, months: int = 1) -> date:
    """Return the last day of `months` whole months from `start`."""
    return add_months(start, months) - timedelta(1)
