"""What an instance declares, as rows of a release: measures, areas, outlines, events."""

import json

import duckdb

from pipelines.passport import definition_of
from tilannehuone.instance import Instance


def write_declared(cursor: duckdb.DuckDBPyConnection, instance: Instance) -> None:
    """Fill the declared tables of the database `candidate` attached to a cursor."""
    for position, one in enumerate(instance.registry.indicators):
        definition, digest = definition_of(one, instance.sources)
        names = (one.name.fi, one.name.sv, one.name.en)
        row = (one.id, position, *names, one.kind, one.cadence, one.period, one.direction)
        cursor.execute(
            "insert into candidate.indicators values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, definition, digest),
        )
    cursor.register("areas_frame", instance.areas)
    cursor.execute("insert into candidate.areas by name select * from areas_frame")
    cursor.unregister("areas_frame")
    for code, path in instance.outlines.paths.items():
        cursor.execute(
            "insert into candidate.shapes values (?, ?, ?)", (code, path, instance.outlines.credit)
        )
    for event in instance.events:
        texts = (event.text.fi, event.text.sv, event.text.en)
        about = (json.dumps(list(event.indicators)), json.dumps(list(event.areas)))
        span = (event.date_from, event.date_to, event.kind)
        cursor.execute(
            "insert into candidate.events values (?, ?, ?, ?, ?, ?, ?, ?)", (*span, *texts, *about)
        )
