"""The areas of a network room: each region's own under codes that tell whose they are.

A code is `<region>-<own code>`. The same area in the packages of two regions stays two areas: each
tells what its own region counted, and where their names repeat, the region is told with them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tilannehuone.network.package import Package
from tilannehuone.texts import LANGUAGES, text

NETWORK = "network"
"""Code and type of the area that all regions stand under; it has no figures of its own."""

NAME = "own_name"
"""Of an area's row in `owned`: its Finnish name in its own region, by which it is recognised."""

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Places:
    """The rows of `areas` and `region_areas`, in the order in which areas are offered.

    `home` is the area that pages open with: that which stands for the first region, since the
    network has no figures of its own to open with.
    """

    areas: tuple[Row, ...]
    owned: tuple[Row, ...]
    home: str

    def codes_of(self, region: str) -> list[str]:
        """Return the codes of a region's areas in the room."""
        return [str(one["area_code"]) for one in self.owned if one["region"] == region]


def room_code(region: str, own_code: str) -> str:
    """Return the code of a region's area in the room.

    >>> room_code("oulu", "564")
    'oulu-564'
    """
    return f"{region}-{own_code}"


def places(packages: Sequence[Package], faces: Mapping[str, str]) -> Places:
    """Return the areas of all packages, the regions in the order of their names.

    `faces` holds for each region the own code of the area that stands for it: that one is put
    right under the network, beside the parents it has, so that the network's overview shows one
    column a region. Other areas keep their parents and validity; roots stay roots.
    """
    ordered = sorted(packages, key=lambda one: (one.manifest.name["fi"], one.manifest.region))
    repeated = _repeated(packages)
    called = {f"name_{lang}": text("network.area_name", lang) for lang in LANGUAGES}
    whole: Row = {"area_code": NETWORK, "area_type": NETWORK, "parent_code": None, **called}
    areas: list[Row] = [whole | {"valid_from": None, "valid_to": None}]
    owned: list[Row] = []
    for package in ordered:
        region = package.manifest.region
        rows = package.tables["areas"].to_pylist()
        own_names = {str(row["area_code"]): row["name_fi"] for row in rows}
        owned += [
            {"area_code": room_code(region, own), "region": region, "own_code": own, NAME: name}
            for own, name in own_names.items()
        ]
        for row in _rows(package, repeated):
            areas += _placed(row, region, str(row["area_code"]) == faces[region])
    first = ordered[0].manifest.region
    return Places(tuple(_once(areas)), tuple(owned), room_code(first, faces[first]))


def face_of(package: Package, home: str | None) -> str:
    """Return the area that stands for a region: the one its own room opens with.

    Where none is declared, the first of its areas that has figures; else the first.
    """
    codes = package.tables["areas"].column("area_code").to_pylist()
    if home in codes:
        return str(home)
    counted = set(pc.unique(package.tables["cells"].column("area_code")).to_pylist())
    return str(next((one for one in codes if one in counted), codes[0]))


def _rows(package: Package, repeated: set[str]) -> Iterator[Row]:
    """Yield the rows of a region's areas; a name that another region has too tells whose it is."""
    region = package.manifest.name
    for row in package.tables["areas"].to_pylist():
        if any(_key(row, lang) in repeated for lang in LANGUAGES):
            named = {f"name_{lang}": told(row[f"name_{lang}"], region[lang]) for lang in LANGUAGES}
            row |= named
        yield row


def told(name: object, region: str) -> str:
    """Return a name with the region it is told apart by.

    A comma, since a short word in brackets is read as the area's short name.

    >>> told("Keskusta", "Oulu")
    'Keskusta, Oulu'
    """
    return f"{name}, {region}"


def _repeated(packages: Sequence[Package]) -> set[str]:
    """Return the names, by language, that areas of several regions have."""
    regions: dict[str, set[str]] = defaultdict(set)
    for package in packages:
        for row in package.tables["areas"].to_pylist():
            for lang in LANGUAGES:
                regions[_key(row, lang)].add(package.manifest.region)
    return {name for name, whose in regions.items() if len(whose) > 1}


def _key(row: Row, lang: str) -> str:
    return f"{lang}:{str(row[f'name_{lang}']).casefold()}"


def _placed(row: Row, region: str, is_face: bool) -> list[Row]:
    """Return a row under its code of the room; a region's face stands under the network too."""
    parent = row["parent_code"]
    here = row | {
        "area_code": room_code(region, str(row["area_code"])),
        "parent_code": room_code(region, str(parent)) if parent else None,
    }
    if not is_face:
        return [here]
    under = here | {"parent_code": NETWORK}
    return [under] if not parent else [here, under | {"valid_from": None, "valid_to": None}]


def _once(rows: list[Row]) -> list[Row]:
    """Return the rows without repeats: a face on several rows is put under the network once."""
    return [dict(one) for one in dict.fromkeys(tuple(row.items()) for row in rows)]


def table(rows: Sequence[Row], names: Sequence[str]) -> pa.Table:
    """Return rows as a table of these columns, all text unless the values say otherwise."""
    return pa.table({name: [row.get(name) for row in rows] for name in names})
