"""Figures made from cells: each must follow from cells that are shown, or it tells of hidden ones.

A centre that is not the mean of the shown points is the mean of something else: times their number
it gives the sum of what is hidden. So whatever a reader can compute anew is computed anew.
"""
# ruff: noqa: S608 - every query is composed of the constants below

import duckdb
import numpy as np
import pandas as pd

from pipelines.auditing.faults import KEY, Keys, keys

SERIES = ["indicator_id", "area_code", "period_type", "breakdown", "category"]

FACTOR, SCREEN = 2.66, 3.267
"""Of an XmR chart: how many mean steps away the limits lie, and which steps are left out."""

POINTS = """select p.* exclude (signal, side, kind), c.value, c.place from rel.points p
    join (select *, row_number() over (order by indicator_id, area_code, period_type, breakdown,
        category, period_start) as place from rel.cells where true) c
        using (indicator_id, area_code, period_type, breakdown, category, period_start)
    where p.centre is not null order by c.place"""

# the last segment's limits of ordinary months, and the newest shown cell
FINDINGS = """
    with ends as (
        select indicator_id, area_code, period_type, breakdown, category,
            arg_max(centre, period_start) filter (where ordinary) as centre,
            arg_max(lower, period_start) filter (where ordinary) as lower,
            arg_max(upper, period_start) filter (where ordinary) as upper
        from (select *, period_type <> 'month' or month(period_start) not in (7, 12) as ordinary,
                max(segment) over (partition by indicator_id, area_code, period_type, breakdown,
                    category) as latest from rel.points)
        where segment = latest group by all
    ),
    counts as (
        select indicator_id, area_code, period_type, breakdown, category,
            count(*) filter (where status = 'c') as hidden,
            count(*) filter (where value is not null and status in ('ok', 'o', 'k')) as shown
        from rel.cells group by all
    ),
    said as (
        select *, finding ->> '$.centre' as f_centre, finding ->> '$.lower' as f_lower,
            finding ->> '$.upper' as f_upper, finding ->> '$.latest_value' as f_value,
            finding ->> '$.latest_lower' as f_low, finding ->> '$.latest_upper' as f_high,
            finding ->> '$.hidden' as f_hidden, finding ->> '$.shown' as f_shown
        from rel.findings
    )
    select f.indicator_id, f.area_code, f.period_type,
        coalesce(f.latest_period, date '1900-01-01') as period_start, f.breakdown, f.category
    from said f
    left join rel.cells c on c.indicator_id = f.indicator_id and c.area_code = f.area_code
        and c.period_type = f.period_type and c.breakdown = f.breakdown
        and c.category = f.category and c.period_start = f.latest_period
    left join ends e on e.indicator_id = f.indicator_id and e.area_code = f.area_code
        and e.period_type = f.period_type and e.breakdown = f.breakdown and e.category = f.category
    left join counts n on n.indicator_id = f.indicator_id and n.area_code = f.area_code
        and n.period_type = f.period_type and n.breakdown = f.breakdown and n.category = f.category
    where differs(f.latest_value, c.value) or differs(f.f_value, c.value)
        or differs(f.f_low, c.lower95) or differs(f.f_high, c.upper95)
        or differs(f.f_centre, e.centre) or differs(f.f_lower, e.lower)
        or differs(f.f_upper, e.upper) or differs(f.f_hidden, n.hidden)
        or differs(f.f_shown, n.shown)"""

DIFFERS = """create or replace temp macro differs(told, real) as
    told is not null and told::varchar <> 'null' and (real is null
        or abs(told::double - real::double) > 1e-6 * greatest(1, abs(real::double)))"""

COMPARISONS = """
    with summed as (
        select o.indicator_id, o.period_type, o.period_start, o."group",
            any_value(o.baseline) as baseline, min(o.baseline) = max(o.baseline) as one,
            sum(c.numerator) / sum(c.denominator) as ratio,
            coalesce(any_value((i.definition ->> '$.scale')::double), 1) as scale,
            min(o.area_code) as area_code, count(*) as rows, count(c.numerator) as known
        from rel.comparisons o
        join rel.indicators i using (indicator_id)
        left join rel.cells c on c.indicator_id = o.indicator_id and c.area_code = o.area_code
            and c.period_type = o.period_type and c.period_start = o.period_start
            and c.breakdown = 'all' and c.status <> 'c'
        group by all
    )
    select indicator_id, area_code, period_type, period_start, 'all', 'all' from summed
    where baseline is not null and rows = known
        and (not one or differs(baseline, ratio * scale))"""

STANDARDISED = """
    with strata as (
        select o.indicator_id, o.area_code, o.period_type, o.period_start, o.value,
            i.definition ->> '$.standard.by' as split,
            coalesce((i.definition ->> '$.scale')::double, 1) as scale,
            try_cast(json_extract_string(i.definition,
                '$.standard.weights."' || c.category || '"') as double) as weight,
            c.numerator / c.denominator as rate
        from rel.standardised o join rel.indicators i using (indicator_id)
        join rel.cells c on c.indicator_id = o.indicator_id and c.area_code = o.area_code
            and c.period_type = o.period_type and c.period_start = o.period_start
            and c.breakdown = i.definition ->> '$.standard.by'
    )
    select indicator_id, area_code, period_type, period_start, split, 'all' from strata
    group by all
    having count(rate) < count(*) or (count(weight) = count(*) and
        differs(any_value(value), any_value(scale) * sum(weight * rate) / sum(weight)))"""

# two years of shown periods stand behind a forecast
FORECASTS = f"""
    select distinct {", ".join("h." + one for one in KEY.split(", "))}
    from rel.forecasts o join rel.indicators i using (indicator_id)
    join rel.cells h on h.indicator_id = o.indicator_id and h.area_code = o.area_code
        and h.breakdown = 'all' and h.period_type = (i.definition ->> '$.period')
        and h.period_start <= o.made_at_period
        and h.period_start > o.made_at_period - interval 2 year
    join rel.cells n on n.indicator_id = o.indicator_id and n.area_code = o.area_code
        and n.breakdown = 'all' and n.period_type = h.period_type
        and n.period_start = o.made_at_period and n.status <> 'c'
    where h.status = 'c'"""

QUERIES = {
    "finding_does_not_follow": FINDINGS,
    "comparison_does_not_follow": COMPARISONS,
    "standardised_does_not_follow": STANDARDISED,
    "forecast_does_not_follow": FORECASTS,
}


def not_following(reader: duckdb.DuckDBPyConnection) -> dict[str, Keys]:
    """Return the keys at which a derived figure does not follow from what is shown, by kind."""
    reader.execute(DIFFERS)
    found = {name: keys(reader, query) for name, query in QUERIES.items()}
    return found | {"limits_do_not_follow": _limits(reader.execute(POINTS).df())}


def _limits(points: pd.DataFrame) -> Keys:
    """Return the first cell of each segment whose centre or limits are not those of its points.

    Where a season is declared, holiday months carry limits multiplied by their factor; divided by
    it again, all points of a segment share one centre.
    """
    if points.empty:
        return []
    holiday = (points["period_type"] == "month") & points["period_start"].dt.month.isin([7, 12])
    groups = points.groupby([*SERIES, "segment"], sort=False)
    ordinary = points["centre"].where(~holiday)
    centre = groups["centre"].transform("first").where(
        ordinary.isna().groupby(groups.ngroup()).transform("all"),
        ordinary.groupby(groups.ngroup()).transform("first"),
    )  # fmt: skip
    one = points["centre"] == 0
    factor = (points["centre"] / centre.where(centre != 0, 1.0)).where(~one, 1.0)
    value = points["value"] / factor.where(factor != 0, 1.0)
    number = groups.ngroup()
    found = pd.DataFrame({"number": number, "value": value, "place": points["place"]})
    found = found.assign(centre=centre, lower=points["lower"] / factor)
    found = found.assign(upper=points["upper"] / factor)
    wrong = _differing(found) | (holiday & (factor != 1) & ~_seasonal(points, holiday))
    bad = points[wrong].groupby([*SERIES, "segment"], sort=False).head(1)
    return [tuple(str(part) for part in row) for row in _keyed(bad)]


def _keyed(rows: pd.DataFrame) -> list[list[str]]:
    dated = rows.assign(period_start=rows["period_start"].dt.strftime("%Y-%m-%d"))
    return [list(row) for row in dated[KEY.split(", ")].itertuples(index=False)]


def _seasonal(points: pd.DataFrame, holiday: pd.Series) -> pd.Series:
    """Return whether the centre of a holiday month is one factor of its segment's, every year."""
    key = [points[one] for one in (*SERIES, "segment")] + [points["period_start"].dt.month]
    same = points["centre"].groupby(key).transform("nunique") == 1
    return same | ~holiday


def _differing(points: pd.DataFrame) -> pd.Series:
    """Return the points of segments whose mean or limits differ from those printed."""
    group = points.groupby("number", sort=False)
    mean = group["value"].transform("mean")
    near = 1e-6 * np.maximum(1.0, points["centre"].abs())
    next_door = group["place"].diff() == 1
    step = group["value"].diff().abs().where(next_door)
    spread = step.groupby(points["number"]).transform("mean")
    kept = step.where(step < SCREEN * spread)
    screened = kept.groupby(points["number"]).transform("mean")
    spread = screened.where(screened > 0, spread).fillna(0.0)
    wrong = (points["centre"] - mean).abs() > near
    for name, sign in (("lower", -1.0), ("upper", 1.0)):
        wrong |= (points[name] - mean - sign * FACTOR * spread).abs() > near * 10
    return wrong.groupby(points["number"]).transform("any")
