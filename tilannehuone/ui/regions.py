"""The regions of a network room, kept per release file; of any other release there are none."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from tilannehuone import store, store_regions
from tilannehuone.registry import Indicator, Target
from tilannehuone.ui import cached

REGION_COLUMNS = (
    *("region", "name_fi", "name_sv", "name_en", "release_id", "built_at", "package_id"),
    *("contact_fi", "contact_sv", "contact_en", "listed"),
)
AREA_COLUMNS = ("area_code", "region", "own_code")
DEFINITION_COLUMNS = ("region", "indicator_id", "definition", "definitions_hash", "systems")
SOURCE_COLUMNS = ("region", "indicator_id", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Fed:
    """The sources that a measure is counted from: of its numerators, and of its denominators."""

    numerators: frozenset[str]
    denominators: frozenset[str]


def regions(release: Path) -> pd.DataFrame:
    """Return the regions of a network room, a row each; no row of any other release.

    Columns: region, name_fi/sv/en, release_id, built_at, package_id, contact_fi/sv/en, listed
    (a JSON list of own area codes).
    """
    return _read(release, "regions", store_regions.REGIONS, REGION_COLUMNS)


def region_areas(release: Path) -> pd.DataFrame:
    """Return whose each area of a network room is: area_code, region, own_code."""
    return _read(release, "region_areas", store_regions.REGION_AREAS, AREA_COLUMNS)


def region_definitions(release: Path, indicator_id: str) -> pd.DataFrame:
    """Return a measure as each region that has it defines it, a row a region.

    Columns: region, indicator_id, definition (JSON), definitions_hash, systems (a JSON list).
    """
    sql, columns = store_regions.REGION_DEFINITIONS, DEFINITION_COLUMNS
    return _read(release, "region_indicators", sql, columns, indicator_id=indicator_id)


def is_room(release: Path) -> bool:
    """Return whether a release is that of a network room."""
    return not regions(release).empty


def region_of(release: Path, area_code: str) -> str | None:
    """Return the region that an area of a network room belongs to; None where there is none."""
    return _regions_of(release).get(area_code)


def fed(release: Path, one: Indicator) -> Fed:
    """Return the sources of a measure: in a network room those of every region that has it."""
    own = _fed_in_room(release).get(one.id)
    parts = (frozenset({one.numerator.source}), _one_source(one))
    return own or Fed(*parts)


def fed_here(release: Path, one: Indicator, area_code: str) -> frozenset[str]:
    """Return the sources that the figures of one area come from: in a room, its region's."""
    found, region = fed(release, one), region_of(release, area_code)
    every = found.numerators | found.denominators
    return every if region is None else frozenset(s for s in every if _region(s) == region)


def freshness(release: Path, source: str) -> pd.DataFrame:
    """Return the newest period of each measure where `source` brings it: in its region."""
    if not is_room(release):
        return cached.read(release, store.FRESHNESS)
    return cached.read(release, store_regions.REGION_FRESHNESS, region=_region(source))


def aimed(release: Path, one: Indicator, area_code: str) -> Indicator:
    """Return a measure with what is aimed at in one area: in a room, its own region's targets.

    Printed for all regions are only those that all of them share.
    """
    region = region_of(release, area_code)
    own = None if region is None else _targets(release, one.id).get(region)
    return one if own is None or own == one.targets else one.model_copy(update={"targets": own})


def aimed_apart(release: Path, one: Indicator) -> list[tuple[str, Target]]:
    """Return what single regions aim at with a measure, beside what all of them share."""
    return [
        (region, each)
        for region, own in _targets(release, one.id).items()
        for each in own
        if each not in one.targets
    ]


@lru_cache(maxsize=cached.MOST_SCOPES)
def _regions_of(release: Path) -> dict[str, str]:
    areas = region_areas(release)
    return dict(zip(areas["area_code"], areas["region"].astype(str), strict=True))


def _region(source: str) -> str:
    """Return the region that a source of a network room is named after."""
    return source.partition("-")[0]


def _one_source(one: Indicator) -> frozenset[str]:
    return frozenset() if one.denominator is None else frozenset({one.denominator.source})


@lru_cache(maxsize=cached.MOST_SCOPES)
def _fed_in_room(release: Path) -> dict[str, Fed]:
    found = _read(release, "region_indicators", store_regions.REGION_SOURCES, SOURCE_COLUMNS)
    return {
        str(name): Fed(_named(some, "numerator"), _named(some, "denominator"))
        for name, some in found.groupby("indicator_id")
    }


@lru_cache(maxsize=400)
def _targets(release: Path, indicator_id: str) -> dict[str, tuple[Target, ...]]:
    told = cached.records(region_definitions(release, indicator_id))
    declared = {str(one["region"]): json.loads(one["definition"]) for one in told}
    return {
        region: tuple(Target.model_validate(each) for each in one.get("targets") or ())
        for region, one in declared.items()
    }


def _named(some: pd.DataFrame, part: str) -> frozenset[str]:
    """Return sources under the names they have in the room."""
    told = some[some[part].notna()]
    return frozenset(f"{a}-{b}" for a, b in zip(told["region"], told[part], strict=True))


def _read(
    release: Path, table: str, sql: str, columns: tuple[str, ...], **named: str
) -> pd.DataFrame:
    if not store.has_table(cached.connection(release), table):
        return pd.DataFrame(columns=pd.Index(columns))
    return cached.read(release, sql, **named)
