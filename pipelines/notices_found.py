"""What holds now that somebody may want to be told of: a refused build, late sources, signals."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import duckdb

from tilannehuone import store
from tilannehuone.errors import ReleaseMissing
from tilannehuone.finding import Finding, icon
from tilannehuone.last_build import read_last_build
from tilannehuone.notices_declared import Kind
from tilannehuone.overdue import overdue
from tilannehuone.registry import Indicator
from tilannehuone.release import current_release, published_releases
from tilannehuone.texts import LANGUAGES, text

SAYING = frozenset({"improvement", "concern", "neutral_high", "neutral_low", "both"})
"""Icons of a finding that tells of a change which chance hardly explains."""

# one row a measure and area: of its undivided series of which most may be said, the finest
FINDINGS = """
    select indicator_id, area_code, period_type, cast(finding as varchar) as finding
    from findings
    where breakdown = 'all' and not starts_with(period_type, 'rolling')
    qualify row_number() over (
        partition by indicator_id, area_code
        order by list_position(['signals', 'early', 'level', 'nothing'], ladder),
            list_position(['week', 'month', 'quarter', 'half_year', 'year'], period_type)
    ) = 1
    order by all"""

Names = dict[str, str]
"""A text by language."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that holds now; `id` stays the same as long as it does.

    `about` and `area` are names in three languages; `finding` that of a signal, `due` the day of
    a late source, `faults` the keys of a refused build.
    """

    id: str
    kind: Kind
    instance: Names
    release_id: str | None
    about: Names | None = None
    area: Names | None = None
    area_code: str | None = None
    finding: Finding | None = None
    due: date | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Whose:
    """Of which instance and release the items are."""

    instance: Names
    release_id: str | None


def items_now(
    folder: Path, today: date, wanted: Collection[Kind] = get_args(Kind)
) -> dict[str, Item]:
    """Return all that holds now of the kinds that somebody wants to be told of, by id."""
    try:
        file = current_release(folder / "data" / "releases")
        with store.open_release(file) as release:
            found = [*_of_release(release, file.stem, today, wanted)]
            name = _name(release)
    except ReleaseMissing:
        found, name, file = [], _no_name(), None
    if "refused_build" in wanted:
        found += _refused(folder, _Whose(name, file.stem if file else None))
    return {one.id: one for one in found}


def baseline(folder: Path, now: dict[str, Item]) -> list[str]:
    """Return the ids that somebody who is told for the first time is taken to know.

    Signals of the release before the current one; without such a release, all there are now:
    nothing is new in a first release.
    """
    kept = published_releases(folder / "data" / "releases")
    signals = [one.id for one in now.values() if one.kind == "new_signal"]
    if not signals:
        return []
    older = [one for one in kept if one.stem < next((i.release_id or "" for i in now.values()), "")]
    if not older:
        return signals
    try:
        with store.open_release(older[-1]) as release:
            before = {one.id for one in _signals(release, _Whose(_no_name(), None))}
    except ReleaseMissing:
        return signals
    return [one for one in signals if one in before]


def _of_release(
    release: duckdb.DuckDBPyConnection, release_id: str, today: date, wanted: Collection[Kind]
) -> Iterator[Item]:
    whose = _Whose(_name(release), release_id)
    titles = _titles(release)
    for one in overdue(release, today) if "overdue_extract" in wanted else ():
        told = titles.get(one.source) or dict.fromkeys(LANGUAGES, one.source)
        yield Item(
            f"overdue:{one.source}:{one.due}",
            "overdue_extract",
            whose.instance,
            release_id,
            about=told,
            due=one.due,
        )
    if "new_signal" in wanted:
        yield from _signals(release, whose)


def _signals(release: duckdb.DuckDBPyConnection, whose: _Whose) -> Iterator[Item]:
    """Yield every signal; its id changes when it tells another way, not with a new period."""
    measures = {
        one.id: one
        for one in map(
            Indicator.model_validate_json, store.fetch(release, store.INDICATORS)["definition"]
        )
    }
    areas = store.fetch(release, store.AREAS).drop_duplicates("area_code").set_index("area_code")
    for indicator_id, area_code, grain, told in store.fetch(release, FINDINGS).itertuples(
        index=False
    ):
        finding = Finding.from_json(told)
        if icon(finding) not in SAYING or indicator_id not in measures:
            continue
        sides = "+".join(sorted(one.side for one in finding.marks))
        yield Item(
            f"signal:{indicator_id}:{area_code}:{grain}:{icon(finding)}:{sides}",
            "new_signal",
            whose.instance,
            whose.release_id,
            about={one: measures[indicator_id].name.in_language(one) for one in LANGUAGES},
            area={one: str(areas.loc[area_code, f"name_{one}"]) for one in LANGUAGES},
            area_code=area_code,
            finding=finding,
        )


def _refused(folder: Path, whose: _Whose) -> Iterator[Item]:
    last = read_last_build(folder)
    if last is None or last.outcome == "published":
        return
    faults = ",".join(last.faults)
    yield Item(
        f"refused:{whose.release_id}:{last.outcome}:{faults}",
        "refused_build",
        whose.instance,
        whose.release_id,
        faults=last.faults,
    )


def _facts(release: duckdb.DuckDBPyConnection, column: str) -> Any:
    return json.loads(store.fetch(release, store.FACTS)[column].iloc[0] or "null")


def _name(release: duckdb.DuckDBPyConnection) -> Names:
    told = _facts(release, "instance")
    name = told.get("name") if isinstance(told, dict) else told
    return name if isinstance(name, dict) else dict.fromkeys(LANGUAGES, str(name))


def _titles(release: duckdb.DuckDBPyConnection) -> dict[str, Names]:
    """Return the titles of the sources that have one."""
    files = _facts(release, "sources") or []
    return {one["source"]: one["title"] for one in files if isinstance(one.get("title"), dict)}


def _no_name() -> Names:
    return {one: text("frame.product", one) for one in LANGUAGES}
