"""A release as a stranger writes it down: groups of people, cells, and the months behind windows.

Everything here reads release files only; nothing is shared with the code that protects.
"""
# ruff: noqa: S608 - every query is composed of the constants below

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tilannehuone.errors import Fault, PublishRefused
from tilannehuone.hindered import insist

# `quantity` is what decides the numbers: cells of measures that share it are the same cells
MEASURES = """create table measures as
    select indicator_id, coalesce(definition ->> '$.kind', kind) as kind,
        coalesce((definition ->> '$.protect.k_min')::int, 5) as k,
        coalesce((definition ->> '$.protect.n_min')::int, 10) as n_min,
        coalesce((definition ->> '$.protect.denominator_min')::double, 0) as denominator_min,
        coalesce((definition ->> '$.protect.show_zero')::boolean, false) as show_zero,
        coalesce((definition ->> '$.protect.complement')::boolean, true) as complement,
        kind in ('mean', 'median') as averaged,
        case when kind in ('mean', 'median') then n_min else k end as width,
        coalesce(definition ->> '$.protect.method' = 'rounding', false) as rounded,
        nullif(definition ->> '$.numerator', 'null') as counts,
        nullif(definition ->> '$.denominator', 'null') as of_these,
        coalesce(definition ->> '$.cohort_days', '0') as cohort,
        definition ->> '$.subset_of' as subset_of
    from seen_indicators"""

CELLS = """create table book as
    select row_number() over (order by c.indicator_id, c.area_code, c.breakdown, c.category,
            c.period_type, c.period_start) - 1 as id,
        c.*, m.width,
        dense_rank() over (order by c.indicator_id, c.area_code, c.breakdown, c.category) as series,
        year(c.period_start) * 12 + month(c.period_start) - 1 as month,
        case c.period_type when 'month' then 1 when 'quarter' then 3 when 'half_year' then 6
            when 'year' then 12 else coalesce(try_cast(
                nullif(regexp_extract(c.period_type, '^rolling(\\d+)$', 1), '') as int), 0)
            end as months,
        false as latent
    from seen_cells c join measures m using (indicator_id)"""

LATENT = """insert into book by name
    with rolled as (
        select indicator_id from book group by all
        having bool_or(period_type like 'rolling%') and not bool_or(period_type = 'month')
    ),
    stretches as (
        select indicator_id, area_code, breakdown, category, series, any_value(width) as width,
            min(month) as first_month, max(month + months) - 1 as last_month
        from book join rolled using (indicator_id) where months > 0 group by all
    ),
    laid as (
        select * exclude (first_month, last_month),
            unnest(range(first_month, last_month + 1)) as month
        from stretches
    )
    select (select count(*) from book) + row_number() over (order by series, month) - 1 as id,
        indicator_id, area_code, breakdown, category, series, width, month, 1 as months,
        'month' as period_type, make_date(month // 12, month % 12 + 1, 1) as period_start,
        'latent' as status, true as latent
    from laid"""

# rounded measures are read on their own (`rounded.py`): their printed numbers are ranges
SIDES = """create table sides as
    with told as (
        select b.*, m.kind, m.complement, m.averaged, b.status = 'c' as hidden,
            b.status <> 'c' and not b.latent as open
        from book b join measures m using (indicator_id) where not m.rounded
    ),
    counted as (
        select id, latent, hidden, open, width, 'counted' as side,
            case when averaged then denominator else numerator end as value
        from told
        union all
        select id, latent, hidden, open, width, 'rest',
            if(denominator < numerator, 0, denominator - numerator)
        from told where kind = 'proportion' and complement
    )
    select id * 2 + (side = 'rest')::int as node, side, id, latent, hidden, width,
        case when open then value end as value
    from counted"""


UNREAD = """update seen_cells set status = 'c', numerator = null, denominator = null, value = null
    where coalesce(numerator, denominator, value) is not null"""


# where the names of a network room's areas repeat they tell whose they are: still one name
OWN_NAMES = """update seen_areas a
    set name_fi = left(a.name_fi, length(a.name_fi) - length(r.name_fi) - 2)
    from rel.region_areas o join rel.regions r using (region)
    where o.area_code = a.area_code and ends_with(a.name_fi, ', ' || r.name_fi)"""

REGIONAL = """select 1 from duckdb_tables()
    where database_name = 'rel' and table_name = 'region_areas'"""


@contextmanager
def opened_book(
    path: Path, others: Sequence[Path] = (), *, unread: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a database in memory with the release attached as `rel` and the stranger's tables.

    With `others` the stranger has read those too: what they show of a cell that `path` hides is
    written in, the first of them that shows it first, and so are the cells only they have. If
    `unread`, of `path` the stranger knows the rules only, and everything it shows counts as hidden.

    Raises
    ------
    PublishRefused
        When a file is no release.
    """
    with duckdb.connect(":memory:") as reader:
        attach(reader, path, "rel")
        try:
            for name in ("cells", "areas", "indicators"):
                reader.execute(f"create table seen_{name} as from rel.{name}")
        except duckdb.Error as error:
            raise _no_release(path, error) from None
        if reader.execute(REGIONAL).fetchall():
            reader.execute(OWN_NAMES)
        if unread:
            reader.execute(UNREAD)
        for other in others:
            _write_in(reader, other)
        for query in (MEASURES, CELLS, LATENT, SIDES):
            reader.execute(query)
        yield reader


def attach(reader: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a release read-only under `name`, whatever characters its path has."""
    try:
        reader.execute(f"attach ? as {name} (read_only)", [str(path)])
        reader.execute(f"select numerator, status from {name}.cells limit 0")
        reader.execute(f"select definition from {name}.indicators limit 0")
    except duckdb.Error as error:
        raise _no_release(path, error) from None


def _no_release(path: Path, error: duckdb.Error) -> PublishRefused:
    insist(error)
    return PublishRefused(
        Fault("audit_not_a_release", {"problem": type(error).__name__}, str(path))
    )


SAME_KEY = """c.indicator_id = o.indicator_id and c.area_code = o.area_code
    and c.period_type = o.period_type and c.period_start = o.period_start
    and c.breakdown = o.breakdown and c.category = o.category"""
"""One cell in two releases."""

SAME_QUANTITY = """
    select o.indicator_id from {other}.indicators o join {mine} i using (indicator_id)
    where coalesce(o.definition ->> '$.kind', o.kind) = coalesce(i.definition ->> '$.kind', i.kind)
        and (o.definition ->> '$.numerator') is not distinct from (i.definition ->> '$.numerator')
        and (o.definition ->> '$.denominator') is not distinct from
            (i.definition ->> '$.denominator')
        and (o.definition ->> '$.cohort_days') is not distinct from
            (i.definition ->> '$.cohort_days')
        and (o.definition ->> '$.protect.method') is not distinct from
            (i.definition ->> '$.protect.method')"""
"""Measures that two releases count in the same way."""


def _write_in(reader: duckdb.DuckDBPyConnection, other: Path) -> None:
    attach(reader, other, "other")
    try:
        same = SAME_QUANTITY.format(other="other", mine="seen_indicators")
        for query in (
            f"create temp table same_measures as {same}",
            "insert into seen_indicators by name select * from other.indicators o "
            "where o.indicator_id not in (select indicator_id from seen_indicators)",
            f"""update seen_cells c set numerator = o.numerator, denominator = o.denominator,
                    value = o.value, status = o.status
                from other.cells o where {SAME_KEY} and c.status = 'c' and o.status <> 'c'
                and coalesce(o.numerator, o.denominator, o.value) is not null
                and o.indicator_id in (from same_measures)""",
            f"""insert into seen_cells by name select * from other.cells o
                where not exists (select 1 from seen_cells c where {SAME_KEY})
                and o.indicator_id in (select indicator_id from same_measures union
                    select indicator_id from other.indicators where indicator_id not in
                        (select indicator_id from rel.indicators))""",
            """insert into seen_areas by name select * from other.areas o where not exists (
                select 1 from seen_areas a where a.area_code = o.area_code
                and a.parent_code is not distinct from o.parent_code
                and a.area_type is not distinct from o.area_type)""",
        ):
            reader.execute(query)
        reader.execute("drop table same_measures")
    finally:
        reader.execute("detach other")
