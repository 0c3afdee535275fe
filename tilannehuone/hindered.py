"""What the machine may refuse (room on the disk, writing, memory), told in one line.

Neither is a fault of a declaration or an extract, so none may be told as one: a file that could
not be copied for want of room is not a broken file, and a measure that ran out of memory has not
failed. Whoever catches errors widely asks `insist` first.
"""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from tilannehuone.errors import Fault, Hindered

KEYS = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EROFS: "disk_read_only",
    errno.EACCES: "disk_not_allowed",
    errno.EPERM: "disk_not_allowed",
    errno.EIO: "disk_failing",
    errno.EISDIR: "disk_in_the_way",
    errno.ENOTDIR: "disk_in_the_way",
    errno.ENOMEM: "memory_full",
    errno.EMFILE: "files_too_many",
    errno.ENFILE: "files_too_many",
}
"""What the system says when it refuses, by its number."""

OF_THE_MACHINE = frozenset({"disk_full", "disk_read_only", "memory_full", "files_too_many"})
"""What no file or measure by itself can be to blame for."""

WORDS = {os.strerror(one): key for one, key in KEYS.items()}
SPILL = "max_temp_directory_size"
"""In DuckDB's words when what does not fit in memory found no room on the disk either."""

NAMED = re.compile(r'file "([^"\n]+)"')


def hindrance(error: BaseException) -> Fault | None:
    """Return what of the machine an error tells of; None where it tells of something else."""
    if isinstance(error, OSError) and error.errno in KEYS:
        return Fault(KEYS[error.errno], file=str(error.filename) if error.filename else None)
    if isinstance(error, duckdb.OutOfMemoryException):
        return Fault("disk_full" if SPILL in str(error) else "memory_full")
    if isinstance(error, MemoryError):
        return Fault("memory_full")
    if isinstance(error, (duckdb.Error, OSError)):
        return hindrance_in(str(error))
    return None


def hindrance_in(words: str) -> Fault | None:
    """Return what of the machine the words of an error tell of: those of another process, say."""
    key = next((key for told, key in WORDS.items() if told in words), None)
    if key is None:
        return None
    named = NAMED.search(words)
    return Fault(key, file=named[1] if named else None)


def insist(error: BaseException) -> None:
    """Raise Hindered when an error is of the whole machine; return when it may be of one file."""
    fault = hindrance(error)
    if fault is not None and fault.key in OF_THE_MACHINE:
        raise Hindered(fault) from error


@contextmanager
def hindrances_told() -> Iterator[None]:
    """Turn what the machine refuses into Hindered, whose fault is told in one line.

    Raises
    ------
    Hindered
        No room, no right to write, no memory, or the disk fails. Other errors pass as they are.
    """
    try:
        yield
    except (OSError, MemoryError, duckdb.Error) as error:
        fault = hindrance(error)
        if fault is None:
            raise
        raise Hindered(fault) from error
