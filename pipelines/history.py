"""The releases that stay: what they are, and going back to one."""

from pathlib import Path
from typing import Any

import duckdb

from pipelines.publish import point_to
from tilannehuone.errors import Fault, ReleaseMissing
from tilannehuone.release import current_release, published_releases
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
            older = [one for one in every if one < current_release(releases)]
        except ReleaseMissing:
            older = every
        if not older:
            raise ReleaseMissing(Fault("nothing_older", file=str(releases)))
        chosen = older[-1]
    summary(chosen)
    point_to(releases, chosen.name)
    return chosen
