"""The first form: a table a kind of record, and the history of all of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _make_meeting()
    _make_what_meetings_write()
    _make_what_lasts_between_meetings()
    _make_history()


def _make_meeting() -> None:
    _record(
        "meeting",
        _day("day", needed=True),
        _day("next_day"),
        _number("minutes"),
        *_texts("lang", "state", "release_id", "agenda", "staff_message", "pack_id"),
        sa.Column("opened_at", sa.DateTime),
        sa.Column("closed_at", sa.DateTime),
    )


def _make_what_meetings_write() -> None:
    _of_meeting("success", *_texts("text"))
    _of_meeting(
        "promise",
        *_texts("text", "promiser", "person", "state", "learning", "answered_in", "obstacle"),
        *_texts("indicator_id", "phenomenon_id", "expected"),
        _day("due"),
        _number("carried"),
        _day("seen_from"),
        sa.Column("seen_effect", sa.Float),
    )
    _of_meeting(
        "interpretation",
        *_texts("indicator_id", "period_type", "judgement", "text"),
        _day("period_start"),
    )
    _of_meeting("decision", *_texts("course", "text", "owner"))
    _of_meeting("feedback", _number("score"), *_texts("text"))
    _of_meeting("pack", *_texts("content"))


def _make_what_lasts_between_meetings() -> None:
    _record(
        "observation",
        _day("day", needed=True),
        *_texts("subject", "environment", "text", "sender", "phenomenon_id"),
    )
    _record(
        "phenomenon",
        *_texts("title", "state", "hypothesis", "right_way", "how_noticed", "what_missing"),
        *_texts("not_needed", "discussed_in"),
        sa.Column("indicators", sa.JSON, nullable=False),
    )
    _record(
        "initiative",
        *_texts("phenomenon_id", "text", "outcome"),
        _day("starts", needed=True),
        _day("ends"),
        sa.Column("indicators", sa.JSON, nullable=False),
    )
    _record(
        "signal_case",
        *_texts("indicator_id", "period_type", "variation", "state"),
        _day("period_start", needed=True),
        sa.Column("outcome", sa.Text),
        *_texts("checked", "assessed", "acted", "came", "owner", "meeting_id"),
    )


def _make_history() -> None:
    op.create_table(
        "history",
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("area_code", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("values", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_history"),
    )
    op.create_index(
        "ix_history_record_id_version", "history", ["record_id", "version"], unique=True
    )
    op.create_index("ix_history_area_code_at", "history", ["area_code", "at"])


def _of_meeting(name: str, *columns: sa.Column[Any]) -> None:
    key = sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=f"fk_{name}_meeting_id")
    _record(name, sa.Column("meeting_id", sa.Text, nullable=False), *columns, key)
    op.create_index(f"ix_{name}_meeting_id", name, ["meeting_id"])


def _record(name: str, *columns: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Text, nullable=False),
        _number("version"),
        sa.Column("area_code", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_area_code", name, ["area_code"])


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def _day(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date, nullable=not needed)
