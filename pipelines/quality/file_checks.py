"""Checks that every source has undeclared: rows reconcile, few are rejected, encodings are told."""

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

import duckdb

from pipelines.naming import raw_table
from pipelines.quality.faults import has_table
from pipelines.quality.quarantine import DUPLICATE_KEY
from pipelines.quality.results import Recorder, told
from tilannehuone.sources import Source
from tilannehuone.texts.format import percent

COUNTS = "rows_read, rows_loaded, rows_quarantined, totals_dropped, rows_other"


def check_files(
    working: duckdb.DuckDBPyConnection,
    name: str,
    recorder: Recorder,
    elsewhere: Mapping[int, int] = MappingProxyType({}),
) -> None:
    """Record for each loaded file its encoding and whether its rows reconcile.

    Reconciling means read = loaded + quarantined + dropped totals + other, and that as many typed
    and as many rejected rows of the file are really there as `files` says. `elsewhere` has the
    typed rows of files whose rows are not in the table, by number.
    """
    typed = (
        _rows_by_file(working, raw_table(name), name) if has_table(working, f"raw_{name}") else {}
    )
    typed |= elsewhere
    rejected = _rows_by_file(working, "quarantine", name)
    files = working.execute(
        f"""select file_id, name, encoding, {COUNTS} from files
            where source = ? and state = 'loaded' order by name""",  # noqa: S608
        [name],
    ).fetchall()
    for file_id, file, encoding, *counts in files:
        if encoding:
            message = told("check_encoding", encoding=encoding)
            recorder.record("encoding", "info", True, message, file=file, observed=encoding)
        there = (typed.get(file_id, 0), rejected.get(file_id, 0))
        _check_counts(recorder, file, [int(count or 0) for count in counts], there)


def _rows_by_file(working: duckdb.DuckDBPyConnection, table: str, source: str) -> dict[int, int]:
    of = "where source = ?" if table == "quarantine" else ""
    query = f"select file_id, count(*) from {table} {of} group by file_id"  # noqa: S608
    return dict(working.execute(query, [source] if of else []).fetchall())


def _check_counts(
    recorder: Recorder, file: str, counts: Sequence[int], there: tuple[int, int]
) -> None:
    read, loaded, quarantined, totals, other = counts
    off = [read - loaded - quarantined - totals - other, loaded - there[0], quarantined - there[1]]
    success = off == [0, 0, 0]
    recorder.record(
        "row_counts",
        "critical",
        success,
        told("check_row_counts" if success else "check_row_counts_failed"),
        file=file,
        observed=f"{read} = {loaded} + {quarantined} + {totals} + {other}",
        unexpected=max(map(abs, off)),
    )


def check_rejected_share(
    working: duckdb.DuckDBPyConnection, name: str, source: Source, recorder: Recorder
) -> None:
    """Record whether few enough of the source's rows were rejected; too many stop the source."""
    rejected, meant = working.execute(
        """select coalesce(sum(rows_quarantined), 0),
                  coalesce(sum(rows_read - totals_dropped - rows_other), 0)
           from files where source = ? and state = 'loaded'""",
        [name],
    ).fetchall()[0]
    success = rejected <= source.max_rejected * meant
    limit = partial(percent, 100 * source.max_rejected, decimals=1)
    recorder.record(
        "rejected_share",
        "critical",
        success,
        told("check_rejected_share" if success else "check_rejected_share_failed", limit=limit),
        observed=f"{rejected}/{meant}",
        unexpected=int(rejected),
    )


def check_key(recorder: Recorder, source: Source, moved: int) -> None:
    """Record how many rows repeated an earlier row's key, and were therefore rejected."""
    message = told("check_key" if moved == 0 else "check_key_failed", key=", ".join(source.key))
    recorder.record(DUPLICATE_KEY, "warning", moved == 0, message, unexpected=moved)
