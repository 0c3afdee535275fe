"""Distinct persons, exactly, at every area and span, though they never add up.

Each person's year in an area is one mask of twelve bits. Who was there in a quarter is then a bit
test, and one pass counts all the months, quarters, half-years and the year. Most persons have one
area a year, and those do add up over areas; only the others are counted again at each level.
"""

import duckdb

from pipelines.cells.base import KNOWN
from pipelines.cells.plan import PartUse
from pipelines.cells.seen import seen_values
from pipelines.cells.spans import published_types
from pipelines.naming import literal, quoted, raw_table

WINTER_START, WINTER_END = 0b111000000000, 0b111
"""October–December of one year and January–March of the next: THL's second half-year."""


def person_part(working: duckdb.DuckDBPyConnection, use: PartUse, table: str) -> None:
    """Create `table` with the distinct persons of the part; columns as `sums.summed_part`."""
    columns = list(use.category_columns)
    for column in ("area_code", *columns):
        _create_type(working, use, column)
    kept = "".join(f", {_as_type(column)} as {quoted(column)}" for column in columns)
    person = quoted(use.part.column or "")
    working.execute(f"""
        create or replace temp table unsafe_years as
        select {person} as person, {_as_type("area_code")} as area_code,
            cast(year({use.day}) as smallint) as y{kept},
            bit_or(cast(1 << (month({use.day}) - 1) as smallint)) as mask
        from {raw_table(use.part.source)}
        where {use.where} and {use.day} is not null and {person} is not null
        group by all
    """)
    working.execute(f"""
        create or replace temp table {table} (period_type varchar, period_start date,
            area_code varchar, breakdown varchar, category varchar, v double, n double, r integer)
    """)
    for breakdown in (None, *columns):
        _count(working, use, breakdown, table)
    working.execute("drop table unsafe_years")


def _create_type(working: duckdb.DuckDBPyConnection, use: PartUse, column: str) -> None:
    """Create the enumeration of a column's values: grouping by numbers costs half of by texts."""
    name = quoted(f"unsafe_{column}")
    values = ", ".join(map(literal, seen_values(working, use.part.source, column)))
    working.execute(f"drop type if exists {name}")
    working.execute(f"create temp type {name} as enum ({values})")


def _as_type(column: str) -> str:
    return f"cast({_category(column)} as {quoted('unsafe_' + column)})"


def _category(column: str) -> str:
    return f"coalesce(cast({quoted(column)} as varchar), 'unknown')"


def _count(
    working: duckdb.DuckDBPyConnection, use: PartUse, breakdown: str | None, table: str
) -> None:
    category = quoted(breakdown) if breakdown else "'all'"
    working.execute(f"""
        create or replace temp table unsafe_one_area as
        select person, y, {category} as category, min(area_code) as area_code,
            bit_or(mask) as mask, min(area_code) <> max(area_code) as several
        from unsafe_years group by all
    """)
    spans = _spans_of_a_year(use)
    levels = ", ".join(map(literal, use.indicator.levels))
    counts = ", ".join(
        f"count(*) filter (where mask & {mask} <> 0) as s{n}"
        for n, (_, _, mask) in enumerate(spans)
    )
    sums = ", ".join(f"sum(s{n}) as s{n}" for n in range(len(spans)))
    cases = " ".join(f"when 's{n}' then '{kind}'" for n, (kind, _, _) in enumerate(spans))
    months = " ".join(f"when 's{n}' then {month}" for n, (_, month, _) in enumerate(spans))
    working.execute(f"""
        insert into {table}
        with single as (
            select area_code, y, category, {counts}
            from unsafe_one_area where not several group by all
        ),
        single_up as (
            select p.ancestor_code as area_code, y, category, {sums}
            from single o {_paths("o", levels)} group by all
        ),
        moved as (
            select o.person, o.area_code, o.y, {category} as category, o.mask
            from unsafe_years o
            semi join (from unsafe_one_area where several) m
                on m.person = o.person and m.y = o.y and m.category = {category}
        ),
        several as (
            select p.ancestor_code as area_code, o.person, o.y, o.category, bit_or(o.mask) as mask
            from moved o {_paths("o", levels)} group by all
        ),
        several_up as (select area_code, y, category, {counts} from several group by all),
        wide as (
            select area_code, y, category, {sums}
            from (from single_up union all by name from several_up) group by all
        ),
        long as (unpivot wide on columns('^s[0-9]+$') into name span value v)
        select case span {cases} end, make_date(y, case span {months} end, 1), area_code,
            {literal(breakdown or "all")}, category, v, null, {KNOWN}
        from long where v > 0
    """)
    if "half_year" in published_types(use.indicator) and use.indicator.half_year_anchor == "apr":
        _count_winters(working, breakdown, levels, table)


def _count_winters(
    working: duckdb.DuckDBPyConnection, breakdown: str | None, levels: str, table: str
) -> None:
    """Count the half-years that begin in October, which lie in two years' masks."""
    category = quoted(breakdown) if breakdown else "'all'"
    working.execute(f"""
        insert into {table}
        with winters as (
            select person, area_code, {category} as category, y from unsafe_years
            where mask & {WINTER_START} <> 0
            union
            select person, area_code, {category} as category, y - 1 from unsafe_years
            where mask & {WINTER_END} <> 0
        )
        select 'half_year', make_date(w.y, 10, 1), p.ancestor_code, {literal(breakdown or "all")},
            w.category, count(distinct w.person), null, {KNOWN}
        from winters w {_paths("w", levels)} group by all
    """)


def _paths(alias: str, levels: str) -> str:
    """Return the join to every ancestor that the area had at some time of the year."""
    return f"""join (
            select distinct area_code, ancestor_code, year(valid_from) as first_year,
                year(valid_to) as last_year
            from area_paths where ancestor_type in ({levels})
        ) p on p.area_code = cast({alias}.area_code as varchar)
            and {alias}.y between p.first_year and p.last_year"""


def _spans_of_a_year(use: PartUse) -> list[tuple[str, int, int]]:
    """Return the published spans that lie in one year: type, first month, mask."""
    spans = {
        "month": [(m, 1) for m in range(1, 13)],
        "quarter": [(m, 3) for m in (1, 4, 7, 10)],
        "half_year": [(1, 6), (7, 6)] if use.indicator.half_year_anchor == "jan" else [(4, 6)],
        "year": [(1, 12)],
    }
    return [
        (kind, month, ((1 << length) - 1) << (month - 1))
        for kind in published_types(use.indicator)
        for month, length in spans[kind]
    ]
