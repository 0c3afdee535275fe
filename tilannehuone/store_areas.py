"""Reading many areas at once: the same as `store` reads of one, for tables of areas.

Areas come as one text, a code a line: a prepared statement takes no list of unknown length.
"""

# one row an undivided series of each area; the columns are those of `store.AREA_FINDINGS`
AREAS_FINDINGS = """
    select area_code, indicator_id, period_type, cast(finding as varchar) as finding,
        list_position(['signals', 'early', 'level', 'nothing'], ladder) as silence,
        case when period_type = 'week' then 0 when period_type = 'month' then 1
            when starts_with(period_type, 'rolling') then 2
            when period_type = 'quarter' then 3 when period_type = 'half_year' then 4
            else 5 end as coarseness
    from findings
    where area_code in (select unnest(string_split($area_codes, chr(10)))) and breakdown = 'all'
    order by area_code, indicator_id, coarseness"""

# one row a period of every undivided series of each area: whether it has a figure or is hidden
AREAS_PERIODS = """
    select area_code, indicator_id, period_type, period_start,
        value is not null as is_shown, status = 'c' as is_hidden
    from cells
    where area_code in (select unnest(string_split($area_codes, chr(10)))) and breakdown = 'all'"""

# one row an undivided series of each area that is planned: whether its latest year is offered
AREAS_PLAN = """
    select area_code, indicator_id, period_type, max(year) as latest_year,
        arg_max(offered, year) as is_offered
    from plan
    where area_code in (select unnest(string_split($area_codes, chr(10)))) and breakdown = 'all'
    group by area_code, indicator_id, period_type"""

# the same of a release that has no plan: no row
AREAS_UNPLANNED = """
    select '' as area_code, '' as indicator_id, '' as period_type, 0 as latest_year,
        true as is_offered
    where $area_codes is null"""

# One row a known point of the last segment of every undivided series of an area, the oldest first:
# the side that a test marks it on. Points are of shown figures only.
MARKED_SIDES = """
    select indicator_id, period_type, period_start, side
    from points
    where area_code = $area_code and breakdown = 'all'
    qualify segment = max(segment) over (partition by indicator_id, period_type)
    order by indicator_id, period_type, period_start"""
