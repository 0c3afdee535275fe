"""Opening a meeting: its agenda and its release are written into it, and hold from then on."""

from dataclasses import replace
from datetime import UTC, datetime

from tilannehuone.errors import Fault, WriteRefused
from tilannehuone.meeting.agenda import Agenda, agenda
from tilannehuone.meeting.book import Book, Writer, change
from tilannehuone.meeting.objects import Meeting
from tilannehuone.ui import cases
from tilannehuone.ui.frame import Page
from tilannehuone.ui.known import known_of


def agenda_of(page: Page, book: Book, meeting: Meeting) -> Agenda:
    """Return the agenda: the one a meeting was opened with, else as it would be now."""
    if meeting.agenda:
        return Agenda.from_json(meeting.agenda)
    known = known_of(page, book, meeting.area_code, meeting.day)
    return agenda(known, meeting.area_code, meeting.day, meeting.minutes)


def opened(page: Page, book: Book, meeting: Meeting, writer: Writer) -> Meeting:
    """Open a planned meeting, and a case for every signal; one that is open stays as it is.

    Raises WriteRefused for a meeting that is closed.
    """
    if meeting.state == "closed":
        raise WriteRefused(Fault("meeting_not_open"))
    if meeting.state == "open":
        return meeting
    cases.opened(page, book, meeting.area_code)
    found = agenda_of(page, book, replace(meeting, agenda=""))
    return change(
        book,
        Meeting,
        meeting.id,
        meeting.version,
        writer,
        f"open:{meeting.id}",
        state="open",
        agenda=found.to_json(),
        release_id=str(page.facts["release_id"]),
        opened_at=datetime.now(UTC),
    )
