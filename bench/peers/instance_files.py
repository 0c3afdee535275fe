"""What the peers read of the bench's instance, in plain Python: its files and its few areas."""

import csv
from pathlib import Path

EVENTS, PEOPLE = "lastensuojelu_tapahtumat_", "vaesto_"
NOTIFICATION, ASSESSMENT = "Lastensuojeluilmoitus", "Palvelutarpeen arviointi"
PERSONS = {
    "Lastensuojeluilmoitus": True,
    "Avohuollon asiakkuus": True,
    "Kiireellinen sijoitus": False,
    "Kodin ulkopuolinen sijoitus": False,
}
"""Kinds of event whose persons are counted, and whether by age too."""

LAST_AGES = {2: "0-2", 6: "3-6", 12: "7-12", 15: "13-15", 17: "16-17"}
"""The last year of age of each age group."""

CELL = (
    *("indicator_id", "area_code", "period_type", "period_start"),
    *("category", "numerator", "denominator"),
)


def files(folder: Path, name: str) -> list[Path]:
    """Return a source's files, all CSV or all Parquet."""
    return sorted((folder / "data/extracts").glob(f"{name}*.[cp]*"))


def areas(folder: Path) -> list[dict[str, str]]:
    """Return the rows of the instance's areas: one for each parent of an area."""
    with (folder / "data/areas.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def leaves(folder: Path) -> dict[str, str]:
    """Return the area that each name or code in an extract means."""
    found = {"Koillinen alue": "network_tampere"}
    for one in sorted(areas(folder), key=lambda one: one["area_code"], reverse=True):
        if one["area_type"] in {"district", "municipality", "network_region"}:
            found[one["name_fi"]] = one["area_code"]
        if one["area_type"] == "municipality":
            found[one["area_code"]] = one["area_code"]
    return found


def climb(folder: Path) -> list[tuple[str, str]]:
    """Return every area with itself and all the areas above it."""
    parents: dict[str, set[str]] = {}
    for one in areas(folder):
        parents.setdefault(one["area_code"], set()).add(one["parent_code"])
    pairs = {(code, code) for code in parents}
    fresh = pairs
    while fresh:
        fresh = {(leaf, up) for leaf, area in fresh for up in parents[area] if up} - pairs
        pairs = pairs | fresh
    return sorted(pairs)
