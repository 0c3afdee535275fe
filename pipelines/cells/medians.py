"""Medians of event rows: of the rows themselves at every area and span, for they never add up.

The rows are folded first: how often each value stands in a base period of an area. That is small
enough to travel, and the median of the unfolded is taken here.
"""

import duckdb
import pandas as pd

from pipelines.cells.base import KNOWN
from pipelines.cells.plan import PartUse
from pipelines.engines.engine import Engine, Folded, value_of
from pipelines.naming import literal, quoted, raw_table


def median_part(
    working: duckdb.DuckDBPyConnection,
    engine: Engine,
    use: PartUse,
    spans: pd.DataFrame,
    table: str,
) -> None:
    """Create `table`: v is the median and n the number of rows it is of; else `summed_part`."""
    working.register("span_base", spans)
    working.execute(f"""
        create or replace temp table {table} (period_type varchar, period_start date,
            area_code varchar, breakdown varchar, category varchar, v double, n double, r integer)
    """)
    for breakdown in (None, *use.category_columns):
        values = _folded(use, breakdown)
        folded = Folded(values, {"n": "cast(sum(n) as bigint)"})
        engine.scan("unsafe_values", values, use.part.source, folded)
        working.execute(f"""
            insert into {table}
            with unfolded as (select * exclude (n), unnest(range(n)) from unsafe_values)
            select s.period_type, s.period_start, u.area_code, {literal(breakdown or "all")},
                u.category, median(u.x), count(*), {KNOWN}
            from unfolded u
            join span_base s on s.base_start = u.base_start
            group by all
        """)
    working.unregister("span_base")


def _folded(use: PartUse, breakdown: str | None) -> str:
    """Return the SELECT of how often each value stands in each base period of each area."""
    levels = ", ".join(map(literal, use.indicator.levels))
    category = value_of(quoted(breakdown)) if breakdown else "'all'"
    value = quoted(use.part.column or "")
    return f"""
        select p.ancestor_code as area_code,
            cast(date_trunc('{use.coverage.grain}', e.placed) as date) as base_start,
            e.category as category, e.x as x, count(*) as n
        from (
            select area_code, {use.day} as placed, {category} as category, {value} as x
            from {raw_table(use.part.source)}
            where {use.where} and {use.day} is not null and {value} is not null
        ) e
        join area_paths p on p.area_code = e.area_code
            and e.placed between p.valid_from and p.valid_to
        where p.ancestor_type in ({levels})
        group by 1, 2, 3, 4"""
