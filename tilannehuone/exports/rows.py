"""Rows of a release for other programs: as JSON, CSV and Parquet, with the release's own numbers.

Numbers are written so that they read back the same. Where there is none there is null (in CSV
nothing between the commas), and the row's status says why. CSV is RFC 4180 in UTF-8 with a decimal
point: that of the pages (`exports.csv`) is for spreadsheets in the reader's language.
"""

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tilannehuone.exports.csv import FORMULA_STARTS
from tilannehuone.release import TABLES

OURS = {
    **dict.fromkeys(("old_value", "new_value"), "double"),
    **dict.fromkeys(("current",), "boolean"),
    **dict.fromkeys(("decimals",), "integer"),
}
"""Columns that no table of a release has."""

KINDS: Mapping[str, str] = {
    **{
        column.strip('"'): kind
        for columns in TABLES.values()
        for column, kind in re.findall(r'("?\w+"?) (\w+)(?:,|$)', columns)
    },
    **OURS,
}
"""The type of every column by its name; what is not named is text."""

ARROW = {
    "double": pa.float64(),
    "integer": pa.int64(),
    "bigint": pa.int64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "boolean": pa.bool_(),
}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as JSON can hold them, None where there is nothing.

    Days are ISO dates, moments ISO with Z (a release tells them in UTC).

    >>> rows = pd.DataFrame({"value": [1.5, float("nan")], "status": ["ok", "c"]})
    >>> records(rows)
    [{'value': 1.5, 'status': 'ok'}, {'value': None, 'status': 'c'}]
    """
    names = [str(one) for one in frame.columns]
    columns = [[_told(one) for one in _values(frame[name], name)] for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def json_bytes(told: Mapping[str, Any]) -> bytes:
    """Return JSON in UTF-8; raise ValueError for a number that JSON has not."""
    return json.dumps(told, ensure_ascii=False, allow_nan=False).encode("utf-8")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    r"""Return the rows as CSV: a header, commas, decimal points, nothing where there is nothing.

    A text that a spreadsheet would run as a formula has a quote in front.

    >>> rows = pd.DataFrame({"category": ["=1", "b"], "value": [12.0, None], "status": ["ok", "c"]})
    >>> csv_bytes(rows).decode()
    "category,value,status\r\n'=1,12,ok\r\nb,,c\r\n"
    """
    names = [str(one) for one in frame.columns]
    columns = [[_cell(one) for one in _values(frame[name], name)] for name in names]
    file = io.StringIO(newline="")
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(names)
    rows.writerows(zip(*columns, strict=True))
    return file.getvalue().encode("utf-8")


def parquet_bytes(frame: pd.DataFrame, about: Mapping[str, Any]) -> bytes:
    """Return the rows as Parquet; every column has its type, `about` is kept as metadata.

    What is no text in `about` is kept as JSON. Columns without a value have their type as well.
    """
    names = [str(one) for one in frame.columns]
    arrays = [
        pa.array([_packed(one) for one in _values(frame[name], name)], _arrow(name))
        for name in names
    ]
    told = {key: one if isinstance(one, str) else json_bytes(one) for key, one in about.items()}
    file = io.BytesIO()
    pq.write_table(pa.table(arrays, names=names).replace_schema_metadata(told), file)
    return file.getvalue()


def _values(column: pd.Series, name: str) -> Iterable[Any]:
    kind = KINDS.get(name, "varchar")
    plain = [None if _is_missing(one) else one for one in column.tolist()]
    if kind in ("date", "timestamp"):
        return [_day(one, kind) for one in plain]
    if kind in ("integer", "bigint"):
        return [one if one is None else int(one) for one in plain]
    return plain


def _is_missing(value: Any) -> bool:
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    return isinstance(value, float) and not math.isfinite(value)


def _day(moment: Any, kind: str) -> date | None:
    if moment is None:
        return None
    told: datetime = pd.Timestamp(moment).to_pydatetime()
    return told if kind == "timestamp" else told.date()


def _told(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.replace(tzinfo=None).isoformat()}Z"
    return value.isoformat() if isinstance(value, date) else value


def _cell(value: Any) -> str:
    told = _told(value)
    if told is None:
        return ""
    if isinstance(told, bool):
        return str(told).lower()
    if isinstance(told, float):
        return repr(told).removesuffix(".0")
    text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not isinstance(told, int) else text


def _packed(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _arrow(name: str) -> pa.DataType:
    return ARROW.get(KINDS.get(name, "varchar"), pa.string())
