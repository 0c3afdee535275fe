"""Whose each area is: its region in a network room; elsewhere all areas are one organisation's."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tilannehuone.registry import Indicator
from tilannehuone.texts import LANGUAGES
from tilannehuone.ui import cached, regions

OWN = ""
"""The region of every area where there are no regions."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region by what readers see of it: name and contact, a role, by language."""

    name: Mapping[str, str]
    contact: Mapping[str, str]
    listed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Member:
    """An area, whose it is, and whether it may be named as having turned a curve."""

    region: str
    area_code: str
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Declared:
    """A measure as the region of an area defines it."""

    definition: Mapping[str, Any]
    hash: str
    systems: tuple[str, ...]


UNDECLARED = Declared({}, "", ())


@lru_cache(maxsize=8)
def known_regions(release: Path) -> Mapping[str, Region]:
    """Return the regions of a network room by their keys; none elsewhere."""
    found = {
        str(one["region"]): Region(
            {lang: _told(one[f"name_{lang}"]) or str(one["region"]) for lang in LANGUAGES},
            {lang: _told(one[f"contact_{lang}"]) for lang in LANGUAGES},
            frozenset(json.loads(_told(one["listed"]) or "[]")),
        )
        for one in cached.records(regions.regions(release))
    }
    return MappingProxyType(found)


def member(release: Path, area_code: str) -> Member:
    """Return whose an area is. What one organisation shows itself needs nobody's consent."""
    owned = _areas(release)
    if area_code not in owned:
        return Member(OWN, area_code, is_listed=not known_regions(release))
    region, own_code = owned[area_code]
    known = known_regions(release).get(region)
    return Member(region, area_code, is_listed=known is not None and own_code in known.listed)


def region_name(release: Path, region: str, lang: str) -> str:
    """Return the name of a region; empty where there are none."""
    known = known_regions(release).get(region)
    return known.name[lang] if known else ""


def declared(release: Path, region: str, indicator: Indicator) -> Declared:
    """Return how a region defines a measure; in one organisation all define it alike."""
    if region != OWN:
        return _declared(release, indicator.id).get(region, UNDECLARED)
    return _own(release, indicator.id)


@lru_cache(maxsize=400)
def _own(release: Path, indicator_id: str) -> Declared:
    whole = cached.indicators(release)[indicator_id].model_dump(mode="json", by_alias=True)
    return Declared(whole, "own", (OWN,))


@lru_cache(maxsize=8)
def _areas(release: Path) -> Mapping[str, tuple[str, str]]:
    found = cached.records(regions.region_areas(release))
    return {str(one["area_code"]): (str(one["region"]), str(one["own_code"])) for one in found}


@lru_cache(maxsize=400)
def _declared(release: Path, indicator_id: str) -> Mapping[str, Declared]:
    """Return a measure as each region that has it defines it, by the region's key."""
    return {
        str(one["region"]): Declared(
            json.loads(_told(one["definition"]) or "{}"),
            _told(one["definitions_hash"]),
            tuple(sorted(json.loads(_told(one["systems"]) or "[]"))),
        )
        for one in cached.records(regions.region_definitions(release, indicator_id))
    }


def _told(words: object) -> str:
    """Return a text of the release; empty for NULL."""
    return words if isinstance(words, str) else ""
