"""A meeting held over HTTP: opened, followed, closed, and its promises carried on."""

from datetime import date

from tilannehuone.meeting.book import Writer, add, one
from tilannehuone.meeting.objects import Meeting, Promise

SCRIBE = Writer("kirjuri", "scribe")
OURS = {"sec-fetch-site": "same-origin"}


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
