"""What was found, as rows of the release's tables."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection

from pipelines.analysis.shown import Cells, Floats
from tilannehuone.finding import Finding
from tilannehuone.release import TABLES
from tilannehuone.stats.spc import MIN_POINTS, Panel, SpcResult

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


def write_intervals(working: DuckDBPyConnection, cells: Cells) -> None:
    """Write the cells anew with their intervals."""
    working.execute("alter table cells rename to bare_cells")
    working.execute(f"create table cells ({TABLES['cells']})")
    rows = {"lower95": _nullable(cells.lower), "upper95": _nullable(cells.upper)}
    _write(working, SET_INTERVALS, pa.table(rows))
    working.execute("drop table bare_cells")


def write_points(
    working: DuckDBPyConnection,
    cells: Cells,
    panel: Panel,
    factors: Floats,
    results: Sequence[SpcResult],
    findings: Sequence[Finding],
) -> None:
    """Fill `points`: a row a known cell of a series whose words rest on limits, or soon will.

    Limits are multiplied by the season's `factors` again, as they are drawn.
    """
    sizes = np.diff(np.append(cells.starts, len(cells.value)))
    is_known = ~np.isnan(panel.values)
    is_long = np.add.reduceat(is_known.astype(np.int64), cells.starts) >= MIN_POINTS
    is_long &= np.array([one.evidence.obstacle is None for one in findings])
    first_segment = np.repeat(panel.segment[cells.starts], sizes)
    points = [point for result in results for point in result.points]
    limits = {
        name: _nullable(getattr(panel.limits, name)[panel.segment] * factors) for name in LIMITS
    }
    table = pa.table(
        {
            "is_point": is_known & np.repeat(is_long, sizes),
            **limits,
            "segment": panel.segment - first_segment + 1,
            "signal": pa.array([one.signal for one in points], pa.string()),
            "side": pa.array([one.side for one in points], pa.string()),
            "kind": pa.array([one.kind for one in points], pa.string()),
        }
    )
    _write(working, ADD_POINTS, table)


def write_findings(working: DuckDBPyConnection, findings: Sequence[Finding]) -> None:
    """Fill `findings`: a row a series."""
    columns = {
        field.name: pa.array([getattr(one, field.name) for one in findings], field.type)
        for field in FINDING_COLUMNS
    }
    told = [one.to_json() for one in findings]
    _write(working, ADD_FINDINGS, pa.table({**columns, "finding": told}))


def _nullable(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))


def _write(working: DuckDBPyConnection, statement: str, rows: pa.Table) -> None:
    working.register("rows", rows)
    working.execute(statement)
    working.unregister("rows")
