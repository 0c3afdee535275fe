"""Load: delivered files become typed rows of `raw_<source>`, each with its file and its line.

Hop one of eight. One file is one transaction: it is loaded whole, its unreadable rows set aside
with a reason, or it is refused and nothing of it is kept. No row is lost in silence.
"""

import secrets
from collections.abc import Collection, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import duckdb
import pandas as pd

from pipelines.extracts import jsonstat, ledger, px, sotkanet, workbooks
from pipelines.extracts.columnar import insist_readable, stage_parquet
from pipelines.extracts.cubes import stage_cube
from pipelines.extracts.delimited import stage_delimited
from pipelines.extracts.delivery import digest, hold_inside, inspect
from pipelines.extracts.formats import format_of
from pipelines.extracts.guard import guard_line, guard_staged
from pipelines.extracts.json_text import read_json
from pipelines.extracts.ledger import Counts, File
from pipelines.extracts.places import Gazetteer
from pipelines.extracts.rows import create_raw, write_rows
from pipelines.extracts.sql import run
from pipelines.extracts.staged import Staged, drop_staged
from pipelines.extracts.totals import check_totals
from pipelines.extracts.typed import make_typed
from pipelines.kept.ledger import restore
from pipelines.kept.store import Store
from pipelines.pace import Pace, Tell
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.hindered import insist
from tilannehuone.sources import Source

PASSING = "unsafe"
"""Folder of copies in UTF-8 while they are read; the runner empties it before and after a run."""


class Extracts(Protocol):
    """What the loader needs of an instance."""

    @property
    def sources(self) -> dict[str, Source]:
        """The declared sources by name."""

    @property
    def areas(self) -> pd.DataFrame:
        """Rows of areas.csv."""

    @property
    def extracts(self) -> Path:
        """The folder of delivered files."""

    @property
    def work(self) -> Path:
        """A folder for passing copies."""


def load(
    working: duckdb.DuckDBPyConnection,
    instance: Extracts,
    tell: Tell = lambda *_: None,
    unread: Mapping[str, Collection[str]] = MappingProxyType({}),
    store: Store | None = None,
) -> None:
    """Fill the raw tables, `files`, `quarantine`, `source_state` and `checks`.

    `tell` hears after each file how much of the bytes is done, the seconds left, rows a second.
    Of a source's columns in `unread` nothing is stored (`extracts.unread`), and no row of a file
    about which the `store` keeps all answers.
    """
    ledger.create_tables(working)
    (instance.work / PASSING).mkdir(parents=True, exist_ok=True, mode=0o700)
    found = [find_files(instance.extracts, one) for one in instance.sources.values()]
    pace = Pace(sum(map(_size, chain(*found))), tell)
    loader = _Loader(working, instance, pace, unread, store)
    for name, source in instance.sources.items():
        loader.load_source(name, source)


class _Loader:
    def __init__(
        self,
        working: duckdb.DuckDBPyConnection,
        instance: Extracts,
        pace: Pace,
        unread: Mapping[str, Collection[str]],
        store: Store | None,
    ) -> None:
        self.working, self.instance, self.pace, self.unread = working, instance, pace, unread
        self.gazetteer = Gazetteer(instance.areas)
        self.store = store
        self.salt = store.salt if store is not None else secrets.token_hex(16)
        self.file_id = 0
        self.seen: dict[tuple[str, str], str] = {}  # source and digest -> name of the file

    def load_source(self, name: str, source: Source) -> None:
        create_raw(self.working, name, source, self.unread.get(name, ()))
        reason = None
        paths = find_files(self.instance.extracts, source)
        for path in paths:
            self.file_id += 1
            fault = self._load_file(path, name, source)
            reason = reason or (fault.key if fault is not None else None)
        ledger.write_state(self.working, name, reason if paths else "load_no_files")

    def _load_file(self, path: Path, name: str, source: Source) -> Fault | None:
        relative = path.relative_to(self.instance.extracts).as_posix()
        file, before = File(self.file_id, name, relative, 0), _state(path)
        try:
            hold_inside(self.instance.extracts, path)
            file.size = path.stat().st_size
            file.sha256 = digest(path)
            rows = self._restore(file)
            counts = self._load_rows(path, file, source, before) if rows is None else None
        except (ExtractRejected, OSError) as error:
            insist(error)
            fault = Fault("load_cannot_open")
            if _state(path) != before:
                fault = Fault("load_still_growing")
            elif isinstance(error, ExtractRejected):
                fault = error.faults[0]
            fault = Fault(fault.key, fault.values, relative, fault.line, fault.column)
            ledger.write_refused(self.working, file, fault)
            self.pace.advance(_size(path), 0)
            return fault
        finally:
            drop_staged(self.working)
        if counts is not None:
            ledger.write_loaded(self.working, file, counts)
            if self.store is not None:
                self.store.begin(file)
        read = counts.read if counts is not None else rows or 0
        self.pace.advance(file.size, read)
        if read:
            self.seen[name, file.sha256] = relative
        return None

    def _restore(self, file: File) -> int | None:
        """Return how many rows a file has that need not be read again; None where they must be."""
        twin = self.seen.get((file.source, file.sha256))
        if twin is not None:
            raise ExtractRejected(Fault("load_delivered_twice", {"other": twin}))
        return None if self.store is None else restore(self.store, self.working, file)

    def _load_rows(self, path: Path, file: File, source: Source, before: object) -> Counts:
        staged = self._stage(path, file, source)
        try:
            return self._store(path, file, source, before, staged)
        except (ExtractRejected, duckdb.Error):
            insist_readable(self.working, staged)
            raise

    def _store(
        self, path: Path, file: File, source: Source, before: object, staged: Staged
    ) -> Counts:
        clean = guard_staged(self.working, staged, self.gazetteer.names)
        # outside the transaction: row ids of a table not yet committed do not count from zero
        typed = make_typed(self.working, staged, source, self.salt, clean)
        run(self.working, "begin")
        try:
            unread = self.unread.get(file.source, ())
            counts = write_rows(self.working, file, source, staged, typed, self.gazetteer, unread)
            counts.insist()
            if _state(path) != before:
                raise ExtractRejected(Fault("load_still_growing"))
            check_totals(self.working, file, source)
        except BaseException:
            run(self.working, "rollback")
            raise
        run(self.working, "commit")
        return counts

    def _stage(self, path: Path, file: File, source: Source) -> Staged:
        kind = format_of(path, source)
        if kind == "workbook":
            file.encoding = path.suffix.lower().removeprefix(".")
            staged = workbooks.stage_workbook(self.working, path, source, guard_line)
        elif kind == "parquet":
            file.encoding = "parquet"
            staged = stage_parquet(self.working, path, source)
        elif kind in ("json-stat", "sotkanet"):
            file.encoding = "utf-8"
            staged = self._stage_json(path, kind, source)
        else:
            delivery = inspect(path, file.name, source.encoding)
            file.encoding = delivery.reported_encoding
            work = self.instance.work / PASSING
            if kind == "px":
                staged = stage_cube(self.working, px.read_px(delivery), source, guard_line)
            else:
                staged = stage_delimited(self.working, delivery, source, work, guard_line)
        file.delimiter = staged.layout.delimiter
        file.header_line = staged.layout.header_line or None
        return staged

    def _stage_json(self, path: Path, kind: str, source: Source) -> Staged:
        document = read_json(path)
        if kind == "json-stat":
            return stage_cube(self.working, jsonstat.read_cube(document), source, guard_line)
        places = sotkanet.read_regions(self.instance.extracts, source)
        return sotkanet.stage_records(self.working, document, source, places, guard_line)


def _size(path: Path) -> int:
    """Return the bytes of a file; none where it went away meanwhile."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def find_files(extracts: Path, source: Source) -> list[Path]:
    """Return the delivered files of a source, by name; hidden and half-written ones are not."""
    found = {path for pattern in source.files for path in extracts.glob(pattern)}
    found -= {extracts / source.regions} if source.regions is not None else set()
    return sorted(
        path for path in found if path.is_file() and not path.name.startswith((".", "~$"))
    )


def _state(path: Path) -> tuple[int, int, int] | None:
    """Return which file it is and how it stands: another answer, and it was changed meanwhile."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_ino, told.st_size, told.st_mtime_ns
