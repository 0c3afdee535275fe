"""What is wrong with the file of outlines, among the checks: a remark, for no number needs it."""

from duckdb import DuckDBPyConnection

from pipelines.quality.results import Recorder, create_tables
from tilannehuone.declared import Names
from tilannehuone.instance import Instance
from tilannehuone.outlines import FILE
from tilannehuone.texts import LANGUAGES, text


def note_outlines(working: DuckDBPyConnection, instance: Instance) -> None:
    """Write each fault of the outlines as a warning to the working database's `checks`."""
    create_tables(working)
    recorder = Recorder(working, FILE)
    for fault in (*instance.outlines.faults, *instance.outlines.unknown):
        said = {lang: text(f"faults.{fault.key}", lang, **fault.values) for lang in LANGUAGES}
        recorder.record(fault.key, "warning", False, Names(**said), file=FILE)
