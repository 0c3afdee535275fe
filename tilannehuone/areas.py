"""Areas, their hierarchies and their validity (`data/areas.csv`).

An area may stand on several rows: under parents of several hierarchies at once, or under one
parent until a date and another from it.
"""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

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
LINE = re.compile(r"in line (\d+)")
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
    try:
        frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RegistryError(Fault("not_utf8", file=str(path), line=1)) from None
    except (ValueError, OverflowError) as error:  # pandas' own are ValueErrors
        line = LINE.search(str(error))
        where = int(line[1]) if line else 1
        raise RegistryError(Fault("areas_not_csv", file=str(path), line=where)) from None
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
    by_code: dict[str, list[_Link]] = {}
    columns = ["area_code", "area_type", "parent_code", "valid_from", "valid_to"]
    for code, kind, parent, start, end in areas[columns].itertuples(index=False):
        link = _Link(code, kind, parent, start or ALWAYS[0], end or ALWAYS[1])
        by_code.setdefault(code, []).append(link)
    found: set[tuple[str, str, str, date, date]] = set()
    for code, links in by_code.items():
        for link in links:
            _climb(code, link, ALWAYS, by_code, found)
    return _joined_spans(sorted(found))


class _Link(NamedTuple):
    code: str
    kind: str
    parent: str | None
    start: date
    end: date


def _climb(
    area: str,
    link: _Link,
    span: tuple[date, date],
    by_code: dict[str, list[_Link]],
    found: set[tuple[str, str, str, date, date]],
) -> None:
    start, end = max(span[0], link.start), min(span[1], link.end)
    if start > end:
        return
    found.add((area, link.code, link.kind, start, end))
    for parent in by_code.get(link.parent, []) if link.parent else []:
        _climb(area, parent, (start, end), by_code, found)


def _joined_spans(found: list[tuple[str, str, str, date, date]]) -> pd.DataFrame:
    """Merge touching validities of one path, so that a join never doubles a row."""
    merged: list[tuple[str, str, str, date, date]] = []
    for row in found:
        last = merged[-1] if merged else None
        if last is not None and last[:3] == row[:3] and row[3] - timedelta(days=1) <= last[4]:
            merged[-1] = (*row[:3], last[3], max(last[4], row[4]))
        else:
            merged.append(row)
    columns = ["area_code", "ancestor_code", "ancestor_type", "valid_from", "valid_to"]
    return pd.DataFrame(merged, columns=columns)


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
