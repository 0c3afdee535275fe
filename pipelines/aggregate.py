"""Step 3 of 6: exact cells from typed rows.

In:  raw_<source>   the rows that passed their contract
Out: unsafe_cells   indicator x area at every level x period x breakdown, complete, with a status
     indicator_state  which measures could be computed; one's failure stops no other

Exact small counts exist from here until `protect`, in the working database only.
"""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from pipelines.cells.base import build_base
from pipelines.cells.coverage import coverage_of
from pipelines.cells.matrix import build_matrix, spans_with_state
from pipelines.cells.medians import median_part
from pipelines.cells.persons import person_part
from pipelines.cells.plan import Base, PartUse, base_key, planned_bases
from pipelines.cells.spans import base_of_spans, carried, delivered_spans, published_spans
from pipelines.cells.sums import summed_part
from pipelines.engines.engine import Engine, ScanFailed
from pipelines.engines.local import Local
from pipelines.naming import raw_table
from tilannehuone.areas import paths
from tilannehuone.errors import Fault, PublishRefused, TilannehuoneError
from tilannehuone.hindered import insist
from tilannehuone.instance import Instance
from tilannehuone.registry import Indicator

CELLS = """create or replace table unsafe_cells (indicator_id varchar, area_code varchar,
    period_type varchar, period_start date, breakdown varchar, category varchar,
    numerator double, denominator double, value double, status varchar)"""


@dataclass(frozen=True)
class Failed:
    """A measure that could not be computed, and why."""

    indicator_id: str
    fault: Fault


def aggregate(
    working: duckdb.DuckDBPyConnection,
    instance: Instance,
    as_of: date,
    engine: Engine | None = None,
) -> list[Failed]:
    """Fill `unsafe_cells` and return the measures that failed.

    Periods count as closed when they ended before `as_of`. A measure whose source failed its
    contract, whose predicate fails on a row, or whose data cannot give the periods it declares is
    left out here and keeps its last published cells (`publish`). Rows are scanned by `engine`, on
    this machine when None.
    """
    engine = engine or Local(working)
    working.execute(CELLS)
    working.register("paths_frame", paths(instance.areas))
    working.execute("create or replace table area_paths as from paths_frame")
    working.unregister("paths_frame")
    stopped = stopped_sources(working)
    failed: list[Failed] = []
    uses: dict[str, list[PartUse]] = {}
    for indicator in instance.registry.indicators:
        try:
            uses[indicator.id] = _uses(working, engine, indicator, instance, stopped, as_of)
        except TilannehuoneError as error:
            failed.append(Failed(indicator.id, error.faults[0]))
    bases = planned_bases(use for parts in uses.values() for use in parts)
    built: set[str] = set()
    for indicator in instance.registry.indicators:
        if indicator.id not in uses:
            continue
        try:
            _build_missing(engine, uses[indicator.id], bases, built)
            _cells(working, engine, indicator, uses[indicator.id], bases, as_of)
        except PublishRefused:
            raise  # the cluster is gone: no measure is to blame
        except TilannehuoneError as error:
            failed.append(Failed(indicator.id, error.faults[0]))
        except (duckdb.Error, ScanFailed) as error:
            insist(error)
            # the message may quote a cell; only its kind is told
            values = {"indicator": indicator.id, "problem": type(error.__cause__ or error).__name__}
            failed.append(Failed(indicator.id, Fault("indicator_failed", values)))
    return failed


def stopped_sources(working: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the sources that may not be used: a delivery or a critical check failed."""
    rows = working.cursor().execute("select source from source_state where not ok").fetchall()
    return {row[0] for row in rows}


def _uses(
    working: duckdb.DuckDBPyConnection,
    engine: Engine,
    indicator: Indicator,
    instance: Instance,
    stopped: set[str],
    as_of: date,
) -> list[PartUse]:
    found = []
    for role, part in (("numerator", indicator.numerator), ("denominator", indicator.denominator)):
        if part is None:
            continue
        if part.source in stopped:
            raise TilannehuoneError(Fault("source_stopped", {"source": part.source}))
        source = instance.sources[part.source]
        _refuse_double_areas(working, part.source, instance)
        covered = coverage_of(working, engine, part, source, indicator, instance.areas, as_of)
        found.append(PartUse(indicator, role, part, source, covered))
    return found


def _refuse_double_areas(working: duckdb.DuckDBPyConnection, name: str, instance: Instance) -> None:
    """Refuse aggregate rows of both an area and its ancestor, which would count twice."""
    source = instance.sources[name]
    if source.shape == "events" or not source.area.roll_up:
        return
    pair = working.cursor().execute(f"""
        with named as (select distinct area_code from {raw_table(name)})
        select p.area_code, p.ancestor_code from area_paths p
        semi join named n on n.area_code = p.area_code
        semi join named m on m.area_code = p.ancestor_code
        where p.area_code <> p.ancestor_code order by all limit 1
    """)
    found = pair.fetchone()
    if found is not None:
        values = {"source": name, "child": found[0], "parent": found[1]}
        raise TilannehuoneError(Fault("parent_and_child", values))


def _build_missing(
    engine: Engine,
    uses: list[PartUse],
    bases: dict[tuple[str, str, str | None], Base],
    built: set[str],
) -> None:
    for use in uses:
        if use.is_summed and bases[base_key(use)].table not in built:
            build_base(engine, bases[base_key(use)])
            built.add(bases[base_key(use)].table)


def _cells(
    working: duckdb.DuckDBPyConnection,
    engine: Engine,
    indicator: Indicator,
    uses: list[PartUse],
    bases: dict[tuple[str, str, str | None], Base],
    as_of: date,
) -> None:
    numerator = uses[0]
    denominator = uses[1] if len(uses) > 1 else None
    window = numerator.coverage.expected(indicator, as_of)
    if window is None:
        raise TilannehuoneError(Fault("no_rows", {"source": numerator.part.source}))
    spans = published_spans(indicator, *window)
    spans = spans.assign(denominator_state="ok")
    for use in uses:
        based = _based(use, spans)
        spans = spans_with_state(spans, based, _covered(use, based), f"{use.role}_state")
        table = f"part_{use.role}"
        if use.is_summed:
            summed_part(working, use, bases[base_key(use)], based, table)
        elif use.part.aggregate == "median":
            median_part(working, engine, use, based, table)
        else:
            person_part(working, engine, use, table)
    build_matrix(working, indicator, spans, numerator, denominator)


def _covered(use: PartUse, based: pd.DataFrame) -> tuple[date, ...]:
    """Return the delivered base periods; of ready cells, each says for itself until the last."""
    if not use.is_delivered or not use.coverage.covered:
        return use.coverage.covered
    return tuple(one for one in based["base_start"] if one <= use.coverage.covered[-1])


def _based(use: PartUse, spans: pd.DataFrame) -> pd.DataFrame:
    """Return the base periods of each span for one part, as its data are made."""
    named = spans[["period_type", "period_start", "period_end"]]
    if use.is_delivered:
        return delivered_spans(named)
    is_stock = use.source.time == "stock"
    anchor = use.indicator.half_year_anchor
    based = base_of_spans(named, use.coverage.grain, anchor, last_only=is_stock)
    if set(based["period_type"]) != set(named["period_type"]):
        values = {"indicator": use.indicator.id, "period": use.indicator.period}
        values |= {"source": use.part.source, "given": use.coverage.grain}
        raise TilannehuoneError(Fault("period_too_fine", values))
    if is_stock and use.coverage.grain == "year" and use.role == "denominator":
        return carried(based, use.coverage.covered, use.part.carry_years)
    return based
