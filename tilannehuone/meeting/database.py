"""Where the meeting database is and how it is opened: SQLite, or PostgreSQL by a setting."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from tilannehuone.errors import BookUnavailable, Fault
from tilannehuone.meeting.database_file import has_room, watch
from tilannehuone.meeting.migrations import bring_to_newest
from tilannehuone.meeting.transactions import WRITES, Book, reading

SETTING = "TILANNEHUONE_DATABASE"
"""The environment's setting: an SQLAlchemy address such as `postgresql+psycopg://…`."""

FILE = Path("data") / "meetings.sqlite"
"""In the instance's folder, where no other address is set."""

PATIENCE = 30
"""Seconds that a writer waits for another one, and a reader for a place at the database."""


def address_of(instance: Path) -> str:
    """Return the address of an instance's meeting database."""
    return os.environ.get(SETTING) or f"sqlite:///{(instance / FILE).resolve()}"


@lru_cache(maxsize=8)
def open_book(address: str) -> Book:
    """Return the book at an address, made or brought to its newest form; one a process.

    Any number of processes may open it at once: one of them brings it to its newest form.

    Raises
    ------
    BookRefused
        The database was written by a newer program than this one.
    BookUnavailable
        The database cannot be reached.
    """
    url = make_url(address)
    book = Book(_sqlite(url) if url.get_backend_name() == "sqlite" else _server(url))
    try:
        bring_to_newest(book)
    except BaseException:
        book.engine.dispose()
        raise
    return book


def takes_words(book: Book) -> bool:
    """Return whether the book could be written to just now: its disk or server takes words.

    Raises
    ------
    BookUnavailable
        The database cannot be reached at all.
    """
    with reading(book) as connection:
        if connection.dialect.name == "postgresql":
            told = connection.exec_driver_sql("show transaction_read_only").scalar_one()
            return str(told) == "off"
        connection.exec_driver_sql("select 1 from alembic_version")
        return has_room(Path(str(book.engine.url.database)))


def _sqlite(url: URL) -> Engine:
    file = _make_file(url)
    engine = create_engine(url, pool_timeout=PATIENCE)
    watch(engine, file, PATIENCE)
    event.listen(engine, "connect", _set_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_file(url: URL) -> Path:
    """Return the file, made with its folder; only its owner reads what people wrote."""
    file = Path(url.database or FILE)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)
    except OSError as error:
        raise BookUnavailable(Fault("book_resting")) from error
    return file


def _set_sqlite(connection: Any, record: Any) -> None:
    """Let readers and a writer work side by side, and lose nothing that was acknowledged."""
    connection.isolation_level = None
    writes = record.info["standing"][2]
    for told in ("journal_mode=wal", "synchronous=full", "foreign_keys=on")[not writes :]:
        connection.execute(f"pragma {told}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once when going to write: taken later, it could be refused."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def _server(url: URL) -> Engine:
    engine = create_engine(
        url if "connect_timeout" in url.query else url.update_query_dict({"connect_timeout": "10"}),
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_timeout=PATIENCE,
    )
    event.listen(engine, "connect", _set_server)
    return engine


def _set_server(connection: Any, _record: Any) -> None:
    """Have a write acknowledged when it is on the disk, even where the server is set to hurry."""
    connection.execute(
        "select set_config('synchronous_commit', 'on', false)"
        " where current_setting('synchronous_commit') = 'off'"
    )
    connection.commit()
