"""Everything a meeting's slides are made of: the release it is held on, and all that is written."""

from dataclasses import dataclass, replace

from tilannehuone.meeting.agenda import Agenda
from tilannehuone.meeting.book import Book, many, one
from tilannehuone.meeting.objects import (
    Decision,
    Feedback,
    Interpretation,
    Meeting,
    Observation,
    Phenomenon,
    Promise,
    SignalCase,
    Success,
)
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.pack_shown import page_on


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that has been opened, with what its area has written.

    `page` reads the release that the meeting was opened on. Promises, phenomena, cases and
    observations are all of the area; the other records are the meeting's own.
    """

    page: Page
    meeting: Meeting
    agenda: Agenda
    promises: tuple[Promise, ...]
    successes: tuple[Success, ...]
    interpretations: tuple[Interpretation, ...]
    decisions: tuple[Decision, ...]
    feedback: tuple[Feedback, ...]
    phenomena: tuple[Phenomenon, ...]
    cases: tuple[SignalCase, ...]
    observations: tuple[Observation, ...]

    @property
    def place(self) -> str:
        """The area's name."""
        return options.names_of_areas(self.page)[self.meeting.area_code]

    @property
    def made_now(self) -> tuple[Promise, ...]:
        """The promises made in this meeting."""
        return tuple(one for one in self.promises if one.meeting_id == self.meeting.id)

    def text(self, key: str, **values: object) -> str:
        """Return a text of the meeting in the reader's language."""
        return self.page.text(key, **values)


def held(page: Page, book: Book, meeting_id: str) -> Held:
    """Return a meeting with all that is written; raise RecordMissing where there is none."""
    meeting = one(book, Meeting, meeting_id)
    area = meeting.area_code
    return Held(
        page=replace(page_on(page, meeting.release_id), name="meeting"),
        meeting=meeting,
        agenda=Agenda.from_json(meeting.agenda),
        promises=tuple(many(book, Promise, area_code=area)),
        successes=tuple(many(book, Success, meeting_id=meeting_id)),
        interpretations=tuple(many(book, Interpretation, meeting_id=meeting_id)),
        decisions=tuple(many(book, Decision, meeting_id=meeting_id)),
        feedback=tuple(many(book, Feedback, meeting_id=meeting_id)),
        phenomena=tuple(many(book, Phenomenon, area_code=area)),
        cases=tuple(many(book, SignalCase, area_code=area)),
        observations=tuple(many(book, Observation, area_code=area)),
    )
