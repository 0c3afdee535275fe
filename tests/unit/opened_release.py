"""A tiny analysed release for the Python interface, the vintages of it, and its extract."""

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.analyse import analyse_cells
from tilannehuone.periods import periods_between
from tilannehuone.registry import Registry
from tilannehuone.release import POINTER, TABLES

MEASURE, AREA = "visits_rate", "kaakkuri"
EXTRACTED = ("cells", "indicators", "areas", "events", "points", "findings", "release")
BUILT = datetime(2025, 2, 5, 6, 15)
NAMES = {"fi": "Käynnit", "sv": "Besök", "en": "Visits"}
PEOPLE = 1000.0


def measure(name, **more):
    part = {"from": "visits", "count": "rows"}
    return {
        "id": name, "name": NAMES, "definition": NAMES, "question": NAMES, "unit": NAMES,
        "kind": "rate", "scale": 1000, "numerator": part,
        "denominator": {"from": "people", "sum": "people"}, "cadence": "month", "period": "month",
        "direction": "down", "levels": ["district"], "owner": "o", "register": "r",
    } | more  # fmt: skip


def registry():
    ages = [{"column": "age", "name": NAMES}]
    own = [measure(MEASURE, breakdowns=ages), measure("sliding_rate", rolling=3)]
    return Registry.model_validate(
        {"instance": {"name": {"fi": "Koe", "sv": "Prov", "en": "Trial"}}, "indicators": own}
    )


def rows():
    """Yield the cells: two areas, two years by month and year, one split, two hidden months."""
    for area in (AREA, "tuira"):
        for category in ("all", "0-12", "13-17"):
            for grain in ("month", "year"):
                for n, start in enumerate(periods_between(grain, *SPAN)):
                    yield cell(MEASURE, area, grain, start, category, 20.0 + n % 5)
        for n, start in enumerate(periods_between("month", *SPAN)):
            yield cell("sliding_rate", area, "rolling3", start, "all", 60.0 + n % 3)


SPAN = (date(2023, 1, 1), date(2024, 12, 1))


def cell(indicator, area, grain, start, category, count):
    key = {
        "indicator_id": indicator, "area_code": area, "period_type": grain, "period_start": start,
        "breakdown": "all" if category == "all" else "age", "category": category,
    }  # fmt: skip
    is_hidden = area == AREA and grain == "month" and start.month == 7
    numbers = (count, PEOPLE, count, count - 1, count + 1)
    names = ("numerator", "denominator", "value", "lower95", "upper95")
    told = dict.fromkeys(names) if is_hidden else dict(zip(names, numbers, strict=True))
    return key | told | {"status": "c" if is_hidden else "ok"}


def write_release(releases, built=BUILT):
    """Write a release into a folder, and the pointer to it; return its file."""
    releases.mkdir(parents=True, exist_ok=True)
    declared, path = registry(), releases / f"{built:%Y%m%dT%H%M%SZ}.duckdb"
    with duckdb.connect(str(path)) as release:
        for name, columns in TABLES.items():
            release.execute(f"create table {name} ({columns})")
        insert(release, "cells", pd.DataFrame(rows()))
        analyse_cells(release, declared, [], area_types={AREA: "district", "tuira": "district"})
        for code, name in ((AREA, "Kaakkuri"), ("tuira", "Tuira")):
            release.execute(
                "insert into areas values (?, 'district', null, ?, ?, ?, null, null)",
                [code, name, name, name],
            )
        for n, one in enumerate(declared.indicators):
            told = json.dumps(one.model_dump(mode="json", by_alias=True))
            named = [one.id, n, *NAMES.values(), one.kind, one.cadence, one.period, one.direction]
            release.execute(
                "insert into indicators values (?,?,?,?,?,?,?,?,?,?,?)", [*named, told, "hash"]
            )
        release.execute(
            "insert into events values ('2023-06-05', null, 'practice', 'a', 'b', 'c', ?, '[]')",
            [json.dumps([MEASURE])],
        )
        about = json.dumps({"name": declared.instance.name.model_dump(), "synthetic": True})
        release.execute(
            "insert into release values (?, ?, ?, 'duckdb', '0.1.0', 'hash', '{}', '[]')",
            [path.stem, built, about],
        )
    (releases / POINTER).write_text(path.name + "\n", encoding="utf-8")
    return path


def write_instance(folder):
    """Write an instance's folder with one release; return the folder."""
    write_release(folder / "data" / "releases")
    return folder


def later(file, built, *statements):
    """Write the release that came after one, changed by statements; return its file."""
    path = file.with_name(f"{built:%Y%m%dT%H%M%SZ}.duckdb")
    shutil.copyfile(file, path)
    with duckdb.connect(str(path)) as release:
        release.execute("update release set release_id = ?, built_at = ?", [path.stem, built])
        for one in statements:
            release.execute(one)
    (file.parent / POINTER).write_text(path.name + "\n", encoding="utf-8")
    return path


def insert(release, table, frame):
    release.register("frame", frame)
    release.execute(f"insert into {table} by name select * from frame")
    release.unregister("frame")


def write_extract(file, folder: Path):
    """Write the tables of a release as a sealed extract holds them; return its folder."""
    folder.mkdir()
    (folder / "datapackage.json").write_text('{"name": "sealed"}', encoding="utf-8")
    # a copy: a file that is open and locked down is not opened in another way beside that
    copy = shutil.copyfile(file, folder / "copy.duckdb")
    with duckdb.connect(str(copy), read_only=True) as release:
        for one in EXTRACTED:
            release.execute(f"copy {one} to '{folder}/{one}.parquet' (format parquet)")
    copy.unlink()
    return folder
