"""Writes a release file from nothing but the rows that may be read.

Runs in a process of its own (`write_file` starts it). A database file keeps scraps of its writer's
memory between the rows, a few bytes at a time; where exact counts had been, some were theirs. This
process never sees any. It takes the rows from its standard input as Parquet, which has no place
for a number that is absent, so that nothing is left under a hidden cell either.
"""

import io
import json
import logging
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

TRIES = 2
LOG = logging.getLogger("tilannehuone.build")


def write_file(path: Path, rows: Rows) -> bool:
    """Write the tables to a new database at `path`, in another process; return whether it did.

    A process may be killed from outside, for want of memory say: it is tried once more.

    Parameters
    ----------
    path : where no file is yet
    rows : all tables, in the order in which they are made
    """
    packed = b"".join(_packed(rows))
    return any(_written(path, packed) for _ in range(TRIES))


def _written(path: Path, packed: bytes) -> bool:
    """Run the writer; log how it failed by its exit code and kind, never by what it had read."""
    done = subprocess.run(
        [sys.executable, "-I", str(Path(__file__).resolve()), str(path)],
        input=packed,
        env=os.environ | CLEAN_MEMORY,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        kind = done.stderr.decode("utf-8", "replace").rstrip().rpartition("\n")[2].partition(":")[0]
        LOG.warning("the writer of %s ended with %s %s", path.name, done.returncode, kind)
        for left in (path, path.with_name(f"{path.name}.wal")):
            left.unlink(missing_ok=True)
        _insist(done.stderr.decode("utf-8", "replace"))
    return done.returncode == 0


def _insist(words: str) -> None:
    """Raise Hindered where the writer's last words are of the machine: trying again is no use."""
    from tilannehuone.errors import Hindered  # not at the top: the writer is started without them
    from tilannehuone.hindered import hindrance_in

    fault = hindrance_in(words)
    if fault is not None:
        raise Hindered(fault)


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
            # `pq.read_table` would load pandas, which takes longer than all the rest here
            file.register("rows", pq.ParquetFile(io.BytesIO(one)).read())
            file.execute(f"insert into {name} from rows")  # noqa: S608
            file.unregister("rows")
        file.execute("checkpoint")
    if os.getppid() != builder:
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin.buffer)
