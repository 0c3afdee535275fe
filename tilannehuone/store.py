"""All reading of a release: SQL as named constants, answers as small frames.

A release is opened read-only and locked down: no file, network or extension can be reached
through it. Its path names its content for ever, so a path is all that a cache key needs.
"""

from pathlib import Path

import duckdb
import pandas as pd

from tilannehuone.errors import Fault, ReleaseMissing
from tilannehuone.hindered import insist
from tilannehuone.release import TABLES

LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
    "memory_limit": "1GB",
    "lock_configuration": "true",
}

REGIONAL = ("regions", "region_areas", "region_indicators")
"""Tables that hold rows in a network room only."""

LATER_TABLES = frozenset({"plan", "shapes", *REGIONAL})
"""Tables that releases made before them lack; such a release opens, and has nothing of these."""

TABLE_NAMES = "select table_name from information_schema.tables"

# one row: what the release says of itself
FACTS = "select * from release"

# one row an indicator, in the registry's order
INDICATORS = """
    select indicator_id, cast(definition as varchar) as definition
    from indicators order by position"""

# one row an area and parent, in the order of areas.csv
AREAS = """
    select rowid as position, area_code, area_type, parent_code,
        name_fi, name_sv, name_en, valid_from, valid_to
    from areas order by rowid"""

# One row an undivided series of an area. `silence` is less the more may be said of the series (the
# finding's ladder), `coarseness` less the shorter its periods.
AREA_FINDINGS = """
    select indicator_id, period_type, known, ladder, latest_period, latest_value, latest_status,
        variation, assurance, cast(finding as varchar) as finding,
        list_position(['signals', 'early', 'level', 'nothing'], ladder) as silence,
        case when period_type = 'week' then 0 when period_type = 'month' then 1
            when starts_with(period_type, 'rolling') then 2
            when period_type = 'quarter' then 3 when period_type = 'half_year' then 4
            else 5 end as coarseness
    from findings
    where area_code = $area_code and breakdown = 'all'
    order by indicator_id, coarseness"""

# Which periods have a figure and which are hidden: one row a period of every undivided series of
# an area; of every category of an indicator in an area at a grain; of one series in every area.
AREA_PERIODS = """
    select indicator_id, period_type, period_start,
        value is not null as is_shown, status = 'c' as is_hidden
    from cells
    where area_code = $area_code and breakdown = 'all'"""
CATEGORY_PERIODS = """
    select breakdown, category, period_start,
        value is not null as is_shown, status = 'c' as is_hidden
    from cells
    where indicator_id = $indicator_id and area_code = $area_code
        and period_type = $period_type and breakdown <> 'all'"""
SIBLING_PERIODS = """
    select area_code, period_start,
        value is not null as is_shown, status = 'c' as is_hidden
    from cells
    where indicator_id = $indicator_id and period_type = $period_type
        and breakdown = $breakdown and category = $category"""

# one row a period of one series in every area: what is shown of it
SIBLING_VALUES = """
    select area_code, period_start, value
    from cells
    where indicator_id = $indicator_id and period_type = $period_type
        and breakdown = $breakdown and category = $category
    order by period_start"""

# one row an undivided series of an area that is planned: whether its latest year is offered
AREA_PLAN = """
    select indicator_id, period_type, max(year) as latest_year,
        arg_max(offered, year) as is_offered
    from plan
    where area_code = $area_code and breakdown = 'all'
    group by indicator_id, period_type"""

# the same of a release that has no plan: no row
AREA_UNPLANNED = """
    select '' as indicator_id, '' as period_type, 0 as latest_year, true as is_offered
    where $area_code is null"""

# one row a period of one series, with its limits where it has them
SERIES = """
    select c.period_start, c.numerator, c.denominator, c.value, c.lower95, c.upper95, c.status,
        p.centre, p.lower, p.upper, p.near_lower, p.near_upper, p.segment, p.signal, p.side, p.kind
    from cells c
    left join points p using
        (indicator_id, area_code, period_type, period_start, breakdown, category)
    where c.indicator_id = $indicator_id and c.area_code = $area_code
        and c.period_type = $period_type
        and c.breakdown = $breakdown and c.category = $category
    order by c.period_start"""

# one row an area that has the same series
FINDINGS = """
    select area_code, latest_period, latest_value, latest_status,
        cast(finding as varchar) as finding
    from findings
    where indicator_id = $indicator_id and period_type = $period_type
        and breakdown = $breakdown and category = $category"""

# one row a period forecast, of each time it was
FORECASTS = """
    select made_at_period, period_start, point, lower80, upper80, lower95, upper95
    from forecasts
    where indicator_id = $indicator_id and area_code = $area_code
    order by made_at_period, period_start"""

# one row: of the forecasts whose period has a shown figure, how many came within the 80 % interval
FORECAST_HITS = """
    select count(*) filter (where c.value between f.lower80 and f.upper80) as hits,
        count(*) as tried
    from forecasts f
    join indicators i using (indicator_id)
    join cells c
        on c.indicator_id = f.indicator_id and c.area_code = f.area_code
        and c.period_type = i.period and c.period_start = f.period_start
        and c.breakdown = 'all' and c.status in ('ok', 'o', 'k') and c.value is not null
    where f.indicator_id = $indicator_id and f.area_code = $area_code"""

# one row an area of the same type as one area, in the latest year they were compared
COMPARISONS = """
    select area_code, period_start, baseline, word
    from comparisons
    where indicator_id = $indicator_id and period_type = 'year'
        and "group" in (select area_type from areas where area_code = $area_code)
    qualify period_start = max(period_start) over ()"""

# one row a period of a standardised rate
STANDARDISED = """
    select period_start, value, lower95, upper95
    from standardised
    where indicator_id = $indicator_id and area_code = $area_code
        and period_type = $period_type
    order by period_start"""

# one row an event or break
EVENTS = """
    select date_from, date_to, kind, text_fi, text_sv, text_en,
        cast(indicators as varchar) as indicators, cast(areas as varchar) as areas
    from events order by date_from"""

# one row a check of a source's file; the failed and severe first
CHECKS = """
    select source, file, expectation, severity, success, observed, unexpected_count,
        message_fi, message_sv, message_en
    from checks
    order by success, case severity when 'critical' then 0 when 'warning' then 1 else 2 end,
        source, file, message_fi"""

# one row a source, file and reason of rejected rows
QUARANTINE = """
    select source, file, reason, row_count
    from quarantine_summary order by source, file, row_count desc, reason"""

# one row an indicator and status of its undivided cells at the grain it is published at
STATUSES = """
    with published as (
        select indicator_id, coalesce('rolling' || (definition ->> 'rolling'), period) as grain
        from indicators)
    select c.indicator_id, c.status, count(*) as cell_count,
        max(c.period_start) as latest_period
    from cells c
    join published p using (indicator_id)
    where c.breakdown = 'all' and c.period_type = p.grain
    group by all order by c.indicator_id, c.status"""

# one row: all cells of the release, those with a figure, and those hidden
TALLY = """
    select count(*) as cells, count(value) as shown, count(*) filter (status = 'c') as hidden
    from cells"""

# one row an indicator: the last period delivered at the grain it is published at, shown or not
FRESHNESS_OF = """
    with published as (
        select indicator_id, position,
            coalesce('rolling' || (definition ->> 'rolling'), period) as grain
        from indicators)
    select p.indicator_id, p.grain as period_type, max(c.period_start) as latest_period
    from published p
    left join {cells} c
        on c.indicator_id = p.indicator_id and c.period_type = p.grain
        and c.breakdown = 'all' and c.status not in ('o', 'x')
    group by p.indicator_id, p.grain, p.position order by p.position"""
FRESHNESS = FRESHNESS_OF.format(cells="cells")


def open_release(path: Path) -> duckdb.DuckDBPyConnection:
    """Return a read-only, locked-down connection to the release file `path`.

    Raises
    ------
    ReleaseMissing
        When the file cannot be opened as a database, or lacks a table of the contract.
    """
    try:
        release = duckdb.connect(str(path), read_only=True, config=LOCKED)
    except duckdb.Error as error:
        insist(error)
        raise ReleaseMissing(Fault("broken_release", file=str(path))) from None
    names = set(fetch(release, TABLE_NAMES)["table_name"])
    if missing := sorted(set(TABLES) - LATER_TABLES - names):
        release.close()
        raise ReleaseMissing(
            Fault("broken_release", {"missing": ", ".join(missing)}, file=str(path))
        )
    return release


def has_table(release: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Return whether the release holds the table `name`: those in LATER_TABLES may be absent."""
    return name in set(fetch(release, TABLE_NAMES)["table_name"])


def fetch(release: duckdb.DuckDBPyConnection, sql: str, **named: str) -> pd.DataFrame:
    """Return the whole answer of one of this module's constants as a frame.

    Each call has its own cursor and reads it to its end: results stream in DuckDB 2, and a
    second statement on the same cursor would cut the first one off.
    """
    with release.cursor() as cursor:
        return cursor.execute(sql, named).df() if named else cursor.execute(sql).df()
