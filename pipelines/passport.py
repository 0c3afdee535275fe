"""What a release says of itself: its definitions, the files it was made from, and its rules."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

import duckdb

from pipelines.account import told_files
from pipelines.hundreds import hundreds
from tilannehuone.declared import Names
from tilannehuone.instance import Instance
from tilannehuone.registry import Indicator
from tilannehuone.sources import Source


def definition_of(indicator: Indicator, sources: Mapping[str, Source]) -> tuple[str, str]:
    """Return the published definition of a measure as JSON, and its hash.

    Its breakdowns carry the labels that the numerator's source gives the categories. The measure
    that it is shown beside (`benchmark`) is published but not hashed: it defines nothing.
    """
    named = tuple(
        one.model_copy(
            update={"labels": _source_labels(indicator, sources, one.column) | one.labels}
        )
        for one in indicator.breakdowns
    )
    published = indicator.model_copy(update={"breakdowns": named})
    told = published.model_dump(mode="json", by_alias=True)
    defined = {name: one for name, one in told.items() if name != "benchmark"}
    text, hashed = (json.dumps(one, ensure_ascii=False) for one in (told, defined))
    return text, hashlib.sha256(hashed.encode()).hexdigest()[:16]


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
    engine: str,
) -> tuple[object, ...]:
    """Return the one row of the table `release`: what was built, from what, under which rules."""
    hashes = "".join(
        definition_of(one, instance.sources)[1] for one in instance.registry.indicators
    )
    return (
        stamp,
        moment.replace(tzinfo=None, microsecond=0),
        json.dumps(_about(instance), ensure_ascii=False),
        engine,
        version("tilannehuone"),
        hashlib.sha256(hashes.encode()).hexdigest(),
        json.dumps(_report(protection)),
        json.dumps(told_files(working, instance), ensure_ascii=False),
    )


def _about(instance: Instance) -> dict[str, Any]:
    about = instance.registry.instance
    told = {"name", "synthetic", "notice", "home_area", "names_in_promises"}
    told |= {"publisher", "licence", "twin"} & about.model_fields_set
    return about.model_dump(mode="json", include=told)


HIDDEN_FOR = ("primary", "complementary", "withheld_at_source", "given_back", "held_back", "behind")
"""Counts by the reason: were all hidden cells told to be small, each would be known to be."""


def _report(protection: Mapping[str, Any]) -> dict[str, Any]:
    """Return the protection report with the counts by reason in hundreds."""
    coarse = {
        name: hundreds(int(protection[name]), even_none=name in HIDDEN_FOR[:2])
        for name in HIDDEN_FOR
        if name in protection
    }
    return {**protection, **coarse}
