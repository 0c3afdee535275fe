"""DuckDB's dialect for SQLAlchemy, as much as reading tables for Great Expectations takes.

Our own thirty lines rather than the package duckdb-engine: that one was written for DuckDB 1 and
breaks on streamed results, opens a second connection to list reserved words, and in one process
with Great Expectations keeps DuckDB from ending quietly.
"""

from typing import Any

import duckdb
from sqlalchemy import Connection, text, types
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDialect, PGIdentifierPreparer
from sqlalchemy.engine.default import DefaultDialect

URL = "duckdb+shared://"
"""What names the dialect to SQLAlchemy."""

TYPES: dict[str, type[types.TypeEngine[Any]]] = {
    "VARCHAR": types.String,
    "SMALLINT": types.SmallInteger,
    "INTEGER": types.Integer,
    "BIGINT": types.BigInteger,
    "UBIGINT": types.BigInteger,
    "DOUBLE": types.Double,
    "DATE": types.Date,
    "TIMESTAMP": types.DateTime,
    "BOOLEAN": types.Boolean,
}
"""Types of the loader's columns; a derived column may have another, which is then not converted."""


class Driver:
    """What SQLAlchemy asks of a DB-API module."""

    paramstyle = "numeric_dollar"
    apilevel = "2.0"
    threadsafety = 1
    Error = duckdb.Error


class QuotingPreparer(PGIdentifierPreparer):
    """Quotes every name, so that no list of reserved words is needed."""

    def _requires_quotes(self, value: str) -> bool:
        del value
        return True


class SharedDialect(PGDialect):
    """DuckDB reads PostgreSQL's SQL; its catalogue and its driver are its own."""

    name = "duckdb"
    driver = "shared"
    preparer = QuotingPreparer
    default_paramstyle = "numeric_dollar"
    supports_statement_cache = False
    supports_native_enum = False

    @classmethod
    def import_dbapi(cls) -> Any:
        """Return the driver's description."""
        return Driver

    def initialize(self, connection: Connection) -> None:
        """Learn the default schema, and skip PostgreSQL's questions to its server."""
        DefaultDialect.initialize(self, connection)

    def _get_server_version_info(self, connection: Connection) -> tuple[int, ...]:
        del connection
        return (14, 0)  # of the PostgreSQL whose SQL is spoken

    def get_default_isolation_level(self, dbapi_conn: Any) -> Any:
        """Return the only level DuckDB has."""
        del dbapi_conn
        return "SERIALIZABLE"

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction; DuckDB does not by itself."""
        dbapi_connection.begin()

    def get_columns(
        self, connection: Connection, table_name: str, schema: str | None = None, **_: Any
    ) -> list[Any]:
        """Return the columns of a table or view, with SQLAlchemy's types."""
        query = text(
            """select column_name, data_type from duckdb_columns()
               where table_name = :name and (:schema is null or schema_name = :schema)
               order by column_index"""
        )
        found = connection.execute(query, {"name": table_name, "schema": schema})
        return [
            {"name": name, "type": TYPES.get(kind, types.NullType)(), "nullable": True}
            for name, kind in found
        ]


registry.register("duckdb.shared", __name__, "SharedDialect")
