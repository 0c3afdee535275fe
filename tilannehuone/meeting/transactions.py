"""The book's transactions: tried again when others were in the way, durable when they return."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import uniform
from time import sleep
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoPlace

from tilannehuone.errors import BookUnavailable, Fault

Done = TypeVar("Done")

WRITES = "writes"
"""The option of a connection that is going to write: SQLite then takes the write lock at once."""

TRIES = 8
LONGEST_PAUSE = 0.4
"""Seconds; a pause is drawn from nought to this, shorter after the first tries."""

PASSING = {"40001", "40P01", "55P03"}
"""SQLSTATEs of what passes by itself: a serialisation failure, a deadlock, a lock not had."""


OUT_OF_REACH = (OperationalError, InterfaceError, NoPlace)
"""What the database's absence looks like, a lock waited for in vain, or too many at once."""

RESTING = {"25006", "53100", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN"}
"""What a database says that can be read but takes no words: read-only, or no room on its disk."""

DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002"}


def told_by(error: DBAPIError | NoPlace) -> BookUnavailable | None:
    """Return what an error of the database is told as; None for what is a bug."""
    origin = getattr(error, "orig", None)
    code = getattr(origin, "sqlstate", None) or getattr(origin, "sqlite_errorname", None) or ""
    if any(code.startswith(one) for one in DAMAGED):
        return BookUnavailable(Fault("book_damaged"))
    if any(code.startswith(one) for one in RESTING):
        return BookUnavailable(Fault("book_resting"))
    is_away = isinstance(error, OUT_OF_REACH) or getattr(error, "connection_invalidated", False)
    return BookUnavailable(Fault("book_unavailable")) if is_away else None


@dataclass(frozen=True, slots=True)
class Book:
    """An open meeting database."""

    engine: Engine


@contextmanager
def reading(book: Book) -> Iterator[Connection]:
    """Give a connection that reads and blocks nobody.

    Raises
    ------
    BookUnavailable
        The database cannot be reached.
    """
    try:
        with book.engine.connect() as connection:
            yield connection
    except (DBAPIError, NoPlace) as error:
        told = told_by(error)
        if told is None:
            raise
        raise told from error


def written(book: Book, work: Callable[[Connection], Done]) -> Done:
    """Do work in one transaction and return what it returns, once that is durable.

    The work is done again from its beginning when another writer was in the way, or when the
    connection broke: it must look whether its request was done already. A rival who took the same
    key shows as an IntegrityError here and as a row at the next try.

    Raises
    ------
    BookUnavailable
        The database cannot be reached, or was busy too long. Whether the write was done is then
        not known; asking again under the same request id does it once.
    """
    for tried in range(1, TRIES + 1):
        try:
            return _once(book, work)
        except (DBAPIError, NoPlace) as error:
            if tried == TRIES or not _passes(error):
                told = told_by(error)
                if told is None:
                    raise
                raise told from error
        sleep(uniform(0, LONGEST_PAUSE * tried / TRIES))
    raise AssertionError("the last try returns or raises")


def _once(book: Book, work: Callable[[Connection], Done]) -> Done:
    with book.engine.connect() as connection:
        connection.execution_options(**{WRITES: True})
        with connection.begin():
            return work(connection)


def _passes(error: DBAPIError | NoPlace) -> bool:
    return isinstance(error, DBAPIError) and (
        isinstance(error, IntegrityError)
        or error.connection_invalidated
        or getattr(error.orig, "sqlstate", None) in PASSING
    )
