"""Promises in everybody's own calendar: each a whole day, and the next meeting beside them.

An event keeps its identifier from the record it is of, so that a newer file moves what an older
one brought. All days are whole and leave the day free: a promise is no appointment. Events are
used rather than to-dos, since common calendars do not read those.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from tilannehuone.exports.minutes_tables import measure_words, promiser
from tilannehuone.meeting.minutes import Minutes
from tilannehuone.meeting.minutes_parts import Pledge
from tilannehuone.texts import text
from tilannehuone.texts.format import day


def calendar_bytes(minutes: Minutes) -> bytes:
    """Return the promises that are waited for, and the next meeting, as an iCalendar file.

    Source: RFC 5545. The time stamps are those of the records, never the clock's.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Tilannehuone//Tilannehuone//{minutes.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = text("minutes.calendar_name", minutes.lang, place=minutes.place)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for event in _events(minutes):
        calendar.add_component(event)
    return calendar.to_ical(sorted=False)


def waited_for(minutes: Minutes) -> Iterator[Pledge]:
    """Yield the promises made, and before them those carried over."""
    for one in minutes.answers:
        if one.goes_on:
            yield one.pledge
    yield from minutes.promises


def _events(minutes: Minutes) -> Iterator[Event]:
    lang, place = minutes.lang, minutes.place
    if minutes.next_day is not None:
        title = text("minutes.calendar_next", lang, place=place)
        after = f"{minutes.meeting_id}-next"
        yield _event(after, title, minutes.next_day, minutes.written_at)
    where = text("minutes.calendar_made", lang, day=day(minutes.day, lang), place=place)
    for one in waited_for(minutes):
        if one.due is None:
            continue
        who = promiser(one, lang)
        title = text("minutes.calendar_promise", lang, promiser=who, text=one.text)
        told = "\n".join(part for part in (one.text, measure_words(one, lang), where) if part)
        event = _event(one.id, title, one.due, one.written_at or minutes.written_at)
        event.add("description", told)
        event.add("sequence", one.carried)
        yield event


def _event(record_id: str, title: str, on: date, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{record_id}@tilannehuone")
    event.add("dtstamp", _in_utc(stamp))
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    return event


def _in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC; one without a zone is taken to be in it already."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return known.astimezone(UTC).replace(microsecond=0)
