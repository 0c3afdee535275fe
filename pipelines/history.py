"""The releases that stay: what they are, and going back to one."""

from pathlib import Path
from typing import Any

import duckdb

from pipelines.pointing import point_to, withdraw
from tilannehuone.errors import Fault, ReleaseMissing
from tilannehuone.release import age, current_release, published_releases, withdrawn
from tilannehuone.served import is_whole
from tilannehuone.store_vintages import SUMMARY


def summary(path: Path) -> dict[str, Any]:
    """Return what a release is, in one flat record.

    Raises
    ------
    ReleaseMissing
        When the file is no release.
    """
    try:
        with duckdb.connect(str(path), read_only=True) as reader:
            found = reader.execute(SUMMARY)
            names = [one[0] for one in found.description or ()]
            return dict(zip(names, found.fetchone() or (), strict=True))
    except duckdb.Error:
        raise ReleaseMissing(Fault("not_a_release", file=str(path))) from None


def listed(releases: Path) -> list[dict[str, Any]]:
    """Return every release of a folder, oldest first, with whether it is current, whole or not.

    Of one that is not whole only its name is known. `withdrawn` tells of those gone back from.
    """
    try:
        current = current_release(releases)
    except ReleaseMissing:
        current = None
    gone_back, rows = withdrawn(releases), []
    for one in published_releases(releases):
        whole = is_whole(one)
        told = summary(one) if whole else {"release_id": one.stem}
        state = {"whole": whole, "withdrawn": one.name in gone_back}
        rows.append({"current": one == current} | told | state)
    return rows


def named_release(releases: Path, name: str) -> Path:
    """Return the release file of a stamp or file name."""
    path = releases / (name if name.endswith(".duckdb") else f"{name}.duckdb")
    if path not in published_releases(releases):
        raise ReleaseMissing(Fault("unknown_release", {"name": name}))
    return path


def rollback(releases: Path, name: str | None = None) -> Path:
    """Make the release before the current one (or the named one) current, and return it.

    A pointer that names nothing counts as after the newest release, so that a rollback mends it.
    """
    if name is not None:
        chosen = named_release(releases, name)
    else:
        every = published_releases(releases)
        try:
            now = age(current_release(releases))
            older = [one for one in every if age(one) < now]
        except ReleaseMissing:
            older = every
        older = [one for one in older if is_whole(one)]
        if not older:
            raise ReleaseMissing(Fault("nothing_older", file=str(releases)))
        chosen = older[-1]
    if not is_whole(chosen):
        raise ReleaseMissing(Fault("not_a_release", file=str(chosen)))
    newer = {one.name for one in published_releases(releases) if age(one) > age(chosen)}
    withdraw(releases, (newer | withdrawn(releases)) - {chosen.name})
    point_to(releases, chosen.name)
    return chosen
