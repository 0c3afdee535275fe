"""The slides, opened anew: charts that can be edited, words in the reader's language only."""

import io
import re
import zipfile

import openpyxl
import pytest
from export_papers import AFTER, BEFORE, LABELS, LONG, MESSAGE, NOTES, trend, wordy
from pptx import Presentation
from pptx.util import Pt

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.exports.pptx import slides

ENGLISH = re.compile(r"\b(Click|Slide|Title|Placeholder|level|Office Theme|Chart|TextBox|Sheet1)\b")


def deck(*papers, lang="fi"):
    return Presentation(io.BytesIO(slides(papers, lang)))


def chart_of(slide):
    return next(shape for shape in slide.shapes if shape.has_chart)


def parts(lang="fi"):
    with zipfile.ZipFile(io.BytesIO(slides([trend(), wordy()], lang))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()
                if name.endswith(".xml")}  # fmt: skip


def test_a_slide_says_the_message_and_under_it_what_and_where():
    first = deck(trend()).slides[0]

    assert first.shapes.title.text_frame.text == MESSAGE
    told = [shape.text_frame.text for shape in first.shapes if shape.has_text_frame]
    assert "Lastensuojeluilmoitukset, Oulu (lasta)" in told
    assert any("Lastensuojelun asiakasrekisteri" in one for one in told)


def test_the_chart_is_native_its_numbers_are_equal_and_gaps_stay_gaps():
    chart = chart_of(deck(trend()).slides[0]).chart
    (plot,) = chart.plots

    assert list(plot.categories) == list(LABELS)
    assert plot.series[0].values == (BEFORE, None, AFTER, None)
    assert [one.name for one in plot.series] == [one.name for one in trend().curves]
    assert chart._chartSpace.find(".//{*}dispBlanksAs").get("val") == "gap"


def test_the_workbook_inside_the_chart_holds_the_same_numbers():
    chart = chart_of(deck(trend()).slides[0]).chart
    inside = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))

    assert inside.sheetnames == ["Kaavion luvut"]
    rows = list(inside["Kaavion luvut"].iter_rows(values_only=True))
    assert rows[1:4] == [
        (LABELS[0], BEFORE, 4000.5, 4500, None),
        (LABELS[1], None, 4000.5, 4500, None),
        (LABELS[2], AFTER, 4000.5, 4500, None),
    ]
    assert {one.text.partition("!")[0] for one in chart._chartSpace.iter("{*}f")} == {
        "'Kaavion luvut'"
    }


def test_the_value_stands_out_and_the_rest_is_behind_it():
    value, centre, target, forecast = chart_of(deck(trend()).slides[0]).chart.plots[0].series

    assert value.format.line.width > 1.5 * centre.format.line.width
    assert value.marker.size >= 6
    assert target.format.line.dash_style is not None
    assert forecast.format.line.dash_style not in (None, target.format.line.dash_style)
    assert centre.format.line.dash_style is None


def test_the_chart_has_words_for_one_who_does_not_see_it():
    frame = chart_of(deck(trend()).slides[0])

    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == trend().alt


def test_the_whole_passport_is_in_the_notes():
    told = deck(trend()).slides[0].notes_slide.notes_text_frame.text

    assert all(f"{label}: {words}" in told for label, words in NOTES)
    assert trend().messages[1] in told


def test_a_short_table_is_a_native_table_on_a_slide_of_its_own():
    made = deck(trend())
    table = next(shape for shape in made.slides[1].shapes if shape.has_table).table

    cells = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert cells[0] == ["Jakso", "Luku", "Osoittaja", "Merkintä"]
    assert cells[2] == ["helmi 2025", "peitetty", "–", "peitetty"]
    assert made.slides[1].shapes.title.text_frame.text == "Lastensuojeluilmoitukset, Oulu: taulukko"


def test_a_long_table_is_left_to_the_other_files():
    many = Table("", (Column("x"),), tuple((Cell(str(n)),) for n in range(16)))

    assert len(deck(trend(table=many)).slides) == 1


def test_tall_rows_go_on_to_the_next_slide_and_none_is_lost():
    tall = Table(
        "", (Column("x"), Column("y")), tuple((Cell(f"{n}"), Cell(LONG)) for n in range(9))
    )
    made = deck(trend(table=tall))

    tables = [one.table for slide in made.slides for one in slide.shapes if one.has_table]
    assert len(tables) > 1
    first = [row.cells[0].text_frame.text for table in tables for row in list(table.rows)[1:]]
    assert first == [str(n) for n in range(9)]
    titles = [slide.shapes.title.text_frame.text for slide in made.slides]
    assert titles[1].endswith(f"(1/{len(tables)})")


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_no_word_of_the_library_is_left_and_every_run_tells_its_language(lang):
    for name, part in parts(lang).items():
        words = re.findall(r'>([^<]+)<|(?:name|descr|title)="([^"]*)"', part)
        assert not [one for one in words if ENGLISH.search(" ".join(one))], name
        assert set(re.findall(r'\blang="([^"]*)"', part)) <= {f"{lang}-FI"}, name
        assert "Canny" not in part
        assert "<a:r><a:t>" not in part, name


def test_every_text_on_a_slide_is_large_enough_to_be_read_and_stands_on_it():
    long = trend(title=LONG, where=LONG, messages=(LONG,))
    made = deck(trend(), long, wordy())

    assert made.slide_width / made.slide_height == pytest.approx(16 / 9)
    for slide in made.slides:
        for size in re.findall(r'\bsz="(\d+)"', slide.part.blob.decode()):
            assert int(size) >= Pt(14).centipoints
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height


def test_a_view_drawn_without_curves_is_a_picture_with_words():
    slide = deck(trend(curves=(), labels=())).slides[0]
    picture = next(shape for shape in slide.shapes if shape.shape_type == 13)

    assert picture._element.nvPicPr.cNvPr.get("descr") == trend().alt
    assert picture.image.content_type == "image/png"
