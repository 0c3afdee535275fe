"""Sums at the finest grain: one scan of a source for all the parts that share its days.

A value column `p<i>` and, for aggregate sources, a rank column `r<i>` for each part. The rank says
what a sum of such rows may be called; the greatest rank among the rows wins.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from pipelines.cells.plan import Base
from pipelines.engines.engine import Engine, Folded, ScanFailed, value_of
from pipelines.naming import quoted, raw_table
from tilannehuone.sources import Source

RANKS = {"c": 6, "x": 5, "u": 4, "k": 2, "z": 1}
KNOWN = 3
"""A number. A sum with a hidden or missing row is neither; zeroes by rounding and cells that do
not apply add nothing to a known number."""


EXACT = "decimal(38, 9)"
"""Sums of events until all areas and periods are added: the same in whatever order."""


def build_base(engine: Engine, base: Base) -> None:
    """Create the base's table: one row for each area, base period and combination of categories.

    A part whose predicate fails on some row is left out, and no other for its sake; a measure
    that reads it then fails on a column that is not there.
    """
    every = range(len(base.parts))
    try:
        _scan(engine, base, every)
    except ScanFailed:
        sound = [n for n in every if _is_computable(engine, base, n)]
        _scan(engine, base, sound)


def _is_computable(engine: Engine, base: Base, part: int) -> bool:
    try:
        _scan(engine, base, [part])
    except ScanFailed:
        return False
    return True


def _scan(engine: Engine, base: Base, parts: Sequence[int]) -> None:
    if base.day is None:
        engine.scan(base.table, _aggregate_select(base, parts), base.source_name)
        return
    select = _event_select(base, parts)
    folded = Folded(select, {f"p{n}": f"cast(sum(p{n}) as {EXACT})" for n in parts})
    engine.scan(base.table, select, base.source_name, folded)


def _event_select(base: Base, parts: Sequence[int]) -> str:
    columns = [
        "area_code",
        f"'{base.grain}' as base_type",
        f"cast(date_trunc('{base.grain}', {base.day}) as date) as base_start",
        *map(_category, base.categories),
    ]
    for n in parts:
        aggregate, column, where = base.parts[n]
        value = "count(*)" if aggregate == "count" else f"sum({_exact(column or '', base.source)})"
        only = "" if where == "true" else f" filter (where {where})"
        columns.append(f"cast({value}{only} as {EXACT}) as p{n}")
    groups = ", ".join(map(str, range(1, 4 + len(base.categories))))
    return (
        f"select {', '.join(columns)} from {raw_table(base.source_name)} "
        f"where {base.day} is not null group by {groups}"
    )


def _exact(column: str, source: Source) -> str:
    """Return a column whose sum is the same in whatever order its rows are added."""
    declared = source.columns.get(column)
    if declared is not None and declared.type == "integer":
        return quoted(column)
    return f"cast({quoted(column)} as {EXACT})"


def _aggregate_select(base: Base, parts: Sequence[int]) -> str:
    columns = [
        "area_code",
        "period_type as base_type",
        "period_start as base_start",
        *map(_category, base.categories),
    ]
    for n in parts:
        _, column, where = base.parts[n]
        value = quoted(column or "")
        columns.append(f"cast(sum({value}) filter (where {where}) as double) as p{n}")
        columns.append(f"max({_rank(column or '', base.source)}) filter (where {where}) as r{n}")
    return f"select {', '.join(columns)} from {raw_table(base.source_name)} group by all"


def _category(column: str) -> str:
    return f"{value_of(quoted(column))} as {quoted(column)}"


def _rank(column: str, source: Source) -> str:
    """Return the SQL of a row's rank; a derived value that is none takes it from its columns."""
    marks = [_mark_rank(one) for one in _delivered_columns(column, source)]
    gravest = f"greatest({', '.join(marks)})" if marks else "null"
    return (
        f"case when {quoted(column)} is not null then {KNOWN} "
        f"else coalesce({gravest}, {RANKS['x']}) end"
    )


def _mark_rank(column: str) -> str:
    cases = " ".join(f"when '{status}' then {rank}" for status, rank in RANKS.items())
    return f"case {quoted(f'{column}__status')} {cases} end"


def _delivered_columns(column: str, source: Source) -> list[str]:
    """Return the delivered number columns that a column is, or is derived from."""
    sql = source.derived.get(column)
    if sql is None:
        return [column]
    earlier = takewhile(lambda one: one != column, source.derived)
    named = [one for one in (*source.columns, *earlier) if re.search(rf"\b{one}\b", sql, re.I)]
    found = [deep for one in named for deep in _delivered_columns(one, source)]
    return [one for one in found if source.columns[one].type in ("integer", "decimal")]
