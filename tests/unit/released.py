"""A protected release of a small table, written as publish writes it."""

import json

import duckdb
import pandas as pd

from pipelines.protect import protect_cells
from tilannehuone.registry import Registry
from tilannehuone.release import CELL_KEYS, TABLES

PLACES = {"C1": ["m1", "m2", "m3"], "C2": ["m4", "m5"]}
UNSAFE = [*CELL_KEYS, "numerator", "denominator", "value", "status"]


def registry(*, kind="count", **protect):
    names = {"fi": "a", "sv": "a", "en": "a"}
    part = {"from": "s", "count": "rows"}
    one = {
        "id": "a", "name": names, "definition": names, "question": names, "kind": kind,
        "unit": names, "numerator": part, "cadence": "month", "period": "month",
        "direction": "down", "levels": ["municipality", "county", "country"], "owner": "o",
        "register": "r", "protect": protect,
    }  # fmt: skip
    if kind == "median":
        one["numerator"] = {"from": "s", "median": "days"}
    elif kind != "count":
        one["denominator"] = part
    return Registry.model_validate({"instance": {"name": names}, "indicators": [one]})


def working(cells):
    connection = duckdb.connect()
    frame = cells[UNSAFE]
    connection.register("frame", frame)
    connection.execute("create table unsafe_cells as from frame")
    return connection


def release(tmp_path, cells, areas, declared=None, name="20250101T000000Z.duckdb"):
    """Protect `cells` and write what a release holds of them; return its path."""
    declared = declared or registry()
    connection = working(cells)
    protect_cells(connection, declared, areas)
    protected = connection.execute("from cells").df()
    path = tmp_path / name
    with duckdb.connect(str(path)) as file:
        for table, columns in TABLES.items():
            file.execute(f"create table {table} ({columns})")
        file.register("protected", protected)
        file.execute("insert into cells from protected")
        file.register("known", areas.assign(valid_from=pd.NaT, valid_to=pd.NaT))
        file.execute("""insert into areas by name select area_code, area_type, parent_code,
            valid_from::date as valid_from, valid_to::date as valid_to from known""")
        one = declared.indicators[0]
        file.execute(
            "insert into indicators by name select ? as indicator_id, ? as kind, ? as definition",
            [one.id, one.kind, json.dumps(one.model_dump(mode="json", by_alias=True))],
        )
    return path


def change(path, *statements):
    with duckdb.connect(str(path)) as file:
        for one in statements:
            file.execute(one)
