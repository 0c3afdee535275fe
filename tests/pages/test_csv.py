"""The table as a file: what stands in it, and that no spreadsheet runs it."""

import csv
import io

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.exports.csv import table_bytes


def rows_of(table, lang="fi"):
    text = table_bytes(table, lang).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_numbers_have_full_precision_and_the_sign_of_the_language():
    table = Table("", (Column("Luku", numeric=True),), ((Cell("8,9", number=8.94444),),))

    assert rows_of(table)[1] == ["8,94444"]
    assert rows_of(table, "en")[1] == ["8.94444"]


def test_a_cell_without_a_number_is_a_word():
    table = Table("", (Column("Luku"),), ((Cell("peitetty", quiet=True),),))

    assert rows_of(table)[1] == ["peitetty"]


def test_a_text_that_a_spreadsheet_would_run_stays_text():
    table = Table("", (Column("=1+1"),), ((Cell("@SUM(A1)"),),))

    assert rows_of(table) == [["'=1+1"], ["'@SUM(A1)"]]


def test_the_file_begins_with_a_mark_that_spreadsheets_know():
    assert table_bytes(Table("", (), ()), "fi").startswith(b"\xef\xbb\xbf")
