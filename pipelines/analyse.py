"""Step 5 of 6: limits, signals and findings of every series, and the interval of every cell.

In:  cells     protected; an interval is NULL
Out: cells     the same rows with lower95 and upper95 where the kind has an interval
     points    one row a known cell of a series of at least 12 known points
     findings  one row a series

Only what is published is looked at: a cell counts when its status is `ok`, or `o` (late) with a
value kept from the last release. Nothing here reads `unsafe_cells`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from tilannehuone.errors import Fault, PublishRefused
from tilannehuone.events import Event
from tilannehuone.finding import Finding, Series, find
from tilannehuone.periods import period_end
from tilannehuone.registry import Indicator, Registry
from tilannehuone.release import SERIES_KEYS, TABLES
from tilannehuone.stats.intervals import Interval, proportion, rate
from tilannehuone.stats.spc import MIN_POINTS, SpcResult, analyse_panel, result_of

Floats = NDArray[np.float64]

LATE = "o"
SEGMENT_STARTS = ("break", "rebase")
"""Kinds of events after which a series is not comparable with what was before."""

ADDING_KINDS = ("count", "rate", "distinct_rate")
"""Kinds whose value grows with the period, so that a target is of one period type only."""

LIMITS = ("centre", "lower", "upper", "near_lower", "near_upper")

# one row a series, numbered from 0 in the order of the cells below
SERIES = """
    select indicator_id, area_code, period_type, breakdown, category, count(*) as cell_count
    from cells group by all order by all"""

# one row a cell, the series in the order above, oldest first
CELLS = """
    select rowid as row_id, period_start, numerator, denominator, value, lower95, upper95, status
    from cells
    order by indicator_id, area_code, period_type, breakdown, category, period_start"""

SET_INTERVALS = """
    update cells set lower95 = intervals.lower95, upper95 = intervals.upper95
    from intervals where cells.rowid = intervals.row_id"""

ADD_POINTS = """
    insert into points
    select c.indicator_id, c.area_code, c.period_type, c.period_start, c.breakdown, c.category,
        n.centre, n.lower, n.upper, n.near_lower, n.near_upper, n.segment, n.signal, n.side, n.kind
    from new_points n join cells c on c.rowid = n.row_id
    order by c.indicator_id, c.area_code, c.period_type, c.breakdown, c.category, c.period_start"""

ADD_FINDINGS = "insert into findings select * from new_findings order by all"


@dataclass(frozen=True)
class Cells:
    """All cells as arrays, series after series; `starts` holds where each begins.

    `value` is NaN where nothing is known.
    """

    keys: list[tuple[str, ...]]
    starts: NDArray[np.int64]
    row_id: NDArray[np.int64]
    period_start: list[date]
    numerator: Floats
    denominator: Floats
    value: Floats
    lower: Floats
    upper: Floats
    status: list[str]

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the first cell of a series and the one after its last."""
        after = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.value)
        return int(self.starts[number]), int(after)


def analyse_cells(
    working: DuckDBPyConnection, registry: Registry, events: Sequence[Event] = ()
) -> None:
    """Fill intervals, `points` and `findings` in the working database from its `cells`.

    Raises
    ------
    PublishRefused
        When a series has two cells for one period: every limit of it would be wrong.
    """
    indicators = {one.id: one for one in registry.indicators}
    cells = _with_intervals(read_cells(working), indicators)
    for table in ("points", "findings"):
        working.execute(f"create or replace table {table} ({TABLES[table]})")
    if not cells.keys:
        return
    _write(working, SET_INTERVALS, "intervals", _interval_table(cells))

    rebases = [position for one in rebases_of(cells, indicators, events) for position in one]
    panel = analyse_panel(cells.value, cells.starts, rebase=rebases)
    points, findings = _Points(cells), []
    for number, key in enumerate(cells.keys):
        indicator = indicators[key[0]]
        target = target_of(indicator, cells, number)
        result = result_of(panel, number, direction=indicator.direction, target=target)
        points.add(number, result)
        findings.append(_finding(cells, number, result, indicator, target))
    _write(working, ADD_POINTS, "new_points", points.table())
    _write(working, ADD_FINDINGS, "new_findings", _finding_table(findings))


def read_cells(working: DuckDBPyConnection) -> Cells:
    """Return all published cells; what is not shown is NaN from here on."""
    with working.cursor() as cursor:
        series = cursor.execute(SERIES).fetchall()
    with working.cursor() as cursor:
        found = cursor.execute(CELLS).to_arrow_table()
    columns = {name: found.column(name) for name in found.column_names}
    status = columns["status"].to_pylist()
    numbers = {
        name: columns[name].cast(pa.float64()).to_numpy()
        for name in ("numerator", "denominator", "value", "lower95", "upper95")
    }
    counts = np.array([one[-1] for one in series], dtype=np.int64)
    is_shown = np.array([one in ("ok", LATE) for one in status], dtype=bool)
    cells = Cells(
        keys=[tuple(one[:-1]) for one in series],
        starts=np.cumsum(counts) - counts,
        row_id=columns["row_id"].to_numpy(),
        period_start=columns["period_start"].to_pylist(),
        numerator=np.where(is_shown, numbers["numerator"], np.nan),
        denominator=np.where(is_shown, numbers["denominator"], np.nan),
        value=np.where(is_shown, numbers["value"], np.nan),
        lower=np.where(is_shown, numbers["lower95"], np.nan),
        upper=np.where(is_shown, numbers["upper95"], np.nan),
        status=status,
    )
    _refuse_doubles(cells)
    return cells


def _refuse_doubles(cells: Cells) -> None:
    days = np.array(cells.period_start, dtype="datetime64[D]")
    is_same = days[1:] == days[:-1]
    is_same[cells.starts[1:] - 1] = False
    if is_same.any():
        number = int(np.searchsorted(cells.starts, np.flatnonzero(is_same)[0], "right")) - 1
        raise PublishRefused(Fault("cells_twice", {"series": " / ".join(cells.keys[number])}))


def _with_intervals(cells: Cells, indicators: Mapping[str, Indicator]) -> Cells:
    """Return the cells with the 95 % interval of every value whose kind and parts give one.

    A proportion and a share of persons get Wilson's interval; counts and rates the exact Poisson
    one below 10 and Byar's from 10. A mean or a median has none: their spread is not in its parts.
    """
    lower, upper = cells.lower.copy(), cells.upper.copy()
    for indicator, chosen in _cells_by_indicator(cells, indicators):
        x, n = cells.numerator[chosen], cells.denominator[chosen]
        if indicator.kind == "count":
            x, n = cells.value[chosen], np.ones(len(x))
        fits = ~np.isnan(cells.value[chosen]) & (x >= 0) & (n > 0)
        is_share = indicator.kind == "proportion" or (
            indicator.kind == "distinct_rate" and bool((x[fits] <= n[fits]).all())
        )
        if is_share:
            fits &= x <= n
        found = _interval(indicator, x[fits], n[fits], is_share=is_share)
        if found is not None:
            places = np.arange(chosen.start, chosen.stop)[fits]
            lower[places], upper[places] = found.lower, found.upper
    return Cells(**{**cells.__dict__, "lower": lower, "upper": upper})
