"""Medians of event rows: of the rows themselves at every area and span, for they never add up."""

import duckdb
import pandas as pd

from pipelines.cells.base import KNOWN
from pipelines.cells.plan import PartUse
from pipelines.naming import literal, quoted, raw_table


def median_part(
    working: duckdb.DuckDBPyConnection, use: PartUse, spans: pd.DataFrame, table: str
) -> None:
    """Create `table`: v is the median and n the number of rows it is of; else `summed_part`."""
    working.register("span_base", spans)
    working.execute(f"""
        create or replace temp table {table} (period_type varchar, period_start date,
            area_code varchar, breakdown varchar, category varchar, v double, n double, r integer)
    """)
    levels = ", ".join(map(literal, use.indicator.levels))
    value, grain = quoted(use.part.column or ""), use.coverage.grain
    for breakdown in (None, *use.category_columns):
        category = f"coalesce({quoted(breakdown)}, 'unknown')" if breakdown else "'all'"
        working.execute(f"""
            insert into {table}
            with rows as (
                select area_code, {use.day} as day, {category} as category, {value} as x
                from {raw_table(use.part.source)}
                where {use.where} and {use.day} is not null and {value} is not null
            )
            select s.period_type, s.period_start, p.ancestor_code,
                {literal(breakdown or "all")}, rows.category, median(rows.x), count(*), {KNOWN}
            from rows
            join area_paths p on p.area_code = rows.area_code
                and rows.day between p.valid_from and p.valid_to
            join span_base s on s.base_start = date_trunc('{grain}', rows.day)
            where p.ancestor_type in ({levels})
            group by all
        """)
    working.unregister("span_base")
