"""Areas, their hierarchies and their validity (`data/areas.csv`).

An area may stand on several rows: under parents of several hierarchies at once, or under one
parent until a date and another from it.
"""

from datetime import date
from pathlib import Path

import pandas as pd

from tilannehuone.errors import Fault, RegistryError

COLUMNS = [
    "area_code",
    "area_type",
    "parent_code",
    "name_fi",
    "name_sv",
    "name_en",
    "valid_from",
    "valid_to",
]
REQUIRED = ["area_code", "area_type", "name_fi", "name_sv", "name_en"]
ALWAYS = (date(1, 1, 1), date(9999, 12, 31))


def read_areas(path: Path) -> pd.DataFrame:
    """Return areas.csv as text columns, with `valid_from` and `valid_to` as dates or None.

    Codes keep their leading zeros. An empty parent is None.

    Raises
    ------
    RegistryError
        Every fault of the file: a missing column, an empty code or name, an unknown parent, a
        date that is none, an area that is its own ancestor.
    """
    if not path.is_file():
        raise RegistryError(Fault("file_missing", file=str(path)))
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise RegistryError(Fault("areas_columns", {"columns": ", ".join(missing)}, str(path), 1))
    frame = frame[COLUMNS].apply(lambda column: column.str.strip())
    faults = _faults(frame, str(path))
    if faults:
        raise RegistryError(faults)
    for name in ("valid_from", "valid_to"):
        frame[name] = pd.Series([_day(one) for one in frame[name]], dtype="object")
    parents = frame["parent_code"].astype("object")
    return frame.assign(parent_code=parents.where(parents != "", None))


def paths(areas: pd.DataFrame) -> pd.DataFrame:
    """Return every area with itself and all its ancestors.

    Columns: area_code, ancestor_code, ancestor_type, valid_from, valid_to (dates, never None).
    A path is valid while every row on it is.
    """
    rows = areas.to_dict("records")
    by_code: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        by_code.setdefault(str(row["area_code"]), []).append(row)
    found: set[tuple[object, ...]] = set()
    for row in rows:
        span = (row["valid_from"] or ALWAYS[0], row["valid_to"] or ALWAYS[1])
        _climb(str(row["area_code"]), row, span, by_code, found)
    frame = pd.DataFrame(
        sorted(found, key=str),
        columns=["area_code", "ancestor_code", "ancestor_type", "valid_from", "valid_to"],
    )
    return _joined_spans(frame)


def types_in(areas: pd.DataFrame) -> set[str]:
    """Return the area types the file declares."""
    return set(areas["area_type"])


def _climb(
    area: str,
    row: dict[str, object],
    span: tuple[date, date],
    by_code: dict[str, list[dict[str, object]]],
    found: set[tuple[object, ...]],
) -> None:
    start = max(span[0], row["valid_from"] or ALWAYS[0])  # type: ignore[type-var]
    end = min(span[1], row["valid_to"] or ALWAYS[1])  # type: ignore[type-var]
    if start > end:  # type: ignore[operator]
        return
    found.add((area, row["area_code"], row["area_type"], start, end))
    for parent in by_code.get(str(row["parent_code"]), ()) if row["parent_code"] else ():
        _climb(area, parent, (start, end), by_code, found)  # type: ignore[arg-type]


def _joined_spans(frame: pd.DataFrame) -> pd.DataFrame:
    """Merge overlapping validities of one path, so that a join never doubles a row."""
    merged: list[tuple[object, ...]] = []
    keys = ["area_code", "ancestor_code", "ancestor_type"]
    for key, group in frame.groupby(keys, sort=False):
        spans = sorted(zip(group["valid_from"], group["valid_to"], strict=True))
        start, end = spans[0]
        for one_start, one_end in spans[1:]:
            if one_start <= end or (one_start - end).days <= 1:
                end = max(end, one_end)
            else:
                merged.append((*key, start, end))
                start, end = one_start, one_end
        merged.append((*key, start, end))
    return pd.DataFrame(merged, columns=[*keys, "valid_from", "valid_to"])


def _faults(frame: pd.DataFrame, file: str) -> list[Fault]:
    known = set(frame["area_code"])
    faults = []
    for line, row in enumerate(frame.to_dict("records"), start=2):
        empty = [name for name in REQUIRED if not row[name]]
        if empty:
            faults.append(Fault("areas_empty", {"columns": ", ".join(empty)}, file, line))
        if row["parent_code"] and row["parent_code"] not in known:
            faults.append(Fault("areas_parent", {"parent": row["parent_code"]}, file, line))
        for name in ("valid_from", "valid_to"):
            if row[name] and _day(row[name]) is None:
                faults.append(Fault("areas_date", {"column": name}, file, line))
    return faults or _cycles(frame, file)


def _cycles(frame: pd.DataFrame, file: str) -> list[Fault]:
    parents: dict[str, set[str]] = {}
    for code, parent in zip(frame["area_code"], frame["parent_code"], strict=True):
        parents.setdefault(code, set()).update({parent} - {""})
    faults = []
    for line, code in enumerate(frame["area_code"], start=2):
        above, todo = set(), set(parents[code])
        while todo:
            above |= todo
            todo = set().union(*(parents[one] for one in todo)) - above
        if code in above:
            faults.append(Fault("areas_cycle", {"area": code}, file, line))
    return faults


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
