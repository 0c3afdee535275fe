"""What the tables of a package must hold, beside their columns.

Words that are known, keys told once, areas and measures that exist, no number where one is hidden,
one story of the release. The protection promise is the auditor's to check; this is what it, and
every page, takes for given.
"""
# ruff: noqa: S608 - every query is composed of the constants below

import json
from collections.abc import Mapping
from typing import Any, get_args

import duckdb
import pyarrow as pa
from pydantic import ValidationError

from tilannehuone.errors import Fault
from tilannehuone.events import Kind as EventKind
from tilannehuone.network.manifest import PackageRefused
from tilannehuone.network.package import Manifest, Package
from tilannehuone.network.parquet import columns_of
from tilannehuone.network.wording import hold_words, hold_words_of, read_json
from tilannehuone.registry import Cadence, Direction, Indicator, PeriodType
from tilannehuone.registry import Kind as IndicatorKind
from tilannehuone.release import CELL_KEYS, SERIES_KEYS, TABLES
from tilannehuone.sources import Severity

OPEN, BARE = ("ok", "k", "o"), ("c", "x", "z", "u")
"""Statuses that may have numbers, and those that have none of any kind."""

KEYS: dict[str, tuple[str, ...]] = {
    "release": ("release_id",),
    "indicators": ("indicator_id",),
    "shapes": ("area_code",),
    "cells": CELL_KEYS,
    "plan": (*SERIES_KEYS, "year"),
    "points": CELL_KEYS,
    "findings": SERIES_KEYS,
    "forecasts": ("indicator_id", "area_code", "made_at_period", "period_start"),
    "comparisons": ("indicator_id", "period_type", "period_start", "group", "area_code"),
    "standardised": ("indicator_id", "area_code", "period_type", "period_start"),
    "regions": ("region",),
    "region_areas": ("area_code",),
    "region_indicators": ("indicator_id",),
}
"""Columns that name a row: never empty, and no two rows alike."""

NEEDED = {
    "areas": ("area_code", "area_type", "name_fi", "name_sv", "name_en"),
    "cells": ("status",),
    "findings": ("ladder", "finding"),
    "indicators": ("name_fi", "name_sv", "name_en", "kind", "period", "definition"),
    "events": ("date_from", "kind", "text_fi", "text_sv", "text_en", "indicators", "areas"),
    "shapes": ("path",),
}
"""Further columns that are never empty."""

STATUSES = (*OPEN, *BARE)
VARIATIONS = ("common", "improvement", "concern", "neutral_high", "neutral_low")
WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("cells", "status"): STATUSES,
    ("findings", "latest_status"): STATUSES,
    ("findings", "ladder"): ("nothing", "level", "early", "signals"),
    ("findings", "assurance"): ("passes", "fails", "hit_or_miss"),
    ("points", "side"): ("high", "low"),
    ("points", "signal"): ("outside", "trend", "two_in_three", "run"),
    ("comparisons", "word"): (
        "similar",
        *(f"{far}{one}" for far in ("", "clearly_") for one in ("better", "worse")),
        *(f"{far}{one}" for far in ("", "clearly_") for one in ("higher", "lower")),
    ),
    ("checks", "severity"): get_args(Severity),
    ("events", "kind"): get_args(EventKind),
    ("indicators", "kind"): get_args(IndicatorKind),
    ("indicators", "cadence"): get_args(Cadence),
    ("indicators", "period"): get_args(PeriodType),
    ("indicators", "direction"): get_args(Direction),
    ("points", "kind"): VARIATIONS,
    ("findings", "variation"): VARIATIONS,
}

PERIODS = "^(week|month|quarter|half_year|year|rolling[1-9][0-9]?)$"
NUMBERS = "numerator, denominator, value, lower95, upper95"
FURTHER = {
    "cells": "status = 'ok' and value is null and numerator is null",
    "shapes": "not regexp_full_match(path, '[MLZ0-9 .,-]*')",
}
"""What else may not be in a row."""

REFERS = {
    "package_unknown_area": ("area_code", "areas", ("region_areas",)),
    "package_unknown_indicator": ("indicator_id", "indicators", ()),
}
"""Fault -> (column, the table that must know its values, tables where it means another thing)."""

LISTS = {
    ("events", "areas"): "package_unknown_area",
    ("events", "indicators"): "package_unknown_indicator",
    ("region_indicators", "systems"): None,
}
"""JSON columns that are lists of texts, and the fault where one is not known."""


def hold_content(package: Package) -> None:
    """Raise PackageRefused, with one fault, when a package's tables do not hold together."""
    told = package.manifest
    hold_words([*told.name.values(), *told.contact.values(), *told.listed], "manifest")
    for name, table in package.tables.items():
        hold_words_of(name, table)
    rules = {key: one for key, one in _rules().items() if package.tables[key[1]].num_rows}
    asked = " union all ".join(
        ["select null as broken"]
        + [f"select {at} where exists ({query})" for at, query in enumerate(rules.values())]
    )
    with duckdb.connect(":memory:", config={"enable_external_access": "false"}) as reader:
        for name, table in package.tables.items():
            reader.register(name, table)
        broken = reader.execute(f"select min(broken) from ({asked})").fetchall()[0][0]
    if broken is not None:
        key, name = list(rules)[broken]
        raise PackageRefused(Fault(key, {"table": name}))
    _hold_definitions(package.tables["indicators"])
    _hold_lists(package.tables)
    _hold_story(told, package.tables)


def _rules() -> dict[tuple[str, str], str]:
    """Return a query of rows that may not be, by (fault, table)."""
    rules = {
        ("package_hidden_number", "cells"): f"""from cells
            where status in {BARE} and coalesce({NUMBERS}) is not null"""
    }
    for name, columns in KEYS.items():
        listed = ", ".join(f'"{one}"' for one in columns)
        rules["package_twice", name] = (
            f"select {listed} from {name} group by {listed} having count(*) > 1"
        )
    for name in TABLES:
        if wrong := _wrong(name):
            rules["package_value", name] = f"from {name} where {' or '.join(wrong)}"
    return rules | _references()


def _wrong(name: str) -> list[str]:
    """Return conditions of a row of a table that holds what it may not."""
    wrong = [f'"{one}" is null' for one in (*KEYS.get(name, ()), *NEEDED.get(name, ()))]
    for column, kind in columns_of(name):
        if kind == "double":
            wrong.append(f'not isfinite("{column}")')
        if column == "period_type":
            wrong.append(f"not regexp_matches(period_type, '{PERIODS}')")
        if known := WORDS.get((name, column)):
            wrong.append(f"{column} not in {known}")
    return [*wrong, *([FURTHER[name]] if name in FURTHER else [])]


def _references() -> dict[tuple[str, str], str]:
    rules = {
        ("package_unknown_area", "areas"): """from areas where parent_code is not null
            and parent_code not in (select area_code from areas)"""
    }
    for key, (column, knows, elsewhere) in REFERS.items():
        for name in TABLES:
            if name != knows and name not in elsewhere and column in dict(columns_of(name)):
                rules[key, name] = f"""from {name}
                    where {column} not in (select {column} from {knows})"""
    return rules


def _hold_definitions(indicators: pa.Table) -> None:
    """Refuse a definition that is no measure, or another one than its row."""
    columns = ("indicator_id", "kind", "period", "definition")
    for row in indicators.select(columns).to_pylist():
        try:
            one = Indicator.model_validate(read_json(row["definition"], "indicators"))
        except ValidationError:
            raise PackageRefused(Fault("package_definition")) from None
        if (one.id, one.kind, one.period) != tuple(row[name] for name in columns[:3]):
            raise PackageRefused(Fault("package_definition"))


def _hold_lists(tables: Mapping[str, pa.Table]) -> None:
    """Refuse JSON that is no list of texts, and events about what the package does not have."""
    known = {
        "areas": set(tables["areas"].column("area_code").to_pylist()),
        "indicators": set(tables["indicators"].column("indicator_id").to_pylist()),
    }
    for (name, column), key in LISTS.items():
        for text in tables[name].column(column).to_pylist():
            told = read_json(text or "null", name)
            if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
                raise PackageRefused(Fault("package_value", {"table": name}))
            if key and set(told) - known[column]:
                raise PackageRefused(Fault(key, {"table": name}))


def _hold_story(told: Manifest, tables: Mapping[str, pa.Table]) -> None:
    """Refuse tables that tell of another release or region than the manifest."""
    release, region = _only_row(tables, "release"), _only_row(tables, "regions")
    moment = told.built_at.replace(tzinfo=None)
    codes = set(tables["areas"].column("area_code").to_pylist())
    own = {(told.region, f"{told.region}-{one}", one) for one in codes}
    defined = ("indicator_id", "definition", "definitions_hash")
    says = [
        (release["release_id"], release["built_at"]) == (told.release_id, moment),
        release["definitions_hash"] == told.definitions_hash,
        release["code_version"] == told.code_version,
        (region["region"], region["release_id"]) == (told.region, told.release_id),
        region["built_at"] == moment,
        all(region[f"name_{lang}"] == name for lang, name in told.name.items()),
        all(region[f"contact_{lang}"] == told.contact.get(lang) for lang in ("fi", "sv", "en")),
        region["package_id"] is None,
        json.loads(region["listed"] or "null") == list(told.listed),
        set(told.listed) <= codes,
        set(_rows(tables["region_areas"], "region", "area_code", "own_code")) == own,
        set(_rows(tables["region_indicators"], *defined))
        == set(_rows(tables["indicators"], *defined)),
        set(tables["region_indicators"].column("region").to_pylist()) <= {told.region},
    ]
    if not all(says):
        raise PackageRefused(Fault("package_story"))


def _only_row(tables: Mapping[str, pa.Table], name: str) -> dict[str, Any]:
    rows = tables[name].to_pylist()
    if len(rows) != 1:
        raise PackageRefused(Fault("package_story"))
    return dict(rows[0])


def _rows(table: pa.Table, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table.select(columns).to_pylist()]
