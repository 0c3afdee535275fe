"""What a network room's release tells of its regions, in the style of `store`.

Other releases have none, and older ones lack the tables: ask `tilannehuone.ui.regions`, which
answers of those with empty frames.
"""

from tilannehuone.store import FRESHNESS_OF

# one row a region, in the order of their Finnish names
REGIONS = """
    select region, name_fi, name_sv, name_en, release_id, built_at, package_id,
        contact_fi, contact_sv, contact_en, cast(listed as varchar) as listed
    from regions order by name_fi, region"""

# one row an area of a region: its code in the room, whose it is, and its code there
REGION_AREAS = """
    select area_code, region, own_code from region_areas order by rowid"""

# one row a region that has a measure: as it defines it, and its client systems as a JSON list
REGION_DEFINITIONS = """
    select region, indicator_id, cast(definition as varchar) as definition, definitions_hash,
        cast(systems as varchar) as systems
    from region_indicators where indicator_id = $indicator_id order by region"""

# one row a region and measure: the sources that its parts are counted from there
REGION_SOURCES = """
    select region, indicator_id, definition ->> '$.numerator.from' as numerator,
        definition ->> '$.denominator.from' as denominator
    from region_indicators order by region, indicator_id"""

# one row an indicator: the last period that one region delivered of it, at the published grain
REGION_FRESHNESS = FRESHNESS_OF.format(
    cells="""(select c.* from cells c join region_areas a using (area_code)
        where a.region = $region)"""
)

# `store_types.TYPE_CELLS` in a network room: the newest year is that of the area's own region, so
# that a region that delivers later than another is not left without figures
REGION_TYPE_CELLS = """
    with own as (
        select c.indicator_id, max(c.period_start) as newest
        from cells c join region_areas a using (area_code)
        where c.period_type = 'year' and c.breakdown = 'all' and a.region in (
            select region from region_areas where area_code = $area_code)
        group by c.indicator_id)
    select c.indicator_id, c.area_code, c.period_start, c.value, c.lower95, c.upper95,
        c.denominator, c.status, m.baseline, m.z, m.word
    from cells c
    join own on own.indicator_id = c.indicator_id and own.newest = c.period_start
    left join comparisons m
        on m.indicator_id = c.indicator_id and m.area_code = c.area_code
        and m.period_type = 'year' and m.period_start = c.period_start and m."group" = $area_type
    where c.period_type = 'year' and c.breakdown = 'all'
        and c.area_code in (select area_code from areas where area_type = $area_type)
    order by c.area_code"""
