"""What a meeting writes down, each a frozen record with who, when and version.

A record that has not been written yet has version 0 and neither id nor times. Texts are as people
wrote them, behind the guard of `free_text`. Areas, measures and releases are named by their ids.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

MeetingState = Literal["planned", "open", "closed"]
PromiseState = Literal["open", "done", "partly", "not_done", "dropped"]
Judgement = Literal["right", "same", "wrong", "cannot_say"]
"""Which way things go: in the right direction, unchanged, in the wrong one, cannot be said."""
Course = Literal["continue", "correct", "stop", "clarify"]
CaseState = Literal["check", "assess", "act", "outcome"]
"""Where a signal case stands: is it a data error, what does it mean, what is done, what came."""
Outcome = Literal["data_error", "chance", "known_reason", "real_change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has. Times are UTC; `version` counts from 1 and grows by one a change."""

    id: str = ""
    version: int = 0
    area_code: str
    created_at: datetime | None = None
    created_by: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Record):
    """One meeting of an area's leadership team.

    `agenda` is the agenda as JSON, kept from the moment the meeting was opened; `release_id` the
    release it is held on; `pack_id` names what was frozen when it was closed. `staff_message` is
    the message to the staff, at most three lines. `lang` is the language the minutes are written
    in; `minutes` how long the meeting may last.
    """

    day: date
    next_day: date | None = None
    minutes: int = 60
    lang: str = "fi"
    state: MeetingState = "planned"
    release_id: str = ""
    agenda: str = ""
    staff_message: str = ""
    pack_id: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Success(Record):
    """One thing that went well since the last meeting, told at the beginning."""

    meeting_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Record):
    """What somebody promises to do before the next meeting.

    `promiser` is a role or an organisation; `person` stays empty unless the instance allows names.
    `expected` is the direction a measure should take ("" where none is named). `due` is the next
    meeting's day. A promise carried over keeps its id: `carried` counts how many times, and
    `obstacle` says what is in the way. `learning` is the one sentence of the answer, given in the
    meeting `answered_in`. `seen_from` is the first month in which an effect could be seen, and
    `seen_effect` the smallest change that could be seen by then, in the measure's unit.
    """

    meeting_id: str
    text: str
    promiser: str
    person: str = ""
    due: date | None = None
    state: PromiseState = "open"
    learning: str = ""
    answered_in: str = ""
    carried: int = 0
    obstacle: str = ""
    indicator_id: str = ""
    phenomenon_id: str = ""
    expected: Literal["", "up", "down"] = ""
    seen_from: date | None = None
    seen_effect: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation(Record):
    """How the meeting reads one series: the judgement, and in words what lies behind it."""

    meeting_id: str
    indicator_id: str
    period_type: str
    period_start: date | None = None
    judgement: Judgement
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Record):
    """What the meeting decides about its course, and who sees to it."""

    meeting_id: str
    course: Course
    text: str
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Record):
    """One tap at the end: was the meeting of use (3 yes, 2 partly, 1 no), and a word if any."""

    meeting_id: str
    score: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Record):
    """What somebody in the field noticed; nobody can be recognised from it.

    `subject` is feedback on our own work or the everyday life of families; `environment` an id
    such as `school` (`observing.ENVIRONMENTS`). `sender` is a role, never a name.
    """

    day: date
    subject: Literal["work_feedback", "everyday_life"]
    environment: str
    text: str
    sender: str = ""
    phenomenon_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phenomenon(Record):
    """Something that people see behind observations, tied to measures.

    `indicators` are ids of measures. The answers are to the four questions of the meeting: are we
    going the right way, how do we notice, what is missing, and what would have to be true for this
    service not to be needed.
    """

    title: str
    state: Literal["open", "followed", "closed"] = "open"
    indicators: tuple[str, ...] = ()
    hypothesis: str = ""
    right_way: str = ""
    how_noticed: str = ""
    what_missing: str = ""
    not_needed: str = ""
    discussed_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative(Record):
    """What is tried because of a phenomenon; it is drawn as an event on its measures' curves."""

    phenomenon_id: str
    text: str
    starts: date
    ends: date | None = None
    indicators: tuple[str, ...] = ()
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalCase(Record):
    """What follows from a signal: checked, assessed, acted upon, and what came of it."""

    indicator_id: str
    period_type: str
    period_start: date
    variation: str
    state: CaseState = "check"
    outcome: Outcome | None = None
    checked: str = ""
    assessed: str = ""
    acted: str = ""
    came: str = ""
    owner: str = ""
    meeting_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack(Record):
    """What a closed meeting showed and said, frozen: its id is the SHA-256 of `content`."""

    meeting_id: str
    content: str


KINDS: dict[str, type[Record]] = {
    "meeting": Meeting,
    "success": Success,
    "promise": Promise,
    "interpretation": Interpretation,
    "decision": Decision,
    "feedback": Feedback,
    "observation": Observation,
    "phenomenon": Phenomenon,
    "initiative": Initiative,
    "signal_case": SignalCase,
    "pack": Pack,
}
"""Every kind of record by its name, which is also the name of its table."""

KIND_OF: dict[type[Record], str] = {one: name for name, one in KINDS.items()}

OF_THE_BOOK = frozenset(one.name for one in fields(Record)) - {"area_code"}
"""What the book sets itself and nobody else may."""


def own_fields(kind: type[Record]) -> dict[str, Any]:
    """Return the names of a kind's own fields with their types as written; none of the book's."""
    return {one.name: one.type for one in fields(kind) if one.name not in OF_THE_BOOK}
