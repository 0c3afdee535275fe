"""Table Schemas of an extract's tables, and what each column is in three languages.

Source of the form: Frictionless Table Schema (specs.frictionlessdata.io, version 1; datapackage.org
version 2 adds `categories` and `uniqueKeys`, which version 1 readers pass over).
"""

from typing import Any

from tilannehuone.release import CELL_KEYS, SERIES_KEYS
from tilannehuone.sealed import columns_of
from tilannehuone.texts import catalogue

STATUSES = ("ok", "c", "x", "z", "k", "u", "o")
"""Every status of a cell, in the order they are told."""

TYPES = {
    "varchar": "string",
    "double": "number",
    "integer": "integer",
    "bigint": "integer",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "json": "object",
}
LISTS = frozenset({"sources", "indicators", "areas"})
"""Columns of JSON that hold a list."""

PRIMARY_KEYS = {
    "release": ("release_id",),
    "indicators": ("indicator_id",),
    "cells": CELL_KEYS,
    "points": CELL_KEYS,
    "findings": SERIES_KEYS,
    "comparisons": ("indicator_id", "period_type", "period_start", "group", "area_code"),
    "standardised": ("indicator_id", "area_code", "period_type", "period_start"),
    "vintages": ("release_id", *CELL_KEYS),
    "releases": ("release_id",),
}
"""Tables whose rows are told apart by columns that are never empty."""

REFERENCES = {"indicator_id": "indicators", "area_code": "areas"}
OF_SERIES = ("cells", "points", "findings", "comparisons", "standardised", "vintages")
STATUS_COLUMNS = ("status", "latest_status")
REQUIRED = frozenset({*CELL_KEYS, "status", "release_id", "kind", "area_type"})


def described(part: str, column: str, lang: str) -> str:
    """Return what a column of a table is, in `lang`: its own words there, else the common ones."""
    told = catalogue(lang)
    own = f"extract.column_{part}_{column}"
    return told[own] if own in told else told[f"extract.column_{column}"]


def schema_of(part: str) -> dict[str, Any]:
    """Return the Table Schema of a table of an extract, described in English."""
    schema: dict[str, Any] = {
        "fields": [_field(part, name, kind) for name, kind in columns_of(part).items()],
        "missingValues": [""],
    }
    if part in PRIMARY_KEYS:
        schema["primaryKey"] = list(PRIMARY_KEYS[part])
    if part == "areas":
        schema["uniqueKeys"] = [["area_code", "parent_code", "valid_from"]]
    references = {**REFERENCES} if part in OF_SERIES else {}
    if part == "vintages":
        references["release_id"] = "releases"
    if references:
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": resource, "fields": [name]}}
            for name, resource in references.items()
        ]
    return schema


def _field(part: str, name: str, kind: str) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": name,
        "type": "array" if kind == "json" and name in LISTS else TYPES[kind],
        "description": described(part, name, "en"),
    }
    if field["type"] == "datetime":
        field["format"] = "%Y-%m-%dT%H:%M:%SZ"
    constraints: dict[str, Any] = {}
    if name in REQUIRED and part != "checks":
        constraints["required"] = True
    if PRIMARY_KEYS.get(part) == (name,):
        constraints["unique"] = True
    if name in STATUS_COLUMNS:
        constraints["enum"] = list(STATUSES)
        told = catalogue("en")
        field["categories"] = [
            {"value": one, "label": told[f"extract.status_{one}"]} for one in STATUSES
        ]
    return field | ({"constraints": constraints} if constraints else {})
