"""The history of the book: a row a write, never changed; it tells who wrote what and when."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Date, RowMapping, func, insert, select
from sqlalchemy.types import TypeEngine

from tilannehuone.errors import Fault, Outdated
from tilannehuone.meeting.objects import KIND_OF, KINDS, OF_THE_BOOK, Record, own_fields
from tilannehuone.meeting.tables import Ids, Moment, history, metadata
from tilannehuone.meeting.transactions import Book, reading

Kept = TypeVar("Kept", bound=Record)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: the name that the history keeps, and the role it was done in."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Version:
    """One write of a record: who, when, and the record as it was after it."""

    at: datetime
    by: str
    role: str
    record: Record


@dataclass(frozen=True, slots=True)
class Write:
    """One line of the audit log: who wrote which record, in what role and when; no words of it."""

    at: datetime
    by: str
    role: str
    kind: str
    record_id: str
    version: int
    area_code: str


def versions(book: Book, record_id: str) -> list[Version]:
    """Return every version of a record, the first one first."""
    asked = select(history).where(history.c.record_id == record_id).order_by(history.c.version)
    with reading(book) as connection:
        rows = connection.execute(asked).mappings().all()
    return [Version(row["at"], row["by"], row["role"], _record(row)) for row in rows]


def log(book: Book, area_code: str | None = None, since: datetime | None = None) -> list[Write]:
    """Return the writes of an area, or of all of them, the earliest first.

    `since` is the first moment that counts; one without a zone is in local time.
    """
    told = [history.c[name] for name in Write.__dataclass_fields__]
    asked = select(*told).order_by(history.c.at, history.c.record_id, history.c.version)
    if area_code is not None:
        asked = asked.where(history.c.area_code == area_code)
    if since is not None:
        asked = asked.where(history.c.at >= since)
    with reading(book) as connection:
        return [Write(*row) for row in connection.execute(asked)]


def newest(book: Book, area_code: str) -> str:
    """Return a token that changes whenever anything of an area was written; cheap to ask for.

    It counts the writes rather than numbering them, since on PostgreSQL a later number may become
    visible before an earlier one. The last moment sets a restored book apart.
    """
    asked = select(func.count(), func.max(history.c.at)).where(history.c.area_code == area_code)
    with reading(book) as connection:
        count, last = connection.execute(asked).one()
    return f"{count}-{last.isoformat() if last else ''}"


def remember(connection: Connection, record: Record, writer: Writer, request_id: str) -> None:
    """Write a record's newest version into the history, within the writer's transaction."""
    row = {
        "request_id": request_id,
        "kind": KIND_OF[type(record)],
        "record_id": record.id,
        "version": record.version,
        "area_code": record.area_code,
        "at": record.changed_at,
        "by": writer.name,
        "role": writer.role,
        "values": {name: _plain(value) for name, value in asdict(record).items()},
    }
    connection.execute(insert(history).values(row))


def done_before(connection: Connection, request_id: str, **equal: str) -> Record | None:
    """Return the record as this request wrote it, if it did; its row equals `equal`.

    Raises
    ------
    Outdated
        The request id was another request's: nothing of that is told.
    """
    asked = select(history).where(history.c.request_id == request_id)
    row = connection.execute(asked).mappings().first()
    if row is None:
        return None
    if any(row[name] != value for name, value in equal.items()):
        raise Outdated(Fault("request_reused"))
    return _record(row)


def as_of(connection: Connection, record: Kept, version: int) -> Kept | None:
    """Return a record as it was at a version, None when it never had that one."""
    asked = select(history).where(history.c.record_id == record.id, history.c.version == version)
    row = connection.execute(asked).mappings().first()
    return None if row is None else _record(row)  # type: ignore[return-value]


def _record(row: RowMapping) -> Record:
    """Return the record that a row tells of; values that its kind no longer knows are left out."""
    kind = KINDS[row["kind"]]
    columns = metadata.tables[row["kind"]].columns
    known = own_fields(kind).keys() | OF_THE_BOOK
    return kind(
        **{
            name: _read_back(columns[name].type, value)
            for name, value in row["values"].items()
            if name in known
        }
    )


def _read_back(column: TypeEngine[Any], value: Any) -> Any:
    """Return a value as it was before JSON made it a text or a list."""
    if value is None:
        return None
    if isinstance(column, Moment):
        return datetime.fromisoformat(value)
    if isinstance(column, Date):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(column, Ids) else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
