"""Which record stands on which line, in files where that is not plain.

Python's csv module reads the same text once more beside DuckDB: it gives every record its line and
its number of fields, and a count of its own. When the two readers disagree the file is refused.
"""

import csv
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from tilannehuone.errors import ExtractRejected, Fault


@dataclass(slots=True)
class Records:
    """The records below the header."""

    lines: "array[int]" = field(default_factory=lambda: array("q"))  # of those with right width
    rejects: list[tuple[int, str]] = field(default_factory=list)
    notes: int = 0

    @property
    def count(self) -> int:
        """All records that are not blank lines."""
        return len(self.lines) + len(self.rejects) + self.notes


class _Lines:
    """An iterator over lines that knows how many it gave, and those of the record at hand."""

    def __init__(self, lines: Iterator[str], given: int) -> None:
        self._lines, self.given = lines, given
        self.record: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.given += 1
        self.record.append(line)
        return line


def map_records(
    lines: Iterator[str],
    delimiter: str,
    width: int,
    first_line: int,
    inspect: Callable[[int, str], None],
    kept: TextIO,
) -> Records:
    """Return where each record below the header stands.

    Parameters
    ----------
    lines
        The text's lines below the header, their ends normalised to LF.
    width
        How many fields a row has. One more is allowed when it is empty (a separator at the end).
    first_line
        The physical line of the first of `lines`.
    inspect
        Called with line and text of every record that will not be a row, before it is counted;
        the guard against personal data raises from here.
    kept
        Where the text of the rows alone is written, unchanged.

    Raises
    ------
    ExtractRejected
        At a quote that is never closed: everything after it is one cell, and nobody can say
        where the rows are. At a last row that ends amid its fields and its line: what came after
        it is not there, and half a month would pass for a whole one. A remark directly below the
        rows, without the end of its line, looks the same and is refused too.
    """
    source = _Lines(lines, first_line - 1)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    found = Records()
    after_blank = False
    tail: list[tuple[int, str]] = []  # records since the last right one
    while True:
        start = source.given + 1
        source.record = []
        try:
            kind = _kind(next(reader), width, after_blank)
        except StopIteration:
            break
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise ExtractRejected(Fault("load_unclosed_quote", line=start)) from None
            kind = "stray_quote"
        after_blank = kind == "blank" or (kind == "note" and after_blank)
        if kind == "row":
            found.rejects += tail
            found.lines.append(start)
            kept.writelines(source.record)
            tail = []
        elif kind != "blank":
            inspect(start, "".join(source.record))
            if kind == "too_few_fields" and not source.record[-1].endswith("\n"):
                raise ExtractRejected(Fault("load_cut_off", line=start))
            tail.append((start, kind))
    found.notes = sum(kind == "note" for _, kind in tail)
    found.rejects += [one for one in tail if one[1] != "note"]
    found.rejects = [
        (at, "too_few_fields" if kind == "note" else kind) for at, kind in found.rejects
    ]
    return found


def _kind(cells: list[str], width: int, after_blank: bool) -> str:
    """Return what a record is: row, blank, note (a text alone below a blank line) or ragged."""
    if len(cells) == width or (len(cells) == width + 1 and not cells[-1]):
        return "row"
    filled = sum(1 for one in cells if one.strip())
    if filled == 0:
        return "row" if width == 1 else "blank"
    if filled == 1 and after_blank:
        return "note"
    return "too_few_fields" if len(cells) < width else "too_many_fields"
