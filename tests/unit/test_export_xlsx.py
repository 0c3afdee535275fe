"""The workbook, opened with another library: numbers are numbers, words are words."""

import io
import zipfile

import openpyxl
import pytest
from export_papers import AFTER, BEFORE, BUILT, LABELS, NASTY, NOTES, nasty, trend, wordy

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.exports.xlsx import book


def opened(*papers, lang="fi"):
    return openpyxl.load_workbook(io.BytesIO(book(papers, lang)))


def rows(sheet):
    return [list(one) for one in sheet.iter_rows(values_only=True)]


def head(sheet):
    """Return the row in which the shown table's headers stand, counted from one."""
    return next(n for n, row in enumerate(rows(sheet), start=1) if row[0] == "Jakso")


def test_each_view_has_what_is_shown_the_exact_figures_the_curves_and_its_background():
    assert opened(trend()).sheetnames == ["Luvut", "Tarkat luvut", "Kaavion luvut", "Tausta"]


def test_the_shown_table_has_numbers_as_numbers_and_hidden_cells_as_words():
    sheet = opened(trend())["Luvut"]

    table = rows(sheet)[head(sheet) :][:3]
    assert table[0] == ["maalis 2025", AFTER, 9, None]
    assert table[1] == ["helmi 2025", "peitetty", "–", "peitetty"]
    assert table[2] == ["tammi 2025", BEFORE, 7, None]


def test_a_number_is_shown_with_the_decimals_of_the_screen():
    sheet = opened(trend())["Luvut"]
    top = head(sheet)

    assert sheet.cell(top + 1, 2).number_format == "#,##0.0"
    assert sheet.cell(top + 1, 3).number_format == "#,##0"


def test_a_share_keeps_its_number_and_its_percent_sign():
    sheet = opened(wordy())["Luvut"]
    cell = next(one for row in sheet.iter_rows() for one in row if one.value == 82.25)

    assert cell.number_format == '#,##0" %"'
    assert cell.font.bold


def test_the_exact_figures_hold_every_column_and_full_precision():
    sheet = opened(trend())["Tarkat luvut"]

    assert [cell.value for cell in sheet[1]] == [one.header for one in trend().table.columns]
    assert [cell.value for cell in sheet[2]][4:] == ["2025-03-01", "ok", AFTER + 1.123456789]
    assert [cell.value for cell in sheet[3]][1:6] == [
        "peitetty",
        "–",
        "peitetty",
        "2025-02-01",
        "c",
    ]
    assert sheet.freeze_panes == "B2"


def test_the_chart_is_native_and_reads_the_curves_whose_gaps_are_gaps():
    made = opened(trend())
    (chart,) = made["Luvut"]._charts

    assert [one.val.numRef.f for one in chart.series][0] == "'Kaavion luvut'!$B$2:$B$5"
    assert len(chart.series) == 4
    values = [[cell.value for cell in row] for row in made["Kaavion luvut"]["A2:B5"]]
    assert values == [[LABELS[0], BEFORE], [LABELS[1], None], [LABELS[2], AFTER], [LABELS[3], None]]
    with zipfile.ZipFile(io.BytesIO(book([trend()], "fi"))) as archive:
        drawn = archive.read("xl/charts/chart1.xml").decode()
        assert trend().alt in archive.read("xl/drawings/drawing1.xml").decode()
    assert "dispBlanksAs" not in drawn  # a gap is what a chart shows where it says nothing else


def test_the_head_stays_when_rows_are_scrolled_and_printed():
    sheet = opened(trend())["Luvut"]
    top = head(sheet)

    assert sheet.freeze_panes == f"B{top + 1}"
    assert sheet.print_title_rows == f"${top}:${top}"
    assert sheet.column_dimensions["A"].width > len("maalis 2025")


def test_the_background_has_every_note_and_message():
    told = {row[1] for row in rows(opened(trend(), wordy())["Tausta"])}

    assert {words for _, words in NOTES} | set(trend().messages) <= told


def test_nothing_is_a_formula_or_a_link_whatever_it_begins_with():
    for sheet in opened(nasty()):
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") and cell.hyperlink is None for cell in row)
    assert opened(nasty())["Luvut"]["A1"].value.startswith(NASTY)


def test_sheets_of_several_views_have_names_that_differ():
    long = trend(title="Lastensuojeluilmoitukset/kunnittain: [kaikki] ikäluokat yhteensä")
    names = opened(long, long, wordy()).sheetnames

    assert len(set(names)) == len(names) == 9
    assert names[0] == "1 Lastensuojeluilmoitukset kunn"


def test_a_number_that_is_none_is_never_written():
    broken = Table("", (Column("x"),), ((Cell("", number=float("nan")),),))

    with pytest.raises(TypeError, match="NAN"):
        book([trend(table=broken)], "fi")


def test_the_workbook_bears_the_date_of_the_release():
    assert opened(trend()).properties.created == BUILT.replace(microsecond=0)
    assert opened(trend()).properties.title == "Lastensuojeluilmoitukset, Oulu"
