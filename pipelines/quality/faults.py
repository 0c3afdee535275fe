"""What is wrong with the declared checks, found without running them.

`tilannehuone check` calls both functions; neither costs Great Expectations' import.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from pipelines.bind import PARSER, problem_of
from pipelines.conditions import NotAllowed, weighed
from pipelines.extracts.rows import create_raw
from pipelines.naming import raw_table
from pipelines.quality.argument_forms import EXAMPLES, column_type, fits
from pipelines.quality.expectations import ELSEWHERE, EXPECTATIONS
from pipelines.quality.rules import Rule, named_columns, rules_of
from pipelines.quality.sql import plain
from tilannehuone.declared import Path_, place, read_yaml
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.sources import Source

Problem = tuple[Path_, str, dict[str, Any]]


def faults_in_checks(sources: Mapping[str, Source], file: Path | None = None) -> list[Fault]:
    """Return what is wrong with the checks' names, arguments and columns.

    Parameters
    ----------
    sources
        The declared sources by name.
    file
        The declarations, for the line of each fault; without it a fault names no place.
    """
    document = None
    faults = []
    for name, source in sources.items():
        for at, key, values in source_problems(source):
            document = read_yaml(file) if file is not None and document is None else document
            faults.append(_fault(name, at, key, values, file, document))
    return faults


def _fault(
    source: str, at: Path_, key: str, values: dict[str, Any], file: Path | None, document: Any
) -> Fault:
    told = {"source": source, "number": int(at[0]) + 1, **values}
    if file is None:
        return Fault(key, told)
    return Fault(key, told, str(file), *place(document, ("sources", source, "checks", *at)))


def source_problems(source: Source) -> Iterator[Problem]:
    """Yield each fault of one source's checks, with its path below `checks`."""
    for n, check in enumerate(source.checks):
        if check.expect is None:
            if check.with_:
                yield (n, "with"), "check_rows_has_no_arguments", {}
        elif check.expect in EXPECTATIONS:
            yield from _argument_problems(n, check.expect, plain(check.with_), source)
        elif check.expect in ELSEWHERE:
            yield (n, "expect"), "check_unsupported_expectation", {"expectation": check.expect}
        else:
            near = get_close_matches(check.expect, EXPECTATIONS, n=1, cutoff=0)
            values = {"expectation": check.expect, "near": near[0]}
            yield (n, "expect"), "check_unknown_expectation", values


def _argument_problems(
    n: int, expect: str, given: dict[str, Any], source: Source
) -> Iterator[Problem]:
    expectation = EXPECTATIONS[expect]
    forms = expectation.arguments
    told = {"expectation": expect}
    for key in sorted(given.keys() - forms.keys()):
        known = ", ".join(forms)
        yield (n, "with", key), "check_unknown_argument", {**told, "argument": key, "known": known}
    for key in sorted(expectation.required.keys() - given.keys()):
        yield (n, "expect"), "check_missing_argument", {**told, "argument": key}
    bounds = [given.get(key) for key in ("min_value", "max_value")]
    if expectation.needs_bound and bounds == [None, None]:
        yield (n, "expect"), "check_needs_bound", told
    unknown = list(_column_problems(n, expect, given, source))
    yield from unknown
    if not unknown:
        yield from _form_problems(n, given, expectation.arguments, source)


def _column_problems(
    n: int, expect: str, given: dict[str, Any], source: Source
) -> Iterator[Problem]:
    expectation = EXPECTATIONS[expect]
    for column in named_columns(given, expectation.arguments):
        kind = column_type(source, column)
        if kind is None:
            known = ", ".join(sorted(source.column_names()))
            yield (n, "with"), "check_unknown_column", {"column": column, "known": known}
        elif kind not in expectation.types:
            values = {"column": column, "type": kind, "expectation": expect}
            yield (n, "with"), f"check_of_{'person' if kind == 'person' else 'type'}", values


def _form_problems(
    n: int, given: dict[str, Any], forms: dict[str, str], source: Source
) -> Iterator[Problem]:
    kinds = [column_type(source, one) or "any" for one in named_columns(given, forms)]
    for key in sorted(given.keys() & forms.keys()):
        form, value = forms[key], given[key]
        told_already = form in BY_COLUMN and not kinds  # its column is missing
        is_open = value is None and key in ("min_value", "max_value")
        if told_already or is_open or fits(value, form, kinds):
            continue
        told = {"argument": key, "form": EXAMPLES.get(form, ""), "type": kinds[0] if kinds else ""}
        yield (n, "with", key), f"check_wrong_{'type' if form in BY_COLUMN else 'form'}", told


BY_COLUMN = ("value", "values", "pairs")


def faults_in_predicates(sources: Mapping[str, Source], file: Path | None = None) -> list[Fault]:
    """Return the checks whose SQL does not bind to their source's typed rows.

    The rows' tables are made empty, so that no value can stand in a message. A source with other
    faults is passed over: its names and arguments come first.
    """
    document = None
    faults = []
    with duckdb.connect(":memory:", config=PARSER) as connection:
        for name, source in sources.items():
            weights = _weights(connection, source)
            if any(source_problems(source)) or weights is None:
                continue
            if _make_empty(connection, name, source):
                for rule in rules_of(source):
                    problem = _binding_problem(connection, name, rule, weights)
                    if problem is None:
                        continue
                    document = read_yaml(file) if file and document is None else document
                    at: Path_ = (rule.number - 1, "rows" if rule.check.rows else "with")
                    told = {"problem": problem[1]}
                    faults.append(_fault(name, at, f"check_{problem[0]}", told, file, document))
    return faults


def _make_empty(connection: duckdb.DuckDBPyConnection, name: str, source: Source) -> bool:
    """Make the source's empty table; False when a derived column does not bind, told elsewhere."""
    try:
        create_raw(connection, name, source)
    except ExtractRejected:
        return False
    return True


def has_table(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Say whether the database has a table of that name."""
    found = connection.execute("select 1 from duckdb_tables() where table_name = ?", [table])
    return bool(found.fetchall())


def _weights(connection: duckdb.DuckDBPyConnection, source: Source) -> dict[str, int] | None:
    """Return what the derived columns weigh; None when one is not allowed, told elsewhere."""
    weights: dict[str, int] = {}
    try:
        for column, sql in source.derived.items():
            weights[column.lower()] = weighed(connection, sql, weights)
    except NotAllowed:
        return None
    return weights


def _binding_problem(
    connection: duckdb.DuckDBPyConnection, source: str, rule: Rule, weights: Mapping[str, int]
) -> tuple[str, str] | None:
    """Return the fault key and why a predicate is no condition; None when it is one."""
    if rule.bad is None:
        return None
    if rule.check.rows is not None:
        return problem_of(connection, raw_table(source), rule.check.rows, weights)
    try:
        connection.execute(f"explain select ({rule.bad}) from {raw_table(source)}").fetchall()  # noqa: S608
        for pattern in rule.arguments.get("regex_list", [rule.arguments.get("regex")]):
            connection.execute("select regexp_matches('', ?)", [pattern]).fetchall()
    except duckdb.Error as error:
        return "bad_sql", str(error).splitlines()[0]
    return None
