"""Small parts of SQL that the loader puts together.

The loader composes SQL because its columns are declared, not known. Only names and marks from the
reviewed declarations, and positions, ever enter it; cells of a delivered file never do.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from pipelines.naming import literal
from tilannehuone.hindered import insist

SPACES = " \t\r\n\u00a0\u2007\u2009\u202f"
"""What may surround a value: Excel and PxWeb leave no-break and narrow spaces behind."""


def path_literal(path: Path) -> str:
    """Return a path as an SQL literal that names one file, whatever signs its name holds.

    >>> path_literal(Path("a[1].csv"))
    "'a[[]1].csv'"
    """
    return literal(re.sub(r"([*?\[])", r"[\1]", str(path)))


def literals(texts: Iterable[str]) -> str:
    """Return texts as a comma-separated list of literals, NULL when there are none."""
    return ", ".join(literal(one) for one in texts) or "NULL"


def trimmed(sql: str) -> str:
    """Return SQL for a text without surrounding spaces, NULL when nothing is left."""
    return f"nullif(trim({sql}, {literal(SPACES)}), '')"


def run(
    connection: duckdb.DuckDBPyConnection, sql: str, values: list[Any] | None = None
) -> list[tuple[Any, ...]]:
    """Execute to the end and return all rows (DuckDB 2 streams; a half-read result is lost).

    Raises
    ------
    Hindered
        No room on the disk, or no memory: then no file is to blame.
    """
    try:
        return connection.execute(sql, values).fetchall()
    except duckdb.Error as error:
        insist(error)
        raise
