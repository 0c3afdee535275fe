"""A network room: an instance folder built from packages alone.

In:  data/packages/<region>/*.zip   data/trusted/*.pub   data/network.yaml
Out: data/releases/<stamp>.duckdb   and the pointer CURRENT   data/areas.csv

packages → merged tables → publish (written apart, verified, audited, named current last)
"""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import duckdb
from pydantic import ValidationError

from pipelines.publish import (
    ORDERS,
    Home,
    Publication,
    publish_filled,
    remove_unfinished,
    write_in_order,
)
from pipelines.regions.areas import NETWORK, Places, face_of, places
from pipelines.regions.compared import compare_regions
from pipelines.regions.facts import region_rows, release_row, said_by
from pipelines.regions.measures import Key, Measure, union
from pipelines.regions.outlines import add_shapes
from pipelines.regions.room import Room, is_room, newest_packages
from pipelines.regions.rows import (
    add_areas,
    add_events,
    add_measures,
    add_rows,
    carry,
    create_tables,
    owns_of,
)
from pipelines.working import one_build
from tilannehuone.access_declared import access_faults
from tilannehuone.areas import COLUMNS
from tilannehuone.errors import Fault, PublishRefused, TilannehuoneError
from tilannehuone.network.package import Package
from tilannehuone.registry import Indicator
from tilannehuone.release import TABLES
from tilannehuone.texts import LANGUAGES, text

__all__ = ["build_room", "is_room", "merge", "publish_room", "room_faults"]

KEEP = 6
"""Releases of the room that are kept."""

Told = Callable[[str], object]


def _silent(_step: str) -> None:
    """Tell nobody."""


def build_room(folder: Path, progress: Told = _silent) -> Publication:
    """Build and publish a release of the network room in `folder` from its newest packages.

    Raises
    ------
    PublishRefused
        When there is no package, one does not verify any more, another build runs, or the merged
        release is refused by the verifier or the auditor. The last release then stays current.
    """
    room = Room(folder)
    with one_build(room.work):
        remove_unfinished(room.releases)
        progress("load")
        packages = newest_packages(room)
        return publish_room(room, packages, progress=progress)


def publish_room(
    room: Room,
    packages: Sequence[Package],
    moment: datetime | None = None,
    progress: Told = _silent,
) -> Publication:
    """Publish verified packages, the most recently built first, as a release of a room."""
    names = room.names()
    with duckdb.connect(":memory:") as working:
        progress("analyse")
        measures, ids, whole = merge(working, packages)
        progress("publish")

        def fill(cursor: duckdb.DuckDBPyConnection, stamp: str, built: datetime) -> None:
            _write_all(cursor)
            row = release_row(packages, measures, ids, names, whole.home, stamp, built)
            cursor.execute("insert into candidate.release values (?, ?, ?, ?, ?, ?, ?, ?)", row)

        publication = publish_filled(working, Home(room.releases, room.work, KEEP), fill, moment)
    _write_areas(room, whole)
    return publication


def merge(
    working: duckdb.DuckDBPyConnection, packages: Sequence[Package]
) -> tuple[tuple[Measure, ...], dict[Key, str], Places]:
    """Fill the tables of a release, `release` itself apart; return its measures and areas.

    Raises
    ------
    PublishRefused
        When a region's definition is not one this version of the program understands.
    """
    names = {one.manifest.region: one.manifest.name for one in packages}
    measures, ids, apart = union(owns_of(packages), names)
    indicators = {one.id: _understood(one) for one in measures}
    faces = {
        one.manifest.region: face_of(one, (said_by(one, "instance") or {}).get("home_area"))
        for one in packages
    }
    whole = places(packages, faces)
    create_tables(working)
    for package in packages:
        carry(working, package, ids)
    add_measures(working, measures)
    add_areas(working, whole)
    add_rows(working, "regions", region_rows(packages))
    add_events(working, packages, measures, ids, whole)
    dropped = add_shapes(working, packages, whole)
    compare_regions(working, measures, indicators, whole)
    add_rows(working, "checks", [*_told_apart(apart, ids), *_told_shapes(dropped)])
    return measures, ids, whole


def room_faults(folder: Path) -> list[Fault]:
    """Return what a build of the room would refuse before merging, and faults of its access."""
    room = Room(folder)
    try:
        newest_packages(room)
        room.names()
    except TilannehuoneError as error:
        return list(error.faults)
    return access_faults(folder) if room.areas_file.is_file() else []


def _understood(measure: Measure) -> Indicator:
    try:
        return Indicator.model_validate(measure.definition)
    except ValidationError:
        told = {"region": measure.owns[0].region, "measure": measure.id}
        raise PublishRefused(Fault("room_definition", told)) from None


def _told_apart(apart: dict[Key, tuple[str, ...]], ids: dict[Key, str]) -> list[dict[str, object]]:
    """Return a check for each measure that stands by itself: why, and under which id."""
    return [
        _check("measure_apart", "room_apart", region=region, measure=own, id=ids[region, own],
               parts=", ".join(parts))
        for (region, own), parts in apart.items()
    ]  # fmt: skip


def _told_shapes(types: Sequence[str]) -> list[dict[str, object]]:
    return [_check("outlines", "room_outlines", type=one) for one in types]


def _check(expectation: str, key: str, **values: str) -> dict[str, object]:
    told = {f"message_{lang}": text(f"network.{key}", lang, **values) for lang in LANGUAGES}
    about = {"source": NETWORK, "expectation": f"{expectation}: {'/'.join(values.values())}"}
    return {**about, "severity": "info", "success": False, **told}


def _write_all(cursor: duckdb.DuckDBPyConnection) -> None:
    """Put every table into the candidate; `release` is empty here."""
    write_in_order(cursor)
    for name in TABLES:
        if name not in ORDERS:
            cursor.execute(f"insert into candidate.{name} by name from {name}")  # noqa: S608


def _write_areas(room: Room, whole: Places) -> None:
    """Write the list of areas, so that `access.yaml` can name them as in any instance."""
    fresh = room.areas_file.with_suffix(".new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(whole.areas)
    fresh.replace(room.areas_file)
