"""What was known when: the releases that stay, the one of a day, and how two of them differ.

The one account of a difference: the command `releases diff`, the interfaces and the news on the
overview all ask it. It shows nothing but what one of the two releases shows, and of a cell that
the newer one hides not even what the older one showed: who wants that opens the older release.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from tilannehuone import store, store_scope, store_vintages
from tilannehuone.errors import Fault, ReleaseMissing
from tilannehuone.opened import Release, open_release
from tilannehuone.opened_asking import Day, iso
from tilannehuone.opened_names import CannotOpen
from tilannehuone.opened_types import REVISION, typed
from tilannehuone.release import CELL_KEYS, POINTER, age, current_release, published_releases

CHANGES = (*("revised", "definition", "newly_hidden", "newly_shown", "status", "added", "removed"),)
"""What can have happened to a cell. `revised`: another value. `definition`: another value of a
measure that is defined anew. `newly_hidden`: had a value, is protected now; `newly_shown` the
other way. `status`: any other change of status, such as a late figure that came. `added` and
`removed`: there was, or is, no such cell."""

LEAST_CHANGE = 1e-9
"""As a share of the value: a smaller one comes of adding the same numbers in another order."""

DIFFERING = f"""
    select {", ".join(CELL_KEYS)},
        case when n.status = 'c' and not $backwards then null else o.value end as old_value,
        case when o.status = 'c' and $backwards then null else n.value end as new_value,
        o.status as old_status, n.status as new_status,
        case when o.status is null then 'added'
            when n.status is null then 'removed'
            when n.status = 'c' and o.value is not null then 'newly_hidden'
            when o.status = 'c' and n.value is not null then 'newly_shown'
            when abs(o.value - n.value) <= {LEAST_CHANGE} * greatest(abs(o.value), 1) then 'status'
            when o.value is null or n.value is null then 'status'
            when list_contains($redefined, indicator_id) then 'definition'
            else 'revised' end as change
    from earlier o full join later n using ({", ".join(CELL_KEYS)})
    where o.status is distinct from n.status
        or abs(o.value - n.value) > {LEAST_CHANGE} * greatest(abs(o.value), 1)
        or (o.value is null) <> (n.value is null)
    order by {", ".join(CELL_KEYS)}
"""  # noqa: S608

LISTED = ("release_id", "built_at", "current", "definitions_hash", "cells", "hidden")


@dataclass(frozen=True)
class Difference:
    """How a release differs from an earlier one: its cells, measures and areas.

    `cells` has the columns of `revisions`. `redefined` are the measures that both have, of
    another definition; the other four tell what came and what went.
    """

    cells: pd.DataFrame
    redefined: tuple[str, ...]
    new_measures: tuple[str, ...]
    removed_measures: tuple[str, ...]
    new_areas: tuple[str, ...]
    removed_areas: tuple[str, ...]

    def counts(self) -> pd.DataFrame:
        """Return how many cells changed in which way, a row a measure that changed at all."""
        tally = pd.crosstab(self.cells["indicator_id"], self.cells["change"])
        counted = tally.reindex(columns=list(CHANGES), fill_value=0).reset_index()
        return counted.rename_axis(columns=None)


def releases(folder: str | Path) -> pd.DataFrame:
    """Return the releases of an instance, oldest first.

    Returns
    -------
    DataFrame
        Columns release_id, built_at (datetime64, UTC), current (bool), definitions_hash, cells,
        hidden (int64).

    Raises
    ------
    ReleaseMissing
        When one of them cannot be read. A folder without any gives no row.
    """
    kept = _kept(Path(folder))
    try:
        current = current_release(kept)
    except ReleaseMissing:
        current = None
    rows = [_summary(one) | {"current": one == current} for one in published_releases(kept)]
    kinds = {"built_at": "datetime64[us]", "current": "bool", "cells": "int64", "hidden": "int64"}
    texts = dict.fromkeys(("release_id", "definitions_hash"), "str")
    return pd.DataFrame(rows, columns=list(LISTED)).astype(kinds | texts)


def known_at(folder: str | Path, day: Day) -> Release:
    """Return what was known on a day: the newest release built by the end of it (UTC).

    Raises
    ------
    ReleaseMissing
        When no release that stays is so old; the line names the oldest.
    NotInRelease
        When `day` is no day.
    """
    last, kept = date.fromisoformat(iso(day)), published_releases(_kept(Path(folder)))
    oldest = "–"
    for file in reversed(kept):
        release = open_release(file)
        if release.built_at.date() <= last:
            return release
        oldest = release.built_at.date().isoformat()
        release.close()
    told = {"day": last.isoformat(), "oldest": oldest}
    raise CannotOpen(Fault("nothing_so_old", told, file=str(folder)))


def before(release: Path) -> Path | None:
    """Return the release that was published before one, in the same folder; None for the first."""
    file = store_scope.whole(release)
    older = [one for one in published_releases(file.parent) if age(one) < age(file)]
    return older[-1] if older else None


def revisions(old: Release | str | Path, new: Release | str | Path) -> pd.DataFrame:
    """Return the cells that differ between two releases (or extracts), one row a cell.

    Returns
    -------
    DataFrame
        Columns indicator_id, area_code, period_type, period_start, breakdown, category,
        old_value, new_value (float64), old_status, new_status, change (one of `CHANGES`). Values
        are told as each release shows them. Of a cell that the release built later hides there is
        none, whichever of the two was named first.
    """
    return difference(old, new).cells


def difference(old: Release | str | Path, new: Release | str | Path) -> Difference:
    """Return how two releases differ; of releases narrowed to some areas, in those alone."""
    with ExitStack() as opened:
        earlier, later = (
            one if isinstance(one, Release) else opened.enter_context(open_release(one))
            for one in (old, new)
        )
        before_, after = _hashes(earlier), _hashes(later)
        redefined = tuple(one for one in after if before_.get(one, after[one]) != after[one])
        return Difference(
            _differing(earlier, later, redefined),
            redefined,
            *_came_and_went(list(before_), list(after)),
            *_came_and_went(_areas(earlier), _areas(later)),
        )


def _differing(old: Release, new: Release, redefined: tuple[str, ...]) -> pd.DataFrame:
    """Return the cells that differ; what is equal in both never becomes a frame."""
    with duckdb.connect(":memory:") as reader:
        for name, one in (("earlier", old), ("later", new)):
            with one.connection.cursor() as cursor:
                reader.register(name, cursor.sql(store_vintages.KNOWN).to_arrow_table())
        asked = {"redefined": list(redefined), "backwards": _age(old) > _age(new)}
        found = reader.execute(DIFFERING, asked).df()
        for name in ("earlier", "later"):
            reader.unregister(name)
    for one in (old, new):
        areas = store_scope.areas_of(one.path)
        found = found if areas is None else found[found["area_code"].isin(areas)]
    return typed(found, REVISION)


def _age(release: Release) -> tuple[str, int]:
    """Return what releases are ordered by: their names, which a clock set back does not turn."""
    return age(Path(release.id))


def _came_and_went(old: list[str], new: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    came = tuple(dict.fromkeys(one for one in new if one not in old))
    return came, tuple(dict.fromkeys(one for one in old if one not in new))


def _hashes(release: Release) -> dict[str, str]:
    found = release.indicators
    return dict(zip(found["indicator_id"], found["definitions_hash"], strict=True))


def _areas(release: Release) -> list[str]:
    return [str(one) for one in release.areas["area_code"]]


def _kept(folder: Path) -> Path:
    return folder if (folder / POINTER).is_file() else folder / "data" / "releases"


def _summary(file: Path) -> dict[str, Any]:
    with open_release(file) as release:
        row = store.fetch(release.connection, store_vintages.SUMMARY).iloc[0]
    return {str(name): one for name, one in row.items()}
