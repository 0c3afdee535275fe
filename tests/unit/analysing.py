"""Small tables of protected cells, and what the analyse step makes of them."""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.analyse import analyse_cells
from tilannehuone.events import Event
from tilannehuone.finding import Finding
from tilannehuone.periods import next_start
from tilannehuone.registry import Registry
from tilannehuone.release import TABLES

NAMES = {"fi": "nimi", "sv": "namn", "en": "name"}
QUIET = [10.0, 12.0] * 10
MADE = ("cells", "points", "findings", "forecasts", "comparisons")


@dataclass
class Analysed:
    """The tables that the step filled."""

    cells: pd.DataFrame
    points: pd.DataFrame
    findings: pd.DataFrame
    forecasts: pd.DataFrame
    comparisons: pd.DataFrame

    def finding(self, area="A", of="visits"):
        rows = self.findings.set_index(["indicator_id", "area_code"])
        return Finding.from_json(rows.loc[[(of, area)], "finding"].item())

    def evidence(self, area="A", of="visits"):
        return self.finding(area, of).evidence


def indicator(name="visits", kind="count", **changes):
    parts = {"numerator": {"from": "s", "count": "rows"}}
    if kind == "distinct_rate":
        parts["numerator"] = {"from": "s", "distinct": "p"}
    if kind in ("rate", "proportion", "mean", "distinct_rate"):
        parts["denominator"] = {"from": "s", "sum": "n"}
    if kind == "median":
        parts["numerator"] = {"from": "s", "median": "d"}
    return {
        "id": name,
        "name": NAMES,
        "definition": NAMES,
        "question": NAMES,
        "kind": kind,
        "unit": NAMES,
        **parts,
        "cadence": "month",
        "period": "month",
        "direction": "up",
        "levels": ["area"],
        "owner": "o",
        "register": "r",
        **changes,
    }


def registry(*indicators):
    return Registry.model_validate({"instance": {"name": NAMES}, "indicators": list(indicators)})


def event(day, kind="break", **changes):
    return Event.model_validate({"from": day, "kind": kind, "text": NAMES, **changes})


def series(values, *, of="visits", area="A", period_type="month", first=date(2020, 1, 1), **parts):
    """Cells of one series; a text in `values` is a status without a value."""
    rows, start = [], first
    for value in values:
        hidden = isinstance(value, str)
        numbers = (None, None, None) if hidden else (parts.get("x", value), parts.get("n"), value)
        status = value if hidden else parts.get("status", "ok")
        rows.append((of, area, period_type, start, "all", "all", *numbers, None, None, status))
        start = next_start(period_type, start)
    return rows


def shares(counts, whole, *, scale=100, **about):
    """Cells of one series of counts out of `whole` (one number, or one a period)."""
    wholes = whole if isinstance(whole, list) else [whole] * len(counts)
    rows = series(counts, **about)
    return [
        row if row[6] is None else (*row[:7], n, scale * row[6] / n, *row[9:])
        for row, n in zip(rows, wholes, strict=True)
    ]


def analysed(rows, *indicators, events=(), **settings):
    """Return what is made of the cells; without an indicator they are of a count, `visits`."""
    declared = registry(*indicators or [indicator()])
    with duckdb.connect() as working:
        working.execute(f"create table cells ({TABLES['cells']})")
        if rows:
            columns = [pa.array(one) for one in zip(*rows, strict=True)]
            working.register("given", pa.table(columns, names=[f"c{n}" for n in range(12)]))
            working.execute("insert into cells from given")
            working.unregister("given")
        analyse_cells(working, declared, events, **settings)
        return Analysed(*(working.execute(f"from {one}").df() for one in MADE))
