"""The SELECT that makes `typed` of `staged`, put together from the readings of its columns."""

from dataclasses import dataclass, field

from pipelines.extracts.casts import Reading
from pipelines.extracts.sql import literals, trimmed
from pipelines.extracts.staged import Staged, column
from pipelines.naming import quoted
from tilannehuone.sources import Source


@dataclass(slots=True)
class Parts:
    """The readings gathered so far, and what their SQL needs beside the staged row `s`."""

    readings: list[Reading] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)  # column -> SQL of its delivered text
    joins: list[str] = field(default_factory=list)


def select_columns(
    parts: Parts, staged: Staged, source: Source, base: str, note: int | None
) -> str:
    """Return SQL of the declared columns with their statuses, and of what ails each row.

    Parameters
    ----------
    base
        The relation of the staged rows.
    note
        The first row that stands below the table; None when there is none.
    """
    chosen = ["s._row", f"{staged.line} as line"]
    for one in parts.readings:
        chosen.append(f"{one.value} as {quoted(one.name)}")
        if one.status is not None:
            chosen.append(f"{one.status} as {quoted(one.name + '__status')}")
    faults = [(at, one) for at, one in enumerate(parts.readings) if one.bad is not None]
    cases = "".join(f" when {one.bad} then {at}" for at, one in faults)
    chosen.append(f"case{cases} end as _fault" if cases else "null::integer as _fault")
    shown = "".join(f" when {one.bad} then {one.delivered or 'null'}" for _, one in faults)
    chosen.append(f"case{shown} end as _shown" if shown else "null::varchar as _shown")
    chosen.append(f"{_empty(staged, note)} as _empty")
    for at, total in enumerate(source.total_rows):
        cell = parts.cells.get(total.column, "null")
        chosen.append(f"{_is_total(cell, total.equals)} as _total_{at}")
    return f"select {', '.join(chosen)} from {base} s {' '.join(parts.joins)}"  # noqa: S608


def _empty(staged: Staged, note: int | None) -> str:
    """Return SQL of whether a row has nothing in it, or stands below the table.

    One look at the first cell settles most rows; trimming all cells of all rows would not be free.
    """
    groups = staged.layout.groups
    kept = [column(at) for at in range(len(staged.kinds)) if at not in groups]
    kept += ["_value"] if groups else []
    blank = " and ".join(f"{trimmed(f's.{one}::varchar')} is null" for one in kept) or "false"
    first = next((at for at in range(len(staged.kinds)) if at not in groups), None)
    filled = "false"
    if first is not None:
        cell = f"s.{column(first)}"
        filled = f"{cell} >= '!'" if staged.kinds[first] == "text" else f"{cell} is not null"
    below = "false" if note is None else f"s._row >= {note}"
    return f"({below} or case when {filled} then false else {blank} end)"


def _is_total(cell: str, equals: tuple[str, ...]) -> str:
    folded = literals([" ".join(one.lower().split()) for one in equals])
    spaced = f"lower(regexp_replace({trimmed(f'{cell}::varchar')}, '\\s+', ' ', 'g'))"
    return f"coalesce({spaced} in ({folded}), false)"


def add_derived(inner: str, source: Source) -> str:
    """Return SQL that adds the derived columns to `inner`, and what kind of row each is."""
    derived = "".join(f", {sql} as {quoted(name)}" for name, sql in source.derived.items())
    with_derived = f"select *{derived} from ({inner})"  # noqa: S608
    kept = f"({source.where})" if source.where is not None else "true"
    totals = [
        f"_total_{at} or {_is_total(quoted(one.column), one.equals)}"
        for at, one in enumerate(source.total_rows)
    ]
    numbered = "".join(f", {sql} as _is_total_{at}" for at, sql in enumerate(totals))
    total = " or ".join(totals) or "false"
    return f"select *, {kept} as _in, {total} as _total{numbered} from ({with_derived})"  # noqa: S608
