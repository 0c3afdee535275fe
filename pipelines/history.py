"""The releases that stay: what they are, going back to one, and how two differ."""

from pathlib import Path
from typing import Any

import duckdb

from pipelines.publish import point_to
from tilannehuone.errors import Fault, ReleaseMissing
from tilannehuone.release import CELL_KEYS, current_release, published_releases

SUMMARY = """select release_id, built_at, code_version, definitions_hash,
    (select count(*) from cells) as cells,
    (select count(*) from cells where status = 'c') as hidden,
    (select count(distinct indicator_id) from cells) as indicators
    from release"""


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


def difference(old: Path, new: Path) -> list[dict[Any, Any]]:
    """Return, per indicator, how many cells came, went, changed value or changed status."""
    keys = ", ".join(CELL_KEYS)
    with duckdb.connect(":memory:") as reader:
        reader.execute("attach ? as a (read_only)", [str(old)])
        reader.execute("attach ? as b (read_only)", [str(new)])
        rows = reader.execute(f"""
            select indicator_id,
                count(*) filter (where o.status is null) as added,
                count(*) filter (where n.status is null) as removed,
                count(*) filter (where o.status <> n.status) as status_changed,
                count(*) filter (where o.status = n.status and o.value <> n.value) as value_changed
            from a.cells o full join b.cells n using ({keys})
            group by all having added + removed + status_changed + value_changed > 0
            order by all
        """)  # noqa: S608
        return [dict(row) for row in rows.df().to_dict("records")]
