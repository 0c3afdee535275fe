"""A whole meeting on the shared screen, by keyboard, with a wall that shows what is written."""

import pytest
from meeting_room import AREA, CUT, WRITTEN_TYPE, Hands, book_of, saved
from test_axe import faults
from test_language_of_screens import english
from test_room_shared import CHART_TYPE, TYPE

from tilannehuone.meeting.book import many
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
