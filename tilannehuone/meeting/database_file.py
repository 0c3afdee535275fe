"""The file of an SQLite book as it stands: gone, brought back, or on a disk that takes no words.

SQLite goes on writing into a file that was removed, and acknowledges what nobody will ever read. So
a connection is used only while the file it opened is the one that lies there.
"""

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

ROOM = 1_000_000
"""Bytes that must be free on the disk for words to be taken: a write needs a fraction of it."""

Standing = tuple[int, int, bool]
"""Which file it is (device and inode), and whether it can be written to."""


def standing(file: Path) -> Standing:
    """Return how a database's file stands; raise sqlite3.OperationalError where there is none."""
    try:
        told = file.stat()
    except OSError:
        raise sqlite3.OperationalError("the database's file is gone") from None
    return told.st_dev, told.st_ino, _takes_words(file)


def has_room(file: Path) -> bool:
    """Return whether the disk of a database's file takes words and has room for them."""
    try:
        return standing(file)[2] and shutil.disk_usage(file.parent).free > ROOM
    except (OSError, sqlite3.Error):
        return False


def watch(engine: Engine, file: Path, patience: float) -> None:
    """Have every connection of an engine opened, and held against the file when it is used."""

    def connected(_dialect: Any, record: Any, _told: Any, _named: Any) -> sqlite3.Connection:
        record.info["standing"] = now = standing(file)
        return sqlite3.connect(
            _address(file, writes=now[2]), timeout=patience, uri=True, check_same_thread=False
        )

    def held(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info.get("standing") != standing(file):
            engine.pool.dispose()  # idle ones too: what they share with a new one is outdated
            raise DisconnectionError

    event.listen(engine, "do_connect", connected)
    event.listen(engine, "checkout", held)


def _takes_words(file: Path) -> bool:
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def _address(file: Path, *, writes: bool) -> str:
    """Return SQLite's name of the file; on a disk that takes no words it is only read.

    Without the log of the last writes nothing is missing from the file, and then SQLite must be
    told that nobody changes it: it would look for a place for its own notes.
    """
    log = file.with_name(f"{file.name}-wal")
    has_log = log.exists() and log.stat().st_size > 0
    mode = "rw" if writes else "ro" if has_log else "ro&immutable=1"
    return f"file:{quote(str(file))}?mode={mode}"
