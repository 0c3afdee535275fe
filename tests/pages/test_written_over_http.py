"""What a browser may write in a meeting: by which page, into which record, and what is refused."""

import secrets
from datetime import date, timedelta

import anyio
import httpx
import pytest
from starlette.applications import Starlette

from tilannehuone.access import Person
from tilannehuone.meeting.book import Writer, add, change, many, one, versions
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import Feedback, Meeting, Promise, SignalCase, Success
from tilannehuone.meeting.writing import RULES
from tilannehuone.web import meeting, writing

SCRIBE = Writer("kirjuri", "scribe")
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def book(instance, tmp_path, monkeypatch):
    """Give an empty book beside the instance's releases."""
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    monkeypatch.setenv("TILANNEHUONE_DATABASE", f"sqlite:///{tmp_path}/meetings.sqlite")
    opened = open_book(address_of(instance))
    yield opened
    opened.engine.dispose()


class Client:
    """Asks the routes as a browser does."""

    transport = httpx.ASGITransport(Starlette(routes=[*writing.ROUTES, *meeting.ROUTES]))

    def _ask(self, method, path, **more):
        async def asked():
            address = "http://testserver"
            async with httpx.AsyncClient(transport=self.transport, base_url=address) as browser:
                return await browser.request(method, path, **more)

        return anyio.run(asked)

    def get(self, path, **more):
        return self._ask("GET", path, **more)

    def post(self, path, **more):
        return self._ask("POST", path, **more)


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def held(book, client):
    """Give a meeting that has been opened over HTTP."""
    today = date.today()
    planned = add(
        book,
        Meeting(area_code="kaakkuri", day=today, next_day=today + timedelta(days=28)),
        SCRIBE,
    )
    answer = client.post("/meeting/open", json={"meeting": planned.id}, headers=OURS)
    assert answer.status_code == 200, answer.text
    return one(book, Meeting, planned.id)


@pytest.fixture
def write(client):
    def sent(kind, values, headers=OURS, **more):
        body = {"kind": kind, "values": values, "request_id": secrets.token_hex(8)} | more
        return client.post("/meeting/write?lang=fi", json=body, headers=headers)

    return sent


def test_a_success_is_written_and_changed_with_its_history(book, held, write):
    first = write("success", {"meeting_id": held.id, "text": "Onnistui"}).json()["record"]
    second = write(
        "success", {"text": "Onnistui hyvin"}, id=first["id"], version=first["version"]
    ).json()["record"]

    assert second["version"] == 2
    assert [one.record.text for one in versions(book, first["id"])] == [
        "Onnistui",
        "Onnistui hyvin",
    ]


def test_the_same_request_twice_is_written_once(book, held, write):
    asked = {"request_id": secrets.token_hex(8)}
    values = {"meeting_id": held.id, "score": 3}
    ids = {write("feedback", values, **asked).json()["record"]["id"] for _ in range(3)}

    assert len(ids) == len(many(book, Feedback)) == 1


def test_who_wrote_meanwhile_is_told_with_their_words(book, held, write):
    mine = write("success", {"meeting_id": held.id, "text": "Alku"}).json()["record"]
    change(book, Success, mine["id"], 1, SCRIBE, text="Hänen sanansa")
    answer = write("success", {"text": "Minun sanani"}, id=mine["id"], version=1)

    assert answer.status_code == 409
    assert answer.json()["theirs"]["text"] == "Hänen sanansa"
    assert one(book, Success, mine["id"]).text == "Hänen sanansa"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://elsewhere.example"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
    ],
    ids=["nothing told", "another site", "another origin", "a sibling site"],
)
def test_what_another_page_sends_is_refused(book, held, write, headers):
    answer = write("success", {"meeting_id": held.id, "text": "Vieras"}, headers)

    assert answer.status_code == 422
    assert many(book, Success) == []


def test_an_old_browser_that_tells_only_the_origin_is_heard(held, write):
    answer = write(
        "success", {"meeting_id": held.id, "text": "Oma"}, {"origin": "http://testserver"}
    )

    assert answer.status_code == 200


def test_a_form_of_another_site_is_no_json(book, client):
    told = {"content-type": "text/plain"} | OURS
    answer = client.post("/meeting/write", content="{}", headers=told)

    assert answer.status_code == 422
    assert many(book, Success) == []


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("success", {"text": "Onnistui", "created_by": "joku"}),
        ("success", {"text": "Onnistui", "area_code": "tuira"}),
        ("success", {"text": ""}),
        ("success", {"text": "a" * 2001}),
        ("success", {"text": ["Onnistui"]}),
        ("feedback", {"score": 4}),
        ("decision", {"course": "wander", "text": "Näin"}),
        ("promise", {"text": "Soitan", "promiser": "Koulu", "person": "joku"}),
        ("promise", {"text": "Soitan", "promiser": "Koulu", "indicator_id": "nothing"}),
        ("promise", {"text": "Soitan", "promiser": "Koulu", "state": "done"}),
        ("pack", {"content": "{}"}),
        ("signal_case", {"indicator_id": "cp_notifications_rate"}),
        ("meeting", {"state": "closed"}),
    ],
    ids=lambda one: one if isinstance(one, str) else "-".join(one),
)
def test_what_is_not_on_the_list_of_a_kind_is_refused(book, held, write, kind, values):
    kinds = (Meeting, Success, Promise, Feedback, SignalCase)
    before = [many(book, each) for each in kinds]
    answer = write(kind, {"meeting_id": held.id} | values if kind != "meeting" else values)

    assert answer.status_code == 422
    assert [many(book, each) for each in kinds] == before


def test_a_text_with_personal_data_is_refused_and_not_repeated(book, held, write):
    number = "-".join(("050", "123 4567"))
    answer = write("success", {"meeting_id": held.id, "text": f"Soitto {number}"})

    assert answer.status_code == 422
    assert "123" not in answer.text
    assert many(book, Success) == []


def test_a_closed_meeting_takes_no_more_words(held, client, write):
    assert client.post("/meeting/close", json={"meeting": held.id}, headers=OURS).is_success
    answer = write("success", {"meeting_id": held.id, "text": "Myöhässä"})

    assert answer.status_code == 422
    assert answer.json()["message"] == "Kokous ei ole auki, joten siihen ei voi enää kirjata."


def test_a_promise_gets_the_next_meetings_day_and_the_month_of_an_effect(held, write):
    values = {"meeting_id": held.id, "text": "Soitan", "promiser": "Koulu"}
    tied = {"indicator_id": "network_within_14d_share", "expected": "up"}
    plain, seen = (write("promise", values | more).json()["record"] for more in ({}, tied))

    assert plain["due"] == seen["due"] == held.next_day.isoformat()
    assert plain["seen_from"] is None
    assert seen["seen_from"] > held.day.isoformat()
    assert seen["seen_effect"] > 0


def test_a_promise_not_kept_is_asked_again_with_a_clean_slate(book, held, client, write):
    last = add(book, Meeting(area_code="kaakkuri", day=date(2026, 1, 5), state="closed"), SCRIBE)
    old = add(
        book,
        Promise(
            area_code="kaakkuri", meeting_id=last.id, text="Soitan", promiser="Koulu",
            learning="Entinen oppi", answered_in=last.id, carried=1,
        ),
        SCRIBE,
    )  # fmt: skip
    answer = {"state": "not_done", "answered_in": held.id}
    asked = {"id": old.id, "version": old.version}
    assert write("promise", {"state": "done"}, **asked).status_code == 422
    told = write("promise", answer, **asked).json()["record"]
    client.post("/meeting/close", json={"meeting": held.id}, headers=OURS)
    after = one(book, Promise, old.id)

    assert (told["state"], told["learning"]) == ("not_done", "")
    assert (after.state, after.carried, after.due) == ("open", 2, held.next_day)


def test_closing_twice_carries_a_promise_once(book, held, client, write):
    made = write("promise", {"meeting_id": held.id, "text": "Soitan", "promiser": "Koulu"})
    record = made.json()["record"]
    values = {"state": "partly", "answered_in": held.id}
    write("promise", values, id=record["id"], version=record["version"])
    for _ in range(2):
        client.post("/meeting/close", json={"meeting": held.id}, headers=OURS)

    assert one(book, Promise, record["id"]).carried == 1


@pytest.mark.parametrize(
    ("rights", "areas", "status"),
    [
        ({"view", "write"}, None, 200),
        ({"view", "promise"}, None, 403),
        ({"view", "write"}, {"tuira"}, 403),
    ],
    ids=["scribe", "member", "scribe elsewhere"],
)
def test_a_write_needs_the_right_in_the_area(held, write, monkeypatch, rights, areas, status):
    person = Person("joku", "scribe", frozenset(rights), areas and frozenset(areas))
    monkeypatch.setattr(writing, "person_of", lambda _: person)

    answer = write("success", {"meeting_id": held.id, "text": "Onnistui"})
    assert answer.status_code == status


def test_news_is_short_until_something_is_written(held, client, write):
    asked = {"meeting": held.id, "wall": "1", "lang": "fi"}
    whole = client.get("/meeting/slides", params=asked).json()
    still = client.get("/meeting/news", params=asked | {"seen": whole["token"]}).json()
    write("success", {"meeting_id": held.id, "text": "Onnistui"})
    news = client.get("/meeting/news", params=asked | {"seen": whole["token"]}).json()

    assert "parts" not in still
    assert "Onnistui" in news["parts"]["opening"]
    assert "<form" not in "".join(news["parts"].values())


def test_the_scribes_place_is_told_with_the_time_of_its_item(held, client):
    body = {"meeting": held.id, "slide": "round", "item": "round"}
    client.post("/meeting/place", json=body, headers=OURS)
    told = client.get("/meeting/news", params={"meeting": held.id}).json()

    assert (told["slide"], told["item"]) == ("round", "round")
    assert 0 <= told["item_seconds"] <= told["seconds"] + 1


def test_a_planned_meeting_has_no_slides_and_an_unknown_one_is_not_found(book, client):
    planned = add(book, Meeting(area_code="kaakkuri", day=date.today()), SCRIBE)

    assert client.get("/meeting/slides", params={"meeting": planned.id}).status_code == 422
    assert client.get("/meeting/slides", params={"meeting": "nothing"}).status_code == 404


def test_no_rule_lets_the_books_own_values_be_set():
    own = {"id", "version", "created_at", "created_by", "changed_at", "changed_by"}

    assert all(not own & (one.new | one.changed) for one in RULES.values())
    assert all("area_code" not in one.changed for one in RULES.values())
