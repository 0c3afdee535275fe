"""What other programs are told of forecasts and comparisons, in the style of `store_cells`."""

from tilannehuone.store_cells import NAMED

OF_NAMED = f"""
    where ($indicator_ids = '' or {NAMED.format(asked="$indicator_ids", column="t.indicator_id")})
        and ($area_codes = '' or {NAMED.format(asked="$area_codes", column="t.area_code")})
        and ($start = '' or t.period_start >= try_cast($start as date))
        and ($end = '' or t.period_start <= try_cast($end as date))"""

# one row a period forecast, of each time it was
FORECASTS = f"""
    select t.indicator_id, t.area_code, t.made_at_period, t.period_start, t.point, t.lower80,
        t.upper80, t.lower95, t.upper95
    from forecasts t join indicators i using (indicator_id) {OF_NAMED}
    order by i.position, t.area_code, t.made_at_period, t.period_start
"""  # noqa: S608

# one row an area among those of its type, in each year they were compared
COMPARISONS = f"""
    select t.indicator_id, t.period_type, t.period_start, t."group", t.area_code, t.baseline,
        t.lower95, t.upper95, t.lower998, t.upper998, t.z, t.word
    from comparisons t join indicators i using (indicator_id) {OF_NAMED}
    order by i.position, t.period_start, t."group", t.area_code
"""  # noqa: S608
