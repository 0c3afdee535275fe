"""One measure in all areas at once, in the style of `store`: for the page of comparisons."""

# one row a period of an undivided series of every area, with the level its chart found
MEASURE_CELLS = """
    select c.area_code, c.period_start, c.numerator, c.denominator, c.value, c.lower95, c.upper95,
        c.status, p.centre, p.segment, p.side
    from cells c
    left join points p using
        (indicator_id, area_code, period_type, period_start, breakdown, category)
    where c.indicator_id = $indicator_id and c.period_type = $period_type
        and c.breakdown = 'all'
    order by c.area_code, c.period_start"""

# one row an area and period of a standardised rate
MEASURE_STANDARDISED = """
    select area_code, period_type, period_start, value, lower95, upper95
    from standardised
    where indicator_id = $indicator_id
    order by period_start, area_code"""
