"""Releases of two overlapping regions, and of each whatever readers may get: made by chance.

The land and its south count one set of events: the towns of the south are areas of both, under
the same codes, and one of them is small. Each publishes release after release with late rows,
another k, another definition and a new month.
"""

import random
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb

from bench.screens_serving import ROOT
from pipelines.run import build
from pipelines.sealing import earlier_than
from tilannehuone.opened import open_release
from tilannehuone.periods import period_end
from tilannehuone.release import CELL_KEYS
from tilannehuone.sealed import Choice

SOUTH = ("Suvela", "Salola")
AS_OF, NEXT = date(2025, 2, 10), date(2025, 3, 10)
LATE, NEW = 14, 160
KEPT = 9
"""Releases that a region keeps: all of these."""


@dataclass(frozen=True)
class Region:
    """A region and its releases, the oldest first."""

    name: str
    releases: tuple[Path, ...]


def overlapping(folder: Path, seed: int) -> tuple[Region, ...]:
    """Build the successive releases of the land and of its south."""
    return tuple(
        Region(name, tuple(_published(folder / name, towns, seed)))
        for name, towns in (("maa", ()), ("etela", SOUTH))
    )


def given(folder: Path) -> tuple[Region, ...]:
    """Return the kept releases of an instance as those of one region."""
    return (Region("instance", tuple(sorted((folder / "data/releases").glob("*.duckdb")))),)


def _published(folder: Path, towns: Sequence[str], seed: int) -> list[Path]:
    """Return the releases of one region, each after something has changed."""
    made = _small_instance()
    made.make_instance(folder, seed)
    _keep(folder, towns)
    chance, late = random.Random(seed), [1 + n % 12 for n in range(LATE)]
    found = [build(folder, as_of=AS_OF).publication.path]
    _deliver(folder, towns, [f"{chance.randint(1, 28)}.{one}.2024" for one in late], chance)
    found.append(build(folder, as_of=AS_OF).publication.path)
    made.protect_visits(folder, "k_min: 8")
    found.append(build(folder, as_of=AS_OF).publication.path)
    _redefine(folder)
    found.append(build(folder, as_of=AS_OF).publication.path)
    _deliver(folder, towns, [f"{chance.randint(1, 31)}.1.2025" for _ in range(NEW)], chance)
    found.append(build(folder, as_of=NEXT).publication.path)
    return found


def _small_instance() -> Any:
    """Return the module of the tests that makes a small instance."""
    sys.path.insert(0, str(ROOT / "tests" / "unit"))
    try:
        return import_module("small_instance")
    finally:
        sys.path.pop(0)


def _keep(folder: Path, towns: Sequence[str]) -> None:
    """Keep all releases, and of rows and areas those of some towns."""
    registry = folder / "indicators.yaml"
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("keep_releases: 3", f"keep_releases: {KEPT}"), "utf-8")
    if not towns:
        return
    for file, column in (("visits.csv", 3), ("people.csv", 1)):
        path = folder / "data/extracts" / file
        head, *rows = path.read_text(encoding="cp1252").splitlines()
        kept = [one for one in rows if one.split(";")[column] in towns]
        path.write_text("\n".join([head, *kept]) + "\n", encoding="cp1252")
    areas = folder / "data/areas.csv"
    lines = [one.replace(",county,FI,", ",county,,") for one in areas.read_text().splitlines()]
    areas.write_text("\n".join(one for one in lines if one[:2] in ("ar", "S,", "s1", "s2")) + "\n")
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("levels: [town, county, country]", "levels: [town, county]"))


def _deliver(
    folder: Path, towns: Sequence[str], days: Sequence[str], chance: random.Random
) -> None:
    """Add visits of some days, in all towns; those of others than `towns` are another's to tell."""
    rows, weights = [], [4, 3, 2, 1]
    for day in days:
        town = chance.choices(list(_small_instance().TOWNS), weights)[0]
        rows.append((f"{day};p{chance.randint(1, 900)};käynti;{town}", town))
    path = folder / "data/extracts/visits.csv"
    with path.open("a", encoding="cp1252", newline="") as file:
        file.writelines(f"{row}\r\n" for row, town in rows if not towns or town in towns)


def _redefine(folder: Path) -> None:
    registry = folder / "indicators.yaml"
    text = registry.read_text(encoding="utf-8")
    one = "numerator: {from: visits, distinct: client}"
    where = "numerator: {from: visits, distinct: client, where: \"town <> 'Salola'\"}"
    registry.write_text(text.replace(one, where), encoding="utf-8")


def random_choice(release: Path, chance: random.Random) -> Choice:
    """Return some measures, areas, grains, splits and years of a release."""
    with open_release(release) as opened:
        cells = opened.cells(period_type="*", breakdown="*")
    years = sorted({one.year for one in cells["period_start"]})
    first, last = sorted((chance.choice(years), chance.choice(years)))

    def some(column: str) -> tuple[str, ...]:
        every = sorted(set(cells[column]) - {"all"})
        count = chance.randint(1, max(len(every), 1))
        return tuple(sorted(chance.sample(every, min(count, len(every)))))

    return Choice(
        measures=some("indicator_id") if chance.random() < 0.6 else (),
        areas=some("area_code") if chance.random() < 0.6 else (),
        breakdowns=some("breakdown") if chance.random() < 0.3 else (),
        periods=some("period_type") if chance.random() < 0.4 else (),
        first=date(first, 1, 1) if chance.random() < 0.5 else None,
        last=period_end("year", date(last, 1, 1)) if chance.random() < 0.5 else None,
    )


def earlier_among(release: Path, known: Sequence[Path]) -> list[Path]:
    """Return the earlier releases of a region that readers of a union may have."""
    older = {one.name for one in earlier_than(release)}
    return [one for one in known if one.name in older]


def as_releases(extract: Path, release: Path, folder: Path) -> list[tuple[str, Path]]:
    """Return an extract as a stranger reads it: release files of what it shows, by release id.

    The first holds its cells; then one for each earlier release that its vintages tell of. Areas
    and measures are those of the whole release: a stranger knows them.
    """
    told = [(release.stem, extract / "cells.parquet", "true")]
    vintages = extract / "vintages.parquet"
    with duckdb.connect(":memory:") as reader:
        ids = reader.execute("select distinct release_id from read_parquet(?)", [str(vintages)])
        told += [(one, vintages, f"release_id = '{one}'") for (one,) in sorted(ids.fetchall())]
    found = []
    for number, (name, file, which) in enumerate(told):
        path = folder / f"{name}-{extract.name}{number}.duckdb"
        shutil.copy(release, path)
        keys = ", ".join(CELL_KEYS)
        with duckdb.connect(str(path)) as made:
            made.execute("create temp table shown as from cells limit 0")
            made.execute(
                f"""insert into shown by name select {keys}, value, numerator, denominator, status
                    from read_parquet(?) where {which}""",  # noqa: S608
                [str(file)],
            )
            made.execute("delete from cells")
            made.execute("insert into cells from shown")
            for table in ("points", "findings", "forecasts", "comparisons", "standardised"):
                made.execute(f"delete from {table}")  # noqa: S608
            made.execute(PARTS_ALONE)
        found.append((name, path))
    return found


PARTS_ALONE = """update areas set parent_code = null where (parent_code, area_type) in (
    with recursive up as (
        select area_code, area_type, nullif(parent_code, '') as above, 1 as steps from areas
        union
        select u.area_code, u.area_type, nullif(a.parent_code, ''), u.steps + 1
        from up u join areas a on a.area_code = u.above where u.steps < 20
    )
    select above, area_type from up where area_code not in (select area_code from cells))"""
"""A stranger knows that areas of which nothing is told are missing from the sum of their parent."""
