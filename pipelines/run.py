"""The runner: the only place that knows the order of the steps.

load → validate → aggregate → protect → analyse → publish
"""

from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Literal, Protocol

import duckdb

from pipelines.aggregate import Failed, aggregate, stopped_sources
from pipelines.analyse import analyse_cells
from pipelines.check import declaration_faults, extract_faults
from pipelines.earlier import read_earlier
from pipelines.engines.cluster import cluster
from pipelines.engines.engine import Engine
from pipelines.engines.local import Local
from pipelines.extracts.unread import unread_columns
from pipelines.keep import keep_last_cells
from pipelines.kept.engine import Keeping
from pipelines.kept.store import Unkept, kept_folder, store_of
from pipelines.load import find_files, load
from pipelines.network_room import build_room, is_room
from pipelines.outlined import note_outlines
from pipelines.passport import definition_of
from pipelines.protect import protect_cells
from pipelines.publish import Publication, publish, remove_unfinished
from pipelines.quality.holes import check_holes
from pipelines.quality.listing import write_quarantine_csv
from pipelines.quality.shrunk import check_shrunk, files_before
from pipelines.validate import prepare, validate
from pipelines.working import working_database
from tilannehuone.errors import Fault, PublishRefused, RegistryError, ReleaseMissing
from tilannehuone.hindered import hindrances_told
from tilannehuone.instance import Instance, open_instance
from tilannehuone.release import current_release, published_releases
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.format import day as written_day


class Progress(Protocol):
    """Called with the name of each step as it begins; the long ones also tell how far they are."""

    def __call__(self, step: str, share: float = 0.0, left: float = 0.0, rate: float = 0.0) -> None:
        """Take the step, the share that is done, the seconds that are left, and rows a second."""


def _silent(step: str, share: float = 0.0, left: float = 0.0, rate: float = 0.0) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Outcome:
    """What a build did: the release, what was refused and which measures kept old cells."""

    publication: Publication
    refused: tuple[Fault, ...]
    failed: tuple[Failed, ...]
    quarantine: Path | None


@hindrances_told()
def build(
    folder: Path,
    *,
    as_of: date | None = None,
    progress: Progress = _silent,
    engine: Literal["duckdb", "spark"] = "duckdb",
    incremental: bool = False,
) -> Outcome:
    """Build and publish a release of the instance or network room in `folder`.

    `as_of` is the day the build counts as made on (today when None): periods that ended before it
    are closed, and extracts that were due by it are late. With `spark` rows of events are scanned
    by the cluster that `TILANNEHUONE_SPARK` names (`pipelines/engines/cluster.py`). `incremental`
    (by DuckDB only) keeps what was counted of each file of events, and counts new files only; a
    build without it deletes what was kept.

    Raises
    ------
    TilannehuoneError
        When the declarations do not hold, another build runs, or the release is refused. The last
        release then stays current.
    """
    if is_room(folder):
        return Outcome(build_room(folder, progress), (), (), None)
    instance = open_instance(folder)
    for _ in range(len(instance.sources) + 1):
        # each time one source's answers were found wanting, and are asked of all its rows
        with suppress(Unkept):
            return _build(instance, as_of, progress, engine, incremental)
    return _build(instance, as_of, progress, engine, incremental=False)


def _build(
    instance: Instance,
    as_of: date | None,
    progress: Progress,
    engine: Literal["duckdb", "spark"],
    incremental: bool,
) -> Outcome:
    kept = (kept_folder(instance),) if incremental else ()
    with working_database(instance, *kept) as working, _engine(engine, working, instance) as scans:
        remove_unfinished(instance.releases)
        progress("load")
        refuse(declaration_faults(instance))
        store = store_of(working, instance, incremental)
        day = as_of or _today(instance.releases)
        _hold_extracts(instance)
        unread = unread_columns(instance.registry.indicators, instance.sources)
        prepare(instance)
        load(working, instance, partial(progress, "load"), unread, store)
        progress("validate")
        validate(working, instance, store)
        refused = extract_faults(working)
        quarantine = write_quarantine_csv(working, instance.work)
        progress("aggregate")
        failed = aggregate(working, instance, day, Keeping(working, store) if store else scans)
        if store is not None:
            store.finish(stopped_sources(working))
        check_holes(working, instance.registry)
        check_shrunk(working, instance, files_before(_previous(instance)))
        note_outlines(working, instance)
        progress("protect")
        definitions = {
            one.id: definition_of(one, instance.sources)[0] for one in instance.registry.indicators
        }
        protection = protect_cells(
            working,
            instance.registry,
            instance.areas,
            read_earlier(instance.releases, definitions),
            partial(progress, "protect"),
        )
        keep_last_cells(working, _previous(instance), [one.indicator_id for one in failed])
        if not working.cursor().execute("select count(*) from cells").fetchone()[0]:  # type: ignore[index]
            raise PublishRefused([Fault("nothing_to_publish"), *refused])
        progress("analyse")
        areas = instance.areas
        analyse_cells(
            working,
            instance.registry,
            instance.events,
            area_types=dict(zip(areas["area_code"], areas["area_type"], strict=True)),
            previous=_previous(instance),
        )
        progress("publish")
        publication = publish(working, instance, protection, engine=engine)
        return Outcome(publication, tuple(refused), tuple(failed), quarantine)


def _engine(
    name: str, working: duckdb.DuckDBPyConnection, instance: Instance
) -> AbstractContextManager[Engine]:
    if name == "duckdb":
        return nullcontext(Local(working))
    events = {one for one, source in instance.sources.items() if source.shape == "events"}
    return cluster(working, instance.work, events)


def refuse(faults: list[Fault]) -> None:
    """Raise RegistryError when there are faults."""
    if faults:
        raise RegistryError(faults)


def _previous(instance: Instance) -> Path | None:
    try:
        return current_release(instance.releases)
    except ReleaseMissing:
        return None


def _today(releases: Path) -> date:
    """Return the day by the clock; refuse a clock that is behind the newest release.

    Built on a day long gone, a release would lack the periods that ended since.
    """
    today, kept = date.today(), published_releases(releases)
    newest = datetime.strptime(kept[-1].name[:8], "%Y%m%d").date() if kept else today
    if newest > today + timedelta(days=1):  # names are of UTC
        told = {"today": _written(today), "built": _written(newest)}
        raise PublishRefused(Fault("clock_behind", told, str(releases)))
    return today


def _hold_extracts(instance: Instance) -> None:
    """Refuse to go on without a single extract where there were some: a disk may be unmounted."""
    files = (find_files(instance.extracts, one) for one in instance.sources.values())
    if published_releases(instance.releases) and not any(files):
        raise PublishRefused(Fault("extracts_gone", file=str(instance.extracts)))


def _written(day: date) -> dict[str, str]:
    return {lang: written_day(day, lang) for lang in LANGUAGES}
