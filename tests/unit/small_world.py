"""Six areas, two years of events and a yearly population, for the aggregation tests."""

from datetime import date, timedelta
from types import SimpleNamespace

import duckdb
import numpy as np
import pandas as pd

from pipelines.aggregate import aggregate
from tilannehuone.registry import Indicator
from tilannehuone.sources import Source

NAME = {"fi": "a", "sv": "b", "en": "c"}
AS_OF = date(2025, 2, 10)
FIRST, LAST = date(2023, 1, 1), date(2024, 12, 31)

AREAS = pd.DataFrame(
    [
        ("fi", "country", None),
        ("north", "county", "fi"),
        ("south", "county", "fi"),
        ("n1", "town", "north"),
        ("n2", "town", "north"),
        ("s1", "town", "south"),
    ],
    columns=["area_code", "area_type", "parent_code"],
).assign(name_fi="x", name_sv="x", name_en="x", valid_from=None, valid_to=None)

UNDER = {
    "fi": {"n1", "n2", "s1", "north"},
    "north": {"n1", "n2", "north"},
    "south": {"s1"},
    "n1": {"n1"},
    "n2": {"n2"},
    "s1": {"s1"},
}


def an_indicator(**changes):
    entry = {
        "id": "visits",
        "name": NAME,
        "definition": NAME,
        "question": NAME,
        "kind": "count",
        "unit": NAME,
        "numerator": {"from": "visits", "count": "rows"},
        "cadence": "month",
        "period": "month",
        "direction": "context",
        "levels": ["town", "county", "country"],
        "owner": "x",
        "register": "x",
    }
    return Indicator.model_validate(entry | changes)


def a_source(**changes):
    entry = {
        "files": "*.csv",
        "shape": "events",
        "absent_rows": "zero",
        "columns": {
            "person": {"type": "person"},
            "day": {"type": "date"},
            "service": {"type": "category"},
            "days": {"type": "integer"},
        },
        "area": {"column": "service"},
        "date": "day",
    }
    return Source.model_validate(entry | changes)


def cells_of(tables, sources, indicators, areas=AREAS, as_of=AS_OF):
    working = duckdb.connect(":memory:")
    working.execute("create table source_state (source varchar, ok boolean, reason varchar)")
    for name, frame in tables.items():
        working.register("frame", frame)
        dates = [one for one in frame.columns if one in ("day", "period_start")]
        casts = ", ".join(f"cast({one} as date) as {one}" for one in dates)
        working.execute(f"create table raw_{name} as select * replace ({casts}) from frame")
        working.unregister("frame")
    registry = SimpleNamespace(indicators=tuple(indicators))
    instance = SimpleNamespace(registry=registry, sources=sources, areas=areas)
    failed = aggregate(working, instance, as_of)
    return working.execute("from unsafe_cells").df(), failed


def some_events(rows=4000, seed=1):
    random = np.random.default_rng(seed)
    days = (LAST - FIRST).days + 1
    frame = pd.DataFrame(
        {
            "file_id": 1,
            "line": np.arange(rows) + 2,
            "area_code": random.choice(["n1", "n2", "s1", "north"], rows, p=[0.4, 0.3, 0.2, 0.1]),
            "person": random.integers(0, 300, rows).astype("uint64"),
            "day": [FIRST + timedelta(days=int(one)) for one in random.integers(0, days, rows)],
            "service": random.choice(["visit", "call"], rows),
            "days": random.integers(0, 30, rows),
        }
    )
    frame.loc[0, "day"], frame.loc[1, "day"] = FIRST, LAST
    return frame


def at(cells, area, kind, first, last=None):
    """The cells of one area and grain whose period starts between two days."""
    starts = pd.to_datetime(cells["period_start"])
    wanted = starts.between(pd.Timestamp(first), pd.Timestamp(last or first))
    return cells[(cells["area_code"] == area) & (cells["period_type"] == kind) & wanted]


def yearly(values, **changes):
    """A population source: one row an area and year, with the status of each number."""
    frame = pd.DataFrame(values, columns=["area_code", "year", "people"])
    frame["people__status"] = frame["people"].map(lambda one: "c" if pd.isna(one) else None)
    frame["period_type"] = "year"
    frame["period_start"] = [date(one, 1, 1) for one in frame["year"]]
    frame["file_id"], frame["line"] = 1, range(len(frame))
    entry = {
        "files": "*.csv",
        "shape": "aggregate",
        "time": "stock",
        "absent_rows": "missing",
        "columns": {"people": {"type": "integer"}, "year": {"type": "integer"}},
        "area": {"column": "year"},
        "period": {"year": "year", "type": "year"},
        "date": None,
    }
    return frame, Source.model_validate(entry | changes)
