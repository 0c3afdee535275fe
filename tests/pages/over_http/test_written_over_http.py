"""What a browser may write in a meeting: by which page, into which record, and what is refused."""

import json
import secrets

import pytest

from tilannehuone.access import Person
from tilannehuone.meeting.book import Writer, change, many, one, versions
from tilannehuone.meeting.objects import Feedback, Meeting, Promise, SignalCase, Success
from tilannehuone.meeting.writing import RULES
from tilannehuone.web import writing

SCRIBE = Writer("kirjuri", "scribe")
OURS = {"sec-fetch-site": "same-origin"}


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


def test_a_request_that_is_too_large_is_not_read_to_its_end(book, held, client):
    sound = {"kind": "success", "values": {"meeting_id": held.id, "text": "Oma"}}
    body = json.dumps(sound | {"request_id": secrets.token_hex(8)}) + " " * 40_000
    answer = client.post(
        "/meeting/write", content=body, headers={"content-type": "application/json"} | OURS
    )

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


def test_no_rule_lets_the_books_own_values_be_set():
    own = {"id", "version", "created_at", "created_by", "changed_at", "changed_by"}

    assert all(not own & (one.new | one.changed) for one in RULES.values())
    assert all("area_code" not in one.changed for one in RULES.values())


def test_a_promise_carries_a_name_only_where_the_instance_allows_it(
    held, write, altered, monkeypatch
):
    given = {"meeting_id": held.id, "promiser": "Koulu", "text": "Soitan"}
    name = " ".join(("Matti", "Virtanen"))
    assert write("promise", given | {"person": name}).status_code == 422

    folder = altered(
        "update release set instance = json_merge_patch(instance, '{\"names_in_promises\": true}')"
    )
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
    assert write("promise", given | {"person": name}).json()["record"]["person"] == name
    assert write("promise", given | {"text": f"{name} soittaa"}).status_code == 422
    number = "-".join(("050", "123 4567"))
    assert write("promise", given | {"person": number}).status_code == 422
