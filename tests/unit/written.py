"""Release files written cell by cell, with whatever a protector would never let through."""

import json
from dataclasses import dataclass, field

import duckdb
import pandas as pd

from tilannehuone.release import TABLES

HIDDEN = "c"


def part(source="s", **how):
    return {"from": source, "count": "rows", **how}


def measure(name="a", kind="count", **more):
    """Return a definition as a release publishes it; every measure counts something of its own."""
    one = {"kind": kind, "period": "month", "scale": 1, "numerator": part(name), "protect": {}}
    return {"indicator_id": name, **one, **more}


def cell(area, value, *, hidden=False, of="a", period="month", start="2024-01-01", whole=None,
         split="all", category="all"):  # fmt: skip
    """Return one cell; a hidden one holds no number, whatever `value` is."""
    numbers = (None, None, None) if hidden else (value, whole, value)
    keys = {"indicator_id": of, "area_code": area, "period_type": period, "period_start": start,
            "breakdown": split, "category": category}  # fmt: skip
    named = dict(zip(("numerator", "denominator", "value"), numbers, strict=True))
    return keys | named | {"status": HIDDEN if hidden else "ok"}


@dataclass
class Written:
    """What goes into a release file; `areas` is parent -> (type of the parts, parts)."""

    cells: list = field(default_factory=list)
    areas: list = field(default_factory=list)
    measures: list = field(default_factory=lambda: [measure()])
    rows: dict = field(default_factory=dict)  # of other tables

    def to(self, path):
        with duckdb.connect(str(path)) as file:
            for table, columns in TABLES.items():
                file.execute(f"create table {table} ({columns})")
            for one in self.measures:
                file.execute(
                    "insert into indicators by name select ? as indicator_id, ? as kind, "
                    "? as period, ? as definition",
                    [one["indicator_id"], one["kind"], one["period"], json.dumps(one)],
                )
            for table, rows in {"cells": self.cells, "areas": self.areas, **self.rows}.items():
                for row in rows:
                    names = ", ".join(f'? as "{name}"' for name in row)
                    file.execute(f"insert into {table} by name select {names}", list(row.values()))
        return path


def place(code, kind, parent=None, name=None, since=None, until=None):
    return {"area_code": code, "area_type": kind, "parent_code": parent, "name_fi": name or code,
            "valid_from": since, "valid_to": until}  # fmt: skip


def places(tree, kind="town"):
    """Return the areas of {parent: parts}."""
    rows = [place(one, "county") for one in tree]
    return rows + [place(code, kind, parent) for parent, parts in tree.items() for code in parts]


def months(area, values, hidden=(), **more):
    """Return cells of months from January 2024 on; `hidden` are positions."""
    starts = pd.date_range("2024-01-01", periods=len(values), freq="MS").strftime("%Y-%m-%d")
    return [
        cell(area, value, hidden=at in hidden, start=start, **more)
        for at, (value, start) in enumerate(zip(values, starts, strict=True))
    ]
