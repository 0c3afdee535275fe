"""Reading a release as tables of cells and findings, for scripts, interfaces and extracts.

Several names come as one text, a name a line, as in `store_areas`; an empty one asks for all.
Periods are asked for by their first day, as ISO dates; an empty one leaves that end open.
"""

OWN = "coalesce('rolling' || (i.definition ->> 'rolling'), i.period)"
"""The period type that a measure is published by."""

NAMED = "list_contains(string_split({asked}, chr(10)), {column})"

ASKED = f"""
    where ($indicator_ids = '' or {NAMED.format(asked="$indicator_ids", column="c.indicator_id")})
        and ($area_codes = '' or {NAMED.format(asked="$area_codes", column="c.area_code")})
        and case $period_type when '' then c.period_type = {OWN} when '*' then true
            else c.period_type = $period_type end
        and ($breakdown = '*' or c.breakdown = $breakdown)
        and ($category = '*' or c.category = $category)"""

# one row a cell of the series asked for
CELLS = f"""
    select c.indicator_id, c.area_code, c.period_type, c.period_start, c.breakdown, c.category,
        c.numerator, c.denominator, c.value, c.lower95, c.upper95, c.status
    from cells c join indicators i using (indicator_id) {ASKED}
        and ($start = '' or c.period_start >= try_cast($start as date))
        and ($end = '' or c.period_start <= try_cast($end as date))
    order by i.position, c.area_code, c.period_type, c.breakdown, c.category, c.period_start
"""  # noqa: S608

# so many of the same rows from one of them on, and how many there are in all
CELLS_PAGE = f"{CELLS} limit cast($limit as bigint) offset cast($offset as bigint)"
CELLS_COUNT = f"select count(*) as cells from ({CELLS})"  # noqa: S608

# one row a series asked for: what was found in it
FOUND = f"""
    select c.indicator_id, c.area_code, c.period_type, c.breakdown, c.category, c.known, c.ladder,
        c.latest_period, c.latest_value, c.latest_status, c.variation, c.assurance,
        cast(c.finding as varchar) as finding
    from findings c join indicators i using (indicator_id) {ASKED}
    order by i.position, c.area_code, c.period_type, c.breakdown, c.category
"""  # noqa: S608

# one row a measure, without its whole declaration
MEASURES = f"""
    select i.indicator_id, i.name_fi, i.name_sv, i.name_en, i.kind, i.cadence, i.period,
        {OWN} as period_type, i.direction, i.definitions_hash
    from indicators i order by i.position
"""  # noqa: S608

# one row a period type, and one a breakdown and category, that a measure has in an area
GRAINS = """
    select distinct period_type from cells
    where indicator_id = $indicator_id and area_code = $area_code order by period_type"""
SPLITS = """
    select distinct breakdown, category from cells
    where indicator_id = $indicator_id and area_code = $area_code order by breakdown, category"""
