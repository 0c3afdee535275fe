"""A release as a stranger writes it down: groups of people, cells, and the months behind windows.

Everything here reads the release file only; nothing is shared with the code that protects.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tilannehuone.errors import Fault, PublishRefused

MEASURES = """create table measures as
    select indicator_id,
        coalesce(definition ->> '$.kind', kind) as kind,
        coalesce((definition ->> '$.protect.k_min')::int, 5) as k,
        coalesce((definition ->> '$.protect.n_min')::int, 10) as n_min,
        coalesce((definition ->> '$.protect.denominator_min')::double, 0) as denominator_min,
        coalesce((definition ->> '$.protect.show_zero')::boolean, false) as show_zero,
        coalesce((definition ->> '$.protect.complement')::boolean, true) as complement,
        kind in ('mean', 'median') as averaged,
        case when kind in ('mean', 'median') then n_min else k end as width
    from rel.indicators"""

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
    from rel.cells c join measures m using (indicator_id)"""

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

SIDES = """create table sides as
    with counted as (
        select b.id, 'counted' as side, case when m.averaged then b.denominator else b.numerator end
            as value
        from book b join measures m using (indicator_id)
        union all
        select b.id, 'rest', greatest(b.denominator - b.numerator, 0)
        from book b join measures m using (indicator_id)
        where m.kind = 'proportion' and m.complement
    )
    select c.side, b.id, b.latent, b.status = 'c' as hidden,
        case when b.status <> 'c' and not b.latent then c.value end as value
    from counted c join book b using (id)"""


@contextmanager
def opened_book(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a database in memory with the release attached as `rel` and the stranger's tables.

    Raises
    ------
    PublishRefused
        When the file is no release.
    """
    with duckdb.connect(":memory:") as reader:
        try:
            reader.execute(f"attach '{path}' as rel (read_only)")
            for query in (MEASURES, CELLS, LATENT, SIDES):
                reader.execute(query)
        except duckdb.Error as error:
            problem = type(error).__name__
            raise PublishRefused(
                Fault("audit_not_a_release", {"problem": problem}, str(path))
            ) from None
        yield reader
