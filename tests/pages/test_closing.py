"""Closing a meeting freezes it whole, once, and for good."""

from datetime import date

import pytest
from held_meeting import SCRIBE, SHOWN

from tilannehuone.errors import WriteRefused
from tilannehuone.meeting.book import Writer, add, change, many, one
from tilannehuone.meeting.objects import Meeting, Pack
from tilannehuone.meeting.pack import opened, verify
from tilannehuone.ui import frame
from tilannehuone.ui.closing import close


def test_closing_freezes_what_was_on_the_agenda_and_all_that_was_said(closed):
    _, book, meeting = closed
    pack = one(book, Pack, meeting.pack_id)
    content = opened(pack)

    assert meeting.state == "closed"
    assert meeting.closed_at is not None
    assert verify(pack)
    assert sorted(each.indicator_id for each in content.series) == sorted(SHOWN)
    assert set(content.records) == {"decision", "promise", "interpretation"}
    assert content.meeting["staff_message"] == "Kiitos kaikille."


def test_closing_twice_is_closing_once(closed):
    _, book, meeting = closed

    assert close(book, frame.page_of("pack", "fi"), meeting, SCRIBE) == meeting
    assert len(many(book, Pack)) == 1


def test_two_who_close_at_once_make_one_pack(held):
    _, book, meeting = held
    page = frame.page_of("pack", "fi")

    first, second = (close(book, page, meeting, who) for who in (SCRIBE, Writer("pj", "chair")))

    assert first == second
    assert len(many(book, Pack)) == 1


def test_what_is_written_before_closing_anew_is_in_the_pack_that_counts(held):
    _, book, meeting = held
    page = frame.page_of("pack", "fi")
    meeting = change(book, Meeting, meeting.id, meeting.version, SCRIBE, staff_message="Uusi.")

    pack = one(book, Pack, close(book, page, meeting, SCRIBE).pack_id)

    assert opened(pack).meeting["staff_message"] == "Uusi."


def test_a_meeting_that_has_not_begun_cannot_be_closed(held):
    _, book, _ = held
    planned = add(book, Meeting(area_code="kaakkuri", day=date(2027, 1, 8)), SCRIBE)

    with pytest.raises(WriteRefused):
        close(book, frame.page_of("pack", "fi"), planned, SCRIBE)
