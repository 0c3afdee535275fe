"""The files a meeting leaves behind: whole, in order, the same bytes twice, and never markup."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from docx.oxml.ns import qn
from icalendar import Calendar
from minuted import (
    DAY,
    MEASURES,
    NEXT,
    PLACES,
    TYPED,
    empty,
    full,
    huge,
)
from minutes_read import Outline, as_docx, body, words
from pptx import Presentation

from tilannehuone.exports.minutes_files import KINDS, file_of
from tilannehuone.exports.minutes_md import md_bytes
from tilannehuone.exports.minutes_told import told
from tilannehuone.texts import LANGUAGES, text

ALL = [(kind, ending) for kind, endings in KINDS.items() for ending in endings]
HEADINGS = ("successes", "answers", "look_backs", "situation", "cases", "phenomenon", "decisions",
            "promises", "staff_message", "feedback", "quiet", "background")  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "ending"), ALL)
def test_equal_minutes_are_equal_bytes(kind, ending, lang):
    for minutes in (full, empty):
        once, twice = (file_of(minutes(lang), kind, ending) for _ in range(2))

        assert once.body == twice.body
        assert once.name == twice.name
        assert once.name.endswith(f"-564-2026-11-12.{ending}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_parts_stand_in_the_order_of_the_meeting_in_every_form(lang):
    wanted = [text(f"minutes.{one}", lang) for one in HEADINGS]
    markdown = re.findall(r"^## (.*)$", words(full(lang), "md"), re.MULTILINE)
    page = Outline(words(full(lang), "html"))
    paragraphs = as_docx(full(lang)).paragraphs

    assert markdown == wanted
    assert page.told("h2") == wanted
    assert [one.text for one in paragraphs if one.style.name == "Heading 1"] == wanted


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_of_one_form_is_in_the_others(lang):
    page = " ".join(one for _, one in Outline(words(full(lang), "html")).texts)
    file = as_docx(full(lang))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    said = [one.text for one in file.paragraphs] + cells

    assert all(one in page.replace("  ", " ") for one in cells)
    for one in said:
        for part in one.split(": "):
            assert part.rstrip(":") in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_meeting_says_so_in_sentences_and_leaves_the_rest_out(lang):
    told_all = words(empty(lang), "md")
    for part in ("successes", "situation", "phenomenon", "decisions", "promises", "staff_message",
                 "feedback"):  # fmt: skip
        assert text(f"minutes.no_{part}", lang) in told_all
    for part in ("look_backs", "cases", "quiet", "background"):
        assert f"## {text(f'minutes.{part}', lang)}\n" not in told_all
    assert "None" not in told_all
    assert "{" not in told_all


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", ["planned", "open", "closed"])
def test_only_a_closed_meeting_has_minutes_that_are_no_draft(lang, state):
    title = told(full(lang, state)).title
    opening = words(full(lang, state), "md").splitlines()[2]

    assert (title == told(full(lang)).title) == (state == "closed")
    assert (opening in {text(f"minutes.draft_{one}", lang) for one in ("open", "planned")}) == (
        state != "closed"
    )


def test_dates_and_months_are_inflected_as_finnish_is_written():
    told_all = words(full(), "md")

    assert "pöytäkirja 12.11.2026, Oulu" in told_all
    assert "Seuraava kokous on 10.12.2026." in told_all
    assert "Aikaisintaan maaliskuussa 2027" in told_all
    assert "lokakuussa 2026: Luvussa oli virhe." in told_all
    assert "Lastensuojeluilmoitukset ja Verkosto koolle 14 päivässä." in told_all


def test_what_people_typed_stands_as_sentences():
    told_all = words(full(), "md")

    assert "Koulujen kanssa sovittiin yhteinen aika." in told_all
    assert "Jatketaan yhden kontaktin kokeilua." in told_all


def test_a_promise_that_was_not_answered_goes_on_and_that_is_told():
    answered = full().answers

    assert [one.goes_on for one in answered] == [False, True]
    assert answered[1].pledge.due == NEXT
    assert answered[1].pledge.carried == 3
    assert "siirtyy seuraavaan tapaamiseen, nyt 3. kerran" in words(full(), "md")


def test_feedback_of_fewer_than_five_people_is_not_told():
    assert "hyödyllisenä 3, osittain hyödyllisenä 1 ja hyödyttömänä 1" in words(full(), "md")
    assert full().feedback.counts == (3, 1, 1)
    assert empty().feedback.counts is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_docx_tells_its_language_title_and_heads(lang):
    file = as_docx(full(lang))
    tag = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[lang]
    spoken = file.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")

    assert file.core_properties.language == tag
    assert spoken.get(qn("w:val")) == tag
    assert file.core_properties.title == file.paragraphs[0].text == told(full(lang)).title
    assert file.paragraphs[0].style.name == "Title"
    assert file.core_properties.author == text("frame.product", lang)
    for table in file.tables:
        rows = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert rows == [True] + [False] * (len(rows) - 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_the_docx_has_no_empty_paragraph_and_no_level_is_skipped():
    for minutes in (full(), empty(), huge()):
        file = as_docx(minutes)
        names = [one.style.name for one in file.paragraphs]
        levels = [int(one[-1]) for one in names if one.startswith("Heading")]

        assert all(one.text.strip() for one in file.paragraphs)
        assert names.count("Title") == 1
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


def test_the_docx_carries_nothing_of_the_library():
    archive = zipfile.ZipFile(io.BytesIO(body(full(), "minutes", "docx")))

    assert not [one for one in archive.namelist() if "thumbnail" in one or "customXml" in one]
    assert b"python-docx" not in b"".join(map(archive.read, archive.namelist()))
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_and_fetches_nothing(lang):
    for kind in ("minutes", "network"):
        for minutes in (full(lang), empty(lang), huge(lang)):
            page = Outline(words(minutes, "html", kind))
            levels = [int(one[1]) for one in page.tags if re.fullmatch("h[1-6]", one)]
            addresses = [v for _, name, v in page.attributes if name in ("href", "src")]

            assert page.open == []
            assert ("html", "lang", lang) in page.attributes
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))
            assert addresses == ["#content"]
            assert not {"script", "link", "img", "iframe"} & set(page.tags)
            assert "url(" not in page.told("style")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_calendar_holds_the_promises_that_are_waited_for_and_the_next_meeting(lang):
    calendar = Calendar.from_ical(body(full(lang), "promises", "ics"))
    events = {str(one["uid"]): one for one in calendar.walk("VEVENT")}

    assert set(events) == {
        "m1-next@tilannehuone",
        "Promise2@tilannehuone",
        "Promise3@tilannehuone",
        "Promise4@tilannehuone",
    }
    for one in events.values():
        assert one["dtstart"].dt == NEXT
        assert one["dtend"].dt == date(2026, 12, 11)
        assert type(one["dtstart"].dt) is date
        assert one["dtstamp"].dt.isoformat() == "2026-11-12T11:03:07+00:00"
    assert str(events["m1-next@tilannehuone"]["summary"]).endswith(PLACES[lang])
    assert MEASURES[lang]["a"] in str(events["Promise3@tilannehuone"]["description"])
    assert events["Promise2@tilannehuone"]["sequence"] == 3


def test_the_lines_of_a_calendar_are_as_long_as_they_may_be():
    for line in body(huge(), "promises", "ics").split(b"\r\n"):
        assert len(line) <= 75


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_of_promises_opens_in_a_spreadsheet(lang):
    raw = body(full(lang), "promises", "csv")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))

    assert raw.startswith(b"\xef\xbb\xbf")
    assert len(rows) == 5
    assert {len(one) for one in rows} == {8}
    assert rows[3][3] == MEASURES[lang]["a"]


def test_the_message_is_its_lines_and_whose_it_is():
    lines = words(full(), "txt").splitlines()

    assert lines == [
        "Johtotiimin kokous 12.11.2026, Oulu",
        "",
        "Ilmoituksia tuli enemmän kuin ennen.",
        "Kokeilu jatkuu.",
        "Seuraava kokous 10.12.",
    ]


def test_forty_promises_are_all_told():
    assert words(huge(), "md").count("| Rooli ") == 40
    assert len(as_docx(huge()).tables[-1].rows) == 41
    assert words(huge(), "csv", "promises").count("Rooli ") == 40
    deck = Presentation(io.BytesIO(body(huge(), "network", "pptx")))
    said = [one.text_frame.text for slide in deck.slides for one in slide.shapes]
    assert "\n".join(said).count("Rooli ") == 40


def test_every_text_of_the_fixture_reaches_the_minutes():
    told_all = words(full(), "md").casefold()

    for one in TYPED.values():
        assert one.casefold() in told_all
    assert f"{DAY.day}.{DAY.month}.{DAY.year}" in told_all
    assert md_bytes(told(full())).decode().casefold() == told_all
