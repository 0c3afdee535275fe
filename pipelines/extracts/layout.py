"""Where the header of an extract is, and which delivered column is which declared one."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.sources import Source

DELIMITERS = (";", "\t", ",", "|")
SEARCHED_ROWS = 100
"""How far down a header may stand."""

MOST_COLUMNS = 2_000
"""Of a table. Memory is taken by the column, a few hundred kilobytes for each; the widest
official tables have a hundred, or some hundreds where years or ages stand side by side."""

csv.field_size_limit(1 << 27)


@dataclass(frozen=True, slots=True)
class Row:
    """One record of the head of a file."""

    line: int  # of its first character
    end: int  # of its last
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file's columns lie."""

    header_line: int
    data_line: int  # the line after the header's last
    headers: list[str]
    columns: dict[str, int]  # declared column -> position
    groups: dict[int, dict[str, str]] = field(default_factory=dict)  # unpivoted position -> groups
    titles: list[Row] = field(default_factory=list)  # what stands above the header
    delimiter: str | None = None


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """Return a header's letters and digits alone: no case, no dots over a and o, no spaces.

    >>> fold("Väestö_31.12. (kpl)") == fold("vaesto 31 12 KPL")
    True
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum()) or text.strip()


def head_rows(text: str, delimiter: str) -> list[Row]:
    """Return the first records of a text, each with its lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    end = 0
    try:
        for cells in reader:
            rows.append(Row(end + 1, reader.line_num, cells))
            end = reader.line_num
            if len(rows) >= SEARCHED_ROWS:
                break
    except csv.Error:
        return rows
    return rows


def find_delimited(text: str, source: Source) -> Layout:
    """Return the layout of a delimited text from its head.

    The separator is the one that makes the earliest row hold every required column.

    Raises
    ------
    ExtractRejected
        When no separator does; the fault names what is missing and what stood there.
    """
    signs = DELIMITERS if source.delimiter == "auto" else (source.delimiter,)
    found, faults = [], []
    for sign in signs:
        rows = head_rows(text, sign)
        try:
            layout = find(rows, source)
        except ExtractRejected as error:
            faults.append((error, max((len(row.cells) for row in rows), default=0)))
        else:
            found.append((layout.header_line, -len(layout.headers), sign, layout))
    if not found:
        raise min(faults, key=lambda one: _severity(*one))[0]
    _, _, sign, layout = min(found, key=lambda one: one[:2])
    return Layout(
        layout.header_line,
        layout.data_line,
        layout.headers,
        layout.columns,
        layout.groups,
        layout.titles,
        sign,
    )


def _severity(error: ExtractRejected, width: int) -> tuple[int, int]:
    """Order faults: the attempt that came nearest to a header tells the reader most."""
    return int(error.faults[0].values.get("missing_count", 0)), -width


def find(rows: Sequence[Row], source: Source) -> Layout:
    """Return the layout given by the first row that holds all required columns.

    Raises
    ------
    ExtractRejected
        When no row does, before one that is wider than any table may be.
    """
    best: tuple[int, Row, list[str]] | None = None
    for at, row in enumerate(rows):
        hold_width(len(row.cells), row.line, source)
        columns, doubled = _columns(row.cells, source)
        missing = [name for name in _required(source) if name not in columns]
        groups = _groups(row.cells, source, columns)
        if not missing and (columns or groups):
            if doubled:
                raise ExtractRejected(
                    Fault("load_doubled_header", {"column": doubled}, line=row.line)
                )
            if source.unpivot is not None and not groups:
                raise ExtractRejected(Fault("load_no_unpivot", line=row.line))
            return Layout(row.line, row.end + 1, row.cells, columns, groups, list(rows[:at]))
        if any(one.strip() for one in row.cells) and (best is None or len(missing) < len(best[2])):
            best = (at, row, missing)
    raise ExtractRejected(_missing(best, source))


def hold_width(width: int, line: int, source: Source) -> None:
    """Raise ExtractRejected where a row has more columns than any table may have."""
    if width > MOST_COLUMNS:
        # as far from a header as a row without any of it: another separator may come nearer
        values = {"most": MOST_COLUMNS, "missing_count": len(_required(source))}
        raise ExtractRejected(Fault("load_too_many_columns", values, line=line or None))


def _missing(best: tuple[int, Row, list[str]] | None, source: Source) -> Fault:
    if best is None:
        return Fault("load_empty", {"missing_count": SEARCHED_ROWS})
    _, row, missing = best
    values = {"columns": ", ".join(missing), "missing_count": len(missing)}
    if len(missing) == len(_required(source)):
        # nothing of a header was met: what stands there may be anybody's data
        return Fault("load_no_header", values | {"count": len(row.cells)}, line=row.line)
    there = ", ".join(one.strip() for one in row.cells if one.strip())
    return Fault("load_missing_columns", values | {"there": there}, line=row.line)


def _required(source: Source) -> list[str]:
    made = set() if source.unpivot is None else {source.unpivot.value, *group_names(source)}
    return [name for name, one in source.columns.items() if not one.optional and name not in made]


def group_names(source: Source) -> list[str]:
    """Return the text columns that the names of unpivoted columns carry."""
    return [] if source.unpivot is None else list(re.compile(source.unpivot.match).groupindex)


def _columns(cells: Sequence[str], source: Source) -> tuple[dict[str, int], str | None]:
    """Return declared column -> position, and a declared column that stands there twice."""
    stripped = [one.strip() for one in cells]
    folded = [fold(one) for one in cells]
    found: dict[str, int] = {}
    doubled = None
    for name, column in source.columns.items():
        names = (name, *column.header)
        at = [i for i, one in enumerate(stripped) if one in names]
        wanted = {fold(one) for one in names}
        at = at or [i for i, one in enumerate(folded) if one and one in wanted]
        if at:
            found[name] = at[0]
            doubled = doubled or (name if len(at) > 1 else None)
    return found, doubled


def _groups(
    cells: Iterable[str], source: Source, columns: dict[str, int]
) -> dict[int, dict[str, str]]:
    if source.unpivot is None:
        return {}
    pattern = re.compile(source.unpivot.match)
    taken = set(columns.values())
    found = {}
    for at, cell in enumerate(cells):
        match = pattern.fullmatch(cell.strip())
        if match and at not in taken:
            found[at] = {name: value or "" for name, value in match.groupdict().items()}
    return found
