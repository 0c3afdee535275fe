"""A table of too many columns is refused alone: reading it would take the memory of the build."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from loading import AGGREGATE, fault, load_text, loaded, rows

from pipelines.extracts.layout import MOST_COLUMNS
from tilannehuone.texts import LANGUAGES

NAMES, CELLS = ["alue", "jakso", "lkm"], ["Oulu", "2024M01", "7"]
TOO_WIDE = f"The row has over {MOST_COLUMNS} columns"


def table(columns, sign=";", above="", names=NAMES):
    """Return a text of two rows and so many columns, most of them of no use."""
    more = columns - 3
    head = [*names, *(f"s{n}" for n in range(more))]
    return above + "\n".join(map(sign.join, [head, [*CELLS, *["1"] * more]])) + "\n"


def workbook(columns):
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(table(columns).splitlines()):
            sheet.write_row(at, 0, line.split(";"))
    return sink.getvalue()


def parquet(columns):
    sink = io.BytesIO()
    head, cells = (line.split(";") for line in table(columns).splitlines())
    pq.write_table(pa.table({one: [cell] for one, cell in zip(head, cells, strict=True)}), sink)
    return sink.getvalue()


FORMS = {
    "a.csv": lambda columns: table(columns).encode(),
    "b.csv": lambda columns: table(columns, ",").encode("utf-16"),
    "c.xlsx": workbook,
    "d.parquet": parquet,
}


@pytest.mark.parametrize("name", FORMS)
def test_the_widest_table_is_read_and_one_column_more_refused(tmp_path, name):
    widest = load_text(tmp_path, FORMS[name](MOST_COLUMNS), name=name)
    assert rows(widest, "select area_code, lkm from raw_lahde") == [("564", 7)]

    wider = load_text(tmp_path, FORMS[name](MOST_COLUMNS + 1), name=name)
    assert TOO_WIDE in fault(wider)
    assert rows(wider, "select count(*) from raw_lahde") == [(0,)]


@pytest.mark.parametrize("columns", [MOST_COLUMNS + 1, 100_000])
def test_the_file_and_line_are_told_whether_the_header_is_known_or_not(tmp_path, columns):
    titled = table(columns, above="Otsikko\n\n")
    unknown = table(columns, names=["x", "y", "z"])

    assert fault(load_text(tmp_path, titled)).startswith(f"a.csv:3: {TOO_WIDE}")
    assert fault(load_text(tmp_path, unknown)).startswith(f"a.csv:1: {TOO_WIDE}")


def test_separators_alone_do_not_make_a_table_wider_than_any(tmp_path):
    empty = ";" * MOST_COLUMNS
    text = "".join(f"{';'.join(one)}{end}\n" for one, end in ((NAMES, ""), (CELLS, empty)))

    assert fault(load_text(tmp_path, text)).startswith(f"a.csv:2: {TOO_WIDE}")


def test_a_sign_in_a_text_makes_no_columns_where_another_parts_them(tmp_path):
    text = f"alue;jakso;lkm;huom\nOulu;2024M01;7;{',' * (MOST_COLUMNS + 1)}\n"

    assert rows(load_text(tmp_path, text), "select area_code, lkm from raw_lahde") == [("564", 7)]


def test_a_header_that_nearly_holds_is_told_rather_than_a_wide_row_by_another_sign(tmp_path):
    text = f"alue;jakso;maara_x\nOulu;2024M01;{',' * (MOST_COLUMNS + 1)}\n"

    assert "Columns are missing: lkm" in fault(load_text(tmp_path, text))


def test_a_wide_row_amid_a_narrow_table_is_set_aside_alone(tmp_path):
    wide = ";".join(["1"] * (MOST_COLUMNS + 1))
    working = load_text(tmp_path, f"alue;jakso;lkm\n{wide}\nOulu;2024M01;7\nOulu;2024M02;8\n")

    assert rows(working, "select reason, line from quarantine") == [("too_many_fields", 2)]
    assert rows(working, "select lkm from raw_lahde order by all") == [(7,), (8,)]


def test_a_wide_file_leaves_its_neighbours_and_is_told_in_three_languages(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    (folder / "a.csv").write_text(table(100_000), encoding="utf-8")
    (folder / "b.csv").write_text(table(3), encoding="utf-8")
    working = loaded(folder, AGGREGATE)

    told = ", ".join(f"message_{lang}" for lang in LANGUAGES)
    found = rows(working, f"select state, {told} from files order by name")
    assert [one[0] for one in found] == ["refused", "loaded"]
    assert len({*found[0][1:]}) == len(LANGUAGES)
    assert rows(working, "select lkm from raw_lahde") == [(7,)]
