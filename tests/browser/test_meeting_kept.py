"""What a scribe writes is kept: without a connection, late, beside another scribe, refused."""

from meeting_room import AREA, Hands, book_of, saved

from tilannehuone.meeting.book import many
from tilannehuone.meeting.objects import Meeting, Success


def test_words_typed_without_a_connection_are_kept_over_a_reload_and_sent(room, meeting, scribe):
    scribe.route("**/meeting/write*", lambda one: one.abort())
    scribe.keyboard.type("Onnistui ilman yhteyttä")
    scribe.locator(".at-words", has_text="Ei yhteyttä").wait_for()
    scribe.reload()
    scribe.unroute("**/meeting/write*")
    scribe.get_by_role("button", name="Jatka kokousta").click()
    scribe.wait_for_selector(".th-room .th-meet")
    scribe.locator(".at-words", has_text="Tallennettu").wait_for()

    (success,) = many(book_of(room[1]), Success, meeting_id=meeting.id)
    assert success.text == "Onnistui ilman yhteyttä"
    assert success.version == 1


def test_a_message_nobody_changed_waits_for_what_was_decided(room, meeting, scribe):
    held = []

    def hold(one):
        if '"kind":"decision"' in one.request.post_data:
            held.append(one)
        else:
            one.continue_()

    scribe.route("**/meeting/write*", hold)
    hands = Hands(scribe)
    hands.play()
    assert len(held) == 1
    hands.press("Enter", "Enter")
    held[0].continue_()
    scribe.wait_for_selector(".th-slide a[href*='minutes.html']")

    (after,) = [one for one in many(book_of(room[1]), Meeting) if one.id == meeting.id]
    assert after.staff_message.splitlines()[0] == (
        "Päätimme: Lisätään tiedotusta pilottipuhelimesta."
    )


def test_what_the_server_wrote_but_could_not_say_is_not_written_twice(room, meeting, scribe):
    lost = []

    def lose(one):
        if not lost:
            lost.append(one.fetch())
            one.abort()
        else:
            one.continue_()

    scribe.route("**/meeting/write*", lose)
    scribe.keyboard.type("Kerran riittää")
    scribe.locator(".at-words", has_text="Tallennettu").wait_for()

    assert [one.text for one in many(book_of(room[1]), Success, meeting_id=meeting.id)] == [
        "Kerran riittää"
    ]


def test_two_scribes_on_the_same_words_lose_nothing(room, meeting, scribe, new_tab):
    scribe.keyboard.type("Yhteinen alku")
    saved(scribe)
    other = new_tab()
    other.goto(f"{room[0]}/meeting?lang=fi&area={AREA}&meeting={meeting.id}&shared=1")
    other.wait_for_selector(".th-room .th-meet")
    other.route("**/meeting/news*", lambda one: one.abort())
    scribe.keyboard.type(" ja minun loppuni")
    scribe.wait_for_timeout(900)
    saved(scribe)
    other.locator("[name=text]").first.fill("Kokonaan toinen")
    other.get_by_role("button", name="Yhdistä").click()
    other.unroute("**/meeting/news*")
    saved(other)

    (success,) = many(book_of(room[1]), Success, meeting_id=meeting.id)
    assert success.text == "Yhteinen alku ja minun loppuni Kokonaan toinen"


def test_personal_data_is_refused_and_the_words_stay(room, meeting, scribe):
    number = "-".join(("050", "123 4567"))
    scribe.keyboard.type(f"Soittakaa {number}")
    scribe.keyboard.press("Enter")
    scribe.locator(".th-unsaid:visible").wait_for()

    assert scribe.locator("[name=text]").first.input_value() == f"Soittakaa {number}"
    scribe.locator(".at-words", has_text="Kaikkea ei ole tallennettu").wait_for()
    assert scribe.locator(".th-at").text_content().startswith("1/")
    assert many(book_of(room[1]), Success, meeting_id=meeting.id) == []
