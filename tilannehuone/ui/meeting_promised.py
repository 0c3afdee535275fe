"""What the product adds to what people write: a promise's day, and when it could be seen."""

from typing import Any

from tilannehuone.errors import Fault, WriteRefused
from tilannehuone.meeting import cases
from tilannehuone.meeting.objects import Promise, SignalCase
from tilannehuone.meeting.writing import ANSWER, Concerned
from tilannehuone.ui import lookback
from tilannehuone.ui.frame import Page

SEEN_BY = frozenset({"indicator_id", "expected"})
"""What the month hangs on in which an effect could first be seen."""


def added_to(page: Page, told: Concerned, kind: str) -> dict[str, Any]:
    """Return the values that go with what somebody writes."""
    if kind == "promise":
        return _of_promise(page, told)
    if isinstance(told.record, SignalCase):
        return _of_case(told.record, told.values)
    return {}


def _of_promise(page: Page, told: Concerned) -> dict[str, Any]:
    """Return a new promise's day, the clean slate of a new answer, and the month of an effect."""
    record, values = told.record, told.values
    more: dict[str, Any] = {}
    if record is None and told.meeting is not None:
        more["due"] = told.meeting.next_day
    if isinstance(record, Promise) and ANSWER & set(values):
        is_new = record.answered_in != values.get("answered_in", record.answered_in)
        more |= {"learning": ""} if is_new and "learning" not in values else {}
    if SEEN_BY & set(values):
        indicator_id = values.get("indicator_id", getattr(record, "indicator_id", ""))
        expected = values.get("expected", getattr(record, "expected", ""))
        more |= _seen(page, told, indicator_id, expected)
    return more


def _seen(page: Page, told: Concerned, indicator_id: str, expected: str) -> dict[str, Any]:
    """Return the first month in which an effect could be seen, by the day of the meeting."""
    if told.meeting is None:
        return {}
    asked = Promise(
        area_code=told.area_code,
        meeting_id=told.meeting.id,
        text="",
        promiser="",
        indicator_id=indicator_id,
        expected=expected,  # type: ignore[arg-type]
    )
    seen = lookback.seen_first(page, asked, told.meeting.day)
    return {
        "seen_from": seen.month if seen else None,
        "seen_effect": seen.effect if seen else None,
    }


def _of_case(case: SignalCase, values: dict[str, Any]) -> dict[str, Any]:
    """Return where a case stands after its stage was written down."""
    if not {"outcome", cases.WORDS[case.state]} & set(values):
        return {}
    said = values.get(cases.WORDS[case.state], getattr(case, cases.WORDS[case.state]))
    try:
        return cases.moved(case, said, values.get("outcome"))
    except ValueError:
        raise WriteRefused(Fault("write_not_allowed")) from None
