"""How extracts are written: the many hands of municipal reporting, and one plain style."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Literal

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

Day = Literal["d.m.yyyy", "dd.mm.yyyy", "yyyy-mm-dd"]
DAYS: dict[str, str] = {
    "d.m.yyyy": "{0.day}.{0.month}.{0.year}",
    "dd.mm.yyyy": "{0:%d.%m.%Y}",
    "yyyy-mm-dd": "{0:%Y-%m-%d}",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of extract looks as a text file."""

    encoding: str = "utf-8"
    delimiter: str = ";"
    newline: str = "\n"
    titles: tuple[str, ...] = ()  # lines above the header
    day: Day = "d.m.yyyy"
    grouped: tuple[str, ...] = ()  # columns whose thousands are set apart
    group_sign: str = "\u00a0"
    quoted: bool = False
    suffix: str = ".csv"


PLAIN = Layout(day="yyyy-mm-dd")
PIECE = 100_000
"""Rows turned into bytes at a time: a large month must not stand in memory as text."""


def written(table: pa.Table, layout: Layout) -> pa.Table:
    """Return the table with every value as the text that the layout writes; missing is empty."""
    columns = []
    for name in table.column_names:
        column = table[name].combine_chunks()
        text = _text(column, layout, name in layout.grouped)
        columns.append(pc.fill_null(text, ""))
    return pa.table(dict(zip(table.column_names, columns, strict=True)))


def _text(column: pa.Array, layout: Layout, grouped: bool) -> pa.Array:
    if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
        return _each_once(column.cast(pa.date32()), DAYS[layout.day].format)
    if grouped:
        return _each_once(column, lambda n: f"{n:,}".replace(",", layout.group_sign))
    if pa.types.is_floating(column.type):
        return _each_once(column, lambda x: f"{x:.1f}".replace(".", ","))
    return column.cast(pa.string())


def _each_once(column: pa.Array, write: object) -> pa.Array:
    """Write each different value once: days and counts repeat."""
    coded = column.dictionary_encode()
    texts = pa.array([write(one) for one in coded.dictionary.to_pylist()], pa.string())  # type: ignore[operator]
    return texts.take(coded.indices)


def encoded(table: pa.Table, layout: Layout) -> bytes:
    """Return the rows of a table of texts as bytes of a delimited file, without a header."""
    if layout.newline == "\n" and layout.encoding.startswith("utf-8"):
        return _rows(table, layout)
    text = _rows(table, layout).decode("utf-8").replace("\n", layout.newline)
    return text.encode(layout.encoding.removesuffix("-sig"))


def _rows(table: pa.Table, layout: Layout) -> bytes:
    buffer = BytesIO()
    style = "all_valid" if layout.quoted else "none"
    options = csv.WriteOptions(
        include_header=False, delimiter=layout.delimiter, quoting_style=style, batch_size=65_536
    )
    csv.write_csv(table, buffer, options)
    return buffer.getvalue()


def opening(header: list[str], layout: Layout) -> bytes:
    """Return what stands above the rows: a byte-order mark, titles, the header."""
    quote = '"' if layout.quoted else ""
    lines = [*layout.titles, layout.delimiter.join(f"{quote}{one}{quote}" for one in header)]
    return "".join(line + layout.newline for line in lines).encode(layout.encoding)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing bytes; a name ending in .gz is compressed, the same each time."""
    with path.open("wb") as raw:
        if path.suffix != ".gz":
            yield raw
            return
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
            yield packed  # type: ignore[misc]


def write_parquet(path: Path, tables: Iterator[pa.Table]) -> int:
    """Write typed tables as one Parquet file, chunk by chunk; return the number of rows."""
    first = next(tables)
    rows = 0
    with parquet.ParquetWriter(path, first.schema, compression="zstd") as writer:
        for table in _after(first, tables):
            writer.write_table(table)
            rows += table.num_rows
    return rows


def write_text(path: Path, tables: Iterator[pa.Table], layout: Layout) -> int:
    """Write tables of texts as one delimited file, chunk by chunk; return the number of rows."""
    rows = 0
    with opened(path) as file:
        for n, table in enumerate(tables):
            if n == 0:
                file.write(opening(table.column_names, layout))
            for start in range(0, table.num_rows, PIECE):
                file.write(encoded(table.slice(start, PIECE), layout))
            rows += table.num_rows
    return rows


def _after(first: pa.Table, rest: Iterator[pa.Table]) -> Iterator[pa.Table]:
    yield first
    yield from rest


def typed(table: pa.Table) -> pa.Table:
    """Return the table with small types, as a Parquet extract has them."""
    columns = {
        name: table[name].cast(pa.int32()) if pa.types.is_int64(table[name].type) else table[name]
        for name in table.column_names
    }
    return pa.table(columns)
