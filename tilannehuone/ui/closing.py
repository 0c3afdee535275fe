"""Closing a meeting: what was shown and said is frozen, and the meeting can be changed no more."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tilannehuone.errors import Fault, Outdated, WriteRefused
from tilannehuone.meeting.book import Book, Writer, add, change, many, one
from tilannehuone.meeting.objects import (
    Decision,
    Feedback,
    Initiative,
    Interpretation,
    Meeting,
    Observation,
    Pack,
    Phenomenon,
    Promise,
    Record,
    SignalCase,
    Success,
)
from tilannehuone.meeting.pack import Around, frozen
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.pack_shown import on_the_table, page_on, shown_of

OF_THE_MEETING = (Success, Promise, Interpretation, Decision, Feedback, SignalCase)
"""Kinds of record that name the meeting they were written in."""

TRIES = 5
"""How many times the pack is made again since something was written while it was made."""


def close(book: Book, page: Page, meeting: Meeting, writer: Writer) -> Meeting:
    """Freeze a meeting and close it; return it with its pack's id and the time it was closed.

    The pack is written before the meeting names it, so a meeting is closed with a whole pack or
    stays open. Of a meeting that is closed already, nothing is done. What was written in the very
    moment of closing is in the pack: it is made again then.

    Raises
    ------
    WriteRefused
        The meeting has not been opened.
    """
    now = one(book, Meeting, meeting.id)
    if now.state == "closed" and now.pack_id:
        return now
    if now.state == "planned":
        raise WriteRefused(Fault("meeting_not_open"))
    for _ in range(TRIES):
        pack = pack_of(book, page, now)
        add(book, pack, writer, f"pack:{pack.id}")
        now = _closed(book, now, pack, writer)
        if pack_of(book, page, now).id == now.pack_id:
            return now
    raise Outdated(Fault("outdated", {"by": now.changed_by}))


def pack_of(book: Book, page: Page, meeting: Meeting) -> Pack:
    """Return the pack of a meeting as it stands now, on the release it is held on."""
    held = replace(page_on(page, meeting.release_id), lang=meeting.lang)
    said = said_in(book, meeting)
    shown = shown_of(
        held,
        meeting.area_code,
        on_the_table(meeting.agenda, [*said, *_on_agenda(book, meeting)]),
    )
    about = held.facts["instance"]
    name = about.get("name") or ""
    around = Around(
        instance=name if isinstance(name, str) else str(name[meeting.lang]),
        area=options.areas(held).labels.get(meeting.area_code, meeting.area_code),
        code_version=str(held.facts["code_version"]),
        release_id=str(held.facts["release_id"]),
        release_day=held.facts["built_at"].date().isoformat(),
    )
    return frozen(meeting, meeting.agenda, shown, said, around)


def said_in(book: Book, meeting: Meeting) -> list[Record]:
    """Return every record of a meeting: written in it, asked in it, or gone into in it."""
    found: dict[str, Record] = {}
    for kind in OF_THE_MEETING:
        found |= {one.id: one for one in many(book, kind, meeting_id=meeting.id)}
    found |= {one.id: one for one in many(book, Promise, answered_in=meeting.id)}
    asked = [one for one in _on_agenda(book, meeting) if isinstance(one, Promise)]
    found |= {one.id: one for one in asked}
    gone_into = many(book, Phenomenon, discussed_in=meeting.id)
    found |= {one.id: one for one in gone_into}
    for phenomenon in gone_into:
        of_it = {"phenomenon_id": phenomenon.id}
        found |= {one.id: one for one in many(book, Observation, **of_it)}
        found |= {one.id: one for one in many(book, Initiative, **of_it)}
    return list(found.values())


def _on_agenda(book: Book, meeting: Meeting) -> list[Record]:
    """Return the area's records that an agenda can name, for the measures that they are about."""
    kinds: tuple[type[Record], ...] = (Promise, SignalCase, Phenomenon)
    named = [one for kind in kinds for one in many(book, kind, area_code=meeting.area_code)]
    return [one for one in named if f'"{one.id}"' in meeting.agenda]


def _closed(book: Book, meeting: Meeting, pack: Pack, writer: Writer) -> Meeting:
    """Return the meeting closed with a pack, whoever was the first to close it."""
    values: dict[str, Any] = {"state": "closed", "pack_id": pack.id}
    values |= {"closed_at": meeting.closed_at or datetime.now(UTC)}
    try:
        return change(
            book,
            Meeting,
            meeting.id,
            meeting.version,
            writer,
            f"close:{meeting.id}:{pack.id}",
            **values,
        )
    except Outdated:
        now = one(book, Meeting, meeting.id)
        if now.state == "closed" and now.pack_id:
            return now
        raise
