"""The forecasts of a release: each measure's own period, in every area that can be forecast.

Two are made of a series: one from its newest period, and one from a year before, so that readers
can hold it against what came. Neither is made while the newest period is hidden. What earlier
releases forecast is kept beside them, for as long as the period it was made in is still shown.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from duckdb import DuckDBPyConnection

from pipelines.analysis.shown import Cells
from tilannehuone.registry import Indicator
from tilannehuone.release import TABLES
from tilannehuone.stats.forecast import HORIZON, forecast
from tilannehuone.stats.spc import Panel

NOT_YET = ("o", "x")
"""Statuses of a newest cell that does not stop a forecast: it is late, not hidden."""

# what the previous release forecast, where the period it was made in is shown today; `declared`
# holds each measure's period (a quarter begins on the same day as its first month) and unit
KEEP_PAST = """
    insert into forecasts
    select p.*
    from previous.forecasts p
    join previous.indicators b on b.indicator_id = p.indicator_id
    join declared d on d.indicator_id = p.indicator_id and d.period = b.period
        and d.kind = b.kind and d.scale = cast(b.definition ->> '$.scale' as double)
    where exists (
            select 1 from cells c
            where c.indicator_id = p.indicator_id and c.area_code = p.area_code
                and c.period_type = d.period and c.period_start = p.made_at_period
                and c.breakdown = 'all' and c.status in ('ok', 'o', 'k') and c.value is not null)
        and not exists (
            select 1 from forecasts f
            where f.indicator_id = p.indicator_id and f.area_code = p.area_code
                and f.made_at_period = p.made_at_period)
        and p.made_at_period >= (
            select max(made_at_period) - interval 3 year from previous.forecasts)
    order by all"""

Progress = Callable[[int, int], None]


def add_forecasts(
    working: DuckDBPyConnection,
    cells: Cells,
    panel: Panel,
    indicators: Mapping[str, Indicator],
    previous: Path | None,
    progress: Progress | None = None,
) -> None:
    """Fill the working database's `forecasts`; `panel` tells where each series last broke."""
    working.execute(f"create or replace table forecasts ({TABLES['forecasts']})")
    made = [one for one in _forecasts(cells, panel, indicators, progress) if len(one)]
    if made:
        working.register("made", pd.concat(made, ignore_index=True))
        working.execute("insert into forecasts by name select * from made order by all")
        working.unregister("made")
    if previous is None:
        return
    working.register("declared", _declared(indicators))
    working.execute("attach ? as previous (read_only)", [str(previous)])
    try:
        working.execute(KEEP_PAST)
    finally:
        working.execute("detach previous")
        working.unregister("declared")


def _declared(indicators: Mapping[str, Indicator]) -> pa.Table:
    """Return what a measure's forecasts must agree in to be kept, a row a measure."""
    measures = list(indicators.values())
    columns = {name: [getattr(one, name) for one in measures] for name in ("period", "kind")}
    scales = pa.array([one.scale for one in measures], pa.float64())
    return pa.table({"indicator_id": [one.id for one in measures], **columns, "scale": scales})


def _forecasts(
    cells: Cells, panel: Panel, indicators: Mapping[str, Indicator], progress: Progress | None
) -> Iterator[pd.DataFrame]:
    """Yield the forecasts of each measure, all its areas calibrated together."""
    chosen: dict[str, list[int]] = {}
    for number, (name, _, period_type, breakdown, _) in enumerate(cells.keys):
        one = indicators[name]
        if breakdown == "all" and period_type == one.period and period_type in HORIZON:
            chosen.setdefault(name, []).append(number)
    for done, (name, numbers) in enumerate(chosen.items(), start=1):
        one = indicators[name]
        long = _long(cells, panel, numbers)
        for back in (0, HORIZON[one.period]):
            yield _made(long[long["left"] >= back], one)
        if progress:
            progress(done, len(chosen))


def _long(cells: Cells, panel: Panel, numbers: list[int]) -> pd.DataFrame:
    """Return the usable stretches of these series, a row a period.

    `left` counts the periods after each row's own, so that the series can be cut short.
    """
    bounds = [_stretch(cells, panel, number) for number in numbers]
    at = np.concatenate([np.arange(*one) for one in bounds])
    areas = [cells.keys[number][1] for number in numbers]
    return pd.DataFrame(
        {
            "series": np.repeat(areas, [stop - first for first, stop in bounds]),
            "period": pd.to_datetime([cells.period_start[one] for one in at]),
            "value": cells.value[at],
            "left": np.concatenate([np.arange(stop - first)[::-1] for first, stop in bounds]),
        }
    )


def _stretch(cells: Cells, panel: Panel, number: int) -> tuple[int, int]:
    """Return where a series begins since its last break, and ends with its newest delivered cell.

    Empty when that cell is not shown.
    """
    first, stop = cells.bounds(number)
    while stop > first and cells.status[stop - 1] in NOT_YET and np.isnan(cells.value[stop - 1]):
        stop -= 1
    if stop == first or np.isnan(cells.value[stop - 1]):
        return first, first
    return max(first, int(panel.starts[panel.segment[stop - 1]])), stop


def _made(long: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the forecasts of one measure's series as rows of the release."""
    if long.empty:
        return pd.DataFrame()
    ceiling = indicator.scale if indicator.kind == "proportion" else None
    found = forecast(long, cadence=indicator.period, ceiling=ceiling)  # type: ignore[arg-type]
    newest = long.groupby("series")["period"].max()
    rows = found.rename(columns={"series": "area_code", "period": "period_start"})
    return rows.drop(columns="method").assign(
        indicator_id=indicator.id,
        made_at_period=rows["area_code"].map(newest),
    )
