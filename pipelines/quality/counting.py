"""One pass over a source's typed rows that counts the bad rows of every rule."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipelines.quality.repeats import count_repeats, some_value
from pipelines.quality.rules import Rule
from tilannehuone.hindered import insist


@dataclass(frozen=True, slots=True)
class Tally:
    """How a rule fared: bad rows among the rows it is about; `raised` when its SQL failed."""

    considered: int = 0
    unexpected: int = 0
    raised: bool = False

    def is_within(self, mostly: float) -> bool:
        """Say whether the share of good rows is at least `mostly`."""
        if self.raised:
            return False
        if self.considered == 0:
            return True
        return (self.considered - self.unexpected) / self.considered >= mostly


def tally(
    connection: duckdb.DuckDBPyConnection, table: str, rules: Sequence[Rule]
) -> dict[int, Tally]:
    """Return how each rule over rows or repeats fares in `table` (quoted), by rule number.

    All predicates are counted in one scan. When one of them fails on some value (a cast, a
    division), each is tried by itself, so that only the guilty one is marked `raised`.
    """
    by_row = [rule for rule in rules if rule.bad is not None]
    counts = _counted(connection, table, by_row)
    for rule in rules:
        if rule.over == "repeats":
            counts[rule.number] = _repeats(connection, table, rule)
    return counts


def _counted(
    connection: duckdb.DuckDBPyConnection, table: str, rules: Sequence[Rule]
) -> dict[int, Tally]:
    if not rules:
        return {}
    try:
        found = connection.execute(_query(table, rules)).fetchall()[0]
    except duckdb.Error as error:
        insist(error)
        if len(rules) == 1:
            return {rules[0].number: Tally(raised=True)}
        alone = [_counted(connection, table, [rule]) for rule in rules]
        return {number: one for counts in alone for number, one in counts.items()}
    pairs = zip(found[::2], found[1::2], strict=True)
    return {
        rule.number: Tally(considered, unexpected)
        for rule, (considered, unexpected) in zip(rules, pairs, strict=True)
    }


def _query(table: str, rules: Sequence[Rule]) -> str:
    counts = [f"{_considered(rule)}, count(*) filter (where ({rule.bad}\n))" for rule in rules]
    return f"select {', '.join(counts)} from {table}"  # noqa: S608


def _considered(rule: Rule) -> str:
    """Return the count a share is of; counted apart only where a share is asked for."""
    return "count(*)" if rule.mostly >= 1 else f"count(*) filter (where {rule.considered})"


def _repeats(connection: duckdb.DuckDBPyConnection, table: str, rule: Rule) -> Tally:
    query = f"select count(*) from {table} where {some_value(rule.columns)}"  # noqa: S608
    considered = connection.execute(query).fetchall()[0][0]
    return Tally(considered, count_repeats(connection, table, rule.columns))
