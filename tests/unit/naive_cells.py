"""A second, naive implementation of aggregation: plain loops over rows, the oracle of the first."""

from datetime import date
from statistics import median

from tilannehuone.periods import period_end, periods_between
from tilannehuone.registry import Indicator

Row = dict[str, object]


def naive_value(
    rows: list[Row], indicator: Indicator, areas: set[str], start: date, end: date, category: Row
) -> tuple[float, int]:
    """Return the numerator (or median) and the row count of one cell, row by row."""
    part = indicator.numerator
    wanted = [
        row
        for row in rows
        if row["area_code"] in areas
        and start <= row["day"] <= end  # type: ignore[operator]
        and all(row[name] == value for name, value in category.items())
        and (part.where is None or row["service"] == "visit")
    ]
    if part.aggregate == "count":
        return float(len(wanted)), len(wanted)
    values = [row[str(part.column)] for row in wanted]
    if part.aggregate == "sum":
        return float(sum(values)), len(wanted)  # type: ignore[arg-type]
    if part.aggregate == "distinct":
        return float(len(set(values))), len(wanted)
    return (median(values) if values else 0.0), len(wanted)  # type: ignore[type-var]


def spans_of(
    kinds: list[str], anchor: str, first: date, last: date
) -> list[tuple[str, date, date]]:
    """Return every whole span of the kinds within the days."""
    return [
        (kind, start, period_end(kind, start))
        for kind in kinds
        for start in periods_between(kind, first, last, anchor)  # type: ignore[arg-type]
        if start >= first and period_end(kind, start) <= last
    ]
