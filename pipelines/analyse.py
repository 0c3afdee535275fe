"""Step 5 of 6: limits, signals and findings of every series, and the interval of every cell.

In:  cells     protected; its intervals are empty
Out: cells        the same rows, with lower95 and upper95 where the kind has an interval
     points       one row a known cell of a series of at least 12 known cells
     findings     one row a series
     forecasts    one row an undivided series of the published period, and a period ahead
     comparisons  one row an area among those of its type, by year
     standardised one row an area and period, of measures that declare a standard population

Only what is published is looked at: a cell counts when its status is `ok`, or `o` (late) with a
value kept from the last release. No limit, mean or word ever rests on a hidden value.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from pipelines.analysis.breaks import rebases_of, target_of
from pipelines.analysis.comparisons import add_comparisons
from pipelines.analysis.evidence import evidence_of
from pipelines.analysis.forecasts import Progress, add_forecasts
from pipelines.analysis.intervals import with_intervals
from pipelines.analysis.rows import write_findings, write_intervals, write_points
from pipelines.analysis.seasons import season_factors
from pipelines.analysis.shown import Cells, Floats, read_cells
from pipelines.analysis.standardised import add_standardised
from pipelines.protect import rule_of
from pipelines.quality.results import Recorder, create_tables
from tilannehuone.declared import Names
from tilannehuone.errors import Fault
from tilannehuone.events import Event
from tilannehuone.finding import Evidence, Finding, Series, find
from tilannehuone.registry import Indicator, Registry
from tilannehuone.release import TABLES
from tilannehuone.stats.spc import Panel, SpcResult, analyse_panel, result_of
from tilannehuone.texts import LANGUAGES, text

MADE_HERE = ("points", "findings", "forecasts", "comparisons", "standardised")


def analyse_cells(
    working: DuckDBPyConnection,
    registry: Registry,
    events: Sequence[Event] = (),
    *,
    area_types: Mapping[str, str] | None = None,
    previous: Path | None = None,
    progress: Progress | None = None,
) -> None:
    """Fill intervals, points, findings, forecasts and comparisons from the working `cells`.

    Parameters
    ----------
    working
        Holds `cells` with the columns of a release; the other tables are made anew.
    registry
        Kinds, directions, targets, breaks, seasons and thresholds.
    events
        Those of kind break or rebase begin a new segment (`pipelines.analysis.breaks`).
    area_types
        The type of each area; areas without one are compared with none.
    previous
        The release whose forecasts are kept beside the new ones.
    progress
        Called with how many measures are forecast and how many there are.

    Raises
    ------
    PublishRefused
        When a series has two cells for one period.
    """
    for table in MADE_HERE:
        working.execute(f"create or replace table {table} ({TABLES[table]})")
    indicators = {one.id: one for one in registry.indicators}
    cells = read_cells(working)
    if not cells.keys:
        return
    cells = with_intervals(cells, indicators)
    factors = season_factors(cells, indicators)
    rebases = rebases_of(cells, indicators, events)
    panel = analyse_panel(cells.value / factors, cells.starts, rebase=rebases)
    measures = [indicators[key[0]] for key in cells.keys]
    results = [_result(cells, number, panel, one) for number, one in enumerate(measures)]
    evidence = evidence_of(cells, panel, results, indicators)
    findings = [
        _finding(cells, number, results[number], one, evidence[number])
        for number, one in enumerate(measures)
    ]
    write_intervals(working, cells)
    write_points(working, cells, panel, factors, results, findings)
    write_findings(working, findings)
    for fault in add_standardised(working, cells, indicators):
        _note(working, fault, indicators[str(fault.values["indicator"])])
    add_comparisons(working, cells, indicators, area_types or {})
    add_forecasts(working, cells, panel, indicators, previous, progress)


def _note(working: DuckDBPyConnection, fault: Fault, indicator: Indicator) -> None:
    """Write a declaration that cannot be followed among the checks of its source."""
    create_tables(working)
    said = Names(**{lang: text(f"faults.{fault.key}", lang, **fault.values) for lang in LANGUAGES})
    Recorder(working, indicator.numerator.source).record(fault.key, "warning", False, said)


def _result(cells: Cells, number: int, panel: Panel, indicator: Indicator) -> SpcResult:
    target = target_of(cells, number, indicator)
    return result_of(panel, number, direction=indicator.direction, target=target)


def _finding(
    cells: Cells, number: int, result: SpcResult, indicator: Indicator, evidence: Evidence
) -> Finding:
    first, stop = cells.bounds(number)
    series = Series(
        *cells.keys[number],
        periods=cells.period_start[first:stop],
        values=_optional(cells.value[first:stop]),
        lowers=_optional(cells.lower[first:stop]),
        uppers=_optional(cells.upper[first:stop]),
        statuses=cells.status[first:stop],
    )
    return find(
        series,
        result,
        direction=indicator.direction,
        target=target_of(cells, number, indicator),
        k=rule_of(indicator).width,
        evidence=evidence,
    )


def _optional(values: Floats) -> list[float | None]:
    return [None if one != one else one for one in values.tolist()]
