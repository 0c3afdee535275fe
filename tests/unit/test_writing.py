"""The release file is written from its rows alone: whole or not at all, and equal from equal."""

import io
import json

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from swapping import scrubbed

from pipelines.writing import main, write_file

COLUMNS = "area varchar, value double, built timestamp, told json"


def rows(count=3000, seed=1):
    draw = np.random.default_rng(seed)
    with duckdb.connect() as working:
        working.register("drawn", pa.table({"value": draw.random(count)}))
        working.execute(f"create table t ({COLUMNS})")
        working.execute("""insert into t select 'area' || (row_number() over ()) % 7,
            nullif(value, greatest(value, 0.9)), timestamp '2025-01-01 06:15:00', '{"a": 1}'
            from drawn""")
        return {name: (COLUMNS, working.sql("from t").to_arrow_table()) for name in ("t", "other")}


def test_every_table_is_written_as_it_was_given(tmp_path):
    given = rows()

    assert write_file(tmp_path / "a.duckdb", given)

    with duckdb.connect(str(tmp_path / "a.duckdb"), read_only=True) as file:
        for name, (_, table) in given.items():
            assert file.execute(f"from {name}").fetchall() == [
                tuple(row.values()) for row in table.to_pylist()
            ]


def test_what_a_killed_writer_left_is_cleared_away_and_written_anew(tmp_path, caplog):
    path = tmp_path / "a.duckdb"
    path.write_bytes(b"half of a database")

    assert write_file(path, rows(10))

    assert caplog.messages == ["the writer of a.duckdb ended with 1 _duckdb.IOException"]
    with duckdb.connect(str(path), read_only=True) as file:
        assert file.execute("select count(*) from t").fetchall() == [(10,)]


def test_equal_rows_make_equal_files(tmp_path):
    paths = [tmp_path / folder / "release.duckdb" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        assert write_file(path, rows())

    one, other = (scrubbed(path) for path in paths)
    assert one == other


def test_no_number_lies_under_an_absent_one():
    """What crosses to the writer has no place for it: hidden values do not even arrive."""
    values = np.linspace(0.1, 0.2, 1000)
    hidden = pa.array(values, mask=np.arange(1000) % 2 == 1)
    sink = io.BytesIO()
    pq.write_table(pa.table({"value": hidden}), sink, compression="none", use_dictionary=False)

    found = [value.tobytes() in sink.getvalue() for value in values]
    assert found[::2] == [True] * 500
    assert found[1::2] == [False] * 500


def test_of_half_a_delivery_nothing_is_written(tmp_path):
    told = json.dumps([("t", COLUMNS, 100)]).encode() + b"\n"

    with pytest.raises(EOFError):
        main(tmp_path / "half.duckdb", io.BytesIO(told + b"PAR1"))

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    assert not write_file(tmp_path / "missing" / "a.duckdb", rows(10))
