"""Step 4 of 6: hide what could point at a person, and what would give it away.

In:  unsafe_cells  one row an indicator, area, period and category, with exact parts
Out: cells         the same rows; a hidden one keeps its keys, has status c and no number
     plan          one row a series and year: whether its curve is offered

The release holds `cells` only, so nothing downstream can undo this. The step fails closed: what it
does not understand, or cannot prove, is not published.
"""

from typing import Any

import duckdb
import numpy as np
import pandas as pd

from pipelines.covering import Progress, covered_together, tasks_of
from tilannehuone.disclosure import Earlier, Guarded, Rule
from tilannehuone.disclosure.protect import METHOD, VERSION
from tilannehuone.disclosure.rules import PARTS_OF
from tilannehuone.disclosure.series import TAU
from tilannehuone.errors import Fault, PublishRefused
from tilannehuone.registry import Indicator, Registry
from tilannehuone.release import CELL_KEYS, TABLES
from tilannehuone.same_counts import same_counts

STATUSES = {"ok", "c", "x", "z", "k", "u", "o"}
EMPTY_TELLS = ("proportion", "mean", "median")
"""Kinds in which "nothing to measure" is itself a count of zero people."""


def protect_cells(
    working: duckdb.DuckDBPyConnection,
    registry: Registry,
    areas: pd.DataFrame,
    earlier: Earlier | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Fill `cells` and `plan` from `unsafe_cells`; return the protection report of the release.

    `earlier` is what readers have seen in older releases.

    Raises
    ------
    PublishRefused
        When a cell has no rule, an unknown status, or lacks a number that its kind needs.
    """
    keys = ", ".join(CELL_KEYS)
    unsafe = working.cursor().execute(f"from unsafe_cells order by {keys}").df()  # noqa: S608
    rules = rules_of(registry)
    _refuse_unknown(unsafe, rules)
    counted = empty_as_zero(unsafe, rules, areas)
    tasks = tasks_of(counted, registry, rules, areas, earlier or Earlier())
    guarded = covered_together(tasks, list(same_counts(registry)), progress)
    cells = pd.concat([unsafe.iloc[:0], *(one.cells for one in guarded)])
    cells = _empty_again(cells.sort_index(), unsafe)
    _write(working, cells)
    _write_plan(working, [one.plan for one in guarded])
    return report(cells, guarded, rules)


def _empty_again(cells: pd.DataFrame, unsafe: pd.DataFrame) -> pd.DataFrame:
    """Return the cells with "0 of 0" as not applicable again, where it may be shown."""
    shown = (unsafe["status"] == "z") & (cells["status"] != "c")
    return cells.assign(
        status=cells["status"].mask(shown, "z"),
        **{part: cells[part].mask(shown) for part in ("numerator", "denominator")},
    )


def rules_of(registry: Registry) -> dict[str, Rule]:
    """Return the rule of every measure."""
    return {one.id: rule_of(one) for one in registry.indicators}


def rule_of(indicator: Indicator) -> Rule:
    """Return the rule of one measure."""
    one = indicator.protect
    return Rule(
        k=one.k_min,
        complement=one.complement,
        denominator_min=one.denominator_min,
        show_zero=one.show_zero,
        n_min=one.n_min,
        kind=indicator.kind,
        method=one.method,
        base=one.rounding_base,
    )


def report(cells: pd.DataFrame, guarded: list[Guarded], rules: dict[str, Rule]) -> dict[str, Any]:
    """Return what the release says of its protection: totals, never of a single group."""
    total: dict[str, int] = {}
    for one in guarded:
        for name, count in one.counts.items():
            total[name] = total.get(name, 0) + count
    hidden = int((cells["status"] == "c").sum())
    return {
        "method": METHOD,
        "version": VERSION,
        "k": {name: rule.width for name, rule in sorted(rules.items())},
        "tau": TAU,
        "cells": len(cells),
        "repairs": total.pop("rounds", 0),
        "withheld_at_source": total.pop("withheld", 0),
        "proven": total.pop("unsolved", 0) == 0,
        **total,
        "hidden": hidden,
    }


def empty_as_zero(
    unsafe: pd.DataFrame, rules: dict[str, Rule], areas: pd.DataFrame
) -> pd.DataFrame:
    """Return the cells with "0 of 0" as numbers, so that it is judged like any small count.

    A share of nothing has no value (z), but saying so would show that nobody was counted. An area
    that did not exist in the period stays z, and so does a measure that shows its zeros.
    """
    shows = unsafe["indicator_id"].map({name: rule.show_zero for name, rule in rules.items()})
    kind = unsafe["indicator_id"].map({name: rule.kind for name, rule in rules.items()})
    empty = (unsafe["status"] == "z") & kind.isin(EMPTY_TELLS) & unsafe["numerator"].isna()
    empty &= unsafe["denominator"].isna() & existed(unsafe, areas)
    empty &= ~shows.astype(bool)
    return unsafe.assign(
        numerator=unsafe["numerator"].mask(empty, 0.0),
        denominator=unsafe["denominator"].mask(empty, 0.0),
        status=unsafe["status"].mask(empty, "ok"),
    )


def existed(cells: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    """Return whether each cell's area was valid when its period began."""
    since = pd.to_datetime(areas["valid_from"]).fillna(pd.Timestamp("1900-01-01"))
    until = pd.to_datetime(areas["valid_to"]).fillna(pd.Timestamp("2200-01-01"))
    spans = pd.DataFrame({"area_code": areas["area_code"], "since": since, "until": until})
    starts = pd.DataFrame(
        {"area_code": cells["area_code"], "start": pd.to_datetime(cells["period_start"])}
    ).reset_index(drop=True)
    both = starts.reset_index(names="row").merge(spans, on="area_code")
    valid = both.loc[(both["since"] <= both["start"]) & (both["start"] <= both["until"]), "row"]
    return pd.Series(starts.index.isin(valid), index=cells.index)


def _refuse_unknown(unsafe: pd.DataFrame, rules: dict[str, Rule]) -> None:
    """Raise PublishRefused for cells that no rule could judge."""
    faults = [
        Fault("protect_no_rule", {"indicator": str(name)})
        for name in sorted(set(unsafe["indicator_id"]) - set(rules))
    ]
    faults += [
        Fault("protect_unknown_kind", {"indicator": name, "kind": rule.kind})
        for name, rule in rules.items()
        if rule.kind not in PARTS_OF
    ]
    strange = sorted(set(unsafe["status"].dropna()) - STATUSES)
    faults += [Fault("protect_unknown_status", {"status": str(one)}) for one in strange]
    if not faults:
        faults = _missing_numbers(unsafe, rules)
    if faults:
        raise PublishRefused(faults)


def _missing_numbers(unsafe: pd.DataFrame, rules: dict[str, Rule]) -> list[Fault]:
    """Return a fault for each measure with an open cell that lacks a sane number."""
    kind = unsafe["indicator_id"].map({name: rule.kind for name, rule in rules.items()})
    open_ = (unsafe["status"] == "ok") | unsafe["status"].isna()
    bad = open_ & unsafe["status"].isna()
    for part in ("numerator", "denominator"):
        needs = kind.isin([name for name, parts in PARTS_OF.items() if part in parts])
        number = unsafe[part].to_numpy(dtype=float)
        bad |= open_ & needs & ~(np.isfinite(number) & (number >= 0))
    return [
        Fault("protect_without_number", {"indicator": str(name), "count": int(count)})
        for name, count in unsafe.loc[bad, "indicator_id"].value_counts().sort_index().items()
    ]


def _write(working: duckdb.DuckDBPyConnection, cells: pd.DataFrame) -> None:
    """Create `cells` as the release has it; the limits wait for `analyse`."""
    cursor = working.cursor()
    cursor.execute(f"create or replace table cells ({TABLES['cells']})")
    cursor.register("protected_cells", cells)
    keys = ", ".join(CELL_KEYS)
    cursor.execute(
        f"""insert into cells
        select {keys}, nullif(numerator, 'nan'), nullif(denominator, 'nan'), nullif(value, 'nan'),
            null, null, status
        from protected_cells order by {keys}"""  # noqa: S608
    )
    cursor.unregister("protected_cells")


def _write_plan(working: duckdb.DuckDBPyConnection, plans: list[pd.DataFrame]) -> None:
    """Create `plan` as the release has it."""
    cursor = working.cursor()
    cursor.execute(f"create or replace table plan ({TABLES['plan']})")
    for one in plans:
        cursor.register("one_plan", one.astype({"instead": "string"}))
        cursor.execute("insert into plan by name select * from one_plan")
        cursor.unregister("one_plan")
