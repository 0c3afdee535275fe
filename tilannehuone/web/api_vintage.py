"""Which release is asked, by whom, and what of it they may read.

Every read goes through a release that is narrowed to the reader's areas, and through a connection
of its own: another release may be read here while the pages go on with the current one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from tilannehuone import store, store_scope
from tilannehuone.access import Person
from tilannehuone.errors import AccessDenied, Fault
from tilannehuone.instance import served_folder
from tilannehuone.opened import Release
from tilannehuone.release import age, published_releases
from tilannehuone.served import served_release
from tilannehuone.web.api_asked import Asked
from tilannehuone.web.api_problem import Refused

STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Vintage:
    """A release as one reader may see it: `seen` is its path narrowed to their areas."""

    file: Path
    reader: Person

    @property
    def id(self) -> str:
        """The release's id, which is its file's name."""
        return self.file.stem

    @property
    def built_at(self) -> datetime:
        """When it was built, in UTC, as its name tells."""
        return built_at(self.file)

    @property
    def seen(self) -> Path:
        """Return the path narrowed to what the reader may see."""
        return store_scope.narrowed(self.file, self.reader.readable)

    @property
    def scope(self) -> str:
        """What tells apart readers who may see different things."""
        areas = self.reader.readable
        return "all" if areas is None else "\n".join(sorted(areas))


@dataclass(frozen=True, slots=True)
class Opened:
    """A release that is open for one answer: `read` gives frames of the reader's areas only."""

    vintage: Vintage
    release: Release

    def read(self, sql: str, **named: str) -> pd.DataFrame:
        """Return the answer of one of the store's constants."""
        return store_scope.fetch_as_seen(self.release.connection, self.vintage.seen, sql, **named)

    def names(self, sql: str, column: str) -> list[Any]:
        """Return a column of one of the store's constants as a list."""
        return list(self.read(sql)[column])


def releases_folder() -> Path:
    """Return the folder of the releases of the instance served."""
    return served_folder() / "data" / "releases"


def built_at(file: Path) -> datetime:
    """Return when a release was built, in UTC.

    >>> built_at(Path("20261122T153000Z-2.duckdb")).isoformat()
    '2026-11-22T15:30:00+00:00'
    """
    return datetime.strptime(file.stem.partition("-")[0], STAMP).replace(tzinfo=UTC)


def vintage_of(asked: Asked, reader: Person) -> Vintage:
    """Return the release that is asked for.

    Raises
    ------
    Refused
        404 where no release that is kept is the one asked for.
    ReleaseMissing
        There is no current release, and no other was asked for.
    """
    if asked.release is None and asked.known_at is None:
        return Vintage(served_release(releases_folder()).release, reader)
    found = kept(asked)
    if not found:
        raise Refused("unknown_release", 404)
    return Vintage(found[-1], reader)


def kept(asked: Asked) -> list[Path]:
    """Return the releases that are kept and asked for, the oldest first."""
    found = [
        one
        for one in published_releases(releases_folder())
        if asked.release in (None, one.stem) and _is_known(one, asked.known_at)
    ]
    return sorted(found, key=age)


def named(release_id: str, reader: Person) -> Vintage:
    """Return the release of an id; raise Refused (404) where there is none."""
    found = [one for one in published_releases(releases_folder()) if one.stem == release_id]
    if not found:
        raise Refused("unknown_release", 404)
    return Vintage(found[0], reader)


def before(vintage: Vintage) -> Vintage:
    """Return the release before one; raise Refused (404) where there is none."""
    older = [one for one in published_releases(releases_folder()) if age(one) < age(vintage.file)]
    if not older:
        raise Refused("nothing_older", 404)
    return Vintage(max(older, key=age), vintage.reader)


@contextmanager
def opened(vintage: Vintage) -> Iterator[Opened]:
    """Open a release for as long as it is read.

    Raises
    ------
    AccessDenied
        The reader may open none of its areas.
    ReleaseMissing
        It cannot be read.
    """
    with store.open_release(vintage.file) as connection:
        found = Opened(vintage, Release(vintage.seen, connection))
        mine = vintage.reader.open_areas
        if mine is not None and mine.isdisjoint(found.names(store.AREAS, "area_code")):
            raise AccessDenied(Fault("access_nobody"))
        yield found


def _is_known(file: Path, day: date | None) -> bool:
    return day is None or built_at(file).date() <= day
