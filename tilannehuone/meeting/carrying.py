"""Promises that go on: what was not kept in a meeting is asked again in the next one."""

from collections.abc import Iterable

from tilannehuone.meeting.agenda import Agenda
from tilannehuone.meeting.book import Book, Writer, change
from tilannehuone.meeting.objects import Meeting, Promise

GOES_ON = frozenset({"partly", "not_done"})
"""Answers after which a promise is asked again; one kept or dropped is at its end."""


def carried_on(meeting: Meeting, promises: Iterable[Promise]) -> list[Promise]:
    """Return the promises that go on after a meeting.

    They are those that it found not kept or kept in part, and those on its agenda that nobody
    answered.
    """
    asked = {one.id for one in Agenda.from_json(meeting.agenda).entries() if one.kind == "promise"}
    return [
        one
        for one in promises
        if (one.answered_in == meeting.id and one.state in GOES_ON)
        or (one.id in asked and one.state == "open")
    ]


def carry_over(
    book: Book, meeting: Meeting, promises: Iterable[Promise], writer: Writer
) -> list[Promise]:
    """Let a closed meeting's unkept promises be asked again on the next day; return them.

    The answer stays in the history and in the meeting's pack. Done twice, it is done once.
    """
    return [
        change(
            book,
            Promise,
            one.id,
            one.version,
            writer,
            f"carry:{meeting.id}:{one.id}",
            state="open",
            due=meeting.next_day,
            carried=one.carried + 1,
        )
        for one in carried_on(meeting, promises)
    ]
