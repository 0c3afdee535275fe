"""Ties between measures and between areas: the same number under two keys, a part of a measure.

They stand in the definitions that a release publishes (what a measure counts, what it is a subset
of), or in the numbers themselves (two areas of one name that always agree).
"""

import duckdb

# the same people counted under two measures, or as the whole of another measure's share
SAME_NUMBER = """
    create table same_number as
    with parts as (
        select indicator_id, counts as part, cohort, 'counted' as what from measures
        where counts is not null and not averaged and not rounded
        union all
        select indicator_id, of_these, cohort, 'whole' from measures
        where of_these is not null and not averaged and not rounded
    )
    select a.id as mine, b.id as other, o.what,
        m.indicator_id || ' = ' || o.indicator_id as tie
    from parts m
    join parts o on m.part = o.part and m.cohort = o.cohort and m.indicator_id <> o.indicator_id
    join book a on a.indicator_id = m.indicator_id
    join book b on b.indicator_id = o.indicator_id and b.area_code = a.area_code
        and b.period_type = a.period_type and b.period_start = a.period_start
        and b.breakdown = a.breakdown and b.category = a.category
    where m.what = 'counted' and not a.latent and not b.latent"""

TWINS = """
    create table twins as
    with named as (
        select distinct area_code, lower(coalesce(nullif(name_fi, ''), area_code)) as name
        from seen_areas
    ),
    pairs as (
        select a.area_code as one, b.area_code as other
        from named a join named b on a.name = b.name and a.area_code < b.area_code
    ),
    joined as (
        select p.one, p.other, a.indicator_id, x.node as mine, y.node as theirs,
            x.value as value, y.value as twin
        from pairs p join book a on a.area_code = p.one
        join book b on b.area_code = p.other and b.indicator_id = a.indicator_id
            and b.period_type = a.period_type and b.period_start = a.period_start
            and b.breakdown = a.breakdown and b.category = a.category
        join sides x on x.id = a.id join sides y on y.id = b.id and y.side = x.side
    ),
    agreeing as (
        select one, other, indicator_id from joined where value is not null and twin is not null
        group by all having count(*) >= 3 and bool_and(abs(value - twin) < 1e-6)
    )
    select mine, theirs, one || ' = ' || other as tie
    from joined join agreeing using (one, other, indicator_id)"""

SUBSETS = """
    create table subsets as
    with joined as (
        select x.node as child, y.node as parent, x.value as part, y.value as total,
            m.indicator_id || ' in ' || m.subset_of as tie
        from measures m
        join book a on a.indicator_id = m.indicator_id
        join book b on b.indicator_id = m.subset_of and b.area_code = a.area_code
            and b.period_type = a.period_type and b.period_start = a.period_start
            and b.breakdown = a.breakdown and b.category = a.category
        join sides x on x.id = a.id and x.side = 'counted'
        join sides y on y.id = b.id and y.side = 'counted'
    )
    select * from joined where tie in (
        select tie from joined group by tie having 2 * count(*) filter (where part > total + 1e-6)
            <= count(*) filter (where part is not null and total is not null))"""

# equalities of two nodes; where the whole of a share is the other number, of it and its two parts
EQUALS = """
    create table equals as
    select 'same' || mine || '-' || other as line, tie, pair.node, pair.sign
    from (select mine * 2 as mine, other * 2 as other, tie from same_number s
            where what = 'counted' and mine < other
        union all select mine, theirs, tie from twins),
        lateral (values (mine, 1.0), (other, -1.0)) as pair (node, sign)
    union all
    select 'whole' || s.mine || '-' || s.other, s.tie, triple.node, triple.sign
    from same_number s join sides r on r.node = s.other * 2 + 1,
        lateral (values (s.other * 2, 1.0), (s.other * 2 + 1, 1.0), (s.mine * 2, -1.0))
            as triple (node, sign)
    where s.what = 'whole'"""

# a hidden number of one measure that another measure prints
TOLD = """
    create table told_across as
    select distinct h.node, s.tie,
        case s.what when 'counted' then o.numerator else o.denominator end as number
    from same_number s join sides h on h.node = s.mine * 2 and h.hidden and h.value is null
    join book o on o.id = s.other and o.status <> 'c'
    where case s.what when 'counted' then o.numerator else o.denominator end is not null
    union all
    select mine, tie, y.value from twins join sides x on x.node = mine
        join sides y on y.node = theirs where x.hidden and y.value is not null
    union all
    select theirs, tie, x.value from twins join sides x on x.node = mine
        join sides y on y.node = theirs where y.hidden and x.value is not null"""


def find_ties(reader: duckdb.DuckDBPyConnection) -> None:
    """Create `same_number`, `twins`, `subsets`, `equals` and `told_across`."""
    for query in (SAME_NUMBER, TWINS, SUBSETS, EQUALS, TOLD):
        reader.execute(query)
