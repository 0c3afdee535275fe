"""Which columns of a source its measures ask for, and which values their conditions speak of.

A condition is parsed by DuckDB; nothing is guessed from its text. A value that stands beside a
column in one comparison is one that some rows of a twin should have.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import duckdb

from pipelines.bind import typed_columns
from pipelines.conditions import nodes
from pipelines.naming import quoted
from tilannehuone.instance import Instance
from tilannehuone.registry import Indicator, Part
from tilannehuone.sources import Source

KINDS = {"bigint": "integer", "integer": "integer", "double": "decimal", "date": "date"}
"""DuckDB's type to the declared one; every other is a category."""

TOGETHER = {"COMPARISON", "BETWEEN", "FUNCTION"}
"""Nodes of a parsed condition whose columns and constants stand beside each other."""


@dataclass(slots=True)
class Asked:
    """What is asked of one source."""

    kinds: dict[str, str] = field(default_factory=dict)  # column -> declared type
    values: dict[str, set[str]] = field(default_factory=dict)  # column -> values spoken of
    dimensions: set[str] = field(default_factory=set)  # columns that split or select rows
    amounts: set[str] = field(default_factory=set)  # columns that are summed
    wholes: dict[str, str] = field(default_factory=dict)  # amount -> the amount it is part of
    sizes: set[str] = field(default_factory=set)  # amounts that others are measured against
    indicators: list[Indicator] = field(default_factory=list)


def asked_of(instance: Instance) -> dict[str, Asked]:
    """Return what the measures of an instance ask of each source they use, in its order."""
    found = {name: Asked() for name in instance.sources if name in instance.used_sources}
    for one in instance.registry.indicators:
        for part in (one.numerator, one.denominator):
            if part is not None:
                is_counted = instance.sources[part.source].shape == "events"
                _note(found[part.source], one, part, is_counted)
        for breakdown in one.breakdowns:
            for name in {part.source for part in (one.numerator, one.denominator) if part}:
                if breakdown.column in instance.sources[name].column_names():
                    found[name].dimensions.add(breakdown.column)
        _note_sizes(found, one)
    for name, asked in found.items():
        kinds = _kinds(name, instance.sources[name])
        wanted = asked.dimensions | asked.amounts | set(asked.values)
        asked.kinds = {column: kinds[column] for column in sorted(wanted) if column in kinds}
    return found


def _note(asked: Asked, indicator: Indicator, part: Part, is_counted: bool) -> None:
    """Note a part; persons and medians of an aggregate source were counted where it came from."""
    if indicator not in asked.indicators:
        asked.indicators.append(indicator)
    if part.column is not None:
        summed = part.aggregate == "sum" or not is_counted
        (asked.amounts if summed else asked.dimensions).add(part.column)
    if part.date is not None:
        asked.dimensions.add(part.date)
    for columns, values in _beside(part.where):
        for column in columns:
            asked.dimensions.add(column)
            asked.values.setdefault(column, set()).update(values)


def _note_sizes(found: dict[str, Asked], indicator: Indicator) -> None:
    part, whole = indicator.numerator, indicator.denominator
    if whole is None or whole.column is None or whole.aggregate != "sum":
        return
    if part.source == whole.source and part.column not in (None, whole.column):
        if indicator.kind != "mean":
            found[whole.source].wholes[str(part.column)] = whole.column
    elif part.source != whole.source:
        found[whole.source].sizes.add(whole.column)


def _beside(where: str | None) -> Iterator[tuple[set[str], set[str]]]:
    """Yield the columns and the constants of every comparison of a condition."""
    if where is None:
        return
    sql = f"select * from t where {where}"  # noqa: S608 — parsed, never run
    with duckdb.connect(":memory:") as connection:
        row = connection.execute("select json_serialize_sql(?)", [sql]).fetchone()
    tree = json.loads(row[0] if row else "{}")
    for statement in tree.get("statements", []):
        yield from _walk(statement["node"].get("where_clause"))


def _walk(node: Any) -> Iterator[tuple[set[str], set[str]]]:
    if isinstance(node, list):
        for one in node:
            yield from _walk(one)
    elif isinstance(node, dict):
        is_in = node.get("class") == "OPERATOR" and node.get("type") != "OPERATOR_NOT"
        if node.get("class") in TOGETHER or is_in or node.get("class") == "COLUMN_REF":
            yield set(_columns(node)), set(_constants(node))
        else:
            for one in node.values():
                yield from _walk(one)


def _columns(node: Any) -> Iterator[str]:
    for one in nodes(node):
        if one.get("class") == "COLUMN_REF":
            yield str(one["column_names"][-1])


def _constants(node: Any) -> Iterator[str]:
    for one in nodes(node):
        literal = one.get("literal") if one.get("class") == "CONSTANT" else None
        if literal and literal.get("text") is not None:
            yield str(literal["text"]).strip("%")


def _kinds(name: str, source: Source) -> dict[str, str]:
    """Return the declared type of every column, derived ones by what DuckDB makes of them."""
    columns = ", ".join(f"{quoted(one)} {kind}" for one, kind in typed_columns(source).items())
    with duckdb.connect(":memory:", config={"enable_external_access": "false"}) as connection:
        connection.execute(f"create table {quoted(name)} ({columns})")
        for column, sql in source.derived.items():
            connection.execute(
                f"create or replace table {quoted(name)} as "  # noqa: S608
                f"select *, {sql} as {quoted(column)} from {quoted(name)}"
            )
        described = connection.execute(f"describe {quoted(name)}").fetchall()
    kinds = {str(row[0]): KINDS.get(str(row[1]).lower(), "category") for row in described}
    return kinds | {column: one.type for column, one in source.columns.items()}
