"""The two columns of a loose file, as text: where they are, and on which line each cell stands."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.extracts.delivery import inspect, open_text
from pipelines.extracts.layout import DELIMITERS, fold
from pipelines.loose.numbers import is_number_or_unknown
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.period_forms import read_written

MOST_FAULTS = 10
"""More are counted and not listed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, its line and its field, both counted from 1."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The two columns row by row; the name of the second is empty without a header.

    Rows with a field too few or too many are in `faults` instead.
    """

    periods: list[Cell]
    values: list[Cell]
    value_name: str
    delimiter: str
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class _Table:
    """A file under one separator: its rows below the header, and where the two columns are."""

    delimiter: str
    header: list[str]  # empty when there is none
    rows: list[_Row]
    period_at: int
    value_at: int

    @property
    def width(self) -> int:
        """How many fields a row may have."""
        return len(self.header or self.rows[0].cells)

    @property
    def readable(self) -> int:
        """The number of rows that hold a period and a value."""
        return sum(_is_data(row, self.period_at, self.value_at) for row in self.rows)

    def fault(self, row: _Row) -> Fault | None:
        """Return what is wrong with the fields of a row."""
        if len(row.cells) <= max(self.period_at, self.value_at):
            return Fault("spc_short_row", line=row.line)
        if any(row.cells[self.width :]):
            return Fault("spc_long_row", line=row.line, column=self.width + 1)
        return None

    def cells(self, at: int) -> list[Cell]:
        """Return a column's cells, without the rows that are at fault."""
        whole = [row for row in self.rows if not self.fault(row)]
        return [Cell(row.cells[at], row.line, at + 1) for row in whole]


def refuse(faults: Sequence[Fault], file: Path) -> None:
    """Raise ExtractRejected with the faults, each with the file's name; nothing for none."""
    if not faults:
        return
    told = [replace(one, file=str(file)) for one in faults[:MOST_FAULTS]]
    more = len(faults) - len(told)
    raise ExtractRejected(told + [Fault("spc_more", {"count": more}, str(file))] * (more > 0))


def read_columns(file: Path, period_name: str | None, value_name: str | None) -> Columns:
    """Return the columns of periods and values.

    The encoding is found as for extracts (`pipelines.extracts.delivery`). The separator is the
    one by which most rows hold a period and a number.

    Parameters
    ----------
    file
        A CSV file, with a header row or without.
    period_name, value_name
        Headers, told apart by letters and digits alone. None: the first column and the second
        (the first that is not the other, when one of them is named).

    Raises
    ------
    ExtractRejected
        When there is no such file, it is no text, or has no two columns or not those named.
    """
    text = _text(file)
    names = (period_name, value_name)
    tried = [_table(_rows(text, sign), names, sign) for sign in DELIMITERS]
    found = [one for one in tried if isinstance(one, _Table)]
    if not found:
        refuse([one for one in tried if isinstance(one, Fault)][:1], file)
    best = max(found, key=lambda one: one.readable)
    return Columns(
        periods=best.cells(best.period_at),
        values=best.cells(best.value_at),
        value_name=best.header[best.value_at] if best.header else "",
        delimiter=best.delimiter,
        faults=[fault for row in best.rows if (fault := best.fault(row))],
    )


def _text(file: Path) -> str:
    try:
        with open_text(inspect(file, file.name)) as opened:
            text = opened.read()
    except FileNotFoundError:
        raise ExtractRejected(Fault("file_missing", file=str(file))) from None
    except OSError:
        raise ExtractRejected(Fault("load_cannot_open", file=str(file))) from None
    except ExtractRejected as error:
        refuse(error.faults, file)
        raise
    if not text.strip():
        raise ExtractRejected(Fault("load_empty", file=str(file)))
    return text


def _rows(text: str, delimiter: str) -> list[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, end = [], 0
    for cells in reader:
        if any(one.strip() for one in cells):
            rows.append(_Row(end + 1, [one.strip() for one in cells]))
        end = reader.line_num
    return rows


def _table(rows: list[_Row], names: tuple[str | None, str | None], sign: str) -> _Table | Fault:
    """Return the file under this separator, or why it has not the two columns."""
    first = rows[0]
    header = next((row for row in rows if _names(row, names)), first)
    for name in names:
        if name and not _names(header, (name,)):
            return Fault("spc_no_column", {"column": name}, line=first.line)
    if len(header.cells) < len(names):
        return Fault("not_a_series", line=header.line)
    period_at, value_at = _positions(header, names)
    if not any(names) and _is_data(header, period_at, value_at):
        return _Table(sign, [], rows, period_at, value_at)
    below = rows[rows.index(header) + 1 :]
    return _Table(sign, header.cells, below, period_at, value_at)


def _names(row: _Row, names: Sequence[str | None]) -> bool:
    there = {fold(one) for one in row.cells}
    return all(fold(one) in there for one in names if one)


def _positions(header: _Row, names: tuple[str | None, str | None]) -> tuple[int, int]:
    folded = [fold(one) for one in header.cells]
    period_at, value_at = (folded.index(fold(one)) if one else None for one in names)
    if period_at is None:
        period_at = 1 if value_at == 0 else 0
    if value_at is None:
        value_at = 0 if period_at == 1 else 1
    return period_at, value_at


def _is_data(row: _Row, period_at: int, value_at: int) -> bool:
    if len(row.cells) <= max(period_at, value_at):
        return False
    period = read_written(row.cells[period_at]) is not None
    return period and is_number_or_unknown(row.cells[value_at])
