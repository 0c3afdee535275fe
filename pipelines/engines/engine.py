"""What the counting of parts asks of whatever scans the rows.

A scan is one SELECT in DuckDB's words over `raw_<source>`, tables kept before, and `area_paths`. It
groups, so that what comes back is small; everything after it, protection above all, happens in one
working database wherever the rows were scanned.
"""

from collections.abc import Sequence
from typing import Protocol


class ScanFailed(Exception):
    """A scan that the engine could not run; its message may quote a row and is told to nobody."""


class Engine(Protocol):
    """Runs scans; both engines give equal rows, of equal types, to the last digit."""

    name: str

    def value(self, source: str, column: str) -> str:
        """Return the SQL of a column's text for grouping, `unknown` where there is none."""

    def keep(self, table: str, select: str, source: str) -> None:
        """Keep the rows of a SELECT for later scans, where the scans are run."""

    def forget(self, tables: Sequence[str], source: str) -> None:
        """Drop what was kept."""

    def scan(self, table: str, select: str, source: str) -> None:
        """Make the temporary `table` of the working database of a SELECT's rows.

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
