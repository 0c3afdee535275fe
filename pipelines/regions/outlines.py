"""The outlines of several regions: drawn on one map only where they share its scale.

A path lies in a box of its area type, 1000 wide, and a release does not tell where in the world
that box lies. Outlines of one type from two regions would be drawn over each other.
"""

from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from pipelines.regions.areas import Places, Row
from tilannehuone.network.package import Package


def add_shapes(
    working: DuckDBPyConnection, packages: Iterable[Package], places: Places
) -> list[str]:
    """Fill `shapes` with outlines of types that one region alone delivers; return the other types.

    Areas of a type left out are shown as tiles, as areas without outlines are.
    """
    types: dict[object, object] = {one["area_code"]: one["area_type"] for one in places.areas}
    rows: list[tuple[str, Row]] = []
    for package in packages:
        region = package.manifest.region
        for one in package.tables["shapes"].to_pylist():
            rows.append((region, one | {"area_code": f"{region}-{one['area_code']}"}))
    regions: dict[object, set[str]] = {}
    for region, one in rows:
        regions.setdefault(types.get(one["area_code"]), set()).add(region)
    shared = {kind for kind, whose in regions.items() if len(whose) > 1}
    kept = [one for _, one in rows if types.get(one["area_code"]) not in shared]
    if kept:
        told = [(one["area_code"], one["path"], one["credit"]) for one in kept]
        working.executemany("insert into shapes values (?, ?, ?)", told)
    return sorted(str(kind) for kind in shared)
