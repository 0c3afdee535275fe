"""Step 4 of 6: hide what could point at a person, and what would give it away.

In:  unsafe_cells  one row an indicator, area, period and category, with exact parts
Out: cells         the same rows; a hidden one keeps its keys, has status c and no number

The release holds `cells` only, so nothing downstream can undo this. The step fails closed: what it
does not understand, or cannot prove, is not published.
"""

from typing import Any

import duckdb
import numpy as np
import pandas as pd

from tilannehuone.disclosure import Protection, Rule, blank, build_structure, plan
from tilannehuone.disclosure.protect import METHOD, VERSION
from tilannehuone.disclosure.rules import PARTS_OF
from tilannehuone.errors import Fault, PublishRefused
from tilannehuone.registry import Indicator, Registry
from tilannehuone.release import CELL_KEYS, TABLES

STATUSES = {"ok", "c", "x", "z", "k", "u", "o"}
EMPTY_TELLS = ("proportion", "mean", "median")
"""Kinds in which "nothing to measure" is itself a count of zero people."""


def protect_cells(
    working: duckdb.DuckDBPyConnection, registry: Registry, areas: pd.DataFrame
) -> dict[str, Any]:
    """Fill `cells` from `unsafe_cells` and return the protection report of the release.

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
    protection = plan(counted, build_structure(counted, areas), rules)
    cells = blank(unsafe, protection)
    _write(working, cells)
    return report(protection, rules)


def rules_of(registry: Registry) -> dict[str, Rule]:
    """Return the rule of every measure."""
    return {one.id: _rule(one) for one in registry.indicators}


def _rule(indicator: Indicator) -> Rule:
    one = indicator.protect
    return Rule(
        k=one.k_min,
        complement=one.complement,
        denominator_min=one.denominator_min,
        show_zero=one.show_zero,
        n_min=one.n_min,
        kind=indicator.kind,
    )


def report(protection: Protection, rules: dict[str, Rule]) -> dict[str, Any]:
    """Return what the release says of its protection: totals, never of a single group."""
    return {
        "method": METHOD,
        "version": VERSION,
        "k": {name: rule.width for name, rule in sorted(rules.items())},
        "cells": len(protection.hidden),
        "hidden": int(protection.hidden.sum()),
        "primary": protection.primary,
        "withheld_at_source": protection.withheld,
        "complementary": protection.complementary,
        "coarsened": protection.coarsened,
        "repairs": protection.rounds,
        "proven": True,
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
