"""Reads another region's tables in a process of its own; `parquet.py` starts it, one a package.

Parquet is read by native code, and what is broken on purpose can end the process that reads it
(Arrow ends it itself for some footers). Here it ends nothing but this reader, whose memory and
time have bounds of their own.

It imports little, since every package starts it anew. On its input: a line of JSON, and the files
it tells of, one after the other. On its output, for each table in order: eight bytes of length,
and the table made anew as Arrow's own stream. Its exit code is 0 when all are told; otherwise it
tells why the first table that is not told is refused (`REFUSED`), and any other is of its death.
"""

import io
import json
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ARROW = {
    "varchar": pa.string(),
    "json": pa.string(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "double": pa.float64(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
}
ENCODINGS = {"PLAIN", "RLE", "RLE_DICTIONARY", "PLAIN_DICTIONARY", "BIT_PACKED"}
CODECS = {"ZSTD", "UNCOMPRESSED"}

REFUSED = {"columns": 11, "large": 12, "rows": 13, "unreadable": 14}
"""Why a table is refused, and the exit code that tells it."""

LENGTH = 8
SECONDS = 120
"""Of the whole package's reading its computing time; a real one takes less than one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may hold; far above a real one, far below what a computer minds."""

    file: int = 64 * 2**20  # bytes of the whole package
    rows: int = 4_000_000  # of one table
    values: int = 40_000_000  # rows x columns of one table
    unfolded: int = 512 * 2**20  # bytes that a table tells to have when unpacked
    text: int = 2**20  # bytes of one text
    texts: int = 256 * 2**20  # bytes of all texts of a table, each as often as it is told
    memory: int = 1536 * 2**20  # bytes of address space that reading may take, and of all tables


class Refused(Exception):
    """A table is not what it may be; the word is one of `REFUSED`."""


def schema_from(columns: list[tuple[str, str]]) -> pa.Schema:
    """Return the Arrow schema of (name, SQL type) pairs; json is text there."""
    return pa.schema([(name, ARROW[kind]) for name, kind in columns])


def checked_table(content: bytes, schema: pa.Schema, rows: int, limits: Limits) -> pa.Table:
    """Return the table that a Parquet file holds, with nothing folded in it any more.

    Parameters
    ----------
    content : the file, whose hash was found right before
    schema : of a release's table
    rows : how many the manifest says there are

    Raises
    ------
    Refused
        When it is no Parquet, has other columns, types or rows, or is larger than `limits` allow.
    """
    try:
        _hold(pq.read_metadata(io.BytesIO(content)), schema, rows, limits)
        return _unfolded(content, schema, limits)
    except MemoryError:  # Arrow's own is one of these
        raise Refused("large") from None
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        raise Refused("unreadable") from None


def _hold(told: pq.FileMetaData, schema: pa.Schema, rows: int, limits: Limits) -> None:
    """Raise Refused when what a file says of itself is not what it may be."""
    told_in_groups = [told.row_group(at).num_rows for at in range(told.num_row_groups)]
    if told.num_rows != rows or sum(told_in_groups) != rows or min(told_in_groups, default=0) < 0:
        raise Refused("rows")
    if rows > limits.rows or rows * told.num_columns > limits.values:
        raise Refused("large")
    if told.metadata or told.schema.to_arrow_schema() != schema:
        raise Refused("columns")
    chunks = [
        told.row_group(group).column(at)
        for group in range(told.num_row_groups)
        for at in range(told.num_columns)
    ]
    if any(set(one.encodings) - ENCODINGS or one.compression not in CODECS for one in chunks):
        raise Refused("columns")
    if sum(max(one.total_uncompressed_size, 0) for one in chunks) > limits.unfolded:
        raise Refused("large")


def _unfolded(content: bytes, schema: pa.Schema, limits: Limits) -> pa.Table:
    words = [one.name for one in schema if one.type == pa.string()]
    read = pq.ParquetFile(io.BytesIO(content), read_dictionary=words).read(use_threads=False)
    total = 0
    for column in (read.column(one) for one in words):
        for chunk in column.chunks:
            lengths = pc.binary_length(chunk.dictionary)
            told = pc.sum(pc.take(lengths, chunk.indices), min_count=0).as_py()
            total += told
            if (pc.max(lengths).as_py() or 0) > limits.text or total > limits.texts:
                raise Refused("large")
    table = read.cast(schema)
    table.validate(full=True)
    return table


def bound(memory: int) -> None:
    """Let this process take no more than `memory` bytes of address space beyond what it has.

    Its computing time has an end too, and its death leaves no picture of its memory on the disk.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_CPU, SECONDS)
    held = _address_space()
    if held is not None:
        _lower(resource.RLIMIT_AS, held + memory)


def _lower(which: int, most: int) -> None:
    now = resource.getrlimit(which)[1]
    most = most if now == resource.RLIM_INFINITY else min(now, most)
    resource.setrlimit(which, (most, most))


def _address_space() -> int | None:
    """Return the bytes of address space in use; None where the system does not tell."""
    try:
        told = Path("/proc/self/statm").read_text(encoding="ascii")
        return int(told.split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return None


def main(source: BinaryIO, sink: BinaryIO) -> int:
    """Tell every table asked for, or raise Refused at the first that is not what it may be."""
    asked = json.loads(source.readline())
    limits, left = Limits(**asked["limits"]), asked["limits"]["memory"]
    files = [source.read(one["size"]) for one in asked["tables"]]
    bound(limits.memory)
    for one, content in zip(asked["tables"], files, strict=True):
        table = checked_table(content, schema_from(one["columns"]), one["rows"], limits)
        told = io.BytesIO()
        with pa.ipc.new_stream(told, table.schema) as stream:
            stream.write_table(table)
        left -= told.tell()
        if left < 0:
            raise Refused("large")
        sink.write(told.tell().to_bytes(LENGTH, "big"))
        sink.write(told.getbuffer())
        sink.flush()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
    except Refused as refused:
        sys.exit(REFUSED[refused.args[0]])
    except MemoryError:
        sys.exit(REFUSED["large"])
