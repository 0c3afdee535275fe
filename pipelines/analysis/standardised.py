"""Directly standardised rates, from the published cells of a measure's breakdown alone.

An area and period has one only where every category is shown, so that it tells nothing that the
cells do not.
"""

from collections.abc import Iterator, Mapping

import pandas as pd
from duckdb import DuckDBPyConnection

from pipelines.analysis.shown import Cells
from tilannehuone.errors import Fault
from tilannehuone.registry import Indicator
from tilannehuone.release import TABLES
from tilannehuone.stats.intervals import directly_standardised
from tilannehuone.stats.standards import EUROPEAN_2013, Standard, restricted

KEYS = ["area_code", "period_type", "period_start"]


def add_standardised(
    working: DuckDBPyConnection, cells: Cells, indicators: Mapping[str, Indicator]
) -> list[Fault]:
    """Fill the working database's `standardised`; return the standards that fit no categories."""
    working.execute(f"create or replace table standardised ({TABLES['standardised']})")
    faults, made = [], []
    for one in indicators.values():
        if one.standard is None:
            continue
        strata = pd.concat([pd.DataFrame(), *_strata(cells, one)])
        found = _standardised(one, strata) if len(strata) else strata
        if isinstance(found, Fault):
            faults.append(found)
        elif len(found):
            made.append(found)
    if made:
        working.register("made", pd.concat(made, ignore_index=True))
        working.execute("insert into standardised by name select * from made order by all")
        working.unregister("made")
    return faults


def _strata(cells: Cells, indicator: Indicator) -> Iterator[pd.DataFrame]:
    """Yield the parts of each category of the standard's breakdown, a row a period."""
    for number, (name, area, period_type, breakdown, category) in enumerate(cells.keys):
        if (
            name == indicator.id
            and indicator.standard is not None
            and breakdown == indicator.standard.by
        ):
            first, stop = cells.bounds(number)
            yield pd.DataFrame(
                {
                    "area_code": area,
                    "period_type": period_type,
                    "period_start": cells.period_start[first:stop],
                    "category": category,
                    "count": cells.numerator[first:stop],
                    "population": cells.denominator[first:stop],
                }
            )


def _standardised(indicator: Indicator, strata: pd.DataFrame) -> pd.DataFrame | Fault:
    categories = sorted(strata["category"].unique())
    standard = _standard(indicator, categories)
    if standard is None:
        told = {"indicator": indicator.id, "categories": ", ".join(categories)}
        return Fault("standard_covers_categories", told)
    is_known = strata["count"].notna() & (strata["population"] > 0)
    whole = strata[is_known].groupby(KEYS).filter(lambda one: len(one) == len(categories))
    order = whole["category"].map(standard.labels.index)
    whole = whole.assign(order=order).sort_values([*KEYS, "order"])
    by_area = (len(whole) // len(categories), len(categories))
    found = directly_standardised(
        whole["count"].to_numpy(float).reshape(by_area),
        whole["population"].to_numpy(float).reshape(by_area),
        standard,
        scale=indicator.scale,
    )
    limits = {"value": found.value, "lower95": found.lower, "upper95": found.upper}
    rows = whole[KEYS].drop_duplicates().assign(indicator_id=indicator.id, **limits)
    return rows[rows["value"].notna()]


def _standard(indicator: Indicator, categories: list[str]) -> Standard | None:
    """Return the declared standard of these categories, None when it lacks one or has others."""
    if indicator.standard is None:
        return None
    name, weights = indicator.standard.name.in_language("en"), indicator.standard.weights
    if isinstance(weights, dict):
        fits = set(weights) == set(categories)
        return Standard.declared(name, weights) if fits else None
    fits = set(categories) <= set(EUROPEAN_2013.labels)
    return restricted(EUROPEAN_2013, categories) if fits else None
