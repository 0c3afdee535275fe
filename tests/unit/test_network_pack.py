"""The chair's pack for the network: what others may see, and never a person's name."""

import io
from dataclasses import replace

import pytest
from minuted import TYPED, full, huge, meeting, said, setting
from pptx import Presentation

from tilannehuone.exports.minutes_files import file_of
from tilannehuone.exports.network import without_names
from tilannehuone.meeting.minutes import minutes_of
from tilannehuone.texts import LANGUAGES, text

PERSON = "Aaaa Bbbbbb"
"""Nobody's name."""


def named(**typed):
    """Return minutes in which one promise keeps a name, and the words given hold it too."""
    records = said(TYPED | typed)
    first, second = records.promised
    records = replace(records, promised=(replace(first, person=PERSON), second))
    return minutes_of(meeting(), records, setting("fi"))


def page(minutes, has_name=lambda _: False):
    return file_of(minutes, "network", "html", has_name).body.decode()


def deck(minutes):
    return Presentation(io.BytesIO(file_of(minutes, "network", "pptx").body))


def on_slides(minutes):
    shapes = [one for slide in deck(minutes).slides for one in slide.shapes]
    told = [one.text_frame.text for one in shapes if one.has_text_frame]
    cells = [cell.text for one in shapes if one.has_table for row in one.table.rows
             for cell in row.cells]  # fmt: skip
    notes = [one.notes_slide.notes_text_frame.text for one in deck(minutes).slides]
    return "\n".join([*told, *cells, *notes])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pack_tells_signals_phenomenon_decisions_promises_and_questions(lang):
    told = page(full(lang))

    for key in ("signals", "network_phenomenon", "decisions", "promises_by_role", "learn"):
        assert f">{text(f'minutes.{key}', lang)}</h2>" in told
    assert text("minutes.no_phenomenon", lang) not in told


def test_only_measures_with_a_signal_are_told_as_such():
    told = page(full())

    assert ">Lastensuojeluilmoitukset</h3>" in told
    assert ">Verkosto koolle 14 päivässä</h3>" not in told


def test_what_goes_wrong_and_what_is_missing_is_asked_of_others():
    told = page(full())

    assert "Mittarin ”Lastensuojeluilmoitukset” suunta on meillä väärä." in told
    assert "kun ilmiö on ollut ”Huoli jää yksin”?" in told
    assert "Puhelu toimii paremmin kuin sähköposti. Miten muualla on ratkaistu sama?" in told


def test_neither_feedback_nor_observations_nor_owners_are_passed_on():
    for told in (page(full()), on_slides(full())):
        assert "2.11.2026, havainto" not in told
        assert text("minutes.feedback", "fi") not in told
        assert "Palvelupäällikkö" not in told


def test_the_name_a_promise_keeps_stands_in_the_minutes_and_not_in_the_pack():
    minutes = file_of(named(), "minutes", "md").body.decode()

    assert f"Kuraattori ({PERSON})" in minutes
    for told in (page(named()), on_slides(named())):
        assert PERSON not in told
        assert "Kuraattori" in told


@pytest.mark.parametrize("where", ["reading", "decision", "promise", "title", "learning"])
def test_a_text_in_which_that_name_stands_is_left_out_whole_and_that_is_said(where):
    held = named(**{where: f"sovimme, että {PERSON} hoitaa"})

    for told in (page(held), on_slides(held)):
        assert "Bbbbbb" not in told
        assert "Henkilön nimi esiintyi" in told


def test_what_a_guard_takes_for_a_name_is_left_out_too():
    kept, left_out = without_names(full(), lambda words: "kokeilua" in words)

    assert kept.decisions == ()
    assert left_out == 1
    assert "yhden kontaktin" not in page(full(), lambda words: "kokeilua" in words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_slides_have_titles_in_their_language_and_the_meetings_date(lang):
    made = deck(full(lang))

    assert all(one.shapes.title.text_frame.text for one in made.slides)
    assert made.core_properties.created.isoformat() == "2026-11-12T11:03:07"


def test_no_slide_holds_more_than_can_be_read_and_none_is_empty():
    for minutes in (full(), huge()):
        for slide in deck(minutes).slides:
            told = [one.text_frame.text for one in slide.shapes if one.has_text_frame]

            assert len(told) >= 3
            assert max(map(len, told)) < 1100
