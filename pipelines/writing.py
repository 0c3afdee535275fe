"""Writes a release file from nothing but the rows that may be read.

Runs in a process of its own (`write_file` starts it). A database file keeps scraps of its writer's
memory between the rows, a few bytes at a time; where exact counts had been, some were theirs. This
process never sees any. It takes the rows from its standard input as Parquet, which has no place
for a number that is absent, so that nothing is left under a hidden cell either.
"""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

Rows = Mapping[str, tuple[str, pa.Table]]
"""Table -> (its columns as SQL, its rows)."""

CLEAN_MEMORY = {"DUCKDB_JE_MALLOC_CONF": "zero:true"}
"""The writer's allocator gives only zeroed memory: equal rows then make equal bytes, but for the
sixteen random ones by which DuckDB tells files apart, and the checksums over them."""


def write_file(path: Path, rows: Rows) -> bool:
    """Write the tables to a new database at `path`, in another process; return whether it did.

    Parameters
    ----------
    path : where no file is yet
    rows : all tables, in the order in which they are made
    """
    done = subprocess.run(
        [sys.executable, "-I", str(Path(__file__).resolve()), str(path)],
        input=b"".join(_packed(rows)),
        env=os.environ | CLEAN_MEMORY,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def _packed(rows: Rows) -> Iterator[bytes]:
    """Yield a line that tells the tables, and then the Parquet file of each."""
    packed = []
    for _, table in rows.values():
        sink = io.BytesIO()
        pq.write_table(table, sink)
        packed.append(sink.getvalue())
    told = [
        (name, columns, len(one))
        for (name, (columns, _)), one in zip(rows.items(), packed, strict=True)
    ]
    yield json.dumps(told).encode() + b"\n"
    yield from packed


def main(path: Path, source: BinaryIO) -> None:
    """Write what `source` holds to `path`; of half a delivery, or of a dead builder's, nothing."""
    builder = os.getppid()
    told = json.loads(source.readline())
    packed = [(name, columns, source.read(size), size) for name, columns, size in told]
    if any(len(one) != size for _, _, one, size in packed):
        raise EOFError
    with duckdb.connect(str(path), config={"threads": 1}) as file:
        for name, columns, one, _ in packed:
            file.execute(f"create table {name} ({columns})")
            file.register("rows", pq.read_table(io.BytesIO(one)))
            file.execute(f"insert into {name} from rows")  # noqa: S608
            file.unregister("rows")
        file.execute("checkpoint")
    if os.getppid() != builder:
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin.buffer)
