"""Cells as a cube of JSON-stat 2.0: what programs that read PxWeb's tables understand.

The format is that of https://json-stat.org/full/ (class dataset). A cube is dense: where the
release has no cell at all there is no value, and a status of its own (`ABSENT`) that says so. A
hidden cell has no value and status `c`, as in the release.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any, Literal

import pandas as pd

VERSION = "2.0"
ABSENT = "-"
"""The status of a place in the cube of which the release has no cell."""

SHOWN = "ok"
"""The status that is not told: a number that is as it should be."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What the numbers of a category of the metric dimension are counted in."""

    label: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """One side of the cube: `labels` names its categories by code, in the order they stand."""

    id: str
    label: str
    labels: Mapping[str, str]
    role: Literal["time", "geo", "metric"] | None = None
    units: Mapping[str, Unit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """What stands around the numbers, in one language.

    `updated` is an ISO moment, `statuses` explain the codes, `extension` is told as it is.
    """

    label: str
    source: str
    updated: str
    href: str = ""
    notes: Sequence[str] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)
    extension: Mapping[str, Any] = field(default_factory=dict)


def size_of(dimensions: Sequence[Dimension]) -> int:
    """Return how many places a cube has: the product of its sides."""
    return prod(len(one.labels) for one in dimensions)


def dataset(cells: pd.DataFrame, dimensions: Sequence[Dimension], about: About) -> dict[str, Any]:
    """Return a JSON-stat 2.0 dataset.

    Parameters
    ----------
    cells
        A column by the id of each dimension, holding its codes, and `value` and `status`.
    dimensions
        From the slowest to the fastest: the last one's categories follow each other in `value`.

    Raises
    ------
    ValueError
        When a cell's code is no category, or two cells stand in one place.
    """
    places = _places(cells, dimensions)
    values: list[float | None] = [None] * size_of(dimensions)
    statuses = [ABSENT] * len(values)
    told = zip(places, cells["value"].tolist(), cells["status"].tolist(), strict=True)
    for place, value, status in told:
        values[place] = None if pd.isna(value) else float(value)
        statuses[place] = str(status)
    unusual = {str(n): one for n, one in enumerate(statuses) if one != SHOWN}
    used = {
        code: about.statuses[code] for code in sorted(set(unusual.values()) & set(about.statuses))
    }
    return {
        "version": VERSION,
        "class": "dataset",
        **({"href": about.href} if about.href else {}),
        "label": about.label,
        "source": about.source,
        "updated": about.updated,
        **({"note": list(about.notes)} if about.notes else {}),
        "id": [one.id for one in dimensions],
        "size": [len(one.labels) for one in dimensions],
        "role": _roles(dimensions),
        "dimension": {one.id: _described(one) for one in dimensions},
        "value": values,
        **({"status": unusual} if unusual else {}),
        "extension": {**about.extension, "status": {"label": used}},
    }


def _places(cells: pd.DataFrame, dimensions: Sequence[Dimension]) -> list[int]:
    """Return each cell's place in the row of values: row-major, as the format says."""
    place = pd.Series(0, index=cells.index, dtype="int64")
    for one in dimensions:
        index = {code: n for n, code in enumerate(one.labels)}
        found = cells[one.id].map(index)
        if found.isna().any():
            raise ValueError(f"a cell is of no category of the dimension {one.id}")
        place = place * len(index) + found.astype("int64")
    if place.duplicated().any():
        raise ValueError("two cells stand in one place of the cube")
    return [int(one) for one in place]


def _roles(dimensions: Sequence[Dimension]) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for one in dimensions:
        if one.role:
            roles.setdefault(one.role, []).append(one.id)
    return roles


def _described(one: Dimension) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": {code: n for n, code in enumerate(one.labels)},
        "label": dict(one.labels),
    }
    if one.units:
        category["unit"] = {
            # `base` is what PxWeb calls the label
            code: {"label": unit.label, "base": unit.label, "decimals": unit.decimals}
            for code, unit in one.units.items()
        }
    return {"label": one.label, "category": category}
