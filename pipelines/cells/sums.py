"""From base to parts: up the areas, then over the spans, for the total and each breakdown."""

import duckdb
import pandas as pd

from pipelines.cells.base import KNOWN, RANKS
from pipelines.cells.plan import Base, PartUse, held_at_total
from pipelines.naming import literal, quoted


def summed_part(
    working: duckdb.DuckDBPyConnection, use: PartUse, base: Base, spans: pd.DataFrame, table: str
) -> None:
    """Create `table`: the part at every area and span that its rows reach.

    Columns: period_type, period_start, area_code, breakdown, category, v (the sum), n (NULL), r
    (the rank of `base`). `spans` is period_type, period_start, base_start. Whether a span is
    complete is not decided here but in `matrix`.
    """
    working.register("span_base", spans)
    same_type = " and b.base_type = s.period_type" if use.is_delivered else _at_grain(use)
    working.execute(f"""
        create or replace temp table {table} as
        with leaf as ({_leaf(use, base)}),
        filled as ({_filled(use, base)}),
        by_area as ({_by_area(use)})
        select s.period_type, s.period_start, b.area_code, b.breakdown, b.category,
            cast(sum(b.v) as double) as v, cast(null as double) as n, max(b.r) as r
        from by_area b
        join span_base s on b.base_start = s.base_start{same_type}
        group by all
    """)
    working.unregister("span_base")


def _at_grain(use: PartUse) -> str:
    return f" and b.base_type = '{use.coverage.grain}'"


def _leaf(use: PartUse, base: Base) -> str:
    n = base.position(use)
    rank = f"r{n}" if base.day is None else f"cast({KNOWN} as integer)"
    known = "true" if base.day else f"r{n} is not null"
    selects = []
    for breakdown in (None, *use.category_columns):
        name = literal(breakdown or "all")
        category = quoted(breakdown) if breakdown else "'all'"
        selects.append(f"""
            select area_code, base_type, base_start, {name} as breakdown, {category} as category,
                sum(p{n}) as v, max({rank}) as r
            from {base.table} where {known} and {held_at_total(use, breakdown)} group by all""")
    return " union all ".join(selects)


def _filled(use: PartUse, base: Base) -> str:
    """Return rows for what should have been delivered and was not, where that is no zero.

    Should have been: every area and base period that the source names, though not for this part.
    """
    if use.source.absent_rows == "zero":
        return "from leaf"
    return f"""
        select a.area_code, t.base_type, t.base_start, c.breakdown, c.category,
            l.v, coalesce(l.r, {RANKS["x"]}) as r
        from (select distinct area_code from {base.table}) a
        cross join (select distinct base_type, base_start from {base.table}) t
        cross join (select distinct breakdown, category from leaf) c
        left join leaf l using (area_code, base_type, base_start, breakdown, category)"""


def _by_area(use: PartUse) -> str:
    levels = ", ".join(map(literal, use.indicator.levels))
    own = "" if use.adds_areas else " and p.area_code = p.ancestor_code"
    return f"""
        select p.ancestor_code as area_code, f.base_type, f.base_start, f.breakdown, f.category,
            sum(f.v) as v, max(f.r) as r
        from filled f
        join area_paths p on p.area_code = f.area_code
            and f.base_start between p.valid_from and p.valid_to
        where p.ancestor_type in ({levels}){own}
        group by all"""
