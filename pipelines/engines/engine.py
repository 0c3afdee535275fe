"""What the counting of parts asks of whatever scans the rows.

A scan is one SELECT in DuckDB's words over `raw_<source>`, tables kept before, and `area_paths`. It
groups, so that what comes back is small; everything after it, protection above all, happens in one
working database wherever the rows were scanned.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class ScanFailed(Exception):
    """A scan that the engine could not run; its message may quote a row and is told to nobody."""


@dataclass(frozen=True)
class Folded:
    """How a scan can be done file by file, for an engine that keeps what it once counted.

    `partial` is the scan of one file, its sums exact; `merged` has the SQL that puts a column of
    several files together, and all other columns group. `owner` is the part of a measure whose
    years are counted from it, by `unit`: what rows of one unit come to hangs on no other unit's.
    """

    partial: str
    merged: Mapping[str, str]
    owner: str = ""
    unit: str = ""


class Engine(Protocol):
    """Runs scans; all engines give equal rows, of equal types, to the last digit."""

    name: str

    def values(self, source: str, column: str) -> list[str]:
        """Return the different texts of a column in order, `unknown` for rows without one."""

    def days(self, source: str, column: str) -> list[tuple[date | None, date | None]]:
        """Return for each file the first and the last day of a date column (SQL)."""

    def value(self, source: str, column: str) -> str:
        """Return the SQL of a column's text for grouping, `unknown` where there is none."""

    def keep(
        self,
        table: str,
        select: str,
        source: str,
        folded: Folded | None = None,
        reach: int | None = None,
    ) -> None:
        """Keep the rows of a SELECT for later scans, where the scans are run.

        With a `reach` the rows are of years (`y`), and scans of them that have a reach too may be
        asked for some years only: what they tell of a year follows from it and so many after it,
        and is counts by area_code, y and category, of units one by one and none fewer for more
        rows. What a `folded` scan would merge may then stand in a row for each file: the asker
        merges. What is kept of such rows (`reach`, nothing folded) may lack the other years.
        """

    def forget(self, tables: Sequence[str], source: str) -> None:
        """Drop what was kept."""

    def scan(
        self,
        table: str,
        select: str,
        source: str,
        folded: Folded | None = None,
        reach: int | None = None,
    ) -> None:
        """Make the temporary `table` of the working database of a SELECT's rows.

        `folded` or `reach` say how an engine may do with less than all rows; see `keep`.

        Raises
        ------
        ScanFailed
            When the declared SQL fails on some row.
        """


def value_of(column: str) -> str:
    """Return the SQL of a column's text, `unknown` where there is none.

    >>> print(value_of('"laji"'))
    coalesce(cast("laji" as varchar), 'unknown')
    """
    return f"coalesce(cast({column} as varchar), 'unknown')"
