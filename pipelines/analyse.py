"""Step 5 of 6: limits, signals and findings of every series, and the interval of every cell.

In:  cells     protected; its intervals are empty
Out: cells     the same rows, with lower95 and upper95 where the kind has an interval
     points    one row a known cell of a series of at least 12 known cells
     findings  one row a series

Only what is published is looked at: a cell counts when its status is `ok`, or `o` (late) with a
value kept from the last release. No limit, mean or word ever rests on a hidden value.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection

from pipelines.analysis.breaks import rebases_of, target_of
from pipelines.analysis.intervals import with_intervals
from pipelines.analysis.shown import Cells, Floats, read_cells
from tilannehuone.events import Event
from tilannehuone.finding import Finding, Series, find
from tilannehuone.periods import rolling_months
from tilannehuone.registry import Indicator, Registry
from tilannehuone.release import TABLES
from tilannehuone.stats.spc import MIN_POINTS, Panel, SpcResult, analyse_panel, result_of

LIMITS = ("centre", "lower", "upper", "near_lower", "near_upper")

# `rows` stands in the order of the cells, one row a cell
SET_INTERVALS = """
    insert into cells
    select c.indicator_id, c.area_code, c.period_type, c.period_start, c.breakdown, c.category,
        c.numerator, c.denominator, c.value, r.lower95, r.upper95, c.status
    from bare_cells c
    positional join rows r"""

ADD_POINTS = """
    insert into points
    select c.indicator_id, c.area_code, c.period_type, c.period_start, c.breakdown, c.category,
        r.centre, r.lower, r.upper, r.near_lower, r.near_upper, r.segment, r.signal, r.side, r.kind
    from cells c
    positional join rows r
    where r.is_point"""

ADD_FINDINGS = """
    insert into findings
    select indicator_id, area_code, period_type, breakdown, category, known, ladder,
        latest_period, latest_value, latest_status, variation, assurance, finding
    from rows order by indicator_id, area_code, period_type, breakdown, category"""

FINDING_COLUMNS = pa.schema(
    [
        *((name, pa.string()) for name in ("indicator_id", "area_code", "period_type")),
        *((name, pa.string()) for name in ("breakdown", "category")),
        ("known", pa.int32()),
        ("ladder", pa.string()),
        ("latest_period", pa.date32()),
        ("latest_value", pa.float64()),
        *((name, pa.string()) for name in ("latest_status", "variation", "assurance")),
    ]
)


def analyse_cells(
    working: DuckDBPyConnection, registry: Registry, events: Sequence[Event] = ()
) -> None:
    """Fill intervals, `points` and `findings` in the working database from its `cells`.

    Parameters
    ----------
    working
        Holds `cells` with the columns of a release; `points` and `findings` are made anew.
    registry
        Kinds, directions, targets, breaks and thresholds.
    events
        Those of kind break or rebase begin a new segment (`pipelines.analysis.breaks`).

    Raises
    ------
    PublishRefused
        When a series has two cells for one period.
    """
    for table in ("points", "findings"):
        working.execute(f"create or replace table {table} ({TABLES[table]})")
    indicators = {one.id: one for one in registry.indicators}
    cells = read_cells(working)
    if not cells.keys:
        return
    cells = with_intervals(cells, indicators)
    panel = analyse_panel(cells.value, cells.starts, rebase=rebases_of(cells, indicators, events))
    results, findings = [], []
    for number, key in enumerate(cells.keys):
        result, finding = _found(cells, number, panel, indicators[key[0]])
        results.append(result)
        findings.append(finding)
    working.execute("alter table cells rename to bare_cells")
    working.execute(f"create table cells ({TABLES['cells']})")
    _write(working, SET_INTERVALS, _interval_rows(cells))
    working.execute("drop table bare_cells")
    _write(working, ADD_POINTS, _point_rows(cells, panel, results))
    _write(working, ADD_FINDINGS, _finding_rows(findings))


def _found(
    cells: Cells, number: int, panel: Panel, indicator: Indicator
) -> tuple[SpcResult, Finding]:
    target = target_of(cells, number, indicator)
    result = result_of(panel, number, direction=indicator.direction, target=target)
    if _overlaps(cells.keys[number]):
        result = replace(result, variation=None, assurance=None, marks=())
    first, stop = cells.bounds(number)
    series = Series(
        *cells.keys[number],
        periods=cells.period_start[first:stop],
        values=_optional(cells.value[first:stop]),
        lowers=_optional(cells.lower[first:stop]),
        uppers=_optional(cells.upper[first:stop]),
        statuses=cells.status[first:stop],
    )
    k = indicator.protect.k_min
    return result, find(series, result, direction=indicator.direction, target=target, k=k)


def _overlaps(key: tuple[str, ...]) -> bool:
    """Return whether a series is of rolling windows.

    Neighbouring windows share months, so their runs and moving ranges mean nothing: no limits and
    no words, until a test for overlapping windows is chosen. Its quarters and years have both.
    """
    return rolling_months(key[2]) is not None


def _optional(values: Floats) -> list[float | None]:
    return [None if one != one else one for one in values.tolist()]


def _interval_rows(cells: Cells) -> pa.Table:
    return pa.table({"lower95": _nullable(cells.lower), "upper95": _nullable(cells.upper)})


def _point_rows(cells: Cells, panel: Panel, results: Sequence[SpcResult]) -> pa.Table:
    """Return a row a cell; those known, in a series long enough for limits, are points."""
    sizes = np.diff(np.append(cells.starts, len(cells.value)))
    is_known = ~np.isnan(cells.value)
    is_long = np.add.reduceat(is_known.astype(np.int64), cells.starts) >= MIN_POINTS
    is_long &= ~np.array([_overlaps(key) for key in cells.keys])
    first_segment = np.repeat(panel.segment[cells.starts], sizes)
    points = [point for result in results for point in result.points]
    return pa.table(
        {
            "is_point": is_known & np.repeat(is_long, sizes),
            **{name: _nullable(getattr(panel.limits, name)[panel.segment]) for name in LIMITS},
            "segment": panel.segment - first_segment + 1,
            "signal": pa.array([one.signal for one in points], pa.string()),
            "side": pa.array([one.side for one in points], pa.string()),
            "kind": pa.array([one.kind for one in points], pa.string()),
        }
    )


def _nullable(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))


def _finding_rows(findings: Sequence[Finding]) -> pa.Table:
    columns = {
        field.name: pa.array([getattr(one, field.name) for one in findings], field.type)
        for field in FINDING_COLUMNS
    }
    return pa.table({**columns, "finding": [one.to_json() for one in findings]})


def _write(working: DuckDBPyConnection, statement: str, rows: pa.Table) -> None:
    working.register("rows", rows)
    working.execute(statement)
    working.unregister("rows")
