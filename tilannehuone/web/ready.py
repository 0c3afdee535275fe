"""Whether the room works: its release opens, its meeting database answers, its disk takes words.

Each part answers `ok` or the key of what is wrong. It is looked at afresh once a second at most:
anybody may ask.
"""

import errno
import time
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock

import duckdb
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from tilannehuone import store
from tilannehuone.errors import ReleaseMissing, TilannehuoneError
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.transactions import reading
from tilannehuone.served import served_release

OK = "ok"
HEADERS = {"cache-control": "no-store"}
KEPT_SECONDS = 1.0
DISKS = {errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EROFS: "disk_read_only"}

_kept: dict[Path, tuple[float, dict[str, str]]] = {}
_lock = Lock()


def readiness(folder: Path) -> dict[str, str]:
    """Return how each part is, `ok` or why not: `release`, `book`, `disk`; and its `release_id`."""
    with _lock:
        when, told = _kept.get(folder, (float("-inf"), {}))
        if time.monotonic() - when > KEPT_SECONDS:
            told = looked_at(folder)
            _kept.clear()
            _kept[folder] = (time.monotonic(), told)
    return told


def looked_at(folder: Path) -> dict[str, str]:
    """Return the same as `readiness`, looked at now."""
    release, id_ = _release(folder)
    return {"release": release, "book": _book(folder), "disk": _disk(folder), "release_id": id_}


def _release(folder: Path) -> tuple[str, str]:
    """Return whether the release named current is shown, or why another one stands in for it."""
    try:
        served = served_release(folder / "data" / "releases")
        with store.open_release(served.release) as release:
            store.fetch(release, store.FACTS)
    except ReleaseMissing as missing:
        return missing.faults[0].key, ""
    except (duckdb.Error, OSError, ValueError):
        return "broken_release", ""
    return served.fault.key if served.fault else OK, served.release.stem


def _book(folder: Path) -> str:
    """Return whether the meeting database answers; one that nobody has needed yet is well."""
    address = address_of(folder)
    try:
        url = make_url(address)
        is_file = url.get_backend_name() == "sqlite"
        if is_file and not Path(url.database or "").is_file():
            return OK
        with reading(open_book(address)) as connection:
            connection.execute(text("select 1 from meeting limit 1")).all()
    except TilannehuoneError as error:
        return error.faults[0].key
    except (SQLAlchemyError, OSError, ImportError):
        return "book_unavailable"
    return OK


def _disk(folder: Path) -> str:
    """Return whether what people write finds room, where it goes into a file of this machine."""
    url = address_of(folder)
    if not url.startswith("sqlite"):
        return OK
    place = Path(make_url(url).database or folder).parent
    try:
        with TemporaryFile(dir=place if place.is_dir() else folder) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        return DISKS.get(error.errno or 0, "disk_not_writable")
    return OK
