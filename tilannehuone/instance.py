"""An instance: a folder of declarations and data, read once and then only handed on."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from tilannehuone.areas import read_areas
from tilannehuone.errors import Fault, RegistryError, TilannehuoneError
from tilannehuone.events import Event, read_events
from tilannehuone.outlines import FILE as OUTLINES
from tilannehuone.outlines import Outlines, read_outlines
from tilannehuone.registry import Registry, read_registry
from tilannehuone.rings import cross_faults
from tilannehuone.sources import Source, read_sources


@dataclass(frozen=True)
class Placed:
    """Where things lie in a folder that releases are built in, whatever they are built of."""

    folder: Path

    @property
    def releases(self) -> Path:
        """The folder of published releases and the pointer to the current one."""
        return self.folder / "data" / "releases"

    @property
    def work(self) -> Path:
        """The folder of the working database and the steward's lists; never served."""
        return self.folder / "data" / "work"


@dataclass(frozen=True)
class Instance(Placed):
    """The declarations of one instance and the places of its data."""

    registry: Registry
    sources: dict[str, Source]
    areas: pd.DataFrame
    events: tuple[Event, ...]

    @property
    def extracts(self) -> Path:
        """The folder of delivered files; the instance may point elsewhere."""
        return (self.folder / self.registry.instance.extracts).resolve()

    @cached_property
    def outlines(self) -> Outlines:
        """What the optional file of outlines holds, or why it cannot be used."""
        types = dict(zip(self.areas["area_code"], self.areas["area_type"], strict=True))
        return read_outlines(self.folder / "data" / OUTLINES, types)

    @cached_property
    def used_sources(self) -> set[str]:
        """Names of the sources that some measure counts from."""
        parts = [
            part for one in self.registry.indicators for part in (one.numerator, one.denominator)
        ]
        return {part.source for part in parts if part is not None}


def served_folder() -> Path:
    """Return the folder of the instance served: TILANNEHUONE_INSTANCE, else the current one."""
    return Path(os.environ.get("TILANNEHUONE_INSTANCE") or Path.cwd())


def open_instance(folder: Path) -> Instance:
    """Return the instance in `folder`, its declarations checked ring by ring.

    Raises
    ------
    RegistryError
        With the faults of every file at once: shape first, and when all four files have their
        shape, what does not hold between them.
    """
    files = {
        "registry": (read_registry, folder / "indicators.yaml"),
        "sources": (read_sources, folder / "data" / "sources.yaml"),
        "areas": (read_areas, folder / "data" / "areas.csv"),
        "events": (read_events, folder / "data" / "events.yaml"),
    }
    if not folder.is_dir():
        raise RegistryError(Fault("folder_missing", file=str(folder)))
    found: dict[str, object] = {}
    faults: list[Fault] = []
    for name, (read, path) in files.items():
        try:
            found[name] = read(path)
        except TilannehuoneError as error:
            faults += error.faults
    if faults:
        raise RegistryError(faults)
    instance = Instance(folder, **found)  # type: ignore[arg-type]
    faults = cross_faults(
        instance.registry, instance.sources, instance.areas, instance.events, folder
    )
    if faults:
        raise RegistryError(faults)
    return instance
