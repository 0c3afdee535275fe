"""Delivered files that are small and would become huge: each is refused in one line."""

import gzip
import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from loading import AGGREGATE, fault, load_text

from pipelines.extracts import columnar, delivery, ends, workbook_rows
from tilannehuone.sources import Source

HERE = Path(__file__).parent
SHEET = "xl/worksheets/sheet1.xml"
HEAD = "alue;jakso;lkm\n"


def workbook():
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((["alue", "jakso", "lkm"], ["Oulu", "2024", "7"])):
            sheet.write_row(at, 0, row)
    return sink.getvalue()


def with_entry(name, change):
    """Return the workbook with one entry changed and packed anew."""
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for one in old.namelist():
            with new.open(one, "w", force_zip64=True) as entry:
                for part in change(old.read(one)) if one == name else [old.read(one)]:
                    entry.write(part)
    return sink.getvalue()


def far_cell(sheet):
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return [sheet.replace(b"</sheetData>", cell)]


def entities(sheet):
    named = b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"x" * 100) for n in range(9)
    )
    head, _, rest = sheet.partition(b"?>")
    return [
        head,
        b"?><!DOCTYPE worksheet [",
        named,
        b"]>",
        rest.replace(b"<v>0</v>", b"<v>&e8;</v>"),
    ]


def long_text(sheet):
    start, _, end = sheet.partition(b"<si>")
    return [start, b"<si><t>", *[b"x" * (1 << 20)] * 160, b"</t></si><si>", end]


BOOKS = {
    "cell_in_the_last_corner": lambda: with_entry(SHEET, far_cell),
    "text_of_gigabytes": lambda: with_entry("xl/sharedStrings.xml", long_text),
}


@pytest.mark.parametrize("name", BOOKS)
def test_a_workbook_that_would_fill_memory_is_refused_in_one_line(tmp_path, monkeypatch, name):
    monkeypatch.setattr(workbook_rows, "MEMORY", 256 << 20)
    content = BOOKS[name]()
    assert len(content) < 20 << 20

    working = load_text(tmp_path, content, name="a.xlsx")

    assert fault(working).startswith("a.xlsx: Reading the workbook would take too much memory")


def test_entities_of_entities_are_never_written_out(tmp_path):
    working = load_text(tmp_path, with_entry(SHEET, entities), name="a.xlsx")

    assert len((fault(working) or "").splitlines()) <= 1


def test_a_packed_text_that_grows_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(delivery, "LITTLE", 1 << 20)
    content = gzip.compress((HEAD + "Oulu;2024;7\n" * 400_000).encode())

    assert "grow more than 200 times" in fault(load_text(tmp_path, content, name="a.csv.gz"))


@pytest.mark.parametrize(
    ("name", "encoding"), [("a.csv", "utf-8"), ("a.csv", "utf-16"), ("a.px", "utf-8")]
)
def test_a_line_without_an_end_is_refused_with_its_number(tmp_path, monkeypatch, name, encoding):
    monkeypatch.setattr(ends, "LONGEST_LINE", 1 << 20)
    content = (HEAD + "Oulu;2024;" + "7" * (3 << 20)).encode(encoding)

    told = fault(load_text(tmp_path, content, name=name))

    assert told.startswith(f"{name}:2: The line is over 1 MB long")


def test_a_parquet_file_of_too_many_rows_is_refused_before_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(columnar, "MOST_ROWS", 1_000)
    sink = io.BytesIO()
    pq.write_table(pa.table({one: ["7"] * 2_000 for one in ("alue", "jakso", "lkm")}), sink)

    assert "has over 1000 rows" in fault(load_text(tmp_path, sink.getvalue(), name="a.parquet"))


def test_json_nested_without_end_is_refused(tmp_path):
    assert "nested" in fault(load_text(tmp_path, "[" * 200_000, name="a.json"))


def test_a_link_out_of_the_folder_is_not_read(tmp_path):
    outside = tmp_path / "salaisuus.csv"
    outside.write_text(HEAD + "Oulu;2024;7\n")
    (tmp_path / "extracts").mkdir()
    (tmp_path / "extracts" / "b.csv").symlink_to(outside)

    working = load_text(tmp_path, HEAD + "Oulu;2024;7\n")

    told = working.execute("select name, state, message_en from files order by name").fetchall()
    assert [one[:2] for one in told] == [("a.csv", "loaded"), ("b.csv", "refused")]
    assert "link out of the folder" in told[1][2]


@pytest.mark.parametrize(
    "files",
    ["../*.csv", "a/../../b.csv", "/etc/*", "~/a.csv", "..\\a.csv", "C:a.csv", "", "a\0.csv"],
)
@pytest.mark.parametrize("key", ["files", "regions"])
def test_a_name_that_leads_out_of_the_folder_is_no_declaration(key, files):
    with pytest.raises(ValueError, match="files_outside"):
        Source.model_validate(AGGREGATE | {key: files})


TRIED = """
import sys; sys.path.insert(0, {here!r})
from pathlib import Path
from loading import fault, load_text
print(fault(load_text(Path({folder!r}), Path({file!r}).read_bytes(), name={name!r})))
"""


def test_a_bomb_is_refused_where_memory_is_short(tmp_path):
    file = tmp_path / "bomb"
    file.write_bytes(with_entry(SHEET, far_cell))
    told = TRIED.format(here=str(HERE), folder=str(tmp_path), file=str(file), name="a.xlsx")

    def short():
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))

    ran = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, preexec_fn=short, check=True
    )

    assert "too much memory" in ran.stdout
