"""Four small regions as releases, packages and a network room: made by hand, analysed for real.

* oulu, turku: the same definitions; area codes and some names are the same; turku was built
  earlier and lacks the newest quarter
* vaasa: counts visits of some kinds only, and tells calls in another unit
* kemi: has no visits
"""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pipelines.analyse import analyse_cells
from pipelines.packing import pack
from tilannehuone.network.keys import public_text
from tilannehuone.network.package import Package
from tilannehuone.registry import Registry
from tilannehuone.release import TABLES

TEXTS = {one: one for one in ("fi", "sv", "en")}
TOWNS = {
    "oulu": ("Keskusta", "Ranta", "Salo"),
    "turku": ("Keskusta", "Satama", "Linna"),
    "vaasa": ("Keskusta", "Ranta", "Palosaari"),
    "kemi": ("Ajos", "Karihaara", "Syväkangas"),
}
BUILT = {region: datetime(2025, 2, 10 - n, 6, 0) for n, region in enumerate(TOWNS)}
YEARS = range(2019, 2025)
QUARTERS = [date(year, month, 1) for year in range(2022, 2025) for month in (1, 4, 7, 10)]


def registry(region: str) -> Registry:
    """Return what a region declares."""
    base = {"name": TEXTS, "definition": TEXTS, "question": TEXTS, "levels": ["town", "county"],
            "owner": "o", "register": "r", "direction": "down"}  # fmt: skip
    where = {"where": "kind = 'home'"} if region == "vaasa" else {}
    visits = base | {
        "id": "visits_rate", "kind": "rate", "scale": 1000, "unit": TEXTS, "cadence": "years",
        "period": "year", "numerator": {"from": "visits", "count": "rows"} | where,
        "denominator": {"from": "people", "sum": "people"},
        "breaks": [{"date": "2021-01-01", "text": TEXTS}] if region == "turku" else [],
    }  # fmt: skip
    unit = dict.fromkeys(TEXTS, "puhelua") if region == "vaasa" else TEXTS
    part = {"from": "calls", "count": "rows"}
    calls = base | {"id": "calls", "kind": "count", "unit": unit, "cadence": "quarter",
                    "period": "quarter", "numerator": part}  # fmt: skip
    about = {"name": {one: region.capitalize() for one in TEXTS}, "synthetic": region == "oulu"}
    measures = [calls] if region == "kemi" else [visits, calls]
    return Registry.model_validate({"instance": about | {"home_area": "C"}, "indicators": measures})


def cells(region: str) -> pd.DataFrame:
    """Return a region's protected cells: two of its towns are hidden in its first year."""
    names, seed = [one.id for one in registry(region).indicators], 7 * len(region)
    quarters = QUARTERS[:-1] if region == "turku" else QUARTERS
    rows = [_visits(area, start, seed) for start in YEARS for area in ("C", "t1", "t2", "t3")]
    rows += [_calls(area, start, seed) for start in quarters for area in ("C", "t1", "t2", "t3")]
    found = pd.DataFrame(rows).assign(breakdown="all", category="all", lower95=None, upper95=None)
    return found[found["indicator_id"].isin(names)]


def release(folder: Path, region: str) -> Path:
    """Write a region's release into `folder` and return it."""
    declared, built = registry(region), BUILT[region]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{built:%Y%m%dT%H%M%SZ}.duckdb"
    with duckdb.connect(str(path)) as file:
        for name, columns in TABLES.items():
            file.execute(f"create table {name} ({columns})")
        file.register("rows", cells(region))
        file.execute("insert into cells by name select * from rows")
        file.execute("""insert into plan select distinct indicator_id, area_code, period_type,
            breakdown, category, year(period_start), true, null from cells""")
        types = {"C": "county", "t1": "town", "t2": "town", "t3": "town"}
        analyse_cells(file, declared, area_types=types)
        names = dict(zip(types, (region.capitalize(), *TOWNS[region]), strict=True))
        for code, kind in types.items():
            parent = None if kind == "county" else "C"
            row = [code, kind, parent, *[names[code]] * 3, None, None]
            file.execute("insert into areas values (?, ?, ?, ?, ?, ?, ?, ?)", row)
            file.execute("insert into shapes values (?, 'M0 0L9 0L9 9Z', 'maker')", [code])
        for at, one in enumerate(declared.indicators):
            told = json.dumps(one.model_dump(mode="json", by_alias=True))
            row = [one.id, at, *["name"] * 3, one.kind, one.cadence, one.period, one.direction,
                   told, hashlib.sha256(told.encode()).hexdigest()[:16]]  # fmt: skip
            file.execute("insert into indicators values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        file.execute("insert into checks values ('calls', 'c.csv', 'rows', 'info', true, null, 0,"
                     " 'a', 'b', 'c')")  # fmt: skip
        file.execute("insert into events values ('2023-01-01', null, 'break', 'uusi', 'ny', 'new',"
                     " '[\"calls\"]', '[]')")  # fmt: skip
        sources = [{"source": "calls", "file": "c.csv", "rows_read": 200, "rows_loaded": 200,
                    "rows_quarantined": 0, "totals_dropped": 0, "rows_other": 0,
                    "state": "loaded", "title": None}]  # fmt: skip
        about = declared.instance.model_dump(mode="json")
        protected = {"method": "m", "version": 1, "k": {"calls": 5}, "tau": 0.1, "hidden": 4,
                     "proven": True}  # fmt: skip
        row = [path.stem, built, json.dumps(about), "duckdb", "0.1.0", "0" * 64,
               json.dumps(protected), json.dumps(sources)]  # fmt: skip
        file.execute("insert into release values (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return path


def room(folder: Path, regions: tuple[str, ...] = tuple(TOWNS)) -> dict[str, Package]:
    """Write a network room of the regions' packages; return these."""
    return {region: send(folder, region) for region in regions}


def send(folder: Path, region: str) -> Package:
    """Put a region's package among those of a room, with its key among the trusted ones."""
    key = Ed25519PrivateKey.generate()
    made = release(folder.parent / f"of_{region}", region)
    package = pack(made, folder / "data" / "packages" / region / f"{made.stem}.zip", key,
                   region=region)  # fmt: skip
    trusted = folder / "data" / "trusted"
    trusted.mkdir(exist_ok=True)
    (trusted / f"{region}.pub").write_text(public_text(key.public_key()))
    return package


def _visits(area: str, year: int, seed: int) -> dict[str, object]:
    towns = {"t1": 120 + seed, "t2": 60 + 3 * (year % 4), "t3": 40 + seed}
    people = {"t1": 3000, "t2": 1500, "t3": 1200}
    number = sum(towns.values()) if area == "C" else towns[area]
    whole = sum(people.values()) if area == "C" else people[area]
    key = {"indicator_id": "visits_rate", "area_code": area, "period_type": "year"}
    key["period_start"] = date(year, 1, 1)
    if year == YEARS[0] and area in ("t2", "t3"):
        return key | dict.fromkeys(("numerator", "denominator", "value")) | {"status": "c"}
    value = 1000 * number / whole
    return key | {"numerator": number, "denominator": whole, "value": value, "status": "ok"}


def _calls(area: str, start: date, seed: int) -> dict[str, object]:
    towns = {"t1": 30 + start.month + seed, "t2": 20 + start.year % 5, "t3": 15 + start.month}
    number = float(sum(towns.values()) if area == "C" else towns[area])
    key = {"indicator_id": "calls", "area_code": area, "period_type": "quarter"}
    key["period_start"] = start
    return key | {"numerator": number, "denominator": None, "value": number, "status": "ok"}
