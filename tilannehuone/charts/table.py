"""A table as what it says, before it is markup or a file: screen and CSV draw the same one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, whether it holds numbers, and whether only the file carries it.

    `whole` keeps its words on one line.
    """

    header: str
    numeric: bool = False
    file_only: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the words shown, and for a number the number itself (for the file).

    `icon` names a finding's icon; `link` is a relative address; `quiet` says that the words stand
    in place of a number.
    """

    text: str
    number: float | None = None
    icon: str | None = None
    link: str | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns, the first cell of a row naming it.

    `here` is the row the reader is looking at. `notes` (label and text) travel with the file:
    definition, release, the meaning of the marks.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    here: int | None = None
    notes: tuple[tuple[str, str], ...] = ()
