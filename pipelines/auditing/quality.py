"""Small counts in what a release says of its own making: rejected rows, files, checks.

"One row of this file was rejected" is a count of one person's rows, published beside the cells.
"""

import json
from typing import Any

import duckdb

Told = list[tuple[str, ...]]

COUNTS = ("rows_read", "rows_loaded", "rows_quarantined", "rows_other")

REJECTED = """select source, file, reason, row_count from rel.quarantine_summary
    where row_count > 0 and row_count < $k order by all"""

# the totals of a file are compared place by place: those are no counts of rows
CHECKED = """select source, coalesce(file, ''), expectation from rel.checks
    where expectation not like 'total_rows:%' and (
        (unexpected_count > 0 and unexpected_count < $k)
        or try_cast(regexp_extract(observed, '^(\\d+)/\\d+$', 1) as int) between 1 and $k - 1)
    order by all"""

SMALLEST = "select coalesce(max(k), 5) from measures"


def small_counts(reader: duckdb.DuckDBPyConnection) -> Told:
    """Return (table, place, …) of every count of 1 … k-1, k being the largest of the measures."""
    k = int(str(reader.execute(SMALLEST).fetchall()[0][0]))
    rejected = reader.execute(REJECTED, {"k": k}).fetchall()
    checked = reader.execute(CHECKED, {"k": k}).fetchall()
    told: Told = [("quarantine_summary", *map(str, row[:-1])) for row in rejected]
    told += [("checks", *map(str, row)) for row in checked]
    for row in reader.execute("select sources from rel.release").fetchall():
        for one in json.loads(row[0]) if row[0] else []:
            told += [("sources", *place) for place in _of_file(one, k)]
    return told


def _of_file(one: dict[str, Any], k: int) -> Told:
    """Return the counts of a file that are small, or that the others of it give."""
    place = (str(one.get("source")), str(one.get("file")))
    small = [name for name in COUNTS if _is_small(one.get(name), k)]
    absent = [name for name in (*COUNTS, "totals_dropped") if one.get(name) is None]
    if len(absent) == 1 and absent[0] in one:
        parts = sum(one[name] for name in (*COUNTS[1:], "totals_dropped") if name != absent[0])
        rest = parts if absent[0] == COUNTS[0] else one[COUNTS[0]] - parts
        small += [absent[0]] if _is_small(rest, k) else []
    return [(*place, name) for name in small]


def _is_small(count: Any, k: int) -> bool:
    return isinstance(count, int | float) and 0 < count < k
