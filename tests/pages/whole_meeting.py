"""A meeting held over a real release and book, with something of every kind written."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request

from tilannehuone.exports.minutes_files import KINDS
from tilannehuone.meeting.book import Book, Writer, add, change, one
from tilannehuone.meeting.objects import (
    Decision,
    Feedback,
    Interpretation,
    Meeting,
    Observation,
    Phenomenon,
    Promise,
    Success,
)
from tilannehuone.ui import frame, meeting_open
from tilannehuone.web import minutes

SCRIBE = Writer("kirjuri", "scribe")
DAY, NEXT = date(2026, 11, 12), date(2026, 12, 10)
ALL = [(kind, ending) for kind, endings in KINDS.items() for ending in endings]


@dataclass(frozen=True)
class Room:
    """The instance with a book of its own, and a meeting in it."""

    folder: object
    book: Book
    meeting: Meeting
    page: frame.Page

    def asked(self, file, lang="fi", meeting=None):
        """Return the server's answer to `export/<file>?meeting=…`."""
        kind, _, ending = file.partition(".")
        query = {"meeting": self.meeting.id if meeting is None else meeting, "lang": lang}
        scope = {"type": "http", "method": "GET", "headers": [], "path": f"/export/{file}"}
        scope |= {"query_string": urlencode(query).encode(), "path_params": {"ending": ending}}
        return partial(minutes.handed_over, kind)(Request(scope))

    def words(self, file):
        return bytes(self.asked(file).body).decode("utf-8-sig")


def written(book, page, lang):
    """Write a whole meeting by code: an earlier promise, an opened meeting, and all its kinds."""
    area = {"area_code": "kaakkuri"}
    put = partial(add, book, writer=SCRIBE)
    before = put(Meeting(**area, day=date(2026, 10, 15), next_day=DAY, lang=lang))
    asked = put(Promise(**area, meeting_id=before.id, text="soittaa kouluille", promiser="Koulu",
                        due=DAY))  # fmt: skip
    waiting = put(Promise(**area, meeting_id=before.id, text="laatia ohje", promiser="Neuvola",
                          due=DAY))  # fmt: skip
    planned = put(Meeting(**area, day=DAY, next_day=NEXT, lang=lang))
    meeting = meeting_open.opened(page, book, planned, SCRIBE)
    of = {**area, "meeting_id": meeting.id}
    answer = {"state": "partly", "learning": "puhelu riittää", "answered_in": meeting.id}
    change(book, Promise, asked.id, asked.version, SCRIBE, **answer)
    assert waiting.state == "open"
    put(Success(**of, text="jonot lyhenivät"))
    put(Interpretation(**of, indicator_id="cp_notifications_rate", period_type="month",
                       judgement="wrong", text="Ilmoitukset ovat lisääntyneet."))  # fmt: skip
    put(Decision(**of, course="clarify", text="selvitetään ilmoitusten syyt", owner="Päällikkö"))
    deep = {"discussed_in": meeting.id, "indicators": ("cp_notifications_rate",)}
    seen = put(Phenomenon(**area, **deep, title="Huoli jää yksin", what_missing="yhteinen aika"))
    put(Observation(**area, day=date(2026, 11, 2), subject="everyday_life", environment="school",
                    text="käytävällä jäädään yksin", phenomenon_id=seen.id))  # fmt: skip
    put(Promise(**of, text="laatia kutsun", promiser="Kuraattori", due=NEXT, expected="down",
                indicator_id="cp_notifications_rate"))  # fmt: skip
    for score in (3, 3, 2, 1, 3):
        put(Feedback(**of, score=score))
    now = one(book, Meeting, meeting.id)
    told = {"staff_message": "selvitämme ilmoitusten syyt\nkutsu tulee"}
    return change(book, Meeting, now.id, now.version, SCRIBE, **told)
