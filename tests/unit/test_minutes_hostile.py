"""Words typed in a meeting are words in every file: never markup, a formula or another event."""

import csv
import io
import re

import pytest
from icalendar import Calendar
from minuted import HOSTILE, full, hostile
from minutes_read import Outline, as_docx, body, words
from pptx import Presentation

from tilannehuone.exports.minutes_files import file_of


@pytest.mark.parametrize("number", range(len(HOSTILE)))
@pytest.mark.parametrize("kind", ["minutes", "network"])
def test_typed_words_are_never_markup_in_a_page(kind, number):
    page = Outline(words(hostile(HOSTILE[number]), "html", kind))

    assert page.open == []
    assert not {"script", "img", "b"} & set(page.tags)
    assert not [one for one in page.attributes if one[1].startswith("on")]
    assert [v for _, name, v in page.attributes if name in ("href", "src")] == ["#content"]


def test_typed_words_are_never_markup_in_markdown():
    for typed in HOSTILE:
        told_all = words(hostile(typed), "md")

        assert "<" not in told_all
        assert "](" not in told_all.replace("\\](", "")
        assert "javascript:" not in told_all
        assert "https:" not in told_all
        for row in (one for one in told_all.splitlines() if one.startswith("| ")):
            assert len(re.findall(r"(?<!\\)\|", row)) in (4, 5, 6)


def test_typed_words_are_never_a_formula_or_another_event():
    for typed in HOSTILE:
        raw = words(hostile(typed), "csv", "promises")
        cells = [one for row in csv.reader(io.StringIO(raw), delimiter=";") for one in row]
        calendar = Calendar.from_ical(body(hostile(typed), "promises", "ics"))

        assert not [one for one in cells if one.startswith(("=", "+", "-", "@"))]
        assert len(calendar.walk("VEVENT")) == 4
        assert all(str(one["uid"]).endswith("@tilannehuone") for one in calendar.walk("VEVENT"))


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_any_typed_words_can_be_kept_in_an_office_file(number):
    file = as_docx(hostile(HOSTILE[number]))
    deck = Presentation(io.BytesIO(body(hostile(HOSTILE[number]), "network", "pptx")))

    assert len(file.tables) == 3
    assert len(deck.slides) > 3


def test_a_kind_of_file_that_there_is_not_is_refused():
    for kind, ending in (("minutes", "exe"), ("promises", "docx"), ("secret", "md")):
        with pytest.raises(KeyError):
            file_of(full(), kind, ending)
