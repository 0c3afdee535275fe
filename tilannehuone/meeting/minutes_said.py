"""The records of a frozen pack, as records again, sorted by the part they play in the meeting."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar, get_type_hints

from tilannehuone.meeting.minutes_given import Said
from tilannehuone.meeting.objects import (
    KIND_OF,
    Decision,
    Interpretation,
    Meeting,
    Observation,
    Phenomenon,
    Promise,
    Record,
    SignalCase,
    Success,
)
from tilannehuone.meeting.pack_content import Content

Kept = TypeVar("Kept", bound=Record)


def said_in(content: Content, meeting: Meeting) -> Said:
    """Return the records of a pack, sorted by the part they play in the meeting."""
    promises = records_of(content, Promise)
    return Said(
        successes=records_of(content, Success),
        asked=tuple(one for one in promises if _is_asked(one, meeting)),
        promised=tuple(one for one in promises if one.meeting_id == meeting.id),
        interpretations=records_of(content, Interpretation),
        decisions=records_of(content, Decision),
        phenomena=tuple(
            one for one in records_of(content, Phenomenon) if one.discussed_in == meeting.id
        ),
        observations=records_of(content, Observation),
        cases=tuple(one for one in records_of(content, SignalCase) if one.meeting_id == meeting.id),
        scores=tuple(int(score) for score, given in content.feedback.items() for _ in range(given)),
    )


def _is_asked(promise: Promise, meeting: Meeting) -> bool:
    """Return whether a promise of an earlier meeting was answered in this one, or waited for."""
    if promise.meeting_id == meeting.id:
        return False
    is_due = promise.due is None or promise.due <= meeting.day
    return promise.answered_in == meeting.id or (promise.state == "open" and is_due)


def records_of(content: Content, kind: type[Kept]) -> tuple[Kept, ...]:
    """Return the records of one kind, in the order they were written."""
    return tuple(record_of(kind, one) for one in content.records.get(KIND_OF[kind], ()))


def record_of(kind: type[Kept], values: Mapping[str, Any]) -> Kept:
    """Return a record as it was frozen; values that this program knows no more are left out."""
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], one) for name, one in values.items() if name in hints})


def _value(hint: Any, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if not isinstance(value, str):
        return value
    if hint in (datetime, datetime | None):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if hint in (date, date | None) else value
