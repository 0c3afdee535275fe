"""A whole meeting on the shared screen, by keyboard, with a wall that shows what is written."""

import sys

import pytest
from meeting_room import AREA, CUT, WRITER, WRITTEN_TYPE, Hands, book_of, planned
from serving import ROOT, serving
from test_axe import faults
from test_language_of_screens import english
from test_room_shared import CHART_TYPE, TYPE

from tilannehuone.meeting.book import change, many
from tilannehuone.meeting.free_text import found
from tilannehuone.meeting.objects import (
    Decision,
    Feedback,
    Interpretation,
    Meeting,
    Pack,
    Phenomenon,
    Promise,
    SignalCase,
    Success,
)

MOST_ACTS = 3


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """Serve an instance; give its address and folder."""
    sys.path.insert(0, str(ROOT / "tests" / "pages"))
    import made_release

    folder = tmp_path_factory.mktemp("meeting")
    made_release.write_instance(folder)
    found("Toivo heräsi Iltavastaanotolla")  # its words are gathered while the server does so too
    with serving(folder) as address:
        yield address, folder


@pytest.fixture
def meeting(room):
    """Plan a meeting, any earlier one of these tests out of the way; give it."""
    _, folder = room
    book = book_of(folder)
    for one in many(book, Meeting, area_code=AREA):
        if one.state != "closed":
            change(book, Meeting, one.id, one.version, WRITER, state="closed")
    return planned(book)


@pytest.fixture
def scribe(room, meeting, new_tab):  # noqa: ARG001, it must be planned
    """Begin the meeting by keyboard; give the scribe's tab on its first slide."""
    tab = new_tab()
    tab.goto(f"{room[0]}/meeting?lang=fi&area={AREA}")
    tab.get_by_role("button", name="Aloita kokous").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".th-room .th-meet")
    return tab


def saved(tab):
    tab.wait_for_function(
        "() => ['', 'still'].includes(document.querySelector('.at-words').dataset.now)"
    )


def test_the_whole_script_is_played_by_keyboard_and_written_down(room, meeting, scribe, keep):
    assert scribe.title().startswith("Kokous · Oulun seudun ")
    hands = Hands(scribe)
    hands.play()
    saved(scribe)
    keep(scribe, "meeting-end")
    hands.press("Enter", "Enter")
    scribe.wait_for_selector(".th-slide a[href*='minutes.html']")
    keep(scribe, "meeting-closed")

    book, mine = book_of(room[1]), {"meeting_id": meeting.id}
    (success,) = many(book, Success, **mine)
    assert success.text == "Iltavastaanotto alkoi ja ajat täyttyivät viikossa"
    assert {one.judgement for one in many(book, Interpretation, **mine)} == {"same"}
    assert {one.text for one in many(book, Interpretation, **mine)} == {"Vaihtelu on tavanomaista"}
    (decision,) = many(book, Decision, **mine)
    assert (decision.course, decision.owner) == ("correct", "Kehittäjä-koordinaattori")
    made = many(book, Promise, **mine)
    assert [one.promiser for one in made] == ["Neuvola", "Koulu"]
    assert [one.due for one in made] == [meeting.next_day] * 2
    assert made[1].indicator_id == "network_within_14d_share"
    assert made[1].expected == "up"
    assert made[1].seen_from is not None
    kept = many(book, Promise, answered_in=meeting.id)
    assert {one.learning for one in kept} == {"Saimme alkuun puolet"}
    assert sorted(one.carried for one in kept) == [1, 3]
    (gone,) = many(book, Phenomenon, discussed_in=meeting.id)
    assert gone.hypothesis == "Vastaus 1 ryhmältä"
    assert gone.not_needed == "Vastaus 2 ryhmältä"
    assert sorted(one.score for one in many(book, Feedback, **mine)) == [1, 2, 3, 3, 3]
    (after,) = [one for one in many(book, Meeting) if one.id == meeting.id]
    assert after.state == "closed"
    assert after.staff_message.splitlines()[0] == (
        "Päätimme: Lisätään tiedotusta pilottipuhelimesta."
    )
    assert [one.id for one in many(book, Pack, **mine)] == [after.pack_id]
    assert {one.state for one in many(book, SignalCase, **mine)} <= {"assess"}

    taps = 5
    beside = {key: n for key, n in hands.counted.items() if key not in ("round", "message")}
    assert max(beside.values()) <= MOST_ACTS, beside
    assert max(hands.promises) <= MOST_ACTS
    assert hands.counted["message"] - taps <= MOST_ACTS


def test_a_wall_follows_the_scribe_and_shows_what_is_written(room, meeting, scribe, new_tab, keep):
    wall = new_tab("wall", color_scheme="dark")
    wall.goto(f"{room[0]}/meeting?lang=fi&area={AREA}&meeting={meeting.id}&wall=1")
    wall.wait_for_selector(".th-room .th-meet")
    scribe.keyboard.type("Iltavastaanotto alkoi")
    wall.locator(".th-written", has_text="Iltavastaanotto alkoi").wait_for()
    assert wall.locator(".th-room :is(textarea, input, form)").count() == 0
    scribe.keyboard.press("Enter")
    wall.wait_for_function(
        "() => document.querySelector('.th-meet').dataset.slide.startsWith('promise-')"
    )
    scribe.keyboard.press("3")
    scribe.keyboard.type("Aika ei riittänyt")
    wall.locator(".th-written", has_text="Ei Aika ei riittänyt").wait_for()
    keep(wall, "meeting-wall")

    assert not wall.evaluate(CUT)
    assert min(wall.evaluate(WRITTEN_TYPE)) >= 20


@pytest.mark.parametrize(
    ("size", "scheme"), [("projector", "light"), ("projector", "dark"), ("wall", "light")]
)
def test_nothing_is_cut_and_no_slide_has_a_fault(scribe, keep, size, scheme):
    if size == "wall":
        scribe.set_viewport_size({"width": 1920, "height": 1080})
    scribe.emulate_media(color_scheme=scheme)
    last = int(scribe.locator(".th-at").text_content().partition("/")[2])
    for n in range(1, last + 1):
        title = scribe.locator(".th-room h1").text_content()
        keep(scribe, f"meeting-{n}-{size}-{scheme}")
        assert not scribe.evaluate(CUT), title
        assert min(scribe.evaluate(TYPE) + scribe.evaluate(WRITTEN_TYPE)) >= 20, title
        assert min(scribe.evaluate(CHART_TYPE) or [20]) >= 13, title
        if size == "projector":
            assert faults(scribe) == [], title
            assert english(scribe) == {}, title
        scribe.keyboard.press("ArrowRight")


def test_arrows_turn_slides_but_not_in_a_field_and_esc_leaves_field_then_screen(scribe):
    place = scribe.locator(".th-at")
    scribe.keyboard.press("ArrowRight")
    assert place.text_content().startswith("2/")
    scribe.keyboard.press("PageUp")
    scribe.keyboard.type("Onnistui")
    scribe.keyboard.press("ArrowRight")
    scribe.keyboard.press("ArrowDown")
    assert place.text_content().startswith("1/")
    scribe.keyboard.press("Escape")
    scribe.keyboard.press("ArrowRight")
    assert place.text_content().startswith("2/")
    scribe.keyboard.press("Escape")

    assert scribe.locator(".th-room").count() == 0


def test_keys_of_one_letter_can_be_switched_off_here_too(scribe):
    scribe.evaluate("room.switchKeys(false)")
    scribe.keyboard.type("x1")
    assert scribe.evaluate("document.activeElement.tagName") == "DIV"
    scribe.keyboard.press("ArrowRight")
    scribe.keyboard.type("2")

    assert scribe.locator(".th-answers :checked").count() == 0
    scribe.evaluate("room.switchKeys(true)")


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
