"""Hidden numbers that the deliverer's own sums give away: told to the steward, and closed here.

A publisher who hides one municipality of a county and shows the county has hidden nothing. The
release hides more (`pipelines/protect.py`); the count says how much of that was for this reason.
"""

from collections import Counter

import duckdb

from pipelines.hundreds import hundreds
from pipelines.quality.results import Recorder, create_tables
from tilannehuone.declared import Names
from tilannehuone.registry import Registry
from tilannehuone.texts import LANGUAGES, text

EXPECTATION = "no_hidden_number_follows_from_the_others"

LONELY = """
    with kinds as (
        select distinct area_code, ancestor_type as kind from area_paths
        where area_code = ancestor_code
    ),
    inside as (
        select p.area_code, p.ancestor_code, k.kind, p.valid_from, p.valid_to
        from area_paths p join kinds k using (area_code) where p.area_code <> p.ancestor_code
    ),
    sums as (
        select c.indicator_id, c.area_code, i.ancestor_code as total_area, i.kind, c.period_type,
            c.period_start, c.breakdown, c.category, c.breakdown as total_breakdown,
            c.category as total_category, c.status
        from unsafe_cells c join inside i on i.area_code = c.area_code
            and c.period_start between i.valid_from and i.valid_to
        union all
        select indicator_id, area_code, area_code, breakdown, period_type, period_start, breakdown,
            category, 'all', 'all', status
        from unsafe_cells where breakdown <> 'all'
    ),
    lonely as (
        select indicator_id, total_area, kind, period_type, period_start, total_breakdown,
            total_category,
            max({area_code: area_code, breakdown: breakdown, category: category})
                filter (where status = 'c') as part
        from sums group by 1, 2, 3, 4, 5, 6, 7
        having count(*) filter (where status = 'c') = 1
            and bool_and(status in ('c', 'ok', 'z')) and count(*) > 1
    )
    select l.indicator_id, count(distinct (l.part, l.period_type, l.period_start))
    from lonely l join unsafe_cells t on t.indicator_id = l.indicator_id
        and t.area_code = l.total_area and t.period_type = l.period_type
        and t.period_start = l.period_start and t.breakdown = l.total_breakdown
        and t.category = l.total_category and t.status = 'ok'
    group by all
"""

HIDDEN = "select indicator_id, count(*) from unsafe_cells where status = 'c' group by all"


def check_holes(working: duckdb.DuckDBPyConnection, registry: Registry) -> None:
    """Enter in `checks`, for each source that came with hidden numbers, how many are given away.

    Reads `unsafe_cells` and `area_paths`. Counts the hidden cells that are alone in a sum whose
    total and other parts are shown, over the areas of one type and over the categories.
    """
    create_tables(working)
    hidden, given = (dict(working.execute(query).fetchall()) for query in (HIDDEN, LONELY))
    by_source: dict[str, Counter[str]] = {}
    for one in registry.indicators:
        counts = by_source.setdefault(one.numerator.source, Counter())
        counts.update(hidden=hidden.get(one.id, 0), given=given.get(one.id, 0))
    for name, counts in by_source.items():
        if counts["hidden"]:
            key = "faults.check_holes_failed" if counts["given"] else "faults.check_holes"
            coarse = {name: hundreds(count) for name, count in counts.items()}
            Recorder(working, name).record(
                EXPECTATION,
                "warning",
                not counts["given"],
                Names(**{lang: text(key, lang, **coarse) for lang in LANGUAGES}),
                observed=f"{counts['given']}/{counts['hidden']}",
                unexpected=counts["given"],
            )
