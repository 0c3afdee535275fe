"""Sotkanet's answers in JSON (a list of flat objects) into the table `staged`.

Methods: the service's open interface 1.1 (THL): `json` gives {indicator, region, year, gender,
value, absValue}, and `regions` says what its own numbers of regions mean.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.extracts.cubes import as_written, found_layout
from pipelines.extracts.delimited import Inspect
from pipelines.extracts.delivery import hold_inside
from pipelines.extracts.json_text import Number, read_json
from pipelines.extracts.staged import Kind, Staged, put_staged
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.sources import Source

REGION = "region"
ADDED = ("region_code", "region_category", "region_fi", "region_sv", "region_en")
"""Columns that the list of regions adds to every row that names a region."""

MOST_ROWS, MOST_KEYS = 1_000_000, 100

Places = Mapping[str, tuple[str | None, ...]]


def stage_records(
    connection: duckdb.DuckDBPyConnection,
    document: Any,
    source: Source,
    places: Places | None,
    inspect: Inspect,
) -> Staged:
    """Fill `staged` with the objects of a list; a row's line is the object's place, from one.

    Every key makes a column, so that nothing escapes the guard against personal data.

    Raises
    ------
    ExtractRejected
        Not a list of flat objects, an empty one, a service's error message, or without the
        declared columns.
    """
    records = _records(document)
    names = list(dict.fromkeys(name for one in records for name in one))
    if len(records) > MOST_ROWS or len(names) > MOST_KEYS:
        raise ExtractRejected(Fault("load_records_large", {"most": MOST_ROWS, "keys": MOST_KEYS}))
    added = ADDED if places is not None else ()
    layout = found_layout([*names, *added], source, inspect)
    columns = [[as_written(one.get(name), source) for one in records] for name in names]
    if places is not None:
        nowhere = (None,) * len(ADDED)
        told = [places.get(one.get(REGION) or "", nowhere) for one in records]
        columns += [[one[at] for one in told] for at in range(len(ADDED))]
    put_staged(connection, [pa.array(one, pa.string()) for one in columns])
    kinds: list[Kind] = ["text"] * len(columns)
    return Staged(layout, kinds, len(records), len(records), 1)


def read_regions(extracts: Path, source: Source) -> Places | None:
    """Return code, category and names of every region by its number in the service.

    None where the source declares no list of regions.

    Raises
    ------
    ExtractRejected
        When the declared list is not there or is not one.
    """
    if source.regions is None:
        return None
    path = extracts / source.regions
    if not path.is_file():
        raise ExtractRejected(Fault("load_no_regions", {"regions": source.regions}))
    hold_inside(extracts, path)
    try:
        given = read_json(path)
    except ExtractRejected:
        given = None
    if not isinstance(given, list) or not given or not all(map(_is_region, given)):
        raise ExtractRejected(Fault("load_broken_regions", {"regions": source.regions}))
    return {str(one["id"]): _told(one) for one in given}


def _is_region(one: Any) -> bool:
    parts = ("id", "code", "category")
    return (
        isinstance(one, dict)
        and all(isinstance(one.get(part), str) for part in parts)
        and isinstance(one.get("title"), dict)
    )


def _told(one: Mapping[str, Any]) -> tuple[str | None, ...]:
    names = [one["title"].get(lang) for lang in ("fi", "sv", "en")]
    return (
        one["code"],
        one["category"],
        *(each if isinstance(each, str) else None for each in names),
    )


def _records(document: Any) -> Sequence[Mapping[str, str | None]]:
    if isinstance(document, dict) and "error" in document:
        raise ExtractRejected(Fault("load_service_error"))
    if not isinstance(document, list):
        raise ExtractRejected(Fault("load_not_records"))
    if not document:
        raise ExtractRejected(Fault("load_empty"))
    return [_record(one, at) for at, one in enumerate(document, start=1)]


def _record(one: Any, at: int) -> Mapping[str, str | None]:
    if not isinstance(one, dict):
        raise ExtractRejected(Fault("load_not_records", line=at))
    told = {name: _plain(value) for name, value in one.items()}
    if any(value is ... for value in told.values()):
        raise ExtractRejected(Fault("load_not_records", line=at))
    return told


def _plain(value: Any) -> Any:
    """Return a text, a number or None as it is, a truth value in words; else the ellipsis."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None or isinstance(value, str | Number) else ...
