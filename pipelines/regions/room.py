"""The folder of a network room: its packages, the keys it trusts, and what it is called.

In:  data/packages/<region>/<release_id>.zip   data/trusted/<region>.pub   data/network.yaml
"""

from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.importing import PACKAGES, stored_packages
from tilannehuone.errors import Fault, PublishRefused, TilannehuoneError
from tilannehuone.instance import Placed
from tilannehuone.network.archive import read_package
from tilannehuone.network.keys import trusted_keys
from tilannehuone.network.package import Package
from tilannehuone.network_declared import read_network
from tilannehuone.texts import LANGUAGES, text


@dataclass(frozen=True)
class Room(Placed):
    """A network room on disk: a folder of packages, with no extracts and no measures of its own."""

    @property
    def areas_file(self) -> Path:
        """The list of areas that `access.yaml` names its areas from; written by each build."""
        return self.folder / "data" / "areas.csv"

    def names(self) -> dict[str, str]:
        """Return what the room is called by language, as declared or as usual."""
        declared = read_network(self.folder).name
        if declared is not None:
            return declared.model_dump()
        return {lang: text("network.room_name", lang) for lang in LANGUAGES}


def is_room(folder: Path) -> bool:
    """Return whether a folder is a network room: it has packages, and no measures of its own."""
    return (folder / PACKAGES).is_dir() and not (folder / "indicators.yaml").exists()


def newest_packages(room: Room) -> tuple[Package, ...]:
    """Return the newest package of each region, the most recently built first.

    Raises
    ------
    PublishRefused
        When there is no package, or the newest one of a region does not verify any more (its key
        is not trusted now, or the file was changed). An older one is never taken in its place:
        what a region withdrew would come back.
    """
    files = [paths[-1] for paths in stored_packages(room.folder).values()]
    if not files:
        raise PublishRefused(Fault("room_empty", file=str(room.folder / PACKAGES)))
    trusted, faults, packages = trusted_keys(room.folder), [], []
    for file in files:
        try:
            packages.append(read_package(file, trusted))
        except TilannehuoneError as error:
            faults += [_placed(one, file) for one in error.faults[:1]]
    if faults:
        raise PublishRefused(faults)
    return newest_first(packages)


def newest_first(packages: list[Package]) -> tuple[Package, ...]:
    """Return packages by when they were built; those of one moment by their region."""
    by_region = sorted(packages, key=lambda one: one.manifest.region)
    return tuple(sorted(by_region, key=lambda one: one.manifest.built_at, reverse=True))


def _placed(fault: Fault, file: Path) -> Fault:
    return fault if fault.file else replace(fault, file=str(file))
