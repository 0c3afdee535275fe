"""The forms that the meeting database has had, and bringing it from one to the next (Alembic).

A new form is a new file in `versions`, never a change of an old one. `tables.py` is what all of
them together must come to; a test compares the two.
"""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from tilannehuone.errors import BookRefused, Fault
from tilannehuone.meeting.transactions import Book, reading, written

NEWEST = "head"
LOCK = 6_040_321_977
"""The number of PostgreSQL's advisory lock: any, but always the same one."""

ALONE = Lock()
"""Alembic keeps what it works on in its module: one thread at a time."""


def bring_to_newest(book: Book) -> None:
    """Bring a database to its newest form, or make it; other processes may do so at once.

    Raises
    ------
    BookRefused
        The database has a form that this program does not know: a newer program wrote it.
    """
    with reading(book) as connection:
        if form_of(connection) == newest_form():
            return
    written(book, bring)


def bring(connection: Connection, form: str = NEWEST) -> None:
    """Bring a database to a form, within a transaction, alone."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    check_known(form_of(connection))
    config = _config()
    config.attributes["connection"] = connection
    with ALONE:
        command.upgrade(config, form)


def form_of(connection: Connection) -> str | None:
    """Return the form that a database has, None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_form() -> str:
    """Return the form that this program writes."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None
    return newest


def check_known(form: str | None) -> None:
    """Raise BookRefused for a form that this program does not know."""
    known = {one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()}
    if form is not None and form not in known:
        raise BookRefused(Fault("book_newer", {"form": form, "known": max(known)}))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config
