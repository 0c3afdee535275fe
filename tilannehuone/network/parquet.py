"""The tables of a package as Parquet: written plainly, and read with suspicion.

A file of a few kilobytes can ask for gigabytes: a word told once and repeated a million times, a
page that unfolds, prefixes of prefixes. One made on purpose can even end the process that reads
it. So what another region wrote is never read here but in a process of its own
(`parquet_reader.py`); what comes from there are plain tables, made anew.
"""

import io
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import pyarrow as pa
import pyarrow.parquet as pq

from tilannehuone.errors import Fault
from tilannehuone.network.manifest import PackageRefused
from tilannehuone.network.parquet_reader import LENGTH, REFUSED, Limits, schema_from
from tilannehuone.release import TABLES

READER = Path(__file__).with_name("parquet_reader.py")
LIMITS = Limits()
WHY = {code: f"package_table_{word}" for word, code in REFUSED.items()}
UNREADABLE = WHY[REFUSED["unreadable"]]


def columns_of(table: str) -> list[tuple[str, str]]:
    """Return the (name, SQL type) of each column of a table of a release."""
    declared = " ".join(TABLES[table].split()).split(", ")
    return [(name.strip('"'), kind) for name, kind in (one.split() for one in declared)]


def schema_of(table: str) -> pa.Schema:
    """Return the Arrow schema of a table of a release; json is text there."""
    return schema_from(columns_of(table))


def parquet_bytes(table: pa.Table) -> bytes:
    """Return a table as a Parquet file; equal tables give equal bytes."""
    sink = io.BytesIO()
    pq.write_table(
        table.combine_chunks(), sink, compression="zstd", store_schema=False, version="2.6"
    )
    return sink.getvalue()


def read_tables(
    files: Mapping[str, tuple[bytes, int]], limits: Limits = LIMITS
) -> dict[str, pa.Table]:
    """Return the tables that Parquet files hold, all read by one process that ends with them.

    Parameters
    ----------
    files : of each table its Parquet, whose hash was found right, and how many rows the manifest
        says there are

    Raises
    ------
    PackageRefused
        When one is no Parquet, has other columns, types or rows, is larger than `limits` allow,
        or ended the process that read it. It names the first such table.
    """
    names = list(files)
    ended, output = _read_apart(files, limits)
    told = list(_frames(output))
    if ended or len(told) != len(names):
        _refuse(WHY.get(ended, UNREADABLE), names[min(len(told), len(names) - 1)])
    return {name: _plain(one, name, files[name][1]) for name, one in zip(names, told, strict=True)}


def _read_apart(files: Mapping[str, tuple[bytes, int]], limits: Limits) -> tuple[int, bytes]:
    """Return how the reader ended, and what it told until then."""
    tables = [
        {"columns": columns_of(name), "size": len(content), "rows": rows}
        for name, (content, rows) in files.items()
    ]
    asked = json.dumps({"limits": asdict(limits), "tables": tables}).encode() + b"\n"
    done = subprocess.run(
        [sys.executable, "-I", str(READER)],
        input=b"".join([asked, *(content for content, _ in files.values())]),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode, done.stdout


def _frames(output: bytes) -> Iterator[memoryview]:
    """Yield what was told of each table; a table that was not told to its end is left out."""
    rest = memoryview(output)
    while len(rest) >= LENGTH:
        size = int.from_bytes(rest[:LENGTH], "big")
        if len(rest) < LENGTH + size:
            return
        yield rest[LENGTH : LENGTH + size]
        rest = rest[LENGTH + size :]


def _plain(told: memoryview, name: str, rows: int) -> pa.Table:
    """Return a table that the reader made; even of it only what a release's table may be."""
    try:
        with pa.ipc.open_stream(pa.py_buffer(told)) as stream:
            table = stream.read_all()
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError):
        _refuse(UNREADABLE, name)
    if table.schema != schema_of(name) or table.num_rows != rows:
        _refuse(UNREADABLE, name)
    return table


def _refuse(key: str, table: str) -> NoReturn:
    raise PackageRefused(Fault(key, {"table": table}))
