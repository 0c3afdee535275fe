"""Ring three of four: every piece of declared SQL, bound against empty tables of its source.

A wrong column or type is then a fault of the declaration, told before any extract is read.
"""

from collections.abc import Iterator, Mapping

import duckdb

from pipelines.conditions import NotAllowed, NotRead, strangers, weighed
from pipelines.naming import TYPES, quoted
from tilannehuone.declared import Path_, place, read_yaml
from tilannehuone.errors import Fault
from tilannehuone.instance import Instance
from tilannehuone.sources import Source

Problem = tuple[str, str]
"""The key of a fault, and what is wrong."""

PARSER: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "max_expression_depth": "250",
    "max_execution_time": "10000",
    "lock_configuration": "true",
}
"""Of a database that holds no row and reads what somebody declared: nothing can be reached."""


def bind_faults(instance: Instance) -> list[Fault]:
    """Return a fault for each predicate or derived column that does not fit its source."""
    found: list[tuple[str, Path_, Problem, str]] = []
    with duckdb.connect(":memory:", config=PARSER) as connection:
        weights = {}
        for name, source in instance.sources.items():
            weights[name], problems = _create_table(connection, name, source)
            found += [("data/sources.yaml", at, problem, name) for at, problem in problems]
        for file, at, name, sql in _predicates(instance):
            problem = problem_of(connection, quoted(name), sql, weights[name])
            if problem is not None:
                found.append((file, at, problem, name))
    documents = {file: read_yaml(instance.folder / file) for file in {one[0] for one in found}}
    return [
        Fault(key, {"source": name, "problem": what}, str(instance.folder / file), *where)
        for file, at, (key, what), name in found
        for where in [place(documents[file], at)]
    ]


def typed_columns(source: Source) -> dict[str, str]:
    """Return the SQL type of each column of a source's rows, derived ones excepted."""
    columns = {name: TYPES[column.type] for name, column in source.columns.items()}
    groups = source.column_names() - set(source.columns) - set(source.derived)
    return columns | dict.fromkeys(sorted(groups), "varchar")


def _create_table(
    connection: duckdb.DuckDBPyConnection, name: str, source: Source
) -> tuple[dict[str, int], list[tuple[Path_, Problem]]]:
    """Make the source's empty table; return the weights of its derived columns, or a problem."""
    columns = ", ".join(f"{quoted(one)} {kind}" for one, kind in typed_columns(source).items())
    connection.execute(f"create table {quoted(name)} ({columns})")
    weights: dict[str, int] = {}
    for column, sql in source.derived.items():
        problem = problem_of(connection, quoted(name), sql, weights)
        if problem is not None:
            return weights, [(("sources", name, "derived", column), problem)]
        weights[column.lower()] = weighed(connection, sql, weights)
        connection.execute(
            f"create or replace table {quoted(name)} as "
            f"select *, {sql} as {quoted(column)} from {quoted(name)}"
        )
    return weights, []


def _predicates(instance: Instance) -> Iterator[tuple[str, Path_, str, str]]:
    for n, one in enumerate(instance.registry.indicators):
        for role, part in (("numerator", one.numerator), ("denominator", one.denominator)):
            if part is not None and part.where is not None:
                at: Path_ = ("indicators", n, role, "where")
                yield "indicators.yaml", at, part.source, part.where
    for name, source in instance.sources.items():
        if source.where is not None:
            yield "data/sources.yaml", ("sources", name, "where"), name, source.where


def problem_of(
    connection: duckdb.DuckDBPyConnection, table: str, sql: str, weights: Mapping[str, int]
) -> Problem | None:
    """Return why `sql` is no expression over the columns of a table; None when it is one.

    It is parsed first: what has a part that is not allowed is never bound, since binding a
    function that reads a file reads it.
    """
    try:
        weighed(connection, sql, weights)
        columns = connection.cursor().execute(f"describe {table}").fetchall()
        names = strangers(connection, sql, {str(one[0]) for one in columns})
        connection.cursor().execute(f"explain select ({sql}\n) from {table}").fetchall()
    except NotRead as error:
        return "bad_sql", str(error)
    except NotAllowed as error:
        return "sql_not_allowed", str(error)
    except duckdb.Error as error:
        return "bad_sql", str(error).splitlines()[0]
    return ("sql_not_allowed", names[0]) if names else None
