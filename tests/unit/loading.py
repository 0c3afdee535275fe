"""A tiny instance around a declaration and some files, for the tests of the loader."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipelines.load import load
from tilannehuone.sources import Source

REAL = Path(__file__).parents[3] / "shared" / "data"


@dataclass(frozen=True)
class TinyInstance:
    sources: dict[str, Source]
    areas: pd.DataFrame
    extracts: Path
    work: Path


def make_areas(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Rows: code, type, Finnish name, [Swedish name, valid from, valid to]."""
    found = []
    for row in rows:
        code, kind, name, swedish, start, end = (*row, *(None,) * (6 - len(row)))
        found.append(
            {
                "area_code": code,
                "area_type": kind,
                "parent_code": None,
                "name_fi": name,
                "name_sv": swedish or name,
                "name_en": name,
                "valid_from": start,
                "valid_to": end,
            }
        )
    return pd.DataFrame(found).astype({"valid_from": object, "valid_to": object})


AREAS = make_areas(
    ("564", "municipality", "Oulu", "Uleåborg"),
    ("091", "municipality", "Helsinki", "Helsingfors"),
    ("kaakkuri", "district", "Kaakkuri"),
    ("tuira", "district", "Tuira"),
)

AGGREGATE = {
    "files": "*.*",
    "shape": "aggregate",
    "absent_rows": "missing",
    "area": {"column": "alue"},
    "period": {"column": "jakso"},
    "columns": {
        "alue": {"type": "category"},
        "jakso": {"type": "text"},
        "lkm": {"header": ["Lukumäärä", "Määrä"], "type": "integer"},
    },
}

EVENTS = {
    "files": "*.*",
    "shape": "events",
    "absent_rows": "zero",
    "area": {"column": "alue"},
    "date": "pvm",
    "columns": {
        "alue": {"type": "category"},
        "pvm": {"type": "date"},
        "asiakas": {"type": "person", "optional": True},
        "palvelu": {"type": "category", "optional": True},
        "kesto": {"type": "integer", "optional": True},
    },
}


def tiny(folder: Path, declared: dict[str, Any], areas: pd.DataFrame = AREAS) -> TinyInstance:
    source = Source.model_validate(declared)
    return TinyInstance({"lahde": source}, areas, folder, folder.parent / "work")


def loaded(
    folder: Path, declared: dict[str, Any], areas: pd.DataFrame = AREAS
) -> duckdb.DuckDBPyConnection:
    working = duckdb.connect()
    load(working, tiny(folder, declared, areas))
    return working


def load_text(
    tmp_path: Path,
    content: str | bytes,
    declared: dict[str, Any] = AGGREGATE,
    name: str = "a.csv",
    areas: pd.DataFrame = AREAS,
) -> duckdb.DuckDBPyConnection:
    folder = tmp_path / "extracts"
    folder.mkdir(exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    return loaded(folder, declared, areas)


def rows(working: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return working.execute(sql).fetchall()


def fault(working: duckdb.DuckDBPyConnection) -> str | None:
    """The fault of the only file, in English, or None when it was loaded."""
    return rows(working, "select message_en from files")[0][0]


def counts(working: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Rows read, loaded, quarantined, totals, other; they must balance."""
    found = rows(
        working,
        "select sum(rows_read), sum(rows_loaded), sum(rows_quarantined), sum(totals_dropped),"
        " sum(rows_other) from files",
    )[0]
    assert found[0] == sum(found[1:])
    assert rows(working, "select count(*) from raw_lahde")[0][0] == found[1]
    return tuple(int(one) for one in found)
