"""Rounded measures as a stranger reads them: printed numbers are intervals, and sums tie them.

A stranger takes a print for the nearest multiple. It may also be one that stood since an earlier
release, while the count is within one base of it: where prints contradict each other, the wider
intervals are read in all of that connected part.

Reads the release and the stranger's tables `book` and `edges` only; nothing is shared with the
code that rounds but the solver.
"""

import duckdb
import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from tilannehuone.disclosure.interval_reach import reach
from tilannehuone.disclosure.intervals import Tied

Narrow = tuple[tuple[str, ...], float]

SIDES = ("counted", "whole", "rest")

DECLARED = """create or replace temp table rounded_measures as
    with declared as (
        select indicator_id, coalesce(definition ->> '$.kind', kind) as kind,
            coalesce((definition ->> '$.protect.k_min')::int, 5) as k,
            (definition ->> '$.protect.base')::int as base,
            coalesce((definition ->> '$.protect.complement')::boolean, true) as complement,
            coalesce((definition ->> '$.scale')::double, 1) as scale
        from rel.indicators where definition ->> '$.protect.method' = 'rounding'
    )
    select * replace (coalesce(base, 2 * k) as base), kind = 'proportion' as is_share
    from declared"""

PRINTED = """create or replace temp table rounded_book as
    select b.id, b.latent, b.status = 'c' as hidden, b.month, m.*, b.numerator, b.denominator,
        b.value, b.status <> 'c' and not b.latent and b.numerator is not null as told
    from book b join rounded_measures m using (indicator_id)"""

# numbers that are no multiples, and values made of other parts than are printed
EXACT = """select id from rounded_book where not latent and not hidden and (
        numerator % base <> 0 or (is_share and denominator % base <> 0)
        or (numerator is null and value is not null)
        or abs(value - scale * numerator / case when kind = 'count' then 1 else denominator end)
            > 1e-9 * greatest(1, abs(value)))
    order by id"""

THERE = """create or replace temp table rounded_there as
    with recursive there as (
        select id from rounded_book where told or hidden or latent
        union
        select e.parent from there t join edges e on e.child = t.id
        join rounded_book b on b.id = e.parent
    )
    select distinct id from there"""

ENDS = """create or replace temp table rounded_ends as
    with sides as (
        select id, 'counted' as side, numerator as x, told, base from rounded_book
        union all
        select id, 'whole', denominator, told, base from rounded_book where is_share
    )
    select id, side, told,
        case when told and x > 0 then floor(x - base / 2) + 1 else 0 end as low,
        case when told then floor(x + base / 2) else 'infinity'::double end as high,
        case when told then greatest(x - base, 0) else 0 end as lowest,
        case when told then x + base else 'infinity'::double end as highest
    from sides join rounded_there using (id)"""

SUMS = """create or replace temp table rounded_sums as
    select c.side, e.parent, e.indicator_id, e.dimension, e.what, p.low, p.high, p.lowest,
        p.highest, count(*) as size, sum(c.low) as least, sum(c.high) as most,
        max(c.low) as largest, sum(c.lowest) as least_of_all, sum(c.highest) as most_of_all,
        max(c.lowest) as largest_of_all, p.told, bool_and(c.told) as inside,
        arg_max(e.child, (b.month, e.child)) as last
    from edges e
    join rounded_ends c on c.id = e.child
    join rounded_book b on b.id = e.child
    join rounded_ends p on p.id = e.parent and p.side = c.side
    group by all"""

# how far the intervals of each family of sums agree with each reading of it, the strictest first;
# a single sum is given up only where the widest intervals contradict it
READINGS = """create or replace temp table rounded_readings as
    with tried as (
        select s.*, s.high >= least - 1e-6 as above, s.low <= most + 1e-6 as below,
            s.high >= largest - 1e-6 as over, s.told and inside as whole,
            s.told and l.told and size > 1 and dimension = 'time' as pair,
            s.low <= l.high + 1e-6 and s.high >= l.low - 1e-6 as same,
            s.highest >= least_of_all - 1e-6 as maybe_above,
            s.lowest <= most_of_all + 1e-6 as maybe_below,
            s.highest >= largest_of_all - 1e-6 as maybe_over,
            s.lowest <= l.highest + 1e-6 and s.highest >= l.lowest - 1e-6 as maybe_same
        from rounded_sums s
        join rounded_ends l on l.id = s.last and l.side = s.side
    ),
    counted as (
        select side, indicator_id, dimension, what, count(*) filter (whole) as wholes,
            count(*) filter (whole and above and below) as sums,
            count(*) filter (pair) as pairs, count(*) filter (pair and same) as lasts,
            count(*) filter (whole and maybe_above and maybe_below) as maybe_sums,
            count(*) filter (pair and maybe_same) as maybe_lasts,
            count(*) filter (whole and maybe_below and maybe_over) as unions,
            count(*) filter (whole and maybe_above) as opens
        from tried group by all
    ),
    read as (
        select *, case when 2 * sums >= wholes then 'sum'
            when pairs > 0 and 2 * lasts >= pairs then 'last'
            when 2 * maybe_sums >= wholes then 'sum'
            when pairs > 0 and 2 * maybe_lasts >= pairs then 'last'
            when 2 * unions >= wholes then 'union'
            when 2 * opens >= wholes then 'open' else 'none' end as reading
        from counted
    )
    select row_number() over (order by side, indicator_id, dimension, what, t.parent) - 1 as line,
        t.*, reading
    from tried t join read using (side, indicator_id, dimension, what)
    where case reading when 'sum' then maybe_above and maybe_below when 'last' then maybe_same
        when 'union' then maybe_below and maybe_over when 'open' then maybe_above
        else false end"""

# the members of every row: union rows say parent <= sum, and each child <= parent
ROWS = """
    with members as (
        select r.line, r.side, r.parent, r.reading, e.child
        from rounded_readings r join edges e using (parent, dimension, what)
        join rounded_there t on t.id = e.child
        where r.reading <> 'last' or e.child = r.last
    )
    select line, 0 as pair, side, child as id, if(reading = 'union', -1, 1) as sign,
        reading in ('sum', 'last') as equal from members
    union all
    select line, 0, side, parent, if(reading = 'union', 1, -1), reading in ('sum', 'last')
        from rounded_readings
    union all
    select line, child + 1, side, child, 1, false from members where reading = 'union'
    union all
    select line, child + 1, side, parent, -1, false from members where reading = 'union'
    order by all"""

NUMBERS = """select b.id, e.side, e.low, e.high, e.lowest, e.highest, b.k,
        b.hidden or b.told or b.latent as asked, b.is_share, b.complement,
        b.told and b.denominator > b.numerator as is_apart
    from rounded_book b join rounded_ends e using (id) order by b.id, e.side"""

KEY = """select indicator_id, area_code, period_type, cast(period_start as varchar), breakdown,
    category from book where id = ?"""


def narrow_rounded(reader: duckdb.DuckDBPyConnection) -> list[Narrow]:
    """Return the cells of rounded measures of which too much can be told, and how wide it leaves.

    Too much is a range narrower than k, or one that begins at 1 ... k-1 ("if small, then not
    zero"), of a count or of the whole or the rest of a share; and, as width 0, a printed number
    that is no multiple of its base or a value made of other numbers than are printed. No number
    is told.

    Parameters
    ----------
    reader : the stranger's database, after `opened_book` and `find_sums`
    """
    reader.execute(DECLARED)
    if not reader.execute("select 1 from rounded_measures limit 1").fetchone():
        return []
    reader.execute(PRINTED)
    exact = [int(one[0]) for one in reader.execute(EXACT).fetchall()]
    if exact:
        return [(_key(reader, one), 0.0) for one in exact]
    for query in (THERE, ENDS, SUMS, READINGS):
        reader.execute(query)
    ids, tied = _programme(reader.execute(NUMBERS).df(), reader.execute(ROWS).df())
    found = reach(tied)
    unsafe = np.flatnonzero(found.unsafe)
    widths = pd.Series((found.high - found.low)[unsafe], index=ids[unsafe % len(ids)])
    narrowest = widths.groupby(level=0).min()
    return [(_key(reader, int(str(one))), round(float(w), 3)) for one, w in narrowest.items()]


def _programme(numbers: pd.DataFrame, rows: pd.DataFrame) -> tuple[np.ndarray, Tied]:
    """Return the cells in order, and all that ties their counts, wholes and rests."""
    ids = np.unique(numbers["id"].to_numpy(np.int64))
    size = len(ids)
    at = np.searchsorted(ids, numbers["id"]) + size * numbers["side"].eq("whole").to_numpy(int)
    low, high = np.zeros(3 * size), np.full(3 * size, np.inf)
    low[at], high[at] = numbers["low"], numbers["high"]
    lowest, highest = low.copy(), high.copy()
    lowest[at], highest[at] = numbers["lowest"], numbers["highest"]
    asked = np.zeros(3 * size, dtype=bool)
    asked[at] = numbers["asked"]
    width = np.ones(3 * size)
    width[at] = numbers["k"]
    share = numbers[(numbers["side"] == "counted") & numbers["is_share"]]
    own = np.searchsorted(ids, share["id"])
    has_rest = share["complement"].to_numpy(bool)
    rest = 2 * size + own[has_rest]
    width[rest], asked[rest] = share["k"][has_rest], share["asked"][has_rest]
    low[rest] = np.where(share["is_apart"][has_rest], share["k"][has_rest], 0.0)
    lines, equal = _lines(rows, ids, own, has_rest)
    matrix = csr_array(coo_array(lines, shape=(len(equal), 3 * size)))
    right, loose = np.zeros(len(equal)), (lowest, highest)
    return ids, Tied(matrix, right, equal, low, high, width, asked, loose)


def _lines(
    rows: pd.DataFrame, ids: np.ndarray, own: np.ndarray, has_rest: np.ndarray
) -> tuple[tuple[np.ndarray, tuple[np.ndarray, np.ndarray]], np.ndarray]:
    """Return the entries of all rows, and which are equalities.

    Of a share: whole - count - rest = 0, or count - whole <= 0 where the rest is not protected.
    """
    size = len(ids)
    line = rows.groupby(["line", "pair"], sort=True).ngroup().to_numpy(np.int64)
    number = np.searchsorted(ids, rows["id"]) + size * rows["side"].eq("whole").to_numpy(int)
    equal = np.zeros(int(line.max(initial=-1)) + 1, dtype=bool)
    equal[line] = rows["equal"].to_numpy(bool)
    share = len(equal) + np.arange(len(own))
    sign = np.concatenate(
        [
            rows["sign"].to_numpy(float),
            np.ones(len(own)),
            -np.ones(len(own)),
            np.ones(has_rest.sum()),
        ]
    )
    line = np.concatenate([line, share, share, share[has_rest]])
    number = np.concatenate([number, own, size + own, 2 * size + own[has_rest]])
    return (sign, (line, number)), np.append(equal, has_rest)


def _key(reader: duckdb.DuckDBPyConnection, number: int) -> tuple[str, ...]:
    row = reader.execute(KEY, [number]).fetchone()
    return tuple(str(part) for part in row or ())
