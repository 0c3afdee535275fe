"""Which release is shown: the one named current, or the last good one where that cannot be read.

A release is read through once before it is shown: every block of the file has a checksum, so half
a file or one changed bit is noticed. Where the named one is not whole, the newest whole one that
is older stands in, and the reader is told. Never a newer one, and never one that somebody has gone
back from: what was withdrawn does not come back because a disk failed.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import duckdb
from pydantic import ValidationError

from tilannehuone.errors import Fault, Hindered, ReleaseMissing
from tilannehuone.hindered import insist
from tilannehuone.registry import Indicator
from tilannehuone.release import (
    TABLES,
    age,
    current_release,
    pointed_to,
    published_releases,
    withdrawn,
)
from tilannehuone.store import LATER_TABLES, LOCKED

LOG = logging.getLogger("tilannehuone.serve")
AGAIN_SECONDS = 60.0
"""After which a file that was not whole is looked at again: it may have been brought back."""

OWN_TABLES = "select table_name from duckdb_tables() where database_name = 'rel'"

_lock = Lock()
_looked: dict[Path, "_Looked"] = {}


@dataclass(frozen=True, slots=True)
class Served:
    """The release that is shown; `fault` tells why it is not the one named current."""

    release: Path
    fault: Fault | None = None
    noticed: datetime | None = None  # UTC: when this process first found out


@dataclass(frozen=True, slots=True)
class _Looked:
    mark: tuple[int, int, int]  # which file it was, by inode, size and time of change
    is_whole: bool
    at: float


def served_release(releases: Path) -> Served:
    """Return the release to be shown of a folder of releases.

    Raises
    ------
    ReleaseMissing
        When the named release cannot be read and no older one can stand in for it.
    """
    try:
        named = current_release(releases)
        if is_whole(named):
            return Served(named)
        fault = Fault("broken_release", {"release": named.stem}, str(named))
    except ReleaseMissing as missing:
        fault = missing.faults[0]
    for one in _older(releases):
        if is_whole(one):
            return Served(one, fault, _noticed(releases, fault))
    raise ReleaseMissing(fault)


def is_whole(file: Path) -> bool:
    """Return whether a release file can be read to its last block by this program.

    It is looked at once in a process for as long as the file does not change, since a release
    never does; one that is not whole is looked at again after a minute. What cannot be told, for
    want of memory say, is not held against the file.
    """
    try:
        told = file.stat()
    except OSError:
        return False
    mark = (told.st_ino, told.st_size, told.st_mtime_ns)
    with _lock:
        known = _looked.get(file)
        if known is not None and _stands(known, mark):
            return known.is_whole
        try:
            found = _reads_through(file)
        except Hindered:
            return True
        _looked[file] = _Looked(mark, found, time.monotonic())
        return found


def _stands(known: _Looked, mark: tuple[int, int, int]) -> bool:
    """Return whether what was found of a file still holds."""
    return known.mark == mark and (known.is_whole or time.monotonic() - known.at < AGAIN_SECONDS)


def _older(releases: Path) -> Iterator[Path]:
    """Give the releases that may stand in, the newest first."""
    named, gone_back = pointed_to(releases), withdrawn(releases)
    for one in reversed(published_releases(releases)):
        if one.name not in gone_back and (named is None or age(one) < age(named)):
            yield one


def _reads_through(file: Path) -> bool:
    """Read every value of every table, in a database of its own that keeps nothing in mind.

    Attached, not connected to: a connection would share what another one had read before.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        name: LOCKED[name] for name in ("threads", "memory_limit")
    }
    try:
        with duckdb.connect(":memory:", config=config) as reader:
            reader.execute("attach ? as rel (read_only)", [str(file)])
            reader.execute("set enable_external_access = false")
            names = {str(one[0]) for one in reader.execute(OWN_TABLES).fetchall()}
            for name in names & set(TABLES):
                reader.execute(f"select bit_xor(hash(t)) from rel.{name} t").fetchall()  # noqa: S608
            definitions = reader.execute("select definition from rel.indicators").fetchall()
            count = len(reader.execute("select release_id from rel.release").fetchall())
        for (one,) in definitions:
            Indicator.model_validate_json(one)
    except (duckdb.Error, ValidationError) as error:
        insist(error)
        return False
    return count == 1 and names >= set(TABLES) - LATER_TABLES


_told: dict[tuple[Path, str, str | None], datetime] = {}


def _noticed(releases: Path, fault: Fault) -> datetime:
    """Return when a fault was first noticed, and log it then."""
    key = (releases, fault.key, fault.values.get("release"))
    if key not in _told:
        LOG.error("the current release is not shown: %s %s", fault.key, fault.file)
        _told[key] = datetime.now(UTC)
    return _told[key]
