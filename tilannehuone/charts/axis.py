"""Axes in the reader's language: which periods are named, how far values reach, labels apart."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from tilannehuone.periods import add_months, rolling_months
from tilannehuone.texts import text

MOST_TICKS = 14
MONTH_STEPS = (1, 2, 3, 6, 12)
HEAD = 0.10


def place(period_type: str, start: date) -> str:
    """Return where a period stands on the time axis, an ISO date.

    A rolling window stands at its last month: that is the month its figure speaks of.
    """
    months = rolling_months(period_type)
    return (add_months(start, months - 1) if months else start).isoformat()


def period_ticks(
    period_type: str, starts: Sequence[date], lang: str
) -> tuple[list[str], list[str]]:
    """Return positions and texts of the named periods, at most 14, the year under the first."""
    days = [date.fromisoformat(place(period_type, one)) for one in starts]
    named = _named(period_type, days)
    texts, year = [], None
    for one in named:
        short = _short(period_type, one, lang)
        shown = one.isocalendar().year if period_type == "week" else one.year
        texts.append(f"{short}<br>{shown}" if short and shown != year else short or str(shown))
        year = shown
    return [one.isoformat() for one in named], texts


def _named(period_type: str, days: list[date]) -> list[date]:
    if period_type == "week":
        return days[:: max(1, -(-len(days) // MOST_TICKS))]
    for step in MONTH_STEPS:
        some = [one for one in days if (one.month - 1) % step == 0]
        if len(some) <= MOST_TICKS and some:
            return some
    yearly = [one for one in days if one.month == days[0].month]
    return yearly[:: max(1, -(-len(yearly) // MOST_TICKS))]


def _short(period_type: str, day: date, lang: str) -> str:
    """Return the name of a period within its year; empty for a whole year."""
    if period_type == "year":
        return ""
    if period_type == "week":
        return text("chart.tick_week", lang, number=day.isocalendar().week)
    if period_type == "quarter":
        return text("chart.tick_quarter", lang, number=(day.month + 2) // 3)
    if period_type == "half_year":
        return f"{day.month}–{add_months(day, 5).month}"
    return text("periods.months_short", lang).split()[day.month - 1]


def half_step(at: Sequence[str]) -> timedelta:
    """Return half the distance of two neighbouring periods on the axis."""
    if len(at) < 2:
        return timedelta(days=15)
    first, last = date.fromisoformat(at[0]), date.fromisoformat(at[-1])
    return timedelta(days=(last - first).days / (len(at) - 1) / 2)


def moved(at: str, by: timedelta) -> str:
    """Return a place on the time axis moved by part of a period."""
    return (datetime.fromisoformat(at) + by).isoformat()


def days_between(first: str, last: str) -> float:
    """Return the days from one place on the time axis to another."""
    return (datetime.fromisoformat(last) - datetime.fromisoformat(first)) / timedelta(days=1)


def time_range(at: Sequence[str]) -> list[str] | None:
    """Return the ends of the time axis: a little room beside the first and the last period."""
    if not at:
        return None
    room = max(half_step(at) * 1.3, (date.fromisoformat(at[-1]) - date.fromisoformat(at[0])) / 70)
    return [moved(at[0], -room), moved(at[-1], room)]


def value_range(
    drawn: NDArray[np.float64], ceiling: float | None, head: float = HEAD
) -> tuple[float, float]:
    """Return the ends of the value axis for everything drawn on it (NaN is not drawn).

    `head` is the room above the highest value, as a share of the values' reach.
    Nothing here is below zero or above `ceiling` (100 for a proportion): limits may pass them,
    the axis does not. Zero is shown when the values come anywhere near it.
    """
    known = drawn[np.isfinite(drawn)]
    if not known.size:
        return 0.0, ceiling or 1.0
    low, high = max(0.0, float(known.min())), float(known.max())
    high = min(high, ceiling) if ceiling else high
    if low < 0.5 * high or high == low:
        low = 0.0
    reach = (high - low) or high or 1.0
    top = high + head * reach
    bottom = low - 0.12 * reach if low else -0.02 * reach
    return bottom, top


def spread(levels: Sequence[float], gap: float) -> list[float]:
    """Return `levels` moved as little as needed to lie at least `gap` apart, in their own order.

    >>> spread([10.0, 10.5, 30.0], 2.0)
    [9.25, 11.25, 30.0]
    """
    order = sorted(range(len(levels)), key=lambda n: levels[n])
    groups: list[list[int]] = []
    centres: list[float] = []
    for n in order:
        groups.append([n])
        centres.append(levels[n])
        while len(groups) > 1 and _touch(groups, centres, gap):
            last = groups.pop()
            groups[-1] = groups[-1] + last
            centres.pop()
            centres[-1] = sum(levels[i] for i in groups[-1]) / len(groups[-1])
    placed = list(levels)
    for members, centre in zip(groups, centres, strict=True):
        for rank, n in enumerate(members):
            placed[n] = centre + (rank - (len(members) - 1) / 2) * gap
    return placed


def _touch(groups: list[list[int]], centres: list[float], gap: float) -> bool:
    reach = (len(groups[-1]) + len(groups[-2])) / 2 * gap
    return centres[-1] - centres[-2] < reach
