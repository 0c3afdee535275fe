"""The series of a loose file: its rows in order, with a place for every period between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from pipelines.loose.columns import Cell, read_columns, refuse
from pipelines.loose.numbers import Numbers, read_numbers
from pipelines.loose.spans import Spans, read_spans
from tilannehuone.errors import Fault
from tilannehuone.periods import periods_between
from tilannehuone.stats.spc_limits import Floats

MOST_DECIMALS = 3
"""More are not written."""


@dataclass(frozen=True, slots=True)
class LooseSeries:
    """The series of a file, oldest first; NaN where a period is unknown or not in the file.

    `rows` holds the value's cell for every period that is in the file. `decimals` and `unit` (`%`
    or empty) are those it is written with.
    """

    name: str
    spans: Spans
    periods: list[date]
    values: Floats
    rows: dict[date, Cell]
    decimals: int
    unit: str

    @property
    def months(self) -> list[int]:
        """The calendar month in which each period begins."""
        return [one.month for one in self.periods]

    @property
    def absent(self) -> int:
        """How many periods between the first and the last are not in the file."""
        return len(self.periods) - len(self.rows)


def read_series(
    file: Path,
    period_column: str | None = None,
    value_column: str | None = None,
    period_type: str | None = None,
) -> LooseSeries:
    """Return the series of a file.

    Parameters
    ----------
    period_column, value_column
        Headers; None for the first two columns.
    period_type
        What a bare `1/2025` is, and which period a date is in. None: as the file tells.

    Raises
    ------
    ExtractRejected
        With every fault (at most ten are listed), each with its line and field.
    """
    columns = read_columns(file, period_column, value_column)
    if not columns.periods:
        refuse(columns.faults or [Fault("spc_no_rows")], file)
    spans, faults = read_spans(columns.periods, period_type)
    texts = [one.text for one in columns.values]
    numbers = read_numbers(texts, comma_first=columns.delimiter != ",")
    faults += columns.faults + _unread(columns.values, numbers)
    refuse(sorted(faults, key=lambda one: (one.line or 0, one.column or 0)), file)

    found = dict(zip(spans.starts, zip(columns.values, numbers.values, strict=True), strict=True))
    rows = {start: cell for start, (cell, _) in found.items() if start is not None}
    periods = periods_between(spans.period_type, min(rows), max(rows), spans.anchor)
    values = [found[start][1] if start in rows else None for start in periods]
    return LooseSeries(
        name=columns.value_name or file.stem,
        spans=spans,
        periods=periods,
        values=np.array(values, np.float64),
        rows=rows,
        decimals=min(numbers.decimals, MOST_DECIMALS),
        unit="%" if numbers.percent else "",
    )


def _unread(cells: Sequence[Cell], numbers: Numbers) -> list[Fault]:
    return [
        Fault("spc_not_number", line=cell.line, column=cell.column)
        for cell, value in zip(cells, numbers.values, strict=True)
        if value is None
    ]
