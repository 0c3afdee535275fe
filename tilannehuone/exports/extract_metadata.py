"""`metadata.json` and `protection.json`: an extract described for machines, in three languages."""

import json
from collections.abc import Mapping
from typing import Any

from tilannehuone.exports.extract_schema import STATUSES, described
from tilannehuone.exports.extract_tables import ISO_TIME
from tilannehuone.exports.extract_told import Told, words
from tilannehuone.sealed import PARTS, Chosen, columns_of
from tilannehuone.texts import LANGUAGES, text

HIDDEN = "c"


def metadata(chosen: Chosen, told: Told) -> dict[str, Any]:
    """Return all that an extract says of itself; `texts` holds the words by language."""
    return {
        "id": told.id,
        "version": told.version,
        "created": told.built_at.strftime(ISO_TIME),
        "twin": chosen.choice.twin,
        "licence": told.licence,
        "periods": {"first": told.first.isoformat(), "last": told.last.isoformat()},
        "choice": chosen.choice.told(),
        "measures": {one["id"]: _measure(one) for one in told.measures},
        "quality": quality_of(chosen),
        "texts": {lang: _texts(told, lang) for lang in LANGUAGES},
    }


def protection(chosen: Chosen, told: Told) -> dict[str, Any]:
    """Return how the extract is protected, and what the auditor tried on it.

    `release` is what the release tells: counts by reason are in full hundreds. Of a synthetic twin
    `twin` says what it shares with the real release, in three languages.
    """
    verdict = chosen.verdict
    statuses = chosen.tables["cells"]["status"].to_pylist()
    return {
        "id": told.id,
        "release": dict(told.protection),
        "extract": {"cells": len(statuses), "hidden": statuses.count(HIDDEN)},
        "audit": {
            "hidden_numbers_solved_for": verdict.hidden,
            "relations_tried": verdict.relations,
            "read_together_with": list(verdict.beside),
            "findings": verdict.findings,
        },
    } | ({"twin": words("is_twin")} if chosen.choice.twin else {})


def quality_of(chosen: Chosen) -> dict[str, list[dict[str, Any]]]:
    """Return the quality checks of each source, each with its outcome in three languages."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in chosen.tables["checks"].to_pylist():
        check = {name: one[name] for name in ("file", "expectation", "severity", "success")}
        messages = {lang: one[f"message_{lang}"] for lang in LANGUAGES}
        found.setdefault(one["source"], []).append(check | {"message": messages})
    return found


def json_bytes(told: Mapping[str, Any]) -> bytes:
    """Return a JSON document as bytes, its keys in the order they were given."""
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _measure(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return what holds of a measure in any language."""
    plain = ("kind", "scale", "decimals", "period", "cadence", "direction", "register", "owner")
    sources = [definition[one]["from"] for one in ("numerator", "denominator") if definition[one]]
    return {
        **{name: definition[name] for name in plain},
        "breaks": [one["date"] for one in definition["breaks"]],
        "targets": definition["targets"],
        "protect": definition["protect"],
        "sources": list(dict.fromkeys(sources)),
    }


def _texts(told: Told, lang: str) -> dict[str, Any]:
    return {
        "title": told.title[lang],
        "description": told.description[lang],
        "notices": [one[lang] for one in told.notices],
        "citation": told.citation[lang],
        "publisher": told.publisher[lang],
        "licence": told.licence or text("extract.not_stated", lang),
        "statuses": {one: text(f"extract.status_{one}", lang) for one in STATUSES},
        "tables": {
            part: {
                "title": text(f"extract.table_{part}", lang),
                "columns": {name: described(part, name, lang) for name in columns_of(part)},
            }
            for part in PARTS
        },
        "measures": {one["id"]: _measure_texts(one, lang) for one in told.measures},
        "areas": {code: names[lang] for code, names in told.areas.items()},
    }


def _measure_texts(definition: Mapping[str, Any], lang: str) -> dict[str, Any]:
    plain = ("name", "definition", "question", "unit")
    return {
        **{name: definition[name][lang] for name in plain},
        "caveats": [one[lang] for one in definition["caveats"]],
        "breaks": [
            {"date": one["date"], "text": one["text"][lang]} for one in definition["breaks"]
        ],
        "breakdowns": {
            one["column"]: {
                "name": one["name"][lang],
                "labels": {label: names[lang] for label, names in one["labels"].items()},
            }
            for one in definition["breakdowns"]
        },
    }
