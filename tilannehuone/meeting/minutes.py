"""The minutes: what a meeting saw, said and promised, in one frozen object.

Everything that leaves the room after a meeting is written from it: the minutes in every form, the
promises, the message to the staff and the chair's pack. Of a closed meeting it is made from what
was frozen, so that minutes never change afterwards; of any other it is a draft.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tilannehuone.meeting.minutes_given import Said, Setting, Shown
from tilannehuone.meeting.minutes_parts import (
    Answer,
    CaseHandled,
    Chosen,
    Deeper,
    Noticed,
    Pledge,
    Reading,
    Votes,
    sentence_of,
    tidy,
    votes,
)
from tilannehuone.meeting.objects import (
    Interpretation,
    Meeting,
    Observation,
    Phenomenon,
    Promise,
    SignalCase,
)

MOST_LINES = 3
"""Lines of the message to the staff."""

GOES_ON = ("open", "partly", "not_done")
"""States in which a promise is carried over when the meeting is closed (`carrying`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """All that the minutes of one meeting tell; texts are one line each and end as sentences do.

    `written_at` is when the newest part of it was written: the time that files bear.
    """

    meeting_id: str
    area_code: str
    lang: str
    state: str
    place: str
    day: date
    next_day: date | None
    written_at: datetime
    release_id: str
    release_day: date | None
    pack_id: str
    successes: tuple[str, ...]
    answers: tuple[Answer, ...]
    readings: tuple[Reading, ...]
    phenomena: tuple[Deeper, ...]
    decisions: tuple[Chosen, ...]
    promises: tuple[Pledge, ...]
    look_backs: tuple[str, ...]
    cases: tuple[CaseHandled, ...]
    staff_message: tuple[str, ...]
    feedback: Votes
    quiet: tuple[str, ...]
    quality: tuple[str, ...]

    @property
    def is_draft(self) -> bool:
        """Whether the meeting is not closed yet, so that these words may still change."""
        return self.state != "closed"


def minutes_of(meeting: Meeting, said: Said, setting: Setting) -> Minutes:
    """Return the minutes of a meeting in the meeting's own language."""
    return Minutes(
        meeting_id=meeting.id,
        area_code=meeting.area_code,
        lang=meeting.lang,
        state=meeting.state,
        place=setting.place,
        day=meeting.day,
        next_day=meeting.next_day,
        written_at=_written_at(meeting, said),
        release_id=meeting.release_id,
        release_day=setting.release_day,
        pack_id=meeting.pack_id,
        successes=_sentences(one.text for one in said.successes),
        answers=tuple(_answer(one, meeting, setting) for one in said.asked),
        readings=_readings(said.interpretations, setting),
        phenomena=tuple(_deeper(one, said.observations, setting) for one in said.phenomena),
        decisions=tuple(
            Chosen(one.course, sentence_of(one.text), tidy(one.owner)) for one in said.decisions
        ),
        promises=tuple(_pledge(one, meeting, setting) for one in said.promised),
        look_backs=_sentences(setting.look_backs),
        cases=tuple(_case(one, setting) for one in said.cases),
        staff_message=_sentences(meeting.staff_message.splitlines())[:MOST_LINES],
        feedback=votes(said.scores),
        quiet=tuple(map(tidy, setting.quiet)),
        quality=_sentences(setting.quality),
    )


def _written_at(meeting: Meeting, said: Said) -> datetime:
    """Return when the meeting was closed, else when the newest of its records was written."""
    if meeting.state == "closed" and meeting.closed_at is not None:
        return meeting.closed_at
    records = (
        *(meeting, *said.successes, *said.asked, *said.promised, *said.interpretations),
        *(*said.decisions, *said.phenomena, *said.cases),
    )
    known = [one.changed_at for one in records if one.changed_at is not None]
    return max(known, default=datetime.combine(meeting.day, datetime.min.time()))


def _sentences(texts: Iterable[str]) -> tuple[str, ...]:
    told = (sentence_of(one) for one in texts)
    return tuple(one for one in told if one)


def _pledge(promise: Promise, meeting: Meeting, setting: Setting) -> Pledge:
    return Pledge(
        id=promise.id,
        carried=promise.carried,
        written_at=promise.changed_at or promise.created_at,
        promiser=tidy(promise.promiser),
        person=tidy(promise.person),
        text=sentence_of(promise.text),
        due=promise.due or (meeting.next_day if promise.meeting_id == meeting.id else None),
        measure=setting.measures.get(promise.indicator_id, ""),
        expected=promise.expected if promise.indicator_id else "",
        seen_from=promise.seen_from,
    )


def _answer(promise: Promise, meeting: Meeting, setting: Setting) -> Answer:
    """Return what became of a promise; one that goes on is due, and counted, as of next time."""
    pledge = _pledge(promise, meeting, setting)
    goes_on = meeting.state != "planned" and promise.state in GOES_ON
    if goes_on:
        pledge = replace(pledge, due=meeting.next_day, carried=promise.carried + 1)
    return Answer(
        pledge=pledge,
        state=promise.state,
        learning=sentence_of(promise.learning),
        obstacle=sentence_of(promise.obstacle),
        goes_on=goes_on,
    )


def _readings(read: Sequence[Interpretation], setting: Setting) -> tuple[Reading, ...]:
    """Return what was shown in the order shown, then interpretations of what was not."""
    by_measure: dict[str, list[Interpretation]] = {}
    for one in read:
        by_measure.setdefault(one.indicator_id, []).append(one)
    shown = {one.indicator_id: one for one in setting.shown}
    for indicator_id in by_measure:
        name = setting.measures.get(indicator_id, indicator_id)
        shown.setdefault(indicator_id, Shown(indicator_id=indicator_id, name=name, sentence=""))
    return tuple(_reading(one, by_measure.get(key, [])) for key, one in shown.items())


def _reading(shown: Shown, read: Sequence[Interpretation]) -> Reading:
    """Return one measure; of several interpretations the judgement of the last one holds."""
    return Reading(
        indicator_id=shown.indicator_id,
        name=tidy(shown.name),
        sentence=sentence_of(shown.sentence),
        period_type=shown.period_type,
        period_start=shown.period_start,
        has_signal=shown.has_signal,
        judgement=read[-1].judgement if read else "",
        texts=_sentences(one.text for one in read),
        claim=shown.claim if any(tidy(one.text) for one in read) else "",
    )


def _deeper(one: Phenomenon, observations: Sequence[Observation], setting: Setting) -> Deeper:
    known = (setting.measures.get(indicator_id, "") for indicator_id in one.indicators)
    asked = (one.right_way, one.how_noticed, one.what_missing, one.not_needed)
    used = (seen for seen in observations if seen.phenomenon_id == one.id)
    return Deeper(
        id=one.id,
        title=tidy(one.title).rstrip("."),
        hypothesis=sentence_of(one.hypothesis),
        measures=tuple(name for name in known if name),
        answers=tuple(map(sentence_of, asked)),
        observations=tuple(
            Noticed(seen.day, seen.environment, seen.subject, sentence_of(seen.text))
            for seen in used
        ),
    )


def _case(one: SignalCase, setting: Setting) -> CaseHandled:
    return CaseHandled(
        measure=setting.measures.get(one.indicator_id, one.indicator_id),
        period_type=one.period_type,
        period_start=one.period_start,
        state=one.state,
        outcome=one.outcome or "",
        texts=_sentences((one.checked, one.assessed, one.acted, one.came)),
        owner=tidy(one.owner),
    )
