"""What a release says of itself: its definitions, the files it was made from, and its rules."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

import duckdb

from tilannehuone.declared import Names
from tilannehuone.instance import Instance
from tilannehuone.registry import Indicator
from tilannehuone.sources import Source


def definition_of(indicator: Indicator, sources: Mapping[str, Source]) -> tuple[str, str]:
    """Return the published definition of a measure as JSON, and its hash.

    Its breakdowns carry the labels that the numerator's source gives the categories.
    """
    named = tuple(
        one.model_copy(
            update={"labels": _source_labels(indicator, sources, one.column) | one.labels}
        )
        for one in indicator.breakdowns
    )
    published = indicator.model_copy(update={"breakdowns": named})
    text = json.dumps(published.model_dump(mode="json", by_alias=True), ensure_ascii=False)
    return text, hashlib.sha256(text.encode()).hexdigest()[:16]


def _source_labels(
    indicator: Indicator, sources: Mapping[str, Source], column: str
) -> dict[str, Names]:
    declared = sources[indicator.numerator.source].columns.get(column)
    return {} if declared is None else declared.labels


def release_row(
    working: duckdb.DuckDBPyConnection,
    instance: Instance,
    protection: Mapping[str, Any],
    stamp: str,
    moment: datetime,
) -> tuple[object, ...]:
    """Return the one row of the table `release`: what was built, from what, under which rules."""
    hashes = "".join(
        definition_of(one, instance.sources)[1] for one in instance.registry.indicators
    )
    read = _files(working, instance)
    return (
        stamp,
        moment.replace(tzinfo=None, microsecond=0),
        json.dumps(_about(instance), ensure_ascii=False),
        "duckdb",
        version("tilannehuone"),
        hashlib.sha256(hashes.encode()).hexdigest(),
        json.dumps(protection),
        json.dumps(read, ensure_ascii=False),
    )


def _about(instance: Instance) -> dict[str, Any]:
    about = instance.registry.instance
    return about.model_dump(mode="json", include={"name", "synthetic", "notice", "home_area"})


FILES = """select source, name as file, sha256, encoding, rows_read, rows_loaded, rows_quarantined,
    totals_dropped, rows_other, state from files order by source, name"""


def _files(cursor: duckdb.DuckDBPyConnection, instance: Instance) -> list[dict[str, Any]]:
    titles = {
        name: source.title.model_dump() if source.title else None
        for name, source in instance.sources.items()
    }
    found = cursor.execute(FILES)
    names = [one[0] for one in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [one | {"title": titles[one["source"]]} for one in rows]
