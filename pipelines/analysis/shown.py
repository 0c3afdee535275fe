"""The published cells as flat arrays, series after series, with nothing that is not shown."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from tilannehuone.errors import Fault, PublishRefused
from tilannehuone.release import TABLES

Floats = NDArray[np.float64]

SHOWN = ("ok", "o", "k")
"""Statuses that may carry a value; a late cell carries one when the last release had it."""

NUMBERS = ("numerator", "denominator", "value", "lower95", "upper95")

# the cells in the order in which they are read, drawn and joined with what is found in them
IN_ORDER = """
    insert into cells
    select indicator_id, area_code, period_type, period_start, breakdown, category,
        numerator, denominator, value, lower95, upper95, status
    from unordered_cells
    order by indicator_id, area_code, period_type, breakdown, category, period_start"""

# one row a series, in the order of the cells
SERIES = """
    select indicator_id, area_code, period_type, breakdown, category, count(*) as cell_count
    from cells
    group by all
    order by indicator_id, area_code, period_type, breakdown, category"""

# one row a cell, series after series, oldest first
CELLS = """
    select period_start, numerator, denominator, value, lower95, upper95, status
    from cells order by rowid"""


@dataclass(frozen=True)
class Cells:
    """All cells of all series; `starts` holds where each series begins.

    `keys` are indicator, area, period type, breakdown and category. Numbers are NaN where
    nothing is shown.
    """

    keys: list[tuple[str, str, str, str, str]]
    starts: NDArray[np.int64]
    period_start: list[date]
    numerator: Floats
    denominator: Floats
    value: Floats
    lower: Floats
    upper: Floats
    status: list[str]

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the first cell of a series and the one after its last."""
        after = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.value)
        return int(self.starts[number]), int(after)


def read_cells(working: DuckDBPyConnection) -> Cells:
    """Return every cell of the protected table `cells`, which is put in that order first.

    Raises
    ------
    PublishRefused
        When a series has two cells for one period: every limit of it would be wrong.
    """
    working.execute("set preserve_insertion_order = true")  # what is found joins by position
    working.execute("alter table cells rename to unordered_cells")
    working.execute(f"create table cells ({TABLES['cells']})")
    working.execute(IN_ORDER)
    working.execute("drop table unordered_cells")
    series = working.execute(SERIES).fetchall()
    found = working.sql(CELLS).to_arrow_table()
    status = found.column("status").to_pylist()
    days = found.column("period_start").to_numpy().astype("datetime64[D]")
    is_shown = np.isin(np.array(status, dtype=object), SHOWN)
    numbers = {
        name: np.where(is_shown, found.column(name).cast(pa.float64()).to_numpy(), np.nan)
        for name in NUMBERS
    }
    counts = np.array([one[-1] for one in series], dtype=np.int64)
    cells = Cells(
        keys=[tuple(one[:-1]) for one in series],
        starts=np.cumsum(counts) - counts,
        period_start=days.tolist(),
        numerator=numbers["numerator"],
        denominator=numbers["denominator"],
        value=numbers["value"],
        lower=numbers["lower95"],
        upper=numbers["upper95"],
        status=status,
    )
    _refuse_doubles(cells, days)
    return cells


def _refuse_doubles(cells: Cells, days: NDArray[np.datetime64]) -> None:
    is_same = days[1:] == days[:-1]
    is_same[cells.starts[1:] - 1] = False
    if is_same.any():
        number = int(np.searchsorted(cells.starts, np.flatnonzero(is_same)[0], "right")) - 1
        raise PublishRefused(Fault("cells_twice", {"series": " / ".join(cells.keys[number])}))
