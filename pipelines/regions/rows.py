"""The tables of several packages as one: codes that tell whose an area is, and nothing else new.

Findings, limits, forecasts and standardised rates are carried over as they were made and audited
in their own region; no number is computed here.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
from duckdb import DuckDBPyConnection

from pipelines.regions.areas import Places, room_code
from pipelines.regions.measures import Key, Measure, Own, own_breaks
from tilannehuone.network.package import Package
from tilannehuone.release import TABLES
from tilannehuone.texts import LANGUAGES

OF_MEASURES = (
    *("cells", "plan", "points", "findings", "forecasts", "comparisons", "standardised"),
)

CARRY = """insert into {table} by name
    select p.* replace ($region || '-' || p.area_code as area_code,
        coalesce(r.room_id, p.indicator_id) as indicator_id)
    from packed p left join renamed r on r.own_id = p.indicator_id"""

CARRY_SOURCES = """insert into {table} by name
    select p.* replace ($region || '-' || p.source as source) from packed p"""


def create_tables(working: DuckDBPyConnection) -> None:
    """Create every table of a release, empty."""
    for name, columns in TABLES.items():
        working.execute(f"create or replace table {name} ({columns})")


def carry(working: DuckDBPyConnection, package: Package, ids: Mapping[Key, str]) -> None:
    """Add what a package tells of measures, sources and checks."""
    region = package.manifest.region
    named = {own: here for (whose, own), here in ids.items() if whose == region}
    working.register("renamed", pa.table({"own_id": list(named), "room_id": list(named.values())}))
    for name in OF_MEASURES:
        rows = package.tables[name]
        if name == "findings":
            rows = _findings(rows, region, named)
        _insert(working, CARRY.format(table=name), rows, region)
    for name in ("checks", "quarantine_summary"):
        _insert(working, CARRY_SOURCES.format(table=name), package.tables[name], region)
    working.unregister("renamed")


def owns_of(packages: Sequence[Package]) -> list[Own]:
    """Return the measures of all packages, each region's in its own order."""
    found = []
    for package in packages:
        region = package.manifest.region
        systems = _systems(package)
        rows = package.tables["indicators"].to_pylist()
        for one in sorted(rows, key=lambda row: row["position"] or 0):
            name = one["indicator_id"]
            definition = json.loads(one["definition"])
            digest = str(one["definitions_hash"])
            found.append(Own(region, name, definition, digest, systems.get(name, "[]")))
    return found


def add_measures(working: DuckDBPyConnection, measures: Sequence[Measure]) -> None:
    """Fill `indicators` with what is printed, and `region_indicators` with what each declares."""
    for position, measure in enumerate(measures):
        one = measure.definition
        names = [one["name"][lang] for lang in LANGUAGES]
        known = [one[name] for name in ("kind", "cadence", "period", "direction")]
        told = json.dumps(one, ensure_ascii=False)
        row = [measure.id, position, *names, *known, told, measure.digest]
        _add(working, "indicators", [row])
        _add(
            working,
            "region_indicators",
            [[own.region, measure.id, _told(own), own.digest, own.systems] for own in measure.owns],
        )


def add_areas(working: DuckDBPyConnection, places: Places) -> None:
    """Fill `areas` and `region_areas`."""
    for name, rows in {"areas": places.areas, "region_areas": places.owned}.items():
        columns = [one.split()[0] for one in TABLES[name].split(",")]
        _add(working, name, [[row.get(column) for column in columns] for row in rows])


def add_events(
    working: DuckDBPyConnection,
    packages: Iterable[Package],
    measures: Sequence[Measure],
    ids: Mapping[Key, str],
    places: Places,
) -> None:
    """Fill `events`: each concerns areas of its own region only.

    A break that only some regions declare of a measure is an event of theirs.
    """
    rows = []
    for package in packages:
        region = package.manifest.region
        for event in package.tables["events"].to_pylist():
            named = [room_code(region, one) for one in json.loads(event["areas"] or "[]")]
            about = json.loads(event["indicators"] or "[]")
            event["areas"] = json.dumps(named or places.codes_of(region))
            event["indicators"] = json.dumps([ids.get((region, one), one) for one in about])
            rows.append(list(event.values()))
    for region, measure, one in own_breaks(measures):
        told = [one["text"][lang] for lang in LANGUAGES]
        about = [json.dumps([measure]), json.dumps(places.codes_of(region))]
        rows.append([one["date"], None, "break", *told, *about])
    _add(working, "events", rows)


def _findings(rows: pa.Table, region: str, named: Mapping[str, str]) -> pa.Table:
    """Return findings whose JSON names the area and the measure as the room does."""
    told = []
    for text in rows.column("finding").to_pylist():
        one = json.loads(text)
        one["area_code"] = room_code(region, one["area_code"])
        one["indicator_id"] = named.get(one["indicator_id"], one["indicator_id"])
        told.append(json.dumps(one, ensure_ascii=False))
    place = rows.column_names.index("finding")
    return rows.set_column(place, "finding", pa.array(told, pa.string()))


def _told(own: Own) -> str:
    return json.dumps(own.definition, ensure_ascii=False)


def _systems(package: Package) -> dict[str, str]:
    """Return the systems of each measure as a package tells them; none where it does not."""
    table = package.tables.get("region_indicators")
    rows = table.to_pylist() if table is not None else []
    return {row["indicator_id"]: row["systems"] or "[]" for row in rows}


def _insert(working: DuckDBPyConnection, query: str, rows: pa.Table, region: str) -> None:
    working.register("packed", rows)
    working.execute(query, {"region": region})
    working.unregister("packed")


def _add(working: DuckDBPyConnection, name: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        working.executemany(f"insert into {name} values ({places})", rows)  # noqa: S608


def add_rows(working: DuckDBPyConnection, name: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Add rows to a table by the names of its columns; what a row does not name is null."""
    columns = working.table(name).columns
    _add(working, name, [[row.get(column) for column in columns] for row in rows])
