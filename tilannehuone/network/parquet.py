"""The tables of a package as Parquet: written plainly, and read with suspicion.

A file of a few kilobytes can ask for gigabytes: a word told once and repeated a million times, a
page that unfolds, prefixes of prefixes. So its own description is held to limits first, words are
read as a dictionary and measured before they are laid out, and memory has an end meanwhile.
"""

import io
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tilannehuone.errors import Fault
from tilannehuone.network.manifest import PackageRefused
from tilannehuone.release import TABLES

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


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may hold; far above a real one, far below what a computer minds."""

    file: int = 64 * 2**20  # bytes of the whole package
    rows: int = 4_000_000  # of one table
    values: int = 40_000_000  # rows x columns of one table
    unfolded: int = 512 * 2**20  # bytes that a table tells to have when unpacked
    text: int = 2**20  # bytes of one text
    texts: int = 256 * 2**20  # bytes of all texts of a table, each as often as it is told
    memory: int = 1536 * 2**20  # bytes of address space that reading may take


LIMITS = Limits()


def columns_of(table: str) -> list[tuple[str, str]]:
    """Return the (name, SQL type) of each column of a table of a release."""
    declared = " ".join(TABLES[table].split()).split(", ")
    return [(name.strip('"'), kind) for name, kind in (one.split() for one in declared)]


def schema_of(table: str) -> pa.Schema:
    """Return the Arrow schema of a table of a release; json is text there."""
    return pa.schema([(name, ARROW[kind]) for name, kind in columns_of(table)])


def parquet_bytes(table: pa.Table) -> bytes:
    """Return a table as a Parquet file; equal tables give equal bytes."""
    sink = io.BytesIO()
    pq.write_table(
        table.combine_chunks(), sink, compression="zstd", store_schema=False, version="2.6"
    )
    return sink.getvalue()


def read_table(content: bytes, name: str, rows: int, limits: Limits = LIMITS) -> pa.Table:
    """Return the table `name` that a Parquet file holds.

    Parameters
    ----------
    content : the file, whose hash was found right before
    rows : how many the manifest says there are

    Raises
    ------
    PackageRefused
        When it is no Parquet, has other columns, types or rows, or is larger than `limits` allow.
    """
    try:
        with bounded_memory(limits.memory):
            _hold(pq.read_metadata(io.BytesIO(content)), name, rows, limits)
            return _unfolded(content, name, limits)
    except MemoryError:  # Arrow's own is one of these
        raise PackageRefused(Fault("package_table_large", {"table": name})) from None
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        raise PackageRefused(Fault("package_table_unreadable", {"table": name})) from None


def _hold(told: pq.FileMetaData, name: str, rows: int, limits: Limits) -> None:
    """Raise PackageRefused when what a file says of itself is not what it may be."""
    told_in_groups = [told.row_group(at).num_rows for at in range(told.num_row_groups)]
    if told.num_rows != rows or sum(told_in_groups) != rows or min(told_in_groups, default=0) < 0:
        raise PackageRefused(Fault("package_table_rows", {"table": name}))
    if rows > limits.rows or rows * told.num_columns > limits.values:
        raise PackageRefused(Fault("package_table_large", {"table": name}))
    if told.metadata or told.schema.to_arrow_schema() != schema_of(name):
        raise PackageRefused(Fault("package_table_columns", {"table": name}))
    chunks = [
        told.row_group(group).column(at)
        for group in range(told.num_row_groups)
        for at in range(told.num_columns)
    ]
    if any(set(one.encodings) - ENCODINGS or one.compression not in CODECS for one in chunks):
        raise PackageRefused(Fault("package_table_columns", {"table": name}))
    if sum(max(one.total_uncompressed_size, 0) for one in chunks) > limits.unfolded:
        raise PackageRefused(Fault("package_table_large", {"table": name}))


def _unfolded(content: bytes, name: str, limits: Limits) -> pa.Table:
    schema = schema_of(name)
    words = [one.name for one in schema if one.type == pa.string()]
    read = pq.ParquetFile(io.BytesIO(content), read_dictionary=words).read(use_threads=False)
    total = 0
    for column in (read.column(one) for one in words):
        for chunk in column.chunks:
            lengths = pc.binary_length(chunk.dictionary)
            told = pc.sum(pc.take(lengths, chunk.indices), min_count=0).as_py()
            total += told
            if (pc.max(lengths).as_py() or 0) > limits.text or total > limits.texts:
                raise PackageRefused(Fault("package_table_large", {"table": name}))
    table = read.cast(schema)
    table.validate(full=True)
    return table


@contextmanager
def bounded_memory(more: int) -> Iterator[None]:
    """Let the process take at most `more` bytes of address space beyond what it has now."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    held = _address_space()
    if held is None:
        yield
        return
    most = held + more
    soft = most if before[0] == resource.RLIM_INFINITY else min(before[0], most)
    resource.setrlimit(resource.RLIMIT_AS, (soft, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _address_space() -> int | None:
    """Return the bytes of address space in use; None where the system does not tell."""
    try:
        told = Path("/proc/self/statm").read_text(encoding="ascii")
        return int(told.split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return None
