"""The sources of a twin, declared plainly: the columns that are asked for, under their own names.

How the real extracts look (headers, encodings, marks, totals) is no matter of a twin's, whose
measures count from the same columns of the same sources by the same declarations.
"""

from typing import Any

from pipelines.twin.asked import Asked
from tilannehuone.declared import Names
from tilannehuone.registry import PeriodType
from tilannehuone.sources import Source

AREA, PERIOD, DAY = "twin_area", "twin_period", "twin_day"
"""Columns that place a row; none of a source's own is called so."""

WORDS = {"text": "category", "person": "person"}


def declared(source: Source, asked: Asked) -> dict[str, Any]:
    """Return the declaration of a source of a twin, as `sources.yaml` has it."""
    columns: dict[str, Any] = {AREA: {"type": "category"}}
    for name, kind in asked.kinds.items():
        columns[name] = {"type": WORDS.get(kind, kind)} | _kept(source, name)
    told: dict[str, Any] = {
        "shape": source.shape,
        "time": source.time,
        "absent_rows": source.absent_rows,
        "encoding": "utf-8",
        "delimiter": ";",
        "decimal": ".",
        "area": {"column": AREA, "roll_up": source.area.roll_up},
        "lag_days": source.lag_days,
    }
    if source.shape == "events":
        told["date"] = day_column(source)
        columns.setdefault(told["date"], {"type": "date"})
    else:
        grain = grain_of(source, asked)
        columns[PERIOD] = {"type": "category"}
        rolls = source.period is None or source.period.roll_up
        told["period"] = {"column": PERIOD, "type": grain, "roll_up": rolls}
    if source.title is not None:
        told["title"] = _names(source.title)
    return told | {"columns": columns}


def day_column(source: Source) -> str:
    """Return the column that places an event in time."""
    return source.date or DAY


def grain_of(source: Source, asked: Asked) -> PeriodType:
    """Return the period type that the rows of an aggregate source are of."""
    period = source.period
    if period is not None and period.type is not None:
        return period.type
    if period is not None:
        named: dict[PeriodType, str | None] = {
            "month": period.month,
            "week": period.week,
            "quarter": period.quarter,
            "half_year": period.half,
        }
        if given := [grain for grain, column in named.items() if column]:
            return given[0]
    order: list[PeriodType] = ["week", "month", "quarter", "half_year", "year"]
    return min((one.period for one in asked.indicators), key=order.index, default="year")


def _kept(source: Source, name: str) -> dict[str, Any]:
    """Return what of a column's declaration is published with a measure, or decides its sums."""
    column = source.columns.get(name)
    if column is None:
        return {}
    labels = {category: _names(one) for category, one in column.labels.items()}
    return ({"labels": labels} if labels else {}) | ({} if column.additive else {"additive": False})


def _names(names: Names) -> dict[str, str]:
    return {"fi": names.fi, "sv": names.sv, "en": names.en}
