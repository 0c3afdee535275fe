"""The book: every record of the meetings written with its history, and read back.

A write is one transaction over the record and its history, and is acknowledged when that is
durable. A write that is asked for again under the same request id is done once. Who changes a
record names the version that was read: what others changed meanwhile stays, and where both changed
the same words, the second writer is told and nothing is overwritten.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, Table, insert, select, update

from tilannehuone.errors import Fault, Outdated, RecordMissing
from tilannehuone.meeting.history import (
    Version,
    Write,
    Writer,
    as_of,
    done_before,
    log,
    newest,
    remember,
    versions,
)
from tilannehuone.meeting.objects import KIND_OF, OF_THE_BOOK, Meeting, Record
from tilannehuone.meeting.tables import metadata
from tilannehuone.meeting.transactions import Book, reading, written

__all__ = [
    "Book",
    "Version",
    "Write",
    "Writer",
    "add",
    "change",
    "log",
    "many",
    "newest",
    "one",
    "versions",
]

Kept = TypeVar("Kept", bound=Record)

FIXED = OF_THE_BOOK | {"area_code"}
"""What a change cannot set: the book's own, and the area, which says who may read and write."""


def add(book: Book, record: Kept, writer: Writer, request_id: str = "") -> Kept:
    """Write a new record; return it with its id, version 1 and times.

    A record that brings an id of its own (a pack) keeps it. Written twice under one
    `request_id`, it is returned as it was written first.

    Raises
    ------
    RecordMissing
        The meeting it belongs to does not exist.
    Outdated
        A record of the same id exists, or the request id was another request's.
    BookUnavailable
        The database cannot be reached.
    """
    request = request_id or uuid4().hex
    name = KIND_OF[type(record)]

    def work(connection: Connection) -> Kept:
        done = done_before(connection, request, kind=name, area_code=record.area_code)
        if done is not None:
            return done  # type: ignore[return-value]
        now = datetime.now(UTC)
        mine = replace(
            record,
            id=record.id or uuid4().hex,
            version=1,
            created_at=now,
            created_by=writer.name,
            changed_at=now,
            changed_by=writer.name,
        )
        if record.id and _is_there(connection, _table(type(record)), record.id):
            raise Outdated(Fault("record_exists", {"id": record.id}))
        _check_meeting(connection, mine)
        connection.execute(insert(_table(type(record))).values(asdict(mine)))
        remember(connection, mine, writer, request)
        return mine

    return written(book, work)


def change(
    book: Book,
    kind: type[Kept],
    record_id: str,
    version: int,
    writer: Writer,
    request_id: str = "",
    **values: Any,
) -> Kept:
    """Write new values of a record that was read at `version`; return it as it is now.

    Raises
    ------
    RecordMissing
        There is no such record.
    Outdated
        Somebody else has changed one of the same values meanwhile; its fault tells theirs, and
        nothing was written.
    BookUnavailable
        The database cannot be reached.
    """
    refused = FIXED & set(values)
    if refused:
        raise ValueError(f"a change cannot set {', '.join(sorted(refused))}")
    request = request_id or uuid4().hex

    def work(connection: Connection) -> Kept:
        newest = _read(connection, kind, record_id, alone=True)
        # looked for behind the row's lock: a rival of the same request is done or not begun
        done = done_before(connection, request, kind=KIND_OF[kind], record_id=record_id)
        if done is not None:
            return done  # type: ignore[return-value]
        if newest.version != version:
            _refuse_overwriting(connection, newest, version, values)
        mine = replace(
            newest,
            **values,
            version=newest.version + 1,
            changed_at=datetime.now(UTC),
            changed_by=writer.name,
        )
        _check_meeting(connection, mine)
        _overwrite(connection, mine, newest)
        remember(connection, mine, writer, request)
        return mine

    return written(book, work)


def one(book: Book, kind: type[Kept], record_id: str) -> Kept:
    """Return a record as it is now, or raise RecordMissing."""
    with reading(book) as connection:
        return _read(connection, kind, record_id)


def many(book: Book, kind: type[Kept], **equal: Any) -> list[Kept]:
    """Return the records whose values equal all of `equal`, in the order they were written."""
    table = _table(kind)
    asked = select(table).order_by(table.c.created_at, table.c.id)
    for name, value in equal.items():
        asked = asked.where(table.c[name] == value)
    with reading(book) as connection:
        return [kind(**row) for row in connection.execute(asked).mappings()]


def _read(connection: Connection, kind: type[Kept], record_id: str, *, alone: bool = False) -> Kept:
    """Return a record as it is now; `alone` keeps other writers off it until the transaction ends.

    SQLite's writers are alone anyhow.
    """
    table = _table(kind)
    asked = select(table).where(table.c.id == record_id)
    row = connection.execute(asked.with_for_update() if alone else asked).mappings().first()
    if row is None:
        raise RecordMissing(Fault("record_missing", {"id": record_id}))
    return kind(**row)


def _overwrite(connection: Connection, mine: Record, read: Record) -> None:
    table = _table(type(mine))
    changed = connection.execute(
        update(table)
        .where(table.c.id == read.id, table.c.version == read.version)
        .values(asdict(mine))
    )
    if changed.rowcount != 1:
        raise Outdated(Fault("outdated", {"by": read.changed_by}))


def _check_meeting(connection: Connection, record: Record) -> None:
    """Raise RecordMissing where a record is of a meeting that does not exist."""
    if _table(type(record)).foreign_keys:
        meeting_id = record.meeting_id  # type: ignore[attr-defined]
        if not _is_there(connection, _table(Meeting), meeting_id):
            raise RecordMissing(Fault("record_missing", {"id": meeting_id}))


def _is_there(connection: Connection, table: Table, record_id: str) -> bool:
    return connection.execute(select(table.c.id).where(table.c.id == record_id)).first() is not None


def _refuse_overwriting(
    connection: Connection, newest: Record, version: int, values: Mapping[str, Any]
) -> None:
    """Raise Outdated where somebody else changed one of the same values since `version`."""
    read = as_of(connection, newest, version)
    if read is None:
        raise Outdated(Fault("outdated", {"by": newest.changed_by}))
    for name, mine in values.items():
        theirs = getattr(newest, name)
        if theirs not in (getattr(read, name), mine):
            told = {"by": newest.changed_by, "field": name, "theirs": str(theirs)}
            raise Outdated(Fault("outdated_words", told))


def _table(kind: type[Record]) -> Table:
    return metadata.tables[KIND_OF[kind]]
