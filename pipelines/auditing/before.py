"""What earlier releases and releases beside this one tell, taken together with it."""
# ruff: noqa: S608 - every query is composed of the constants below

from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.auditing.book import SAME_KEY, SAME_QUANTITY, attach
from pipelines.auditing.faults import KEY, Keys, keys
from tilannehuone.release import age

CELL = ", ".join(f"c.{one}" for one in KEY.split(", "))

SHOWN = "o.status <> 'c' and coalesce(o.numerator, o.denominator, o.value) is not null"

EARLIER = "create temp table earlier as select *, '' as release from rel.cells limit 0"

# the last number that readers saw of each cell
REMEMBER = f"""insert into earlier by name
    select o.*, $release as release from old.cells o
    where {SHOWN} and o.indicator_id in ({SAME_QUANTITY.format(other="old", mine="rel.indicators")})
        and not exists (select 1 from earlier c where {SAME_KEY})"""

# of each number the one that readers saw last
PAST = f"""select s.node, case s.side when 'rest' then o.denominator - o.numerator
        else case when m.averaged then o.denominator else o.numerator end end as value
    from sides s join book c on c.id = s.id join measures m using (indicator_id)
    join earlier o on {SAME_KEY}"""

QUERIES = {
    "shown_before": f"""
        select {CELL} from rel.cells c join earlier o on {SAME_KEY} where c.status = 'c'""",
    "small_revision": f"""
        select {CELL} from rel.cells c join earlier o on {SAME_KEY}
        join measures m on m.indicator_id = c.indicator_id and not m.rounded
        where c.status <> 'c' and case when m.averaged then small(c.denominator, o.denominator, m.k)
            else small(c.numerator, o.numerator, m.k) or (m.kind = 'proportion' and m.complement
                and small(c.denominator - c.numerator, o.denominator - o.numerator, m.k)) end""",
    "small_change_left": """
        with past as (
"""
    + PAST
    + """
        ),
        changed as (
            select r.rel, r.parent, r.size, any_value(r.total - r.parts) as left_now,
                any_value(p.value) - coalesce(sum(q.value) filter (where s.value is not null), 0)
                    as left_then,
                count(q.value) filter (where s.value is not null) as both, any_value(r.seen) as seen
            from relations r join beliefs b using (side, indicator_id, dimension, what)
            join sides t on t.node = r.parent
            join edges e on e.parent = t.id and e.dimension = r.dimension and e.what = r.what
            join sides s on s.id = e.child and s.side = r.side join there h on h.id = s.id
            join past p on p.node = r.parent left join past q on q.node = s.node
            where b.belief = 'sum' and r.total is not null and r.seen < r.size
            group by all
        )
        select """
    + CELL
    + """ from changed g join sides s on s.node = g.parent join book c on c.id = s.id
        where g.both = g.seen and small(g.left_now, g.left_then, c.width)""",
}

SMALL = """create or replace temp macro small(now, past, k) as
    abs(now - past) > 1e-6 and abs(now - past) < k - 1e-6"""

REDEFINED = f"""select {CELL} from rel.cells c join old.cells o on {SAME_KEY}
    where c.status = 'c' and {SHOWN}
        and c.indicator_id not in ({SAME_QUANTITY.format(other="old", mine="rel.indicators")})"""

BESIDE = f"""select {CELL} from rel.cells c join old.cells o on {SAME_KEY}
    where c.indicator_id in ({SAME_QUANTITY.format(other="old", mine="rel.indicators")})
        and ((c.status = 'c' and {SHOWN}) or (o.status = 'c' and c.status <> 'c'
            and coalesce(c.numerator, c.denominator, c.value) is not null))"""


def told_before(reader: duckdb.DuckDBPyConnection, against: Sequence[Path]) -> dict[str, Keys]:
    """Return the cells that older releases tell of, newest first, by how they tell."""
    redefined: Keys = []
    reader.execute(EARLIER)
    reader.execute(SMALL)
    for older in newest_first(against):
        attach(reader, older, "old")
        try:
            reader.execute(REMEMBER, {"release": older.stem})
            redefined += keys(reader, REDEFINED)
        finally:
            reader.execute("detach old")
    found = {name: keys(reader, query) for name, query in QUERIES.items()}
    return found | {"shown_before_redefined": sorted(set(redefined))}


def seen_before(reader: duckdb.DuckDBPyConnection) -> dict[int, float]:
    """Return the number that readers saw last of each node; `told_before` came first."""
    found = reader.execute(f"select * from ({PAST}) where value is not null").fetchall()
    return {int(node): float(value) for node, value in found}


def told_beside(reader: duckdb.DuckDBPyConnection, beside: Sequence[Path]) -> dict[str, Keys]:
    """Return the cells that one of two publications shows and the other hides."""
    found: set[tuple[str, ...]] = set()
    for other in beside:
        attach(reader, other, "old")
        try:
            found |= set(keys(reader, BESIDE))
        finally:
            reader.execute("detach old")
    return {"shown_beside": sorted(found)}


def newest_first(against: Sequence[Path]) -> list[Path]:
    """Return the releases by their stamps, the newest first."""
    return sorted(against, key=age, reverse=True)
