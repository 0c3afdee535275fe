"""Ring three of four: every piece of declared SQL, bound against empty tables of its source.

A wrong column or type is then a fault of the declaration, told before any extract is read.
"""

import re
from collections.abc import Iterator

import duckdb

from pipelines.naming import TYPES, quoted
from tilannehuone.declared import Path_, place, read_yaml
from tilannehuone.errors import Fault
from tilannehuone.instance import Instance
from tilannehuone.sources import Source

NOT_A_CONDITION = re.compile(
    r";|--|/\*|\b(select|from|attach|copy|install|load|pragma|read_\w+|getenv|query\w*)\b", re.I
)
"""Nothing a boolean over a row's columns needs; the connection is locked down besides."""

TEXT = re.compile(r"'(?:[^']|'')*'")


def bind_faults(instance: Instance) -> list[Fault]:
    """Return a fault for each predicate or derived column that does not fit its source."""
    faults = []
    with duckdb.connect(":memory:", config={"enable_external_access": "false"}) as connection:
        for name, source in instance.sources.items():
            problem = _create_table(connection, name, source)
            if problem is not None:
                faults.append(_placed(instance, "data/sources.yaml", *problem, name))
        for file, at, source_name, sql in _predicates(instance):
            message = _problem(connection, source_name, sql)
            if message is not None:
                faults.append(_placed(instance, file, at, message, source_name))
    return faults


def typed_columns(source: Source) -> dict[str, str]:
    """Return the SQL type of each column of a source's rows, derived ones excepted."""
    columns = {name: TYPES[column.type] for name, column in source.columns.items()}
    groups = source.column_names() - set(source.columns) - set(source.derived)
    return columns | dict.fromkeys(sorted(groups), "varchar")


def _create_table(
    connection: duckdb.DuckDBPyConnection, name: str, source: Source
) -> tuple[Path_, str] | None:
    columns = ", ".join(f"{quoted(one)} {kind}" for one, kind in typed_columns(source).items())
    connection.execute(f"create table {quoted(name)} ({columns})")
    for column, sql in source.derived.items():
        message = _problem(connection, name, sql)
        if message is not None:
            return ("sources", name, "derived", column), message
        connection.execute(
            f"create or replace table {quoted(name)} as "
            f"select *, {sql} as {quoted(column)} from {quoted(name)}"
        )
    return None


def _predicates(instance: Instance) -> Iterator[tuple[str, Path_, str, str]]:
    for n, one in enumerate(instance.registry.indicators):
        for role, part in (("numerator", one.numerator), ("denominator", one.denominator)):
            if part is not None and part.where is not None:
                at: Path_ = ("indicators", n, role, "where")
                yield "indicators.yaml", at, part.source, part.where
    for name, source in instance.sources.items():
        if source.where is not None:
            yield "data/sources.yaml", ("sources", name, "where"), name, source.where


def _problem(connection: duckdb.DuckDBPyConnection, source: str, sql: str) -> str | None:
    """Return why `sql` is no expression over the source's columns; None when it is one."""
    if NOT_A_CONDITION.search(TEXT.sub("''", sql)):
        return "; / select"
    try:
        connection.cursor().execute(f"explain select ({sql}) from {quoted(source)}").fetchall()
    except duckdb.Error as error:
        return str(error).splitlines()[0]
    return None


def _placed(instance: Instance, file: str, at: Path_, problem: str, source: str) -> Fault:
    path = instance.folder / file
    values = {"source": source, "problem": problem}
    return Fault("bad_sql", values, str(path), *place(read_yaml(path), at))
