"""A cluster behind a Spark Connect endpoint: the same scans, put into its words by Ibis.

The typed rows of sources of events travel there as Parquet, in files of a folder that both sides
see; aggregate sources are small and stay. What a predicate means is tried before it is believed:
every scan of typed rows also runs over a thinned sample on both sides, and must give equal rows.
"""

import os
import shutil
import socket
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.engines.engine import Folded, ScanFailed, value_of
from pipelines.engines.local import Local
from pipelines.naming import quoted, raw_table
from tilannehuone.errors import Fault, PublishRefused, TilannehuoneError

ENDPOINT, FOLDER = "TILANNEHUONE_SPARK", "TILANNEHUONE_SPARK_FOLDER"
PORT, PATIENCE, TRIES = 15002, 10, 5
"""Spark Connect's own port; seconds to wait for somebody to answer there; tries of a question."""

ROWS_A_FILE, SAMPLE = 4_000_000, 20_000
PATHS = "area_paths"
LEAST = -(2**63)
"""A person is an unsigned number of 64 bits, which Spark has not: moved down it stays different."""


class Cluster:
    """Scans events on a cluster, and the rest here."""

    name = "spark"

    def __init__(
        self,
        working: duckdb.DuckDBPyConnection,
        address: str,
        folder: Path,
        events: set[str],
    ) -> None:
        self.working, self.address, self.folder = working, address, folder
        self.connection = _connected(address)
        self.local, self.events = Local(working), events
        self.shared: set[str] = set()

    def value(self, source: str, column: str) -> str:
        """Return the column as the text it is."""
        return (
            value_of(quoted(column)) if source in self.events else self.local.value(source, column)
        )

    def values(self, source: str, column: str) -> list[str]:
        """Return the different texts of a column; the typed rows are here as well."""
        return self.local.values(source, column)

    def days(self, source: str, column: str) -> list[tuple[date | None, date | None]]:
        """Return for each file the first and the last day of a date column (SQL)."""
        return self.local.days(source, column)

    def keep(
        self,
        table: str,
        select: str,
        source: str,
        folded: Folded | None = None,  # noqa: ARG002
        reach: int | None = None,  # noqa: ARG002
    ) -> None:
        """Keep a SELECT of events as a view on the cluster."""
        if source not in self.events:
            self.local.keep(table, select, source)
            return
        self._share(source)
        self._insist_on_equal(select, source)
        with self._asking():
            self.connection.create_view(table, self._put(select), overwrite=True)

    def forget(self, tables: Sequence[str], source: str) -> None:
        """Drop tables that are here; a view on the cluster holds nothing."""
        if source not in self.events:
            self.local.forget(tables, source)

    def scan(
        self,
        table: str,
        select: str,
        source: str,
        folded: Folded | None = None,  # noqa: ARG002
        reach: int | None = None,  # noqa: ARG002
    ) -> None:
        """Run a SELECT of events on the cluster and bring its rows here."""
        if source not in self.events:
            self.local.scan(table, select, source)
            return
        self._share(source)
        self._insist_on_equal(select, source)
        self._bring(table, select)

    def _bring(self, table: str, select: str) -> None:
        found = self._asked(select)
        self.working.register("scanned", found)
        self.working.execute(f"create or replace temp table {table} as from scanned")
        self.working.unregister("scanned")

    def _put(self, select: str) -> Any:
        return self.connection.sql(select, dialect="duckdb")

    def _asked(self, select: str) -> pa.Table:
        with self._asking():
            return self._put(select).to_pyarrow()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Tell a question that failed from a cluster that is gone."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # theirs, of their own use of pandas
                yield
        except Exception as error:  # noqa: BLE001 — of Ibis, its parser, the client or the cluster
            _reach(self.address)
            raise ScanFailed from error

    def _share(self, source: str) -> None:
        """Write the typed rows of a source, a sample of them, and the tree of areas, once each."""
        table = raw_table(source)
        if source in self.shared:
            return
        if not self.shared:
            self._write(PATHS, f"from {PATHS}")
        held = f"select {_columns(self.working, table)} from {table}"
        self._write(f"raw_{source}", held)
        rows = self.working.cursor().execute(f"select count(*) from {table}").fetchone()
        step = max(1, (rows[0] if rows else 0) // SAMPLE)
        sample = quoted(f"tried_{source}")
        self.working.execute(
            f"create or replace table {sample} as {held} where (line + file_id) % {step} = 0"
        )
        self._write(f"tried_{source}", f"from {sample}")
        self.shared.add(source)

    def _write(self, name: str, select: str) -> None:
        folder = self.folder / name
        folder.mkdir(mode=0o750, exist_ok=True)
        batches = self.working.cursor().sql(select).to_arrow_reader(ROWS_A_FILE)
        for n, batch in enumerate(batches):
            pq.write_table(pa.Table.from_batches([batch]), folder / f"part-{n}.parquet")
        if not any(folder.iterdir()):
            pq.write_table(batches.schema.empty_table(), folder / "part-0.parquet")
        try:
            with self._asking():
                self.connection.read_parquet(str(folder), table_name=name)
        except ScanFailed:
            told = {"folder": str(self.folder.parent), "variable": FOLDER}
            raise PublishRefused(Fault("engine_folder_unseen", told)) from None

    def _insist_on_equal(self, select: str, source: str) -> None:
        """Run a scan of typed rows over the sample on both sides; refuse where they differ."""
        if raw_table(source) not in select:
            return
        tried = select.replace(raw_table(source), quoted(f"tried_{source}"))
        self.local.scan("unsafe_tried", tried, source)
        self.working.register("scanned", self._asked(tried))
        different = self.working.execute(
            """select count(*) from (
                (from unsafe_tried except all from scanned)
                union all (from scanned except all from unsafe_tried))"""
        ).fetchall()
        self.working.unregister("scanned")
        if different[0][0]:
            raise TilannehuoneError(Fault("engine_differs", {"source": source}))


def _columns(working: duckdb.DuckDBPyConnection, table: str) -> str:
    rows = working.cursor().execute(f"describe {table}").fetchall()
    return ", ".join(
        f"cast(cast({quoted(name)} as hugeint) + ({LEAST}) as bigint) as {quoted(name)}"
        if kind == "UBIGINT"
        else quoted(name)
        for name, kind, *_ in rows
    )


@contextmanager
def cluster(working: duckdb.DuckDBPyConnection, work: Path, events: set[str]) -> Iterator[Cluster]:
    """Yield the engine of the endpoint that `TILANNEHUONE_SPARK` names (`sc://host:port`).

    The typed rows lie in a folder of their own below `TILANNEHUONE_SPARK_FOLDER` (else below
    `work`) while the build runs; the cluster must see it under the same name.

    Raises
    ------
    PublishRefused
        When no endpoint is named, the extra `cluster` is not installed, or nobody answers.
    """
    address = os.environ.get(ENDPOINT, "")
    _reach(address)
    parent = Path(os.environ.get(FOLDER) or work).resolve()
    folder = parent / f"unsafe-{sha256(str(work.resolve()).encode()).hexdigest()[:12]}"
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
    folder.mkdir(mode=0o750)
    try:
        yield Cluster(working, address, folder, events)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _reach(address: str) -> None:
    """Refuse at once what the client would try to reach for ten minutes."""
    named = urlsplit(address)
    if named.scheme != "sc" or not named.hostname:
        raise PublishRefused(Fault("engine_no_endpoint", {"variable": ENDPOINT}))
    try:
        socket.create_connection((named.hostname, named.port or PORT), PATIENCE).close()
    except OSError:
        raise PublishRefused(Fault("engine_unreachable", {"variable": ENDPOINT})) from None


def _connected(address: str) -> Any:
    try:
        import ibis
        from pyspark.sql import SparkSession
        from pyspark.sql.connect.client.retries import DefaultPolicy

        session = SparkSession.builder.remote(address).create()
        # of itself the client tries for ten minutes to reach a server that is gone
        session.client.set_retry_policies([DefaultPolicy(max_retries=TRIES, max_backoff=5_000)])
    except ImportError:
        raise PublishRefused(Fault("engine_not_installed")) from None
    except Exception:  # noqa: BLE001 — the client's own, of the network or the server
        raise PublishRefused(Fault("engine_unreachable", {"variable": ENDPOINT})) from None
    return ibis.pyspark.connect(session)
