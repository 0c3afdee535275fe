"""The whole book as one file, and back: from either kind of database to either.

A backup is JSON lines in UTF-8: a heading that names the form of the database, one line a row, and
a seal with the number of rows and the SHA-256 of all lines before it. Moments are UTC.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Date, DateTime, MetaData, Table, func, insert, select, text

from tilannehuone.errors import BookRefused, Fault
from tilannehuone.meeting import migrations
from tilannehuone.meeting.tables import history, metadata
from tilannehuone.meeting.transactions import Book, reading, written

MARK = "tilannehuone meetings"
"""What the heading of a backup is told by."""

AT_ONCE = 500
"""Rows that are read or written at a time."""


def back_up(book: Book, file: Path) -> int:
    """Write all of the book into a file, in place of an older one; return the number of rows.

    It is the book of one moment, while others go on writing. The file is for its owner only and
    appears when it is whole and on the disk.

    Raises
    ------
    BookUnavailable
        The database cannot be reached.
    """
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        alone = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(alone, "wb") as out:
            count = _seal(out, _lines(book))
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def restore(book: Book, file: Path, *, replace: bool = False) -> int:
    """Bring back all of a backup, or nothing; return the number of rows.

    A backup of an older form is brought back as it was and then taken to the newest form, step by
    step. What the book held is only replaced when `replace` says so.

    Raises
    ------
    BookRefused
        The file is no backup or is damaged, a newer program made it, or the book is not empty.
    BookUnavailable
        The database cannot be reached.
    """
    form, count = _checked(file)
    migrations.check_known(form)

    def work(connection: Connection) -> int:
        _empty(connection, replace=replace)
        migrations.bring(connection, form)
        _write(connection, _rows(file))
        migrations.bring(connection)
        return count

    return written(book, work)


def _seal(out: BinaryIO, lines: Iterator[bytes]) -> int:
    """Write a heading, rows and their seal down to the disk; return the number of rows."""
    count, sealed = -1, hashlib.sha256()
    for line in lines:
        count += 1
        sealed.update(line)
        out.write(line)
    out.write(_line({"rows": count, "sha256": sealed.hexdigest()}))
    out.flush()
    os.fsync(out.fileno())
    return count


def _lines(book: Book) -> Iterator[bytes]:
    """Give the heading and the rows, all of one moment, what others point to first."""
    with reading(book) as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        made = datetime.now(UTC).isoformat(timespec="seconds")
        form = migrations.form_of(connection)
        yield _line({"backup": MARK, "form": form, "made": made})
        for table in _tables(connection, set(metadata.tables)):
            asked = select(table).order_by(*table.primary_key)
            for row in connection.execute(asked, execution_options={"yield_per": AT_ONCE}):
                told_row = {name: _plain(value) for name, value in row._mapping.items()}
                yield _line({"table": table.name, "row": told_row})


def _tables(connection: Connection, names: set[str]) -> list[Table]:
    """Return tables as the database has them, whatever form it is of."""
    found = MetaData()
    found.reflect(connection, only=sorted(names))
    return found.sorted_tables


def _checked(file: Path) -> tuple[str, int]:
    """Return the form and the number of rows of a backup that is what its seal says."""
    sealed, before, count = hashlib.sha256(), b"", -1
    with file.open("rb") as lines:
        for line in lines:
            if before:
                sealed.update(before)
                count += 1
            else:
                form = _form(line, file)
            before = line
    if not before:
        raise BookRefused(Fault("backup_unknown", file=str(file)))
    if before != _line({"rows": count, "sha256": sealed.hexdigest()}):
        raise BookRefused(Fault("backup_damaged", file=str(file)))
    return form, count


def _form(line: bytes, file: Path) -> str:
    """Return the form that a heading names."""
    try:
        heading = json.loads(line)
        if heading["backup"] == MARK:
            return str(heading["form"])
    except (ValueError, KeyError, TypeError):
        pass
    raise BookRefused(Fault("backup_unknown", file=str(file)))


def _empty(connection: Connection, *, replace: bool) -> None:
    """Take every table away; refuse where there is something in them that may not be replaced."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("lock table history in access exclusive mode"))
    count = connection.execute(select(func.count()).select_from(history)).scalar_one()
    if count and not replace:
        raise BookRefused(Fault("book_not_empty", {"count": count}))
    metadata.drop_all(connection)
    connection.execute(text("drop table alembic_version"))


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    """Give the rows of a backup: every line between the heading and the seal."""
    with file.open("rb") as lines:
        for line in lines:
            told = json.loads(line)
            if "table" in told:
                yield told


def _write(connection: Connection, rows: Iterator[dict[str, Any]]) -> None:
    for name, group in groupby(rows, key=lambda told: str(told["table"])):
        (table,) = (one for one in _tables(connection, {name}) if one.name == name)
        read_back = (_read_back(table, told["row"]) for told in group)
        while some := list(islice(read_back, AT_ONCE)):
            connection.execute(insert(table), some)


def _read_back(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its days and moments as they were before JSON made them texts."""
    return {name: _value(table.c[name].type, value) for name, value in row.items()}


def _value(column: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column, Date) else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
