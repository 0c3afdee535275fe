"""Areas of one type beside each other, by year: words, never ranks.

The common level and the funnel's limits rest on the shown areas alone.
"""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from pipelines.analysis.shown import Cells
from tilannehuone.registry import Indicator
from tilannehuone.release import TABLES
from tilannehuone.stats.comparison import funnel

COMPARED = ("rate", "proportion", "distinct_rate")
Places = NDArray[np.int64]

FEWEST_AREAS = 3
YEARS = 5


def add_comparisons(
    working: DuckDBPyConnection,
    cells: Cells,
    indicators: Mapping[str, Indicator],
    area_types: Mapping[str, str],
) -> None:
    """Fill the working database's `comparisons`."""
    working.execute(f"create or replace table comparisons ({TABLES['comparisons']})")
    rows = list(_comparisons(cells, indicators, area_types))
    if rows:
        working.register("rows", pd.concat(rows, ignore_index=True))
        working.execute("insert into comparisons by name select * from rows order by all")
        working.unregister("rows")


def _comparisons(
    cells: Cells, indicators: Mapping[str, Indicator], area_types: Mapping[str, str]
) -> Iterator[pd.DataFrame]:
    groups: dict[tuple[str, str, date], list[int]] = {}
    for number, (name, area, period_type, breakdown, _) in enumerate(cells.keys):
        kind = indicators[name].kind
        if kind not in COMPARED or period_type != "year" or breakdown != "all":
            continue
        first, stop = cells.bounds(number)
        for at in range(max(first, stop - YEARS), stop):
            if cells.numerator[at] >= 0 and cells.denominator[at] > 0:
                key = (name, area_types.get(area, ""), cells.period_start[at])
                groups.setdefault(key, []).append(at)
    area_of = np.repeat(
        [key[1] for key in cells.keys], np.diff(np.append(cells.starts, len(cells.value)))
    )
    for (name, group, start), places in groups.items():
        if group and len(places) >= FEWEST_AREAS:
            yield _rows(indicators[name], group, start, area_of, cells, np.array(places))


def _rows(
    indicator: Indicator, group: str, start: date, areas: NDArray[np.str_], cells: Cells, at: Places
) -> pd.DataFrame:
    numerator, denominator = cells.numerator[at], cells.denominator[at]
    is_share = indicator.kind != "rate" and bool((numerator <= denominator).all())
    found = funnel(
        numerator,
        denominator,
        kind="proportion" if is_share else "rate",
        scale=indicator.scale,
        direction=indicator.direction,
    )
    return pd.DataFrame(
        {
            "indicator_id": indicator.id,
            "period_type": "year",
            "period_start": start,
            "group": group,
            "area_code": areas[at],
            "baseline": found.baseline,
            "lower95": found.outer.lower95,
            "upper95": found.outer.upper95,
            "lower998": found.outer.lower998,
            "upper998": found.outer.upper998,
            "z": found.adjusted_z if found.is_overdispersed else found.z,
            "word": list(found.words),
        }
    )
