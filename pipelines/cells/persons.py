"""Distinct persons, exactly, at every area and span, though they never add up.

Each person's year in an area is one mask of twelve bits. Who was there in a quarter is then a bit
test, and one pass counts all the months, quarters, half-years and the year. Most persons have one
area a year, and those do add up over areas; only the others are counted again at each level.
"""

import duckdb

from pipelines.cells.base import KNOWN
from pipelines.cells.plan import PartUse
from pipelines.cells.spans import published_types
from pipelines.engines.engine import Engine, Folded
from pipelines.naming import literal, quoted, raw_table

YEARS, ONE_AREA = "unsafe_years", "unsafe_one_area"
WINTER_START, WINTER_END = 0b111000000000, 0b111
"""October–December of one year and January–March of the next: THL's second half-year."""


def person_part(
    working: duckdb.DuckDBPyConnection, engine: Engine, use: PartUse, table: str
) -> None:
    """Create `table` with the distinct persons of the part; columns as `sums.summed_part`."""
    source, columns = use.part.source, list(use.category_columns)
    kept = "".join(f", {engine.value(source, one)} as {quoted(one)}" for one in columns)
    person = quoted(use.part.column or "")
    groups = ", ".join(map(str, range(1, 4 + len(columns))))
    years = f"""
        select {person} as person, {engine.value(source, "area_code")} as area_code,
            cast(year({use.day}) as smallint) as y{kept},
            bit_or(cast(1 << (month({use.day}) - 1) as smallint)) as mask
        from {raw_table(source)}
        where {use.where} and {use.day} is not null and {person} is not null
        group by {groups}"""
    owner = f"{use.indicator.id} {use.role}"
    folded = Folded(years, {"mask": "bit_or(mask)"}, owner, "person")
    engine.keep(YEARS, years, source, folded, reach=int(_has_winters(use)))
    working.execute(f"""
        create or replace temp table {table} (period_type varchar, period_start date,
            area_code varchar, breakdown varchar, category varchar, v double, n double, r integer)
    """)
    for breakdown in (None, *columns):
        _count(working, engine, use, breakdown, table)
    engine.forget((YEARS, ONE_AREA), source)


def _count(
    working: duckdb.DuckDBPyConnection,
    engine: Engine,
    use: PartUse,
    breakdown: str | None,
    table: str,
) -> None:
    category = quoted(breakdown) if breakdown else "'all'"
    own = f"o.{category}" if breakdown else category
    engine.keep(
        ONE_AREA,
        f"""
        select person, y, {category} as category, min(area_code) as area_code,
            bit_or(mask) as mask, min(area_code) <> max(area_code) as several
        from {YEARS} group by 1, 2, 3""",
        use.part.source,
        reach=0,
    )
    spans = _spans_of_a_year(use)
    levels = ", ".join(map(literal, use.indicator.levels))
    counts = ", ".join(
        f"count(*) filter (where (mask & {mask}) <> 0) as s{n}"
        for n, (_, _, mask) in enumerate(spans)
    )
    sums = ", ".join(f"cast(sum(s{n}) as double) as s{n}" for n in range(len(spans)))
    cases = " ".join(f"when 's{n}' then '{kind}'" for n, (kind, _, _) in enumerate(spans))
    months = " ".join(f"when 's{n}' then {month}" for n, (_, month, _) in enumerate(spans))
    engine.scan(
        "unsafe_wide",
        f"""
        with single as (
            select area_code, y, category, {counts}
            from {ONE_AREA} where not several group by 1, 2, 3
        ),
        single_up as (
            select p.ancestor_code as area_code, y, category, {sums}
            from single o {_paths("o", levels)} group by 1, 2, 3
        ),
        moved as (
            select o.person, o.area_code, o.y, {own} as category, o.mask
            from {YEARS} o
            join (select person, y, category from {ONE_AREA} where several) m
                on m.person = o.person and m.y = o.y and m.category = {own}
        ),
        several as (
            select p.ancestor_code as area_code, o.person, o.y, o.category, bit_or(o.mask) as mask
            from moved o {_paths("o", levels)} group by 1, 2, 3, 4
        ),
        several_up as (
            select area_code, y, category, {counts} from several group by 1, 2, 3
        )
        select area_code, y, category, {sums}
        from (select * from single_up union all select * from several_up) both_up
        group by 1, 2, 3""",
        use.part.source,
        reach=0,
    )
    working.execute(f"""
        insert into {table}
        with long as (unpivot unsafe_wide on columns('^s[0-9]+$') into name span value v)
        select case span {cases} end, make_date(y, case span {months} end, 1), area_code,
            {literal(breakdown or "all")}, category, v, null, {KNOWN}
        from long where v > 0
    """)
    if _has_winters(use):
        _count_winters(working, engine, use, breakdown, table)


def _has_winters(use: PartUse) -> bool:
    """Whether half-years of the part begin in October and end in another year's March."""
    return "half_year" in published_types(use.indicator) and use.indicator.half_year_anchor == "apr"


def _count_winters(
    working: duckdb.DuckDBPyConnection,
    engine: Engine,
    use: PartUse,
    breakdown: str | None,
    table: str,
) -> None:
    """Count the half-years that begin in October, which lie in two years' masks."""
    category = quoted(breakdown) if breakdown else "'all'"
    levels = ", ".join(map(literal, use.indicator.levels))
    engine.scan(
        "unsafe_winters",
        f"""
        with winters as (
            select person, area_code, {category} as category, cast(y as integer) as y
            from {YEARS} where (mask & {WINTER_START}) <> 0
            union
            select person, area_code, {category} as category, cast(y as integer) - 1 as y
            from {YEARS} where (mask & {WINTER_END}) <> 0
        )
        select p.ancestor_code as area_code, w.y as y, w.category as category,
            count(distinct w.person) as v
        from winters w {_paths("w", levels)} group by 1, 2, 3""",
        use.part.source,
        reach=1,
    )
    working.execute(f"""
        insert into {table}
        select 'half_year', make_date(y, 10, 1), area_code, {literal(breakdown or "all")},
            category, v, null, {KNOWN}
        from unsafe_winters
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
