"""What may be written over the network: which values of which kind, by whom, in which meeting.

Everything a browser sends is judged here before it reaches the book: names of values against the
kind's own list, each value against its type, each text against personal data, the right of the
person in the record's area, and whether the meeting is still open.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tilannehuone.access import Person, Right, require, role_in
from tilannehuone.errors import Fault, WriteRefused
from tilannehuone.meeting.book import Book, Writer, add, change, one
from tilannehuone.meeting.free_text import FoundKind, checked
from tilannehuone.meeting.objects import KINDS, Meeting, Promise, Record

MOST_LETTERS = 2000
"""Of one text: a sentence or a few, not a document."""

PERSON = "person"
"""Who gives a promise, by name: written only where the instance allows it."""

ANSWER = frozenset({"state", "learning", "obstacle"})
"""What is written of a promise when it is answered, in a later meeting than it was made in."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be written of one kind, by whoever has the right.

    `new` may be told of a new record, `changed` of one that there is; `needed` may be neither
    left out of a new one nor emptied.
    """

    right: Right
    needed: frozenset[str]
    new: frozenset[str]
    changed: frozenset[str]


def _rule(right: Right, needed: str, more: str, fixed: str, later: str = "") -> Rule:
    """Return a rule; values in `fixed` are set once, those in `later` only afterwards."""
    always = frozenset((needed + " " + more).split())
    return Rule(
        right,
        frozenset((needed + " " + fixed).split()) - {"area_code"},
        always | frozenset(fixed.split()),
        always | frozenset(later.split()),
    )


RULES: dict[str, Rule] = {
    "success": _rule("write", "text", "", "meeting_id"),
    "promise": _rule(
        "promise",
        "text promiser",
        "indicator_id phenomenon_id expected",
        "meeting_id",
        "state learning obstacle answered_in",
    ),
    "interpretation": _rule(
        "write", "judgement", "text period_start", "meeting_id indicator_id period_type"
    ),
    "decision": _rule("write", "course text", "owner", "meeting_id"),
    "feedback": _rule("promise", "score", "text", "meeting_id"),
    "phenomenon": _rule(
        "write",
        "title",
        "state indicators hypothesis right_way how_noticed what_missing not_needed discussed_in",
        "area_code",
    ),
    "signal_case": _rule(
        "write", "", "", "", "state outcome checked assessed acted came owner meeting_id"
    ),
    "meeting": _rule("write", "", "", "", "staff_message"),
}
"""Observations and initiatives have pages of their own and are not written from the screen."""

CHANGED_ONLY = frozenset({"signal_case", "meeting"})
"""Kinds that are opened elsewhere."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One write that somebody asks for; `id` is empty for a new record.

    `version` is the one that was read; `request_id` makes a write asked for twice be done once.
    """

    kind: str
    values: Mapping[str, Any]
    request_id: str
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What a record may name: areas and measures of the release by id, and areas by name."""

    areas: frozenset[str]
    indicators: frozenset[str]
    names: frozenset[str] = frozenset()
    persons: bool = False  # a promise may carry the name of who gives it


@dataclass(frozen=True, slots=True)
class Concerned:
    """The record as it is now (None: a new one), the meeting it is written in, and its area."""

    record: Record | None
    meeting: Meeting | None
    area_code: str
    values: dict[str, Any] = field(default_factory=dict)


def understood(body: Any) -> Asked:
    """Return what a request asks for, its values not judged yet; raise WriteRefused else."""
    if not isinstance(body, dict) or body.get("kind") not in RULES:
        raise WriteRefused(Fault("write_not_understood"))
    given = {name: body.get(name, empty) for name, empty in (("id", ""), ("version", 0))}
    values, request_id = body.get("values"), body.get("request_id")
    is_whole = (
        isinstance(values, dict)
        and isinstance(request_id, str)
        and 8 <= len(request_id) <= 64
        and isinstance(given["id"], str)
        and type(given["version"]) is int
    )
    if not is_whole:
        raise WriteRefused(Fault("write_not_understood"))
    return Asked(body["kind"], values, request_id, **given)  # type: ignore[arg-type]


def judged(book: Book, asked: Asked, person: Person, around: Around) -> Concerned:
    """Return what is to be written, every value judged.

    Raises
    ------
    WriteRefused
        A value that may not be written, or a meeting that is not open.
    WordsRefused
        A text holds personal data.
    AccessDenied, RecordMissing
        As their names say.
    """
    rule = RULES[asked.kind]
    kind = KINDS[asked.kind]
    record = one(book, kind, asked.id) if asked.id else None
    allowed = rule.changed if record else rule.new
    if asked.kind == "promise" and around.persons:
        allowed |= {PERSON}
    if set(asked.values) - allowed or (record is None and asked.kind in CHANGED_ONLY):
        raise WriteRefused(Fault("write_not_allowed"))
    meeting = _meeting(book, asked, record)
    area_code = _area(record, meeting, asked)
    require(person, rule.right, area_code)
    if meeting is not None and meeting.state != "open":
        raise WriteRefused(Fault("meeting_not_open"))
    hints = get_type_hints(kind)
    values = {
        name: _value(hints[name], raw, around, {"name"} if name == PERSON else ())
        for name, raw in asked.values.items()
    }
    _refuse_empty(rule, values, is_new=record is None)
    _refuse_unknown(values, area_code, around)
    return Concerned(record, meeting, area_code, values)


def write(book: Book, asked: Asked, person: Person, told: Concerned, **more: Any) -> Record:
    """Write what was judged, with what the product adds of itself; return the record."""
    role = role_in(person, RULES[asked.kind].right, told.area_code)
    kind, writer = KINDS[asked.kind], Writer(person.name, role)
    if told.record is None:
        values = {"area_code": told.area_code} | told.values | more
        return add(book, kind(**values), writer, asked.request_id)
    values = told.values | more
    return change(book, kind, asked.id, asked.version, writer, asked.request_id, **values)


def _meeting(book: Book, asked: Asked, record: Record | None) -> Meeting | None:
    """Return the meeting that a write belongs to: the one it is held in, not the one of old."""
    if isinstance(record, Meeting):
        return record
    named = "answered_in" if isinstance(record, Promise) else "discussed_in"
    is_answer = isinstance(record, Promise) and ANSWER & set(asked.values)
    meeting_id = asked.values.get(named) or asked.values.get("meeting_id")
    if not meeting_id and not is_answer:
        meeting_id = getattr(record, "meeting_id", "")
    if is_answer and not meeting_id:
        raise WriteRefused(Fault("write_not_allowed"))
    return one(book, Meeting, str(meeting_id)) if meeting_id else None


def _area(record: Record | None, meeting: Meeting | None, asked: Asked) -> str:
    """Return the one area that record and meeting share; raise WriteRefused where they do not."""
    areas = {one.area_code for one in (record, meeting) if one is not None}
    if "area_code" in asked.values:
        areas.add(str(asked.values["area_code"]))
    if len(areas) != 1:
        raise WriteRefused(Fault("write_not_allowed"))
    return areas.pop()


def _value(hint: Any, raw: Any, around: Around, free: Collection[FoundKind] = ()) -> Any:
    """Return a value as its type asks; raise WriteRefused for any other."""
    origin, choices = get_origin(hint), get_args(hint)
    if origin is Literal and raw in choices:
        return raw
    if origin in (Union, UnionType):
        return None if raw in (None, "") else _value(choices[0], raw, around)
    if hint is str and isinstance(raw, str) and len(raw) <= MOST_LETTERS:
        return checked(raw.strip(), around.names, allowed=free)
    if hint is int and type(raw) is int:
        return raw
    if origin is tuple and isinstance(raw, list):
        return tuple(_value(str, each, around) for each in raw)
    if hint is date and isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    raise WriteRefused(Fault("write_not_understood"))


def _refuse_empty(rule: Rule, values: Mapping[str, Any], *, is_new: bool) -> None:
    wanted = rule.needed if is_new else rule.needed & set(values)
    if any(values.get(name) in ("", None) for name in wanted):
        raise WriteRefused(Fault("write_empty"))


def _refuse_unknown(values: Mapping[str, Any], area_code: str, around: Around) -> None:
    named = {*values.get("indicators", ()), values.get("indicator_id", "")} - {""}
    score = values.get("score", 1)
    if named - around.indicators or area_code not in around.areas or score not in (1, 2, 3):
        raise WriteRefused(Fault("write_not_understood"))
