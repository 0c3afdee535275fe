"""Small exact tables of people for the disclosure tests, and an adversary who knows every sum.

The adversary is deliberately another way round than the product's: it writes every cell as a sum
of the smallest groups (area x month x category) and asks, cell by cell, how low and high it can be.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linprog

SPANS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "rolling3": 3}
K = 5


@dataclass(frozen=True)
class Lattice:
    """Cells of one measure with the groups each is made of: `made` has shape (cells, groups)."""

    cells: pd.DataFrame
    made: np.ndarray
    areas: pd.DataFrame


def areas_of(counties: dict[str, list[str]]) -> pd.DataFrame:
    rows = [("FI", "country", None)]
    for county, places in counties.items():
        rows.append((county, "county", "FI"))
        rows += [(place, "municipality", county) for place in places]
    frame = pd.DataFrame(rows, columns=["area_code", "area_type", "parent_code"])
    return frame.assign(valid_from=None, valid_to=None)


def lattice(counts, counties, periods=("month", "quarter"), indicator="a") -> Lattice:
    """Return every cell of `counts`, shape (municipalities, months from January, categories)."""
    counts = np.asarray(counts, dtype=float)
    areas = areas_of(counties)
    places = [place for each in counties.values() for place in each]
    sets = {place: [place] for place in places} | counties | {"FI": places}
    shape = counts.shape
    rows, made = [], []
    for area, inside in sets.items():
        at = [places.index(one) for one in inside]
        for period in periods:
            length = SPANS[period]
            step = 1 if period.startswith("rolling") else length
            for first in range(0, shape[1] - length + 1, step):
                for category in [None, *(range(shape[2]) if shape[2] > 1 else [])]:
                    part = np.zeros(shape)
                    part[np.ix_(at, range(first, first + length))] = 1
                    if category is not None:
                        part[..., [c for c in range(shape[2]) if c != category]] = 0
                    made.append(part.ravel())
                    rows.append(
                        {
                            "indicator_id": indicator,
                            "area_code": area,
                            "period_type": period,
                            "period_start": pd.Timestamp(2024 + first // 12, first % 12 + 1, 1),
                            "breakdown": "all" if category is None else "age",
                            "category": "all" if category is None else f"age{category}",
                        }
                    )
    matrix = np.array(made)
    value = matrix @ counts.ravel()
    cells = pd.DataFrame(rows).assign(numerator=value, denominator=np.nan, value=value, status="ok")
    return Lattice(cells, matrix, areas)


def ranges(made: np.ndarray, values: np.ndarray, shown: np.ndarray, which) -> list[tuple]:
    """Return how low and how high each cell of `which` can be, by all that is shown."""
    size = made.shape[1]
    rows = made[shown] if shown.any() else None
    right = values[shown] if shown.any() else None
    found = []
    for one in which:
        ends = []
        for sign in (1, -1):
            result = linprog(sign * made[one], A_eq=rows, b_eq=right, bounds=[(0, 200)] * size)
            assert result.status == 0, result.message
            ends.append(sign * result.fun)
        found.append((ends[0], ends[1]))
    return found
