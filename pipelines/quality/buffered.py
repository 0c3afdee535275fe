"""DuckDB for SQLAlchemy over a connection that is open already, each result fetched at once.

DuckDB 2.0 streams results and ends one when the next statement or a rollback comes, while
SQLAlchemy expects to read on; and a second `connect` to an open file must repeat its settings.
So the engine is given a cursor of the pipeline's own connection, and cursors that keep their rows.
Imported only where Great Expectations is, since SQLAlchemy costs time too.
"""

import contextlib
from collections.abc import Sequence
from typing import Any

import duckdb
from sqlalchemy.pool import StaticPool


class BufferedCursor:
    """A DB-API cursor (PEP 249, what SQLAlchemy uses of it) that holds all rows of its result."""

    arraysize = 1
    rowcount = -1

    def __init__(self, own: duckdb.DuckDBPyConnection, connection: "SharedConnection") -> None:
        self._own = own
        self.connection = connection
        self.description: list[tuple[Any, ...]] | None = None
        self._rows: list[Any] = []

    def execute(self, statement: str, parameters: Any = None, context: Any = None) -> None:
        """Run a statement and fetch its rows."""
        del context
        self._own.execute(statement, parameters or None)
        columns = self._own.description
        # a type's name, not the type: SQLAlchemy's caches would keep it past the module's end
        self.description = [(c[0], str(c[1]), *[None] * 5) for c in columns] if columns else None
        self._rows = self._own.fetchall() if columns else []

    def executemany(self, statement: str, parameters: Sequence[Any] = (), _: Any = None) -> None:
        """Run a statement once for each set of parameters."""
        self._own.executemany(statement, list(parameters))

    def fetchone(self) -> Any:
        """Return the next row, None at the end."""
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next `size` rows."""
        count = size or self.arraysize
        found, self._rows = self._rows[:count], self._rows[count:]
        return found

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        found, self._rows = self._rows, []
        return found

    def close(self) -> None:
        """Let the rows go."""
        self._rows = []


class SharedConnection:
    """A DB-API connection: a cursor of the working database, in a transaction of its own."""

    def __init__(self, working: duckdb.DuckDBPyConnection) -> None:
        self._own = working.cursor()
        self.notices: list[str] = []  # the dialect is PostgreSQL's child and looks for these
        self.closed = False

    def cursor(self) -> BufferedCursor:
        """Return a cursor; all of them share the one transaction."""
        return BufferedCursor(self._own, self)

    def begin(self) -> None:
        """Begin a transaction."""
        self._own.begin()

    def commit(self) -> None:
        """Commit, if there is anything to."""
        with contextlib.suppress(duckdb.TransactionException):
            self._own.commit()

    def rollback(self) -> None:
        """Roll back, if there is anything to."""
        with contextlib.suppress(duckdb.TransactionException):
            self._own.rollback()

    def close(self) -> None:
        """Close the cursor; the working database stays open."""
        self._own.close()
        self.closed = True


def engine_arguments(working: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return what makes `create_engine(URL, …)` read the open database `working`.

    Examples
    --------
    >>> import sqlalchemy
    >>> from pipelines.quality.dialect import URL
    >>> working = duckdb.connect()
    >>> _ = working.execute("create table seen as select 1 as x")
    >>> engine = sqlalchemy.create_engine(URL, **engine_arguments(working))
    >>> with engine.connect() as connection:
    ...     connection.execute(sqlalchemy.text("select x from seen")).scalar_one()
    1
    >>> engine.dispose()
    """
    return {"creator": lambda: SharedConnection(working), "poolclass": StaticPool}
