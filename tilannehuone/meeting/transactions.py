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
    except OUT_OF_REACH as error:
        raise BookUnavailable(Fault("book_unavailable")) from error


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
                if isinstance(error, OUT_OF_REACH):
                    raise BookUnavailable(Fault("book_unavailable")) from error
                raise
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
