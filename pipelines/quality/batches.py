"""What Great Expectations looks at: the typed rows, or of a large table a fixed sample of them.

Views and tables rather than temporary ones, since it has a connection of its own; their names are
plain whatever the source is called. Each row carries a flag for every rule that the library gets
as SQL, so that a predicate's own text needs no second kind of quoting.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from pipelines.naming import quoted, raw_table
from pipelines.quality.argument_forms import MARKED, PLACED
from pipelines.quality.rules import Rule

SAMPLE_LIMIT = 200_000
"""Rows above which the library sees a sample; it takes about 0.1 s a rule at this size."""

ROWS, WHOLE, HEADER = "gx_rows", "gx_whole", "gx_header"


@dataclass(frozen=True, slots=True)
class Batches:
    """Which relation serves which rules; `sampled` when `ROWS` holds a part of the rows."""

    sampled: bool

    def relation(self, rule: Rule) -> str:
        """Return the relation that a rule is confirmed over."""
        if rule.over == "columns":
            return HEADER
        return WHOLE if self.sampled and rule.over == "table" else ROWS


def flag(rule: Rule) -> str:
    """Return the column that says of each row whether it is bad by the rule."""
    return f"bad_by_rule_{rule.number}"


@contextmanager
def batches(
    working: duckdb.DuckDBPyConnection, name: str, rules: Sequence[Rule], limit: int
) -> Iterator[Batches]:
    """Make the relations for one source, and drop them afterwards.

    The sample is of rows whose hash of file and line falls right: the same rows in every run, and
    spread over all of the table.
    """
    raw = raw_table(name)
    rows = working.execute(f"select count(*) from {raw}").fetchall()[0][0]  # noqa: S608
    share = -(-rows // limit)
    flags = "".join(f", coalesce(({one.bad}\n), false) as {flag(one)}" for one in rules if one.bad)
    chosen = f"select rowid from {raw} where hash(file_id, line) % {share} = 0"  # noqa: S608
    where = f" where rowid in ({chosen})" if share > 1 else ""
    kind = "table" if share > 1 else "view"
    working.execute(f"create or replace {kind} {ROWS} as select *{flags} from {raw}{where}")  # noqa: S608
    working.execute(f"create or replace view {WHOLE} as select * from {raw}")  # noqa: S608
    declared = ", ".join(_declared_columns(working, name)) or "line"
    working.execute(f"create or replace table {HEADER} as select {declared} from {raw} limit 0")  # noqa: S608
    try:
        yield Batches(sampled=share > 1)
    finally:
        working.execute(f"drop {kind} {ROWS}; drop view {WHOLE}; drop table {HEADER}")


def _declared_columns(working: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Return the source's own columns, without what the loader adds."""
    found = working.execute(
        "select column_name from duckdb_columns() where table_name = ? order by column_index",
        [f"raw_{name}"],
    ).fetchall()
    own = [column for (column,) in found if column not in PLACED and not column.endswith(MARKED)]
    return [quoted(one) for one in own]
