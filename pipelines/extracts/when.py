"""Which period a row belongs to: every distinct text is read once, then joined."""

from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.extracts.sql import run
from pipelines.naming import quoted
from tilannehuone.periods import parse_period
from tilannehuone.sources import Period

PARTS = {"month": "month", "week": "week", "quarter": "quarter", "half": "half_year"}


def key_columns(period: Period) -> list[str]:
    """Return the columns that say the period."""
    named = (period.column, period.year, *(getattr(period, one) for one in PARTS))
    return [one for one in named if one is not None]


def join_periods(connection: duckdb.DuckDBPyConnection, period: Period) -> str:
    """Create `period_map` for the rows of `typed`; return the join of it as `p`.

    Its columns are `period_type` and `period_start`; both NULL where no period could be read.
    """
    names = key_columns(period)
    texts = [f"{quoted(one)}::varchar" for one in names]
    found = run(connection, f"select distinct {', '.join(texts)} from typed") if names else [()]  # noqa: S608
    rows = [(*one, *(read_period(period, one) or (None, None))) for one in found]
    keys = {f"k{at}": [row[at] for row in rows] for at in range(len(names))}
    table = pa.table(
        {
            **{name: pa.array(values, pa.string()) for name, values in keys.items()},
            "period_type": pa.array([row[-2] for row in rows], pa.string()),
            "period_start": pa.array([row[-1] for row in rows], pa.date32()),
        }
    )
    connection.register("read_periods", table)
    run(connection, "create or replace temp table period_map as select * from read_periods")
    connection.unregister("read_periods")
    on = [f"p.k{at} is not distinct from t.{text}" for at, text in enumerate(texts)]
    return f"left join period_map p on {' and '.join(on) or 'true'}"


def read_period(period: Period, texts: tuple[Any, ...]) -> tuple[str, date] | None:
    """Return type and first day of the period that the key columns' texts name, or None.

    >>> read_period(Period(year="vuosi", quarter="kvartaali"), ("2025", "Q2"))
    ('quarter', datetime.date(2025, 4, 1))
    >>> read_period(Period(year="vuosi", month="kk"), ("2025", "13")) is None
    True
    """
    if period.constant is not None:
        return parse_period(period.constant, period.type)
    if any(one is None for one in texts):
        return None
    whole = [str(one).strip() for one in texts]
    if period.column is not None:
        return parse_period(whole[0], period.type)
    if len(whole) == 1:
        return parse_period(whole[0], period.type or "year")
    kind = next(PARTS[one] for one in PARTS if getattr(period, one) is not None)
    return _in_year(whole[0].removesuffix(".0"), whole[1].removesuffix(".0"), kind)


def _in_year(year: str, part: str, kind: str) -> tuple[str, date] | None:
    for text in (f"{part}/{year}", f"{part} {year}", f"{year}{part}"):
        found = parse_period(text, kind)
        if found is not None:
            return found
    whole = parse_period(part, kind)  # the part says its year too
    return whole if whole is not None and year in part else None
