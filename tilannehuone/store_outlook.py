"""What the outlook reads of a release: all measures of one area at a time."""

# one row an indicator and period of its undivided series, at the period it is published by
AREA_HISTORY = """
    select c.indicator_id, c.period_start, c.value, c.status
    from cells c
    join indicators i on i.indicator_id = c.indicator_id and i.period = c.period_type
    where c.area_code = $area_code and c.breakdown = 'all'
    order by c.indicator_id, c.period_start"""

# one row an indicator and period ahead, of the newest forecast made of it in an area
AREA_FORECASTS = """
    select indicator_id, made_at_period, period_start, point, lower80, upper80, lower95, upper95
    from forecasts
    where area_code = $area_code
    qualify made_at_period = max(made_at_period) over (partition by indicator_id)
    order by indicator_id, period_start"""

# one row an indicator: of its forecasts in an area whose period has a shown figure, how many came
# within the 80 % interval
AREA_HITS = """
    select f.indicator_id, count(*) filter (c.value between f.lower80 and f.upper80) as hits,
        count(*) as tried
    from forecasts f
    join indicators i using (indicator_id)
    join cells c
        on c.indicator_id = f.indicator_id and c.area_code = f.area_code
        and c.period_type = i.period and c.period_start = f.period_start
        and c.breakdown = 'all' and c.status in ('ok', 'o', 'k') and c.value is not null
    where f.area_code = $area_code
    group by f.indicator_id"""
