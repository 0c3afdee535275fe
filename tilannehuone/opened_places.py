"""Where a release is: a file, an instance folder, or a sealed extract as folder or `.zip`."""

import tempfile
import zipfile
from pathlib import Path, PurePosixPath

import duckdb

from tilannehuone import store, store_scope
from tilannehuone.errors import Fault, ReleaseMissing
from tilannehuone.opened_names import CannotOpen
from tilannehuone.release import POINTER, TABLES, current_release

PACKAGE = "datapackage.json"
"""What tells a sealed extract from any other folder."""

NEEDED = ("release", "indicators", "areas", "cells")
"""Tables that an extract cannot do without; of the others it may have none."""

VINTAGES = "vintages"
"""An extract's own table: earlier figures beside the present ones."""

MOST_BYTES = 2_000_000_000
"""An extract larger than this, unpacked, is not opened."""


def opened_place(path: Path) -> tuple[duckdb.DuckDBPyConnection, Path]:
    """Return a locked connection to the release at `path`, and the path that names it.

    Raises
    ------
    CannotOpen
        When there is no release there, or it cannot be read.
    """
    try:
        place = located(path)
        if place.suffix == ".zip":
            return _of_zip(place), place
        if place.is_dir():
            return _of_extract(place, place), place
        return store.open_release(store_scope.whole(place)), place
    except ReleaseMissing as missing:
        raise CannotOpen(missing.faults) from None


def located(path: Path) -> Path:
    """Return the release file, extract folder or zip that `path` leads to.

    A folder of an instance, or its folder of releases, leads to its current release.
    """
    if path.is_dir():
        if (path / PACKAGE).is_file():
            return path
        folder = path if (path / POINTER).is_file() else path / "data" / "releases"
        return current_release(folder)
    if not store_scope.whole(path).is_file():
        raise ReleaseMissing(Fault("nothing_there", file=str(path)))
    return path


def _of_zip(file: Path) -> duckdb.DuckDBPyConnection:
    """Return the extract packed in `file`: only its tables are unpacked, for as long as needed."""
    try:
        with zipfile.ZipFile(file) as packed, tempfile.TemporaryDirectory() as unpacked:
            _unpack(packed, Path(unpacked), file)
            return _of_extract(Path(unpacked), file)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        raise ReleaseMissing(Fault("broken_extract", file=str(file))) from None


def _unpack(packed: zipfile.ZipFile, unpacked: Path, file: Path) -> None:
    """Write the tables of an extract flat into a folder; nothing else, and no path of theirs."""
    found = [PurePosixPath(one) for one in packed.namelist()]
    root = next((one.parent for one in found if one.name == PACKAGE), None)
    names = [f"{one}.parquet" for one in (*TABLES, VINTAGES)]
    wanted = [one for one in packed.infolist() if _is_wanted(one.filename, root, names)]
    if root is None or sum(one.file_size for one in wanted) > MOST_BYTES:
        raise ReleaseMissing(Fault("broken_extract", file=str(file)))
    for one in wanted:
        with packed.open(one) as source:
            (unpacked / PurePosixPath(one.filename).name).write_bytes(source.read())


def _is_wanted(name: str, root: PurePosixPath | None, names: list[str]) -> bool:
    path = PurePosixPath(name)
    return path.parent == root and path.name in names


def _of_extract(folder: Path, told: Path) -> duckdb.DuckDBPyConnection:
    """Return a database in memory with the tables of an extract; what it lacks is empty."""
    release = duckdb.connect(":memory:")
    try:
        for table, columns in TABLES.items():
            release.execute(f"create table {table} ({columns})")
            _fill(release, table, folder)
        if (folder / f"{VINTAGES}.parquet").is_file():
            parquet = str(folder / f"{VINTAGES}.parquet")
            release.execute(f"create table {VINTAGES} as select * from read_parquet(?)", [parquet])  # noqa: S608
        for name, value in store.LOCKED.items():
            release.execute(f"set {name} = '{value}'")
    except duckdb.Error:
        release.close()
        raise ReleaseMissing(Fault("broken_extract", file=str(told))) from None
    return release


def _fill(release: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    parquet = str(folder / f"{table}.parquet")
    if not Path(parquet).is_file() and table not in NEEDED:
        return
    release.execute(f"insert into {table} by name select * from read_parquet(?)", [parquet])  # noqa: S608
