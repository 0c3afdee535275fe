"""Rows drawn anew where a twin shows what the real release shows.

Of every such cell one area's rows are replaced, in the cell's period and category, by those of
another draw. What a cell was is not kept: the new rows stand where the old ones stood.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pandas as pd

from pipelines.twin.alike import Key
from pipelines.twin.nested import areas_above
from pipelines.twin.plain import AREA, PERIOD, day_column
from tilannehuone.instance import Instance
from tilannehuone.periods import period_end
from tilannehuone.sources import Source

HIT = """select distinct nth from lying l join picks p on l.area = p.area
    and l.first <= p.last and l.last >= p.first
    and (p.category is null or p.category = l.category)"""


@dataclass(frozen=True, slots=True)
class Pick:
    """Rows to be drawn anew: an area's between two days, of one category of a column or of all."""

    area: str
    first: date
    last: date
    column: str | None
    category: str | None


def redrawn(
    instance: Instance,
    rows: Mapping[str, pd.DataFrame],
    other: Mapping[str, pd.DataFrame],
    same: Iterable[Key],
    draw: np.random.Generator,
) -> dict[str, pd.DataFrame]:
    """Return the rows of each source, those under the cells `same` taken from the draw `other`."""
    found = dict(rows)
    for name, picks in _picks(instance, rows, same, draw).items():
        source = instance.sources[name]
        old, new = _hit(source, rows[name], picks), _hit(source, other[name], picks)
        found[name] = pd.concat([rows[name][~old], other[name][new]], ignore_index=True)
    return found


def _picks(
    instance: Instance,
    rows: Mapping[str, pd.DataFrame],
    same: Iterable[Key],
    draw: np.random.Generator,
) -> dict[str, list[Pick]]:
    """Return what to draw anew of each source: of a cell of many areas one that it consists of."""
    source_of = {one.id: one.numerator.source for one in instance.registry.indicators}
    above = areas_above(instance.areas)
    codes = {name: sorted(frame[AREA].unique()) for name, frame in rows.items()}
    found: dict[str, list[Pick]] = defaultdict(list)
    for indicator, area, kind, start, breakdown, category in same:
        name = source_of[indicator]
        known = codes.get(name, [])
        within = [one for one in known if area == one] or [
            one for one in known if area in above.get(one, ())
        ]
        if within:
            column = breakdown if breakdown in rows[name].columns else None
            told = (start, period_end(kind, start), column, category if column else None)
            found[name].append(Pick(within[draw.integers(len(within))], *told))
    return found


def _hit(source: Source, frame: pd.DataFrame, picks: Iterable[Pick]) -> "pd.Series[bool]":
    """Return which rows of a source lie in a pick; a coarser row in every period that it covers."""
    by_column: dict[str | None, list[Pick]] = defaultdict(list)
    for pick in picks:
        by_column[pick.column].append(pick)
    first, last = _days(source, frame)
    hit = pd.Series(data=False, index=frame.index)
    for column, some in by_column.items():
        lying = pd.DataFrame(
            {"nth": frame.index, "area": frame[AREA], "first": first, "last": last}
        )
        lying["category"] = frame[column].astype("str") if column else ""
        with duckdb.connect(":memory:") as reader:
            reader.register("lying", lying)
            reader.execute("""create table picks
                (area varchar, first date, last date, category varchar)""")
            told = [(one.area, one.first, one.last, one.category) for one in some]
            reader.executemany("insert into picks values (?, ?, ?, ?)", told)
            hit.loc[[nth for (nth,) in reader.execute(HIT).fetchall()]] = True
    return hit


def _days(source: Source, frame: pd.DataFrame) -> "tuple[pd.Series, pd.Series]":
    """Return the first and last day of every row."""
    if source.shape == "events":
        days = pd.to_datetime(frame[day_column(source)])
        return days, days
    ends = frame[PERIOD].str.split("-", expand=True)
    return tuple(pd.to_datetime(ends[at], format="%d.%m.%Y") for at in (0, 1))  # type: ignore[return-value]
