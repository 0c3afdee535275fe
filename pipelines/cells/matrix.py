"""The complete matrix of a measure: every area, span and category, each with a status."""

from datetime import date

import duckdb
import pandas as pd

from pipelines.cells.base import KNOWN, RANKS
from pipelines.cells.plan import PartUse
from pipelines.naming import literal
from tilannehuone.registry import Indicator

NO_COVER = pd.DataFrame(columns=["area_code", "hole_from", "hole_to"])


def spans_with_state(
    spans: pd.DataFrame, based: pd.DataFrame, covered: tuple[date, ...], name: str
) -> pd.DataFrame:
    """Return `spans` with a column `name`: ok, x (a base period was not delivered) or o (late).

    A span is late when all that it lacks lies after the last delivered base period.
    """
    known, last = set(covered), max(covered, default=date.min)
    lacking: dict[tuple[str, date], list[date]] = {}
    for kind, start, base in based.itertuples(index=False):
        lacking.setdefault((kind, start), []).extend([] if base in known else [base])

    def state(kind: str, start: date) -> str:
        lacks = lacking.get((kind, start))
        if lacks is None:
            return "x"
        return "ok" if not lacks else "o" if min(lacks) > last else "x"

    keys = zip(spans["period_type"], spans["period_start"], strict=True)
    return spans.assign(**{name: [state(*key) for key in keys]})


def build_matrix(
    working: duckdb.DuckDBPyConnection,
    indicator: Indicator,
    spans: pd.DataFrame,
    numerator: PartUse,
    denominator: PartUse | None,
) -> None:
    """Insert the measure's cells into `unsafe_cells`.

    Reads the temp tables `part_numerator` and `part_denominator`. `spans` has period_type,
    period_start, period_end, numerator_state, denominator_state.

    A cell is z where the area did not exist or nothing happened to be measured (0 of 0), o where
    the data are late, x where they were not delivered, c, u or k as delivered, u also where the
    parts cannot be true (a part greater than its whole, a negative count), else ok.
    """
    working.register("spans", spans)
    working.register("numerator_holes", numerator.coverage.holes)
    working.register("denominator_holes", denominator.coverage.holes if denominator else NO_COVER)
    working.execute(_insert(indicator, numerator, denominator))
    for name in ("spans", "numerator_holes", "denominator_holes"):
        working.unregister(name)


def _insert(indicator: Indicator, numerator: PartUse, denominator: PartUse | None) -> str:
    levels = ", ".join(map(literal, indicator.levels))
    if denominator is None:
        join = "left join (select 1.0 as v, 3 as r) d on true"
        den_absent = "false"
    else:
        join = """left join part_denominator d using
            (period_type, period_start, area_code, breakdown, category)"""
        den_absent = "true" if denominator.source.absent_rows == "missing" else "false"
    absent = "true" if numerator.source.absent_rows == "missing" else "false"
    if numerator.part.aggregate == "median":
        absent = "false"
    values = _values(indicator)
    return f"""
        insert into unsafe_cells
        with areas as (
            select area_code, valid_from, valid_to from area_paths
            where area_code = ancestor_code and ancestor_type in ({levels})
        ),
        categories as (
            select 'all' as breakdown, 'all' as category
            union select breakdown, category from part_numerator where breakdown <> 'all'
        ),
        grid as (
            select a.area_code, s.*, c.*
            from (select distinct area_code from areas) a cross join spans s cross join categories c
        ),
        placed as (
            select g.*,
                exists (from areas a where a.area_code = g.area_code
                    and a.valid_from <= g.period_start and a.valid_to >= g.period_end) as is_valid,
                exists (from numerator_holes h where h.area_code = g.area_code
                    and h.hole_from <= g.period_end and h.hole_to >= g.period_start) as in_hole,
                exists (from denominator_holes h where h.area_code = g.area_code
                    and h.hole_from <= g.period_end and h.hole_to >= g.period_start) as den_hole
            from grid g
        ),
        parts as (
            select p.*, n.n, coalesce(n.v, 0) as num, coalesce(d.v, 0) as den,
                coalesce(n.r, case when {absent} then {RANKS["x"]} else {KNOWN} end) as num_rank,
                coalesce(d.r, case when {den_absent} then {RANKS["x"]} else {KNOWN} end) as den_rank
            from placed p
            left join part_numerator n using
                (period_type, period_start, area_code, breakdown, category)
            {join}
        ),
        judged as (
            select *, case
                when not is_valid then 'z'
                when numerator_state = 'o' or denominator_state = 'o' then 'o'
                when in_hole or den_hole or numerator_state = 'x' or denominator_state = 'x'
                    then 'x'
                {_rank_cases()}
                when {values["nothing"]} then 'z'
                when {values["impossible"]} then 'u'
                else 'ok' end as status
            from parts
        )
        select {literal(indicator.id)}, area_code, period_type, period_start, breakdown, category,
            case when status = 'ok' then {values["numerator"]} end,
            case when status = 'ok' then {values["denominator"]} end,
            case when status = 'ok' then {values["value"]} end,
            status
        from judged
    """


def _rank_cases() -> str:
    """Return the statuses that were delivered, the gravest of the two parts first.

    What does not apply needs no denominator, so there nothing of that matters.
    """
    gravest = sorted(RANKS.items(), key=lambda pair: -pair[1])
    cases = [f"when num_rank = {RANKS['z']} then 'z'"]
    cases += [
        f"when num_rank = {rank} or den_rank = {rank} then '{status}'"
        for status, rank in gravest
        if rank > KNOWN
    ]
    cases += [f"when num_rank = {rank} then '{status}'" for status, rank in gravest if rank < KNOWN]
    return " ".join(cases)


def _values(indicator: Indicator) -> dict[str, str]:
    """Return the SQL of the parts and the value by kind, and of a cell that can have none."""
    values = {
        "numerator": "num",
        "denominator": "den",
        "value": f"{indicator.scale} * num / nullif(den, 0)",
        "nothing": "den = 0",
        "impossible": "num < 0 or den < 0",
    }
    if indicator.kind == "median":
        values |= {"numerator": "null", "denominator": "n", "value": f"{indicator.scale} * num"}
        values |= {"nothing": "coalesce(n, 0) = 0", "impossible": "false"}
    elif indicator.kind == "count":
        values |= {"denominator": "null", "value": f"{indicator.scale} * num", "nothing": "false"}
    elif indicator.kind == "proportion":
        values["impossible"] = "num < 0 or num > den"
    elif indicator.kind == "mean":
        values["impossible"] = "den < 0"
    return values
