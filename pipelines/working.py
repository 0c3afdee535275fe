"""The working database of one run: the only place of exact small counts, gone when the run ends."""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.naming import literal
from tilannehuone.errors import Fault, PublishRefused
from tilannehuone.instance import Instance

IN_MEMORY = 250e6
"""Bytes of rows as text up to which the working database needs no file."""

PACKED = 10
"""How many times larger the rows of a packed file are as text."""

LONGEST_STATEMENT = str(6 * 60 * 60 * 1000)
"""Milliseconds that one statement may take: a whole build of 10^8 events takes a fraction."""


@contextmanager
def working_database(instance: Instance, *others: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield the working database of one run, and leave nothing of it behind.

    It holds exact small counts, so it lives in memory, or for large extracts in a file that is
    deleted however the run ends; what a killed run left is deleted by the next, under the same
    lock that keeps two builds apart. Beside extracts and releases it may reach folders in `others`.
    """
    with one_build(instance.work):
        scratch = instance.work / "unsafe"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(mode=0o700)
        try:
            with duckdb.connect(_place(instance, scratch), config=_limits(scratch)) as working:
                _lock_down(working, (instance.extracts, scratch, instance.releases, *others))
                yield working
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def one_build(work: Path) -> Iterator[None]:
    """Keep any other build of the same folder out; raise PublishRefused where one runs."""
    work.mkdir(parents=True, exist_ok=True)
    with (work / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PublishRefused(Fault("build_running", file=str(work))) from None
        yield


def _place(instance: Instance, scratch: Path) -> str:
    """Return where the database lies: a file's compression pays for itself on large extracts."""
    sizes = (_size(one) for one in instance.extracts.rglob("*") if one.is_file())
    return ":memory:" if sum(sizes) < IN_MEMORY else str(scratch / "working.duckdb")


def _size(extract: Path) -> int:
    packed = extract.suffix in (".parquet", ".gz", ".xlsx")
    return extract.stat().st_size * (PACKED if packed else 1)


def _limits(scratch: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": os.environ.get("TILANNEHUONE_MEMORY", "1500MB"),
        "temp_directory": str(scratch),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "max_execution_time": LONGEST_STATEMENT,
    }


def _lock_down(working: duckdb.DuckDBPyConnection, folders: Iterable[Path]) -> None:
    """Leave, of all files, network and settings, only the folders and what a build itself sets.

    Declared SQL was parsed and judged before it comes here; this is the second wall. A folder is
    named as it is and as it lies, for a name may lead through a link.
    """
    places = dict.fromkeys(str(one) for each in folders for one in (each, each.resolve()))
    listed = ", ".join(map(literal, places))
    for setting in (
        f"allowed_directories = [{listed}]",
        "allowed_configs = ['preserve_insertion_order']",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        working.execute(f"set {setting}")
