"""The sums a stranger finds in a release: who is part of what, and which of them hold."""

import duckdb

AREA_EDGES = """
    with recursive present as (select distinct indicator_id, area_code from book),
    spans as (
        select area_code, area_type, nullif(parent_code, '') as parent_code,
            coalesce(valid_from, date '1900-01-01') as since,
            coalesce(valid_to, date '2200-01-01') as until
        from seen_areas
    ),
    up as (
        select p.indicator_id, a.area_code, a.area_type, a.parent_code as above, a.since, a.until,
            1 as steps
        from spans a join present p using (area_code) where a.parent_code is not null
        union
        select u.indicator_id, u.area_code, u.area_type, a.parent_code, greatest(u.since, a.since),
            least(u.until, a.until), u.steps + 1
        from up u join spans a on a.area_code = u.above
        where a.parent_code is not null and u.steps < 20
            and (u.indicator_id, u.above) not in (from present)
    ),
    under as (
        select distinct u.* exclude (steps) from up u
        join present p on p.indicator_id = u.indicator_id and p.area_code = u.above
        where u.above <> u.area_code
    )
    select distinct p.id as parent, c.id as child, c.indicator_id,
        'area' as dimension, u.above || ' of ' || u.area_type as what
    from book c
    join under u on u.indicator_id = c.indicator_id and u.area_code = c.area_code
        and c.period_start between u.since and u.until
    join book p on p.indicator_id = c.indicator_id and p.area_code = u.above
        and p.period_type = c.period_type and p.period_start = c.period_start
        and p.breakdown = c.breakdown and p.category = c.category"""

CATEGORY_EDGES = """
    select p.id as parent, c.id as child, c.indicator_id, 'category' as dimension,
        c.breakdown as what
    from book c join book p on p.indicator_id = c.indicator_id and p.area_code = c.area_code
        and p.period_type = c.period_type and p.period_start = c.period_start
        and p.breakdown = 'all' and c.breakdown <> 'all'"""

TIME_EDGES = """
    select p.id as parent, c.id as child, c.indicator_id, 'time' as dimension,
        p.period_type || ' of ' || c.period_type as what
    from book c join book p on p.series = c.series and p.period_type = $upper
        and c.period_type = $lower and p.indicator_id = $indicator
        and c.month >= p.month and c.month + c.months <= p.month + p.months
        and (c.month - p.month) % c.months = 0
    qualify count(*) over (partition by p.id) = p.months // c.months"""

SPANS = """select indicator_id, period_type, any_value(months) as months,
        bool_and(month % months = 0) as is_calendar
    from book where months > 0 group by all order by all"""

EXISTING = """
    create table there as
    with recursive known as (
        select id from book b where latent or status = 'c'
            or exists (from sides s where s.id = b.id and s.value is not null)
        union
        select e.parent from known k join edges e on e.child = k.id
    )
    select distinct id from known"""

RELATIONS = """
    create table relations as
    with joined as (
        select s.side, e.parent, e.dimension, e.what, e.indicator_id, s.node as child, b.month,
            s.value as part
        from edges e
        join there on there.id = e.child
        join sides s on s.id = e.child
        join book b on b.id = e.child
        where e.parent in (from there)
    ),
    summed as (
        select side, parent, indicator_id, dimension, what,
            count(*) as size, count(part) as seen, coalesce(sum(part), 0) as parts,
            coalesce(max(part), 0) as most, arg_max(child, (month, child)) as last
        from joined group by all
    )
    select r.* exclude (parent),
        row_number() over (order by r.side, indicator_id, dimension, what, parent) - 1 as rel,
        p.node as parent, p.value as total, l.value as last_value,
        1e-6 * greatest(1, abs(coalesce(p.value, 0))) as near
    from summed r
    join sides p on p.id = r.parent and p.side = r.side
    left join sides l on l.node = r.last"""

BELIEFS = """
    create table beliefs as
    with tried as (
        select side, indicator_id, dimension, what,
            count(*) filter (where whole) as wholes,
            count(*) filter (where whole and abs(total - parts) <= near) as sums,
            count(*) filter (where whole and total <= parts + near and total >= most - near)
                as unions,
            count(*) filter (where whole and total >= parts - near) as opens,
            count(*) filter (where pair) as pairs,
            count(*) filter (where pair and abs(total - last_value) <= near) as lasts
        from (select *, total is not null and seen = size as whole,
            dimension = 'time' and size > 1 and total is not null and last_value is not null as pair
            from relations)
        group by all
    )
    select *, case
        when wholes = 0 or 2 * sums >= wholes then 'sum'
        when pairs > 0 and 2 * lasts >= pairs then 'last'
        when 2 * unions >= wholes then 'union'
        when 2 * opens >= wholes then 'open'
        else 'none' end as belief
    from tried"""


def find_sums(reader: duckdb.DuckDBPyConnection) -> None:
    """Create `edges`, `relations` and `beliefs` in the stranger's database.

    A family of sums is believed as far as at least half of its fully shown members agree: first
    that it adds up, then that it repeats the last period, then that it counts distinct persons,
    then that the parts are some of the whole. Nothing shown speaks against a sum: it is believed.
    """
    reader.execute(f"create table edges as {AREA_EDGES}")
    reader.execute(f"insert into edges {CATEGORY_EDGES}")
    for indicator, upper, lower in _tilings(reader):
        reader.execute(
            f"insert into edges {TIME_EDGES}",
            {"indicator": indicator, "upper": upper, "lower": lower},
        )
    reader.execute(EXISTING)
    reader.execute(RELATIONS)
    reader.execute(BELIEFS)


def _tilings(reader: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Return (indicator, longer, shorter) period types worth trying.

    A pair that two other pairs already imply (year of months, by way of quarters) is left out.
    """
    spans: dict[str, dict[str, int]] = {}
    calendar: dict[str, set[str]] = {}
    for indicator, kind, months, is_calendar in reader.execute(SPANS).fetchall():
        spans.setdefault(indicator, {})[kind] = months
        calendar.setdefault(indicator, set()).update([kind] if is_calendar else [])
    return [
        (indicator, upper, lower)
        for indicator, known in spans.items()
        for upper in known
        for lower in known
        if _follows(known, upper, lower)
        and not (
            upper in calendar[indicator] and _implied(known, calendar[indicator], upper, lower)
        )
    ]


def _follows(known: dict[str, int], upper: str, lower: str) -> bool:
    """Whether `lower` can tile `upper`; of two alike the rolling window is the lower one."""
    if known[upper] == known[lower]:
        return lower.startswith("rolling") and not upper.startswith("rolling")
    return known[upper] % known[lower] == 0


def _implied(known: dict[str, int], calendar: set[str], upper: str, lower: str) -> bool:
    """Whether a calendar period stands between the two."""
    return any(
        upper != middle != lower
        and known[middle] < known[upper]
        and _follows(known, upper, middle)
        and _follows(known, middle, lower)
        for middle in calendar
    )
