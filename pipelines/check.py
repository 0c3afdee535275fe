"""`tilannehuone check`: everything a build would refuse, found without publishing anything."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipelines.bind import bind_faults
from pipelines.load import load
from pipelines.network_room import is_room, room_faults
from pipelines.quality.faults import faults_in_checks, faults_in_predicates
from pipelines.validate import validate
from pipelines.working import working_database
from tilannehuone.access_declared import access_faults
from tilannehuone.errors import Fault
from tilannehuone.instance import Instance, open_instance
from tilannehuone.network_declared import network_faults
from tilannehuone.notices_declared import notices_faults
from tilannehuone.secrets_kept import secret_faults


def check_instance(folder: Path) -> list[Fault]:
    """Return the faults of the declarations and, when those hold, of the extracts.

    Of a network room: why its packages or settings cannot be used.
    Raises RegistryError when the declarations cannot be read at all.
    """
    if is_room(folder):
        return room_faults(folder) + notices_faults(folder)
    instance = open_instance(folder)
    faults = declaration_faults(instance) + access_faults(folder) + secret_faults(folder)
    codes = set(instance.areas["area_code"])
    faults += network_faults(folder, codes) + notices_faults(folder, codes)
    if faults:
        return faults
    with working_database(instance) as working:
        load(working, instance)
        validate(working, instance)
        return [*extract_faults(working), *instance.outlines.faults]


def declaration_faults(instance: Instance) -> list[Fault]:
    """Return the faults of the declared SQL and checks, each with its file and line."""
    file = instance.folder / "data" / "sources.yaml"
    faults = bind_faults(instance) + faults_in_checks(instance.sources, file)
    return faults or faults_in_predicates(instance.sources, file)


def extract_faults(working: duckdb.DuckDBPyConnection) -> list[Fault]:
    """Return why files were refused and which critical checks failed, one fault each."""
    refused = working.cursor().execute("""
        select message_fi, message_sv, message_en from files
        where state = 'refused' order by name
    """)
    # the messages begin with their own place
    faults = [Fault("extract_refused", {"told": _in_three(told)}) for told in refused.fetchall()]
    absent = "select source from source_state where reason = 'load_no_files' order by source"
    for (source,) in working.cursor().execute(absent).fetchall():
        faults.append(Fault("source_without_files", {"source": source}))
    failed = working.cursor().execute("""
        select source, file, unexpected_count, message_fi, message_sv, message_en from checks
        where not success and severity = 'critical' order by all
    """)
    for source, file, count, *told in failed.fetchall():
        values = {"source": source, "count": count, "told": _in_three(told)}
        faults.append(Fault("check_failed", values, file))
    return faults


def _in_three(told: Iterable[str]) -> dict[str, str]:
    return dict(zip(("fi", "sv", "en"), told, strict=True))
