"""The guard against personal data: every text of a file is seen before anything of it is stored.

Staged tables are temporary and die with the file; what the guard finds is told by file, line and
column, never by value.
"""

from collections.abc import Collection

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.extracts.categories import distinct_values
from pipelines.extracts.sql import SPACES, run
from pipelines.extracts.staged import Staged, column
from pipelines.naming import literal
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.personal import PHONE_HEADERS, PREFILTER, find, find_in_column
from tilannehuone.personal_names import folded

LOOK, FEW = 65_536, 16_384
"""A column is one of few values when its first LOOK rows hold fewer than FEW different ones."""

SAMPLE = 2_000
EDGED = f"|^[{SPACES}]|[{SPACES}]$"


def guard_line(line: int, text: str) -> None:
    """Raise ExtractRejected when a line outside the table holds personal data."""
    found = find(text)
    if found is not None:
        raise ExtractRejected(Fault(f"load_{found}_in_line", line=line))


def guard_headers(staged: Staged) -> None:
    """Raise ExtractRejected when column names are personal: a table may be lying on its side."""
    headers = [one for one in staged.layout.headers if one.strip()]
    found = find_in_column("", headers)
    if found is not None:
        raise ExtractRejected(
            Fault(f"load_{found[0]}_in_line", line=staged.layout.header_line or None)
        )


def guard_staged(
    connection: duckdb.DuckDBPyConnection, staged: Staged, places: Collection[str]
) -> frozenset[str]:
    """Raise ExtractRejected when a column of `staged` holds personal data.

    Every text is seen, of columns that are declared and that are not. A column of few values is
    reduced to its distinct ones first; in any other one pass of a pattern finds the candidates.

    Parameters
    ----------
    places
        Folded names of the areas, which are no persons' names.

    Returns
    -------
    frozenset[str]
        The staged text columns none of whose texts begins or ends with a space: found in the
        same pass, since trimming ten million texts is not free.
    """
    guard_headers(staged)
    clean = set()
    whole = _whole_table(connection, staged)
    for at in (at for at, kind in enumerate(staged.kinds) if kind == "text"):
        header = staged.layout.headers[at].strip() if at < len(staged.layout.headers) else ""
        everything = folded(header) in PHONE_HEADERS
        if whole is None:
            values, sample = _texts(connection, column(at), everything)
        else:
            values, sample = _texts_in_memory(whole[column(at)], everything)
        found = find_in_column(header, values, sample, places)
        if found is not None:
            line = _line(connection, staged, column(at), found[1])
            named = {"column": header or str(at + 1)}
            raise ExtractRejected(Fault(f"load_{found[0]}", named, line=line))
        if all(one == one.strip(SPACES) for one in values):
            clean.add(column(at))
    return frozenset(clean)


def _whole_table(connection: duckdb.DuckDBPyConnection, staged: Staged) -> pa.Table | None:
    """Return a small table whole: a query for each of thousands of columns would be slower."""
    if staged.rows > LOOK:
        return None
    return connection.sql("from staged").to_arrow_table()


def _texts_in_memory(texts: pa.ChunkedArray, everything: bool) -> tuple[list[str], list[str]]:
    distinct = pc.drop_null(texts.unique())
    if len(distinct) < SAMPLE or everything:
        return distinct.to_pylist(), []
    suspect = pc.match_substring_regex(distinct, PREFILTER + EDGED)
    return distinct.filter(suspect).to_pylist(), distinct.slice(0, SAMPLE).to_pylist()


def _texts(
    connection: duckdb.DuckDBPyConnection, name: str, everything: bool
) -> tuple[list[str], list[str]]:
    """Return the texts of a column that may be personal, and a sample of all its texts."""
    relation, cell = "staged", name
    first = f"(select {name} from staged limit {LOOK})"  # noqa: S608
    different = run(connection, f"select count(distinct {name}) from {first}")[0][0]  # noqa: S608
    if different < FEW:
        relation, cell = distinct_values(connection, name, "staged"), "delivered"
    known = f"from {relation} where {cell} is not null"
    if different < SAMPLE or everything:
        values = run(connection, f"select distinct {cell} {known} limit {FEW}")  # noqa: S608
        if len(values) < FEW:
            return [one[0] for one in values], []
    suspect = f"regexp_matches({cell}, {literal(PREFILTER + EDGED)})"
    values = run(connection, f"select distinct {cell} {known} and {suspect}")  # noqa: S608
    sample = run(
        connection,
        f"select distinct {cell} from (select {cell} {known} limit {LOOK}) limit {SAMPLE}",  # noqa: S608
    )
    return [one[0] for one in values], [one[0] for one in sample]


def _line(
    connection: duckdb.DuckDBPyConnection, staged: Staged, name: str, value: str | None
) -> int | None:
    test = f"{name} is not null" if value is None else f"{name} = ?"
    found = run(
        connection,
        f"select min({staged.line}) from (select rowid as _row, * from staged) s where {test}",  # noqa: S608
        None if value is None else [value],
    )
    return found[0][0]
