"""The files that `tilannehuone spc` reads, as people write them, and those it refuses."""

import json

import pytest
from typer.testing import CliRunner

from tilannehuone.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["spc", *(str(one) for one in arguments)])


def charted(*arguments):
    outcome = run(*arguments, "--json")
    assert outcome.exit_code == 0, outcome.output
    return json.loads(outcome.stdout)


@pytest.fixture
def write(tmp_path):
    def written(*lines, encoding="utf-8", end="\n"):
        file = tmp_path / "sarja.csv"
        file.write_bytes(end.join(lines).encode(encoding))
        return file

    return written


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Kuukausi;Käyntejä", ("1.1.2024;1 234,5", "1.2.2024;..", "1.3.2024;7,25")),
        ("Kuukausi\tKäyntejä", ("tammi.24\t1 234,5", "helmi.24\t", "maalis.24\t7,25")),
        ("month,visits", ('2024M01,"1,234.5"', "2024M02,-", "2024M03,7.25")),
        ("päivä|käyntejä", ("31.1.2024|1234.5", "29.2.2024|-", "31.3.2024|7.25")),
    ],
)
@pytest.mark.parametrize(("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n")])
def test_numbers_and_dates_are_read_as_people_write_them(write, header, rows, encoding, end):
    found = charted(write(header, *rows, encoding=encoding, end=end))

    assert [one["value"] for one in found["points"]] == [1234.5, None, 7.25]
    assert [one["period"] for one in found["points"]] == ["2024-01-01", "2024-02-01", "2024-03-01"]


def test_a_file_in_windows_1252_is_read(write):
    file = write("jakso;Päiviä – yhteensä", "1/2024;48 %", encoding="cp1252", end="\r\n")

    found = charted(file)

    assert found["points"][0]["value"] == 48
    assert "Päiviä – yhteensä" in found["words"]["alt"]


def test_a_file_without_a_header_is_read(write):
    assert len(charted(write("2024-01;5", "2024-02;6"))["points"]) == 2


def test_rows_stand_in_any_order_and_a_period_that_is_absent_is_unknown(write):
    file = write("kk;n", "2024-04;4", "2024-01;1", "2024-02;2")
    found = charted(file, "--lang", "en")

    assert [one["value"] for one in found["points"]] == [1, 2, None, 4]
    assert "Periods that are not in the file: 1." in found["words"]["notes"]


@pytest.mark.parametrize(
    ("dates", "period_type"),
    [
        (("2024-01-01", "2024-01-08", "2024-01-15"), "week"),
        (("31.1.2024", "29.2.2024", "31.3.2024"), "month"),
        (("1.1.2024", "1.4.2024", "1.10.2024"), "quarter"),
        (("2023-04-01", "2023-10-01", "2024-04-01"), "half_year"),
        (("2019-12-31", "2020-12-31", "2022-12-31"), "year"),
        (("2019", "2020", "2021"), "year"),
        (("Q1/2024", "Q2/2024", "Q4/2024"), "quarter"),
        (("1.10.2023–31.3.2024", "1.4.2024–30.9.2024", "1.10.2024–31.3.2025"), "half_year"),
    ],
)
def test_the_type_of_the_periods_is_told_by_the_file(write, dates, period_type):
    found = charted(write("jakso;arvo", *(f"{one};1" for one in dates)))

    assert found["period_type"] == period_type
    assert sum(one["value"] == 1 for one in found["points"]) == 3


def test_a_bare_number_is_the_period_that_is_said(write):
    file = write("jakso;arvo", "1/2024;1", "2/2024;2")

    assert charted(file)["period_type"] == "month"
    assert charted(file, "--period", "quarter")["points"][1]["period"] == "2024-04-01"


def test_columns_are_named_and_a_title_above_them_is_no_matter(write):
    file = write("Raportti 2024", "Alue;Käynnit (kpl);Kuukausi", "A;5;1/2024", "A;6;2/2024")
    found = charted(file, "--date", "kuukausi", "--value", "käynnit kpl")

    assert [one["value"] for one in found["points"]] == [5, 6]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("kk;n", "2024-01;1", "1/2024;2"), ":3:1: The period Jan 2024 is already on line 2."),
        (("kk;n", "2024-13;1", "2024-02;2"), ":2:1: This is no period"),
        (("kk;n", "2024-01;1", "2024;2", "2024-02;2"), ":3:1: The period should be a month"),
        (("kk;n", "2024-01;1", "2024-02;noin 5"), ":3:2: The value is not a number."),
        (("kk;n", "2024-01;1", "2024-02"), ":3: The row lacks fields."),
        (("kk,n", "2024-01,1", "2024-02,1,5"), ":3:3: The row has more fields"),
        (("pv;n", "1.1.2024;1", "2.1.2024;2"), ":2:1: The dates lie closer"),
        (("kk", "2024-01"), ":1: The file is not a CSV"),
        (("kk;n",), ": The file has no rows"),
        (("",), ": The file is empty."),
    ],
)
def test_a_file_that_cannot_be_charted_is_refused_with_the_place(write, lines, told):
    file = write(*lines)
    outcome = run(file, "--lang", "en")

    assert outcome.exit_code == 1
    assert f"{file}{told}" in outcome.output
    assert "noin 5" not in outcome.output
