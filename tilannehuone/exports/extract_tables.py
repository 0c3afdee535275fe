"""The tables of an extract as bytes: CSV for everybody, Parquet for those who compute.

Equal rows make equal bytes. A number that is absent is an empty field; nothing else is empty.
"""

import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

ISO_TIME = "%Y-%m-%dT%H:%M:%SZ"


def csv_bytes(table: pa.Table) -> bytes:
    r"""Return a table as CSV: UTF-8, commas, quoted words, decimal points, times in UTC.

    >>> import pyarrow as pa
    >>> csv_bytes(pa.table({"area_code": ["a,b", "c"], "value": [0.1, None]}))
    b'"area_code","value"\n"a,b",0.1\n"c",\n'
    """
    sink = io.BytesIO()
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    pyarrow.csv.write_csv(_times_as_text(table), sink, options)
    return sink.getvalue()


def parquet_bytes(table: pa.Table) -> bytes:
    """Return a table as Parquet; a number that is absent takes no place in it."""
    sink = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(None), sink, compression="zstd")
    return sink.getvalue()


def _times_as_text(table: pa.Table) -> pa.Table:
    for at, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            whole = table.column(at).cast(pa.timestamp("s"))
            table = table.set_column(at, field.name, pc.strftime(whole, format=ISO_TIME))
    return table
