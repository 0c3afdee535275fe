"""The tables of the meeting database: one a kind of record, and the history of all of them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import JSON

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class Moment(TypeDecorator[datetime]):
    """A moment, kept as UTC without a zone, since SQLite knows none; aware in Python."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Return the moment in UTC, its zone taken off."""
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Return the moment with its zone."""
        return value and value.replace(tzinfo=UTC)


class Ids(TypeDecorator[tuple[str, ...]]):
    """Ids in an order, kept as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Any) -> list[str]:
        """Return a list."""
        return list(value or ())

    def process_result_value(self, value: list[str] | None, _dialect: Any) -> tuple[str, ...]:
        """Return a tuple."""
        return tuple(value or ())


def _record(name: str, *columns: Column[Any]) -> Table:
    """Return the table of a kind of record: what every record has, and its own columns."""
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("area_code", Text, nullable=False, index=True),
        Column("created_at", Moment, nullable=False),
        Column("created_by", Text, nullable=False),
        Column("changed_at", Moment, nullable=False),
        Column("changed_by", Text, nullable=False),
        *columns,
    )


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _of_meeting() -> Column[str]:
    return Column("meeting_id", Text, ForeignKey("meeting.id"), nullable=False, index=True)


def _day(name: str, *, needed: bool = False) -> Column[date]:
    return Column(name, Date, nullable=not needed)


_record(
    "meeting",
    _day("day", needed=True),
    _day("next_day"),
    Column("minutes", Integer, nullable=False),
    *map(_text, ("lang", "state", "release_id", "agenda", "staff_message", "pack_id")),
    Column("opened_at", Moment),
    Column("closed_at", Moment),
)
_record("success", _of_meeting(), _text("text"))
_record(
    "promise",
    _of_meeting(),
    *map(_text, ("text", "promiser", "person", "state", "learning", "answered_in", "obstacle")),
    *map(_text, ("indicator_id", "phenomenon_id", "expected")),
    _day("due"),
    Column("carried", Integer, nullable=False),
    _day("seen_from"),
    Column("seen_effect", Float),
)
_record(
    "interpretation",
    _of_meeting(),
    *map(_text, ("indicator_id", "period_type", "judgement", "text")),
    _day("period_start"),
)
_record("decision", _of_meeting(), *map(_text, ("course", "text", "owner")))
_record("feedback", _of_meeting(), Column("score", Integer, nullable=False), _text("text"))
_record(
    "observation",
    _day("day", needed=True),
    *map(_text, ("subject", "environment", "text", "sender", "phenomenon_id")),
)
_record(
    "phenomenon",
    *map(_text, ("title", "state", "hypothesis", "right_way", "how_noticed", "what_missing")),
    *map(_text, ("not_needed", "discussed_in")),
    Column("indicators", Ids, nullable=False),
)
_record(
    "initiative",
    *map(_text, ("phenomenon_id", "text", "outcome")),
    _day("starts", needed=True),
    _day("ends"),
    Column("indicators", Ids, nullable=False),
)
_record(
    "signal_case",
    *map(_text, ("indicator_id", "period_type", "variation", "state")),
    _day("period_start", needed=True),
    Column("outcome", Text),
    *map(_text, ("checked", "assessed", "acted", "came", "owner", "meeting_id")),
)
_record("pack", _of_meeting(), _text("content"))

# one row a write of any record: all its values after it; nothing here is ever changed
history = Table(
    "history",
    metadata,
    Column("request_id", Text, primary_key=True),  # a write asked for twice is done once
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("area_code", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("values", JSON, nullable=False),
    Index(None, "record_id", "version", unique=True),
    Index(None, "area_code", "at"),
)
