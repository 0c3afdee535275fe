"""A twin as an instance of its own: declarations copied, extracts invented, ready to be built.

In:  an instance and one of its releases (its extent alone)
Out: a folder with the same indicators, areas and events, plain sources, and invented extracts
"""

import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from pipelines.twin.asked import Asked, asked_of
from pipelines.twin.drawn import Ground, rows_of
from pipelines.twin.nested import areas_above
from pipelines.twin.plain import declared
from pipelines.twin.told import Extent, extent_of
from tilannehuone.areas import ALWAYS
from tilannehuone.errors import Fault, PublishRefused
from tilannehuone.instance import Instance
from tilannehuone.texts import LANGUAGES, text

COPIED = ("data/areas.csv", "data/events.yaml", "data/areas.geojson")


def make_twin(instance: Instance, release: Path, folder: Path, seed: int = 1) -> date:
    """Write a twin of an instance to `folder` and return the day it is to be built on.

    On that day the same periods are closed as in the release.

    Raises
    ------
    PublishRefused
        The folder exists and is not empty: nothing is written over.
    """
    if folder.exists() and any(folder.iterdir()):
        raise PublishRefused(Fault("twin_folder_taken", file=str(folder)))
    extent, asked = extent_of(release), asked_of(instance)
    (folder / "data" / "extracts").mkdir(parents=True)
    for name in COPIED:
        if (instance.folder / name).is_file():
            shutil.copyfile(instance.folder / name, folder / name)
    _write_registry(instance, folder)
    sources: dict[str, Any] = {
        name: {"files": [f"{name}.csv"]} | declared(instance.sources[name], one)
        for name, one in asked.items()
    }
    with (folder / "data" / "sources.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"sources": sources}, file)
    write_rows(folder, drawn_rows(instance, release, seed))
    return extent.closed_on


def drawn_rows(
    instance: Instance, release: Path, seed: int, more: float = 1.0
) -> dict[str, pd.DataFrame]:
    """Return the rows of each source of a twin that has any; `more` times as many as usual."""
    extent, found = extent_of(release), {}
    for name, one in asked_of(instance).items():
        ground = _ground(instance, name, one, extent)
        if ground is not None:
            found[name] = rows_of(name, instance.sources[name], one, ground, seed, more)
    return found


def write_rows(folder: Path, rows: Mapping[str, pd.DataFrame]) -> None:
    """Write the extracts of a twin, in an order that tells nothing of how they were drawn."""
    for name, frame in rows.items():
        ordered = frame.sort_values(list(frame.columns), key=lambda one: one.astype("str"))
        path = folder / "data" / "extracts" / f"{name}.csv"
        ordered.to_csv(path, sep=";", index=False)


def _write_registry(instance: Instance, folder: Path) -> None:
    """Copy the measures as they are declared; of the instance itself, that it is a twin."""
    yaml = YAML()
    document = yaml.load((instance.folder / "indicators.yaml").read_text(encoding="utf-8"))
    about = document["instance"]
    name = instance.registry.instance.name
    about["name"] = {
        lang: text("twin.name", lang, name=name.in_language(lang)) for lang in LANGUAGES
    }
    about["notice"] = {lang: text("twin.notice", lang) for lang in LANGUAGES}
    about["synthetic"] = about["twin"] = True
    about["extracts"] = "data/extracts"
    with (folder / "indicators.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(document, file)


def _ground(instance: Instance, name: str, asked: Asked, extent: Extent) -> Ground | None:
    """Return where and when a source has rows; None where its measures have no cell at all."""
    users = [one for one in asked.indicators if one.id in extent.spans]
    if not users:
        return None
    counted = [one for one in users if one.numerator.source == name] or users
    areas = frozenset[str]().union(*(extent.areas.get(one.id, frozenset()) for one in counted))
    if instance.sources[name].area.roll_up:
        areas = _finest(instance, areas)
    first = min(extent.spans[one.id][0] for one in users)
    carried = max(one.denominator.carry_years if one.denominator else 0 for one in users)
    if name not in {one.numerator.source for one in users}:
        first -= timedelta(days=366 * carried)
    return Ground(
        _valid(instance, areas),
        first,
        max(extent.spans[one.id][1] for one in users),
        next((one.half_year_anchor for one in users if one.period == "half_year"), "jan"),
        extent.categories,
    )


def _finest(instance: Instance, areas: frozenset[str]) -> frozenset[str]:
    """Return those of some areas that have no other of them below, at any depth."""
    above = areas_above(instance.areas)
    return areas - frozenset[str]().union(*(above.get(one, frozenset()) for one in areas))


def _valid(instance: Instance, areas: frozenset[str]) -> tuple[tuple[str, date, date], ...]:
    """Return areas with the days between which they exist, in the order of their codes."""
    found: dict[str, tuple[date, date]] = {}
    columns = ["area_code", "valid_from", "valid_to"]
    for code, start, end in instance.areas[columns].itertuples(index=False):
        low, high = found.get(code, (ALWAYS[1], ALWAYS[0]))
        found[code] = (min(low, start or ALWAYS[0]), max(high, end or ALWAYS[1]))
    return tuple((code, *found[code]) for code in sorted(areas))
