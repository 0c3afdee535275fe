"""What the loader and the checks found of a file, kept with the answers about it."""

from collections.abc import Mapping, Sequence

import duckdb

from pipelines.extracts.ledger import File
from pipelines.extracts.sql import path_literal, run
from pipelines.kept.store import Store
from pipelines.naming import raw_table
from pipelines.quality.counting import Tally, tally
from pipelines.quality.rules import Rule

ROWS = {
    "files": "select * exclude (file_id) from files where file_id = {number}",
    "quarantine": "select * exclude (file_id) from quarantine where file_id = {number}",
    "checks": """select c.* from checks c join files f on f.source = c.source and f.name = c.file
        where f.file_id = {number} and starts_with(c.expectation, 'total_rows:')""",
}
"""Of each table the rows about one file that only its loading can tell."""


def restore(store: Store, working: duckdb.DuckDBPyConnection, file: File) -> int | None:
    """Enter what is kept of a file into the loader's tables; return its rows, None if unknown."""
    folder = store.find(file)
    if folder is None:
        return None
    for table in ROWS:
        rows = f"select * from read_parquet({path_literal(folder / f'{table}.parquet')})"
        if table != "checks":
            rows = f"select {file.file_id}::smallint as file_id, * from ({rows})"
        store.read(file.source, f"insert into {table} by name {rows}")
    return int(run(working, "select rows_read from files where file_id = ?", [file.file_id])[0][0])


def keep(store: Store, source: str) -> None:
    """Keep what the loader and the checks found of a source's new files."""
    for table, select in ROWS.items():
        store.answers(source, table, lambda number, select=select: select.format(number=number))  # type: ignore[misc]


def loaded_rows(store: Store, working: duckdb.DuckDBPyConnection, source: str) -> dict[int, int]:
    """Return how many rows each file has whose rows are not here."""
    found = run(working, "select file_id, rows_loaded from files where source = ?", [source])
    known = store.sources[source].known if store.holds(source) else {}
    return {number: rows for number, rows in found if number in known}


def tallies(
    store: Store,
    working: duckdb.DuckDBPyConnection,
    source: str,
    rules: Sequence[Rule],
    new: Mapping[int, Tally],
) -> Mapping[int, Tally]:
    """Return how each rule fares over all files, given how it does over the new rows.

    A rule whose SQL fails on some row ends the keeping of its source.
    """
    if not store.holds(source):
        return new
    if any(one.raised for one in new.values()):
        store.give_up(source)
        return new

    def of_file(number: int) -> str:
        rows = f"(from {raw_table(source)} where file_id = {number})"
        counted = tally(working, rows, rules)
        told = [f"({rule}, {one.considered}, {one.unexpected})" for rule, one in counted.items()]
        return f"from (values {', '.join(told)}) t(rule, considered, unexpected)"

    answers = store.answers(source, "tallies", of_file)
    sums = "sum(considered)::bigint, sum(unexpected)::bigint"
    found = store.read(source, f"select rule, {sums} from {answers} group by 1")
    return {rule: Tally(considered, unexpected) for rule, considered, unexpected in found}
