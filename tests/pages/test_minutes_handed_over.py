"""A meeting held over a real release and book and closed: what it leaves behind."""

import io
import re

import docx
import pytest
from icalendar import Calendar
from starlette.routing import Match
from typer.testing import CliRunner
from whole_meeting import ALL, NEXT, SCRIBE, Room, written

from tilannehuone.access import LOCAL, RIGHTS, Person
from tilannehuone.cli import app as commands
from tilannehuone.errors import AccessDenied
from tilannehuone.exports.minutes_files import KINDS
from tilannehuone.meeting.book import add, change
from tilannehuone.meeting.database import SETTING, address_of, open_book
from tilannehuone.meeting.objects import (
    Decision,
    Meeting,
    Promise,
    Success,
)
from tilannehuone.texts import LANGUAGES, text
from tilannehuone.ui import closing, frame
from tilannehuone.ui.minutes_links import FILES, minutes_links_html
from tilannehuone.ui.minutes_made import minutes_made
from tilannehuone.web import minutes


@pytest.fixture
def room(instance, tmp_path, monkeypatch):
    """Return a function that holds a meeting in a language and closes it, or leaves it open."""

    def held(lang="fi", *, close=True):
        monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
        monkeypatch.setenv(SETTING, f"sqlite:///{tmp_path / f'{lang}-{close}.sqlite'}")
        page = frame.page_of("meeting", lang, LOCAL)
        book = open_book(address_of(instance))
        meeting = written(book, page, lang)
        if close:
            meeting = closing.close(book, page, meeting, SCRIBE)
        return Room(instance, book, meeting, page)

    return held


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_closed_meeting_leaves_every_file_and_the_same_one_each_time(room, lang):
    made = room(lang)

    for kind, ending in ALL:
        once, twice = (made.asked(f"{kind}.{ending}", lang) for _ in range(2))

        assert once.status_code == 200
        assert once.body == twice.body
        assert f'kaakkuri-2026-11-12.{ending}"' in once.headers["content-disposition"]
        assert once.headers["cache-control"] == "no-store"


def test_the_minutes_tell_all_that_was_written(room):
    told = room().words("minutes.md")

    for part in ("Jonot lyhenivät.", "Soittaa kouluille.", "Toteutui osittain.", "Puhelu riittää.",
                 "Laatia ohje.", "Vastausta ei kirjattu. Lupaus siirtyy seuraavaan tapaamiseen.",
                 "Ilmoitukset ovat lisääntyneet.", "Suunta on väärä.",
                 "Selvitetään ilmoitusten syyt.", "Päällikkö", "Huoli jää yksin",
                 "Käytävällä jäädään yksin.", "Laatia kutsun.", "(odotetaan laskua)",
                 "Kutsu tulee.", "hyödyllisenä 3"):  # fmt: skip
        assert part in told
    assert re.search(r"### Lastensuojeluilmoitukset\n\n\S", told)
    assert "Luonnos" not in told


def test_the_claim_guard_speaks_of_what_was_written(room):
    made = room()
    (read,) = [one for one in minutes_made(made.page, made.book, made.meeting.id).readings
               if one.judgement]  # fmt: skip

    assert read.claim in ("supported", "unsupported", "cannot_say")
    assert text(f"minutes.claim_{read.claim}", "fi") in made.words("minutes.md")


def test_a_measure_that_was_read_is_not_told_as_left_for_another_day(room):
    made = room()
    told = minutes_made(made.page, made.book, made.meeting.id)

    assert told.quiet
    assert not {one.name for one in told.readings} & set(told.quiet)


def test_minutes_never_change_after_the_meeting_is_closed(room):
    made = room()
    before = {file: bytes(made.asked(file).body) for file, _ in FILES}
    for kind, values in ((Success, {"text": "toinen"}), (Decision, {"text": "muu", "owner": "x"})):
        (record,) = closing_records(made, kind)
        change(made.book, kind, record.id, record.version, SCRIBE, **values)
    add(made.book, Promise(area_code="kaakkuri", meeting_id=made.meeting.id, text="myöhässä",
                           promiser="Koulu"), SCRIBE)  # fmt: skip

    assert {file: bytes(made.asked(file).body) for file, _ in FILES} == before


def closing_records(made, kind):
    return [one for one in closing.said_in(made.book, made.meeting) if isinstance(one, kind)]


def test_of_an_open_meeting_there_is_a_draft_that_follows_the_book(room):
    made = room(close=False)
    before = made.words("minutes.md")
    add(made.book, Success(area_code="kaakkuri", meeting_id=made.meeting.id, text="uusi"), SCRIBE)

    assert before.startswith("# Luonnos: ")
    assert "Tämä on luonnos." in before
    assert "- Uusi." in made.words("minutes.md")


def test_of_a_planned_meeting_there_is_a_draft_too(room):
    made = room(close=False)
    planned = add(made.book, Meeting(area_code="kaakkuri", day=NEXT), SCRIBE)
    told = bytes(made.asked("minutes.md", meeting=planned.id).body).decode()

    assert "Kokousta ei ole vielä pidetty." in told
    assert "Kokous pidetään 10.12.2026." in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_there_is_not_is_told_on_a_page_in_the_readers_language(room, lang):
    made = room()
    for file, meeting, key in (
        ("minutes.exe", None, "file"),
        ("minutes.docx", "nothing", "meeting"),
        ("promises.ics", "", "meeting"),
    ):
        answer = made.asked(file, lang, meeting)
        told = bytes(answer.body).decode()

        assert answer.status_code == 404
        assert f'<html lang="{lang}">' in told
        assert text(f"minutes.fault_{key}", lang) in told


def test_who_may_not_see_the_area_gets_nothing(room, monkeypatch):
    made = room()
    foreign = Person("x", "member", RIGHTS["member"], frozenset({"tuira"}))
    monkeypatch.setattr(minutes, "person_of", lambda _request: foreign)

    for kind, ending in ALL:
        answer = made.asked(f"{kind}.{ending}")
        assert answer.status_code == 403
        assert text("minutes.fault_access", "fi") in bytes(answer.body).decode()
    page = frame.page_of("meeting", "fi", foreign)
    with pytest.raises(AccessDenied):
        minutes_made(page, made.book, made.meeting.id)


def test_the_files_open_in_their_programs(room):
    made = room()
    file = docx.Document(io.BytesIO(made.asked("minutes.docx").body))
    calendar = Calendar.from_ical(made.asked("promises.ics").body)

    assert file.paragraphs[0].text.startswith("Johtotiimin kokouksen pöytäkirja 12.11.2026, ")
    assert {one["dtstart"].dt for one in calendar.walk("VEVENT")} == {NEXT}
    assert len(calendar.walk("VEVENT")) == 4


def test_the_servers_routes_take_these_addresses_before_the_pages(room):
    import app

    made = room()
    for kind, ending in ALL:
        scope = {"type": "http", "method": "GET", "path": f"/export/{kind}.{ending}"}
        first = next(one for one in app.ROUTES if one.matches(scope)[0] is Match.FULL)
        assert first in minutes.ROUTES
    assert made.meeting.state == "closed"


def test_the_links_lead_to_files_that_there_are(room):
    made = room()
    markup = minutes_links_html(made.page, made.meeting)

    assert {tuple(file.split(".")) for file, _ in FILES} == set(ALL)
    assert markup.count(f"meeting={made.meeting.id}") == len(ALL)
    for _, name in FILES:
        assert text(f"minutes.{name}", "fi") in markup


@pytest.mark.parametrize("ending", ["docx", "html", "md", "txt", "ics", "csv"])
def test_the_command_writes_what_the_server_hands_over(room, tmp_path, ending):
    made = room()
    out = tmp_path / f"out.{ending}"
    asked = ["meeting", "minutes", made.meeting.id, str(made.folder), "--out", str(out)]
    result = CliRunner().invoke(commands, asked)

    assert result.exit_code == 0
    kind = "minutes" if ending in KINDS["minutes"] else "promises"
    assert out.read_bytes() == made.asked(f"{kind}.{ending}").body


def test_the_command_says_in_one_line_what_it_does_not_know(room, tmp_path):
    made = room()
    asked = ["meeting", "minutes", "nothing", str(made.folder), "--out", str(tmp_path / "x.docx")]

    assert CliRunner().invoke(commands, asked).exit_code == 1
    assert CliRunner().invoke(commands, [*asked[:-1], str(tmp_path / "x.exe")]).exit_code == 2
