"""What is known of an area on the day of its meeting: from the release, and from the book."""

from collections.abc import Iterable
from datetime import date

from tilannehuone.cadence import late_since
from tilannehuone.finding import Finding
from tilannehuone.meeting import cases, diet
from tilannehuone.meeting.agenda import Agenda
from tilannehuone.meeting.book import Book, many
from tilannehuone.meeting.diet import Held
from tilannehuone.meeting.known import (
    Known,
    KnownCase,
    KnownLookBack,
    KnownMeasure,
    KnownPhenomenon,
    KnownPromise,
)
from tilannehuone.meeting.objects import (
    Interpretation,
    Meeting,
    Phenomenon,
    Promise,
    SignalCase,
)
from tilannehuone.registry import Indicator
from tilannehuone.ui.frame import Page
from tilannehuone.ui.marks import is_signal
from tilannehuone.ui.standing import standings

LOOKED_BACK_AT = ("open", "done", "partly")
"""States of a promise that is looked back at: one not kept or dropped has nothing to show."""


def known_of(page: Page, book: Book, area_code: str, day: date) -> Known:
    """Return everything the agenda of an area's meeting on a day is made of.

    Measures are those that can be read in the area: one whose figures are too small at every
    grain has nothing to be looked at. Meetings count that were closed on an earlier day.
    """
    meetings = {one.id: one for one in _closed(book, area_code, day)}
    held = _held(book, area_code, meetings)
    promises = many(book, Promise, area_code=area_code)
    kept = many(book, SignalCase, area_code=area_code)
    phenomena = many(book, Phenomenon, area_code=area_code)
    return Known(
        measures=_measures(page, area_code, day, held),
        promises=tuple(_promise(one, day) for one in promises if one.state == "open"),
        look_backs=tuple(_look_backs(promises, held)),
        cases=tuple(
            KnownCase(one.id, one.indicator_id, one.period_start)
            for one in kept
            if cases.is_open(one)
        ),
        phenomena=tuple(
            _phenomenon(one, meetings, held, day) for one in phenomena if one.state != "closed"
        ),
    )


def held_meetings(book: Book, area_code: str, day: date) -> list[Held]:
    """Return the meetings of an area that were closed before a day, as the diet counts them."""
    return _held(book, area_code, {one.id: one for one in _closed(book, area_code, day)})


def _closed(book: Book, area_code: str, day: date) -> Iterable[Meeting]:
    found = many(book, Meeting, area_code=area_code, state="closed")
    return sorted((one for one in found if one.day < day), key=lambda one: (one.day, one.id))


def _held(book: Book, area_code: str, meetings: dict[str, Meeting]) -> list[Held]:
    read: dict[str, set[str]] = {}
    for one in many(book, Interpretation, area_code=area_code):
        read.setdefault(one.meeting_id, set()).add(one.indicator_id)
    return [
        Held(one.day, Agenda.from_json(one.agenda), frozenset(read.get(one.id, ())))
        for one in meetings.values()
        if one.agenda
    ]


def _measures(page: Page, area_code: str, day: date, held: list[Held]) -> tuple[KnownMeasure, ...]:
    found = standings(page, area_code)
    discussed, unused = diet.last_discussed(held), diet.unused(held, day)
    return tuple(
        KnownMeasure(
            id=one.id,
            place=place,
            cadence=one.cadence,
            anchor=one.half_year_anchor,
            has_signal=is_signal(finding),
            is_late=_is_late(finding, one, day),
            last_discussed=discussed.get(one.id),
            is_unused=one.id in unused,
        )
        for place, one in enumerate(page.indicators.values())
        if (finding := found.get(one.id)) is not None
    )


def _is_late(finding: Finding, indicator: Indicator, day: date) -> bool:
    if finding.newest_period is None:
        return False
    key = (finding.period_type, finding.newest_period, finding.latest_status)
    return late_since(*key, indicator.lag_days, day) is not None


def _promise(one: Promise, day: date) -> KnownPromise:
    made = one.created_at.date() if one.created_at else day
    return KnownPromise(one.id, made, one.due, one.carried)


def _look_backs(promises: list[Promise], held: list[Held]) -> Iterable[KnownLookBack]:
    """Yield the promises to look back at that no meeting has looked back at yet."""
    seen = {entry.id for one in held for entry in one.agenda.entries() if entry.kind == "look_back"}
    for one in promises:
        if one.seen_from and one.state in LOOKED_BACK_AT and one.id not in seen:
            yield KnownLookBack(one.id, one.seen_from)


def _phenomenon(
    one: Phenomenon, meetings: dict[str, Meeting], held: list[Held], day: date
) -> KnownPhenomenon:
    """Return a phenomenon with the last day it was on the table: so written, or on an agenda."""
    days = [
        each.day
        for each in held
        for entry in each.agenda.entries()
        if entry.kind == "phenomenon" and entry.id == one.id
    ]
    if one.discussed_in in meetings:
        days.append(meetings[one.discussed_in].day)
    began = one.created_at.date() if one.created_at else day
    return KnownPhenomenon(one.id, began, one.indicators, max(days, default=None))
