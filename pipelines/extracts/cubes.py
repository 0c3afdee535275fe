"""A table of many dimensions (JSON-stat, PX) into the table `staged`: one row a cell.

Every dimension makes two columns: its codes under its own name, and their labels under the name
with `_label` after it. The figures stand in `value`; what the service says of a figure in `status`.
"""

from dataclasses import dataclass
from math import prod

import duckdb
import numpy as np
import pyarrow as pa

from pipelines.extracts.delimited import Inspect
from pipelines.extracts.json_text import Number
from pipelines.extracts.layout import Layout, Row, find, fold
from pipelines.extracts.staged import Kind, Staged, put_staged
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.sources import Source

MOST_CELLS = 2_000_000
"""Of one file; services hand out a million at most."""

LONGEST = 60
"""Characters of a name that a fault shows."""

LABEL, VALUE, STATUS = "_label", "value", "status"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its id and name, and the codes and labels of its categories in order."""

    id: str
    label: str
    codes: list[str]
    labels: list[str]


@dataclass(frozen=True, slots=True)
class Cube:
    """A whole table. Its cells run through the last dimension first.

    `values` holds a figure as `Number`, a mark as it stands, or None; `statuses` is as long.
    """

    dimensions: list[Dimension]
    values: list[str | None]
    statuses: list[str | None] | None = None


def cells_of(sizes: list[int]) -> int:
    """Return how many cells a table has, or refuse one that is too large to be unfolded."""
    cells = prod(sizes)
    if cells > MOST_CELLS:
        most = f"{MOST_CELLS:,}".replace(",", " ")
        raise ExtractRejected(Fault("load_cube_large", {"most": most}))
    return cells


def stage_cube(
    connection: duckdb.DuckDBPyConnection, cube: Cube, source: Source, inspect: Inspect
) -> Staged:
    """Fill `staged` with the cells of a cube; a row's line is the cell's place, from one.

    A cell without a figure holds its status, so that marks are read there as in any table. A mark
    declared as hiding (`protected_marks`, `status_marks`) wins over a figure beside it.

    Raises
    ------
    ExtractRejected
        When declared columns are lacking; the dimensions that are there are told.
    """
    headers = _headers(cube, source)
    layout = found_layout(headers, source, inspect)
    columns = _columns(cube) + [pa.array(_cells(cube, source), pa.string())]
    if cube.statuses is not None:
        columns.append(pa.array(cube.statuses, pa.string()))
    put_staged(connection, columns)
    kinds: list[Kind] = ["text"] * len(columns)
    rows = len(cube.values)
    return Staged(layout, kinds, rows, rows, 1)


def found_layout(headers: list[str], source: Source, inspect: Inspect) -> Layout:
    """Return which of the headers are declared columns; a fault shows only what `inspect` let by.

    Raises
    ------
    ExtractRejected
        When declared columns are lacking.
    """
    try:
        return find([Row(0, 0, headers)], source)
    except ExtractRejected as error:
        inspect(1, " ".join(headers))
        fault = error.faults[0]
        there = ", ".join(" ".join(one.split())[:LONGEST] for one in headers)
        values = {**fault.values, "there": there}
        key = "load_missing_columns" if fault.key == "load_no_header" else fault.key
        raise ExtractRejected(Fault(key, values)) from None


def _headers(cube: Cube, source: Source) -> list[str]:
    """Return the names of the columns: of a dimension its id, or its name if that is declared."""
    declared = {fold(one) for key, each in source.columns.items() for one in (key, *each.header)}
    ids = {fold(one.id) for one in cube.dimensions}
    headers = []
    for one in cube.dimensions:
        names = [one.id] if fold(one.label) in ids else [one.id, one.label]
        for end in ("", LABEL):
            known = (name + end for name in names if fold(name + end) in declared)
            headers.append(next(known, one.id + end))
    return [*headers, VALUE] + ([STATUS] if cube.statuses is not None else [])


def _columns(cube: Cube) -> list[pa.Array]:
    """Return codes and labels of every dimension, a text for each cell."""
    sizes = [len(one.codes) for one in cube.dimensions]
    columns = []
    for at, one in enumerate(cube.dimensions):
        inner, outer = prod(sizes[at + 1 :]), prod(sizes[:at])
        places = pa.array(np.tile(np.repeat(np.arange(sizes[at]), inner), outer))
        columns += [pa.array(texts, pa.string()).take(places) for texts in (one.codes, one.labels)]
    return columns


def _cells(cube: Cube, source: Source) -> list[str | None]:
    hiding = {one.lower() for one in (*source.protected_marks, *source.status_marks)}
    figures = [as_written(one, source) for one in cube.values]
    if cube.statuses is None:
        return figures
    return [
        status if figure is None or (status or "").lower() in hiding else figure
        for figure, status in zip(figures, cube.statuses, strict=True)
    ]


def as_written(value: str | None, source: Source) -> str | None:
    """Return a figure as a table of the declared decimal sign would hold it."""
    return value.replace(".", source.decimal) if isinstance(value, Number) else value
