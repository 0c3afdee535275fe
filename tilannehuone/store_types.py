"""Areas of one type beside each other, in the style of `store`: for the area page and the map."""

# one row a measure and area of one type, in the newest year there is of the measure: what is
# shown, and how the area stands to the common level of its type
TYPE_CELLS = """
    select c.indicator_id, c.area_code, c.period_start, c.value, c.lower95, c.upper95,
        c.denominator, c.status, m.baseline, m.z, m.word
    from cells c
    left join comparisons m
        on m.indicator_id = c.indicator_id and m.area_code = c.area_code
        and m.period_type = 'year' and m.period_start = c.period_start and m."group" = $area_type
    where c.period_type = 'year' and c.breakdown = 'all'
        and c.area_code in (select area_code from areas where area_type = $area_type)
    qualify c.period_start = max(c.period_start) over (partition by c.indicator_id)
    order by c.area_code"""

# one row a measure and year of one area: what is shown
AREA_YEARS = """
    select indicator_id, period_start, value
    from cells
    where area_code = $area_code and period_type = 'year' and breakdown = 'all'"""

# one row a type of area, grain and period of a measure: how many areas there are of it
MAP_PERIODS = """
    select a.area_type, c.period_type, c.period_start, count(*) as areas
    from cells c
    join (select distinct area_code, area_type from areas) a using (area_code)
    where c.indicator_id = $indicator_id and c.breakdown = 'all'
    group by all order by a.area_type, c.period_type, c.period_start"""

# one row an area of one type: what is shown of a measure in one period, and how it compares
MAP_CELLS = """
    select c.area_code, c.value, c.lower95, c.upper95, c.status, m.baseline, m.word
    from cells c
    left join comparisons m
        on m.indicator_id = c.indicator_id and m.area_code = c.area_code
        and m.period_type = c.period_type and m.period_start = c.period_start
        and m."group" = $area_type
    where c.indicator_id = $indicator_id and c.breakdown = 'all'
        and c.period_type = $period_type and c.period_start = cast($period_start as date)
        and c.area_code in (select area_code from areas where area_type = $area_type)"""

# one row an area of one type whose outline was delivered
SHAPES = """
    select distinct s.area_code, s.path, s.credit
    from shapes s join areas a using (area_code)
    where a.area_type = $area_type"""
