"""A large parquet file stays where it is while it is loaded, and what comes of it is the same."""

import io
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from loading import EVENTS, counts, fault, load_text, rows, tiny

from pipelines.extracts.columnar import KEPT_WHOLE, NUMBER
from pipelines.load import load

MANY = KEPT_WHOLE + 4
ODD, TYPED = 60_000, ["alue", "pvm", "asiakas", "palvelu", "kesto"]
AFTER = b"alue;pvm;asiakas;palvelu;kesto\n564;2025-01-01;a;k;1\n"


def table(*, note=None, area="999"):
    """Return many events, two of them in a place that nobody knows."""
    columns = {
        "alue": ["564", "091"] * (MANY // 2),
        "pvm": [date(2025, 1, 1) + timedelta(days=n % 300) for n in range(MANY)],
        "asiakas": [f"a{n % 20_011}" for n in range(MANY)],
        "palvelu": ["Kotipalvelu", "Neuvola", None, "Neuvola"] * (MANY // 4),
        "kesto": [n % 7 for n in range(MANY)],
        "huom": [None] * MANY,
    }
    columns["alue"][ODD] = columns["alue"][-1] = area
    columns["huom"][ODD] = note
    return pa.table(columns, schema=pa.table(columns).schema.set(5, pa.field("huom", pa.string())))


def written(made, **options):
    sink = io.BytesIO()
    pq.write_table(made, sink, **options)
    return sink.getvalue()


def read(tmp_path, made):
    return load_text(tmp_path, written(made), EVENTS, "a.parquet")


def stored(working):
    """Return what was stored; persons by whether they are the same, for each load has its salt."""
    chosen = "file_id, line, area_code, pvm, palvelu, kesto, first(line) over one"
    kept = f"select {chosen} from raw_lahde window one as (partition by asiakas order by line)"
    return rows(working, f"{kept} order by line"), rows(working, "from quarantine order by line")


def test_a_large_file_is_stored_row_by_row_with_its_lines(tmp_path):
    kept, aside = stored(read(tmp_path, table()))

    assert [one[1] for one in kept] == [n for n in range(1, MANY + 1) if n not in (ODD + 1, MANY)]
    assert [(one[2], one[4]) for one in aside] == [
        (ODD + 1, "unknown_area"),
        (MANY, "unknown_area"),
    ]
    assert kept[20_011][-1] == 1


def test_one_that_numbers_its_own_rows_is_stored_alike(tmp_path):
    numbered = table().append_column(NUMBER.upper(), pa.array(range(MANY, 0, -1)))

    assert stored(read(tmp_path, numbered)) == stored(read(tmp_path, table()))


def test_personal_data_deep_in_it_is_told_by_its_row(tmp_path):
    number = "-".join(("131052", "308T"))
    working = read(tmp_path, table(note=number))

    assert fault(working).startswith(f"a.parquet:{ODD + 1}: Column huom holds a personal")
    assert counts(working) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize("name", TYPED)
def test_pages_that_are_broken_refuse_the_file_alone(tmp_path, name):
    content = bytearray(written(table(area="091"), use_dictionary=False))
    group = pq.ParquetFile(io.BytesIO(content)).metadata.row_group(0)
    at = group.column(TYPED.index(name)).data_page_offset
    content[at : at + 64] = b"\xff" * 64
    folder = tmp_path / "extracts"
    folder.mkdir()
    (folder / "b.csv").write_bytes(AFTER)
    working = load_text(tmp_path, bytes(content), EVENTS, "a.parquet")

    refused = "a.parquet: The file is not a readable Parquet file. Deliver it again."
    assert rows(working, "select message_en, rows_loaded from files order by file_id") == [
        (refused, 0),
        (None, 1),
    ]


class Replacing(dict):
    """Columns that nothing reads; when asked for amid a file, another has taken its place."""

    def __init__(self, path, content):
        super().__init__()
        self.path, self.content, self.asked = path, content, 0

    def get(self, *told):
        self.asked += 1
        if self.asked == 2:  # first for the empty table, then when the guard has seen all texts
            other = self.path.with_suffix(".part")
            other.write_bytes(self.content)
            other.replace(self.path)
        return super().get(*told)


def test_another_file_that_takes_its_place_after_the_guard_is_not_stored(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    path = folder / "a.parquet"
    path.write_bytes(written(table()))
    unread = Replacing(path, written(table(note="-".join(("131052", "308T")))))
    with duckdb.connect() as working:
        load(working, tiny(folder, EVENTS), unread=unread)

        assert rows(working, "select fault_key from files") == [("load_still_growing",)]
        assert counts(working) == (0, 0, 0, 0, 0)
    assert unread.asked == 2
