"""The loader's own tables: which files came, what was refused, and what was set aside."""

from dataclasses import dataclass

import duckdb

from pipelines.extracts.sql import run
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.texts import LANGUAGES, text
from tilannehuone.texts.faults import fault_line

TABLES = {
    "files": """file_id smallint, source varchar, name varchar, sha256 varchar, bytes bigint,
        encoding varchar, delimiter varchar, header_line integer, rows_read bigint,
        rows_loaded bigint, rows_quarantined bigint, totals_dropped bigint, rows_other bigint,
        state varchar, fault_key varchar, message_fi varchar, message_sv varchar,
        message_en varchar""",
    "quarantine": """source varchar, file_id smallint, line integer, column_name varchar,
        reason varchar, value varchar""",
    "source_state": "source varchar, ok boolean, reason varchar",
    "checks": """source varchar, file varchar, expectation varchar, severity varchar,
        success boolean, observed varchar, unexpected_count bigint, message_fi varchar,
        message_sv varchar, message_en varchar""",
}


@dataclass(slots=True)
class Counts:
    """What became of a file's rows: read = loaded + quarantined + totals + other."""

    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    totals: int = 0
    other: int = 0

    def insist(self) -> None:
        """Raise ExtractRejected when a row is unaccounted for: nothing is lost in silence."""
        if self.read != self.loaded + self.quarantined + self.totals + self.other:
            raise ExtractRejected(Fault("load_rows_lost"))


@dataclass(slots=True)
class File:
    """One delivered file in the ledger."""

    file_id: int
    source: str
    name: str
    size: int
    sha256: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the ledger's tables where they are not."""
    for name, columns in TABLES.items():
        run(connection, f"create table if not exists {name} ({columns})")


def write_loaded(connection: duckdb.DuckDBPyConnection, file: File, counts: Counts) -> None:
    """Enter a file whose rows are in."""
    rows = [counts.read, counts.loaded, counts.quarantined, counts.totals, counts.other]
    _write(connection, file, rows, ["loaded", None, None, None, None])


def write_refused(connection: duckdb.DuckDBPyConnection, file: File, fault: Fault) -> None:
    """Enter a file of which nothing was kept, with the reason in three languages."""
    messages = [fault_line(fault, lang) for lang in LANGUAGES]
    _write(connection, file, [0, 0, 0, 0, 0], ["refused", fault.key, *messages])


def _write(
    connection: duckdb.DuckDBPyConnection, file: File, rows: list[int], end: list[str | None]
) -> None:
    start = [file.file_id, file.source, file.name, file.sha256, file.size]
    start += [file.encoding, file.delimiter, file.header_line]
    values = [*start, *rows, *end]
    run(connection, f"insert into files values ({', '.join('?' * len(values))})", values)  # noqa: S608


def write_state(connection: duckdb.DuckDBPyConnection, source: str, reason: str | None) -> None:
    """Enter whether a source may be published; `reason` is the fault that says no."""
    run(connection, "insert into source_state values (?, ?, ?)", [source, reason is None, reason])


def write_check(
    connection: duckdb.DuckDBPyConnection,
    file: File,
    expectation: str,
    observed: str,
    unexpected: int,
    message: str,
    **values: object,
) -> None:
    """Enter a check of the loader's own; `message` is a text key, `unexpected` counts groups."""
    messages = [text(message, lang, **values) for lang in LANGUAGES]
    row = [file.source, file.name, expectation, "warning", unexpected == 0, observed, unexpected]
    run(connection, "insert into checks values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row + messages)
