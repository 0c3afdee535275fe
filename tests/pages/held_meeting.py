"""A made meeting of Kaakkuri, held on the made release, for the tests of closing and of packs."""

import json
from datetime import UTC, date, datetime

from tilannehuone.meeting.book import Writer, add
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import Decision, Interpretation, Meeting, Promise
from tilannehuone.ui import frame

SCRIBE = Writer("kirjuri", "scribe")
SHOWN = ("cp_notifications_rate", "lp_discussions_rate")
AGENDA = json.dumps(
    {
        "items": [
            {"kind": "situation", "entries": [{"kind": "measure", "id": each} for each in SHOWN]}
        ]
    }
)


def hold(folder):
    """Return the folder served, its book, and an open meeting with something written in it."""
    book = open_book(address_of(folder))
    release = str(frame.page_of("pack", "fi").facts["release_id"])
    meeting = add(
        book,
        Meeting(
            area_code="kaakkuri",
            day=date(2026, 11, 20),
            state="open",
            release_id=release,
            agenda=AGENDA,
            opened_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
            staff_message="Kiitos kaikille.",
        ),
        SCRIBE,
    )
    of = {"area_code": "kaakkuri", "meeting_id": meeting.id}
    add(
        book, Decision(course="continue", text="Jatketaan samaa.", owner="esihenkilö", **of), SCRIBE
    )
    add(book, Promise(text="Lupaan soittaa.", promiser="Neuvola", **of), SCRIBE)
    add(
        book,
        Interpretation(
            indicator_id=SHOWN[0], period_type="month", judgement="right", text="Laskua.", **of
        ),
        SCRIBE,
    )
    return folder, book, meeting
