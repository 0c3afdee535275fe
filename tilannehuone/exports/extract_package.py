"""`datapackage.json`: the extract as a Frictionless Data Package.

Written after version 1 (specs.frictionlessdata.io) with the names of version 2 where both allow
them. The Parquet files are listed as files: the same numbers, with types of their own.
"""

from collections.abc import Mapping
from typing import Any

from tilannehuone.exports.extract_schema import schema_of
from tilannehuone.exports.extract_seal import sha256
from tilannehuone.exports.extract_tables import ISO_TIME
from tilannehuone.exports.extract_told import Told
from tilannehuone.sealed import PARTS, Chosen
from tilannehuone.texts import LANGUAGES, text

MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
ENGLISH = "en"


def data_package(chosen: Chosen, told: Told, data: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the descriptor of an extract whose tables are the files `data`."""
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "data-package",
        "name": told.short_name,
        "id": told.id,
        "title": told.title[ENGLISH],
        "description": " ".join(
            [*(one[ENGLISH] for one in told.notices), told.description[ENGLISH]]
        ),
        "version": told.version,
        "created": told.built_at.strftime(ISO_TIME),
        "contributors": [{"title": told.publisher[ENGLISH], "role": "publisher"}],
        "sources": [{"title": one} for one in registers(told)],
        "resources": [*_tables(data), *_files(data)],
        "languages": list(LANGUAGES),
        "titles": dict(told.title),
        "citation": dict(told.citation),
        "twin": chosen.choice.twin,
        "choice": chosen.choice.told(),
    }
    if told.licence is not None:
        package["licenses"] = [licence_of(told.licence)]
    return package


def licence_of(licence: str) -> dict[str, str]:
    """Return a licence as the specification tells one: an address, an identifier, or words.

    >>> licence_of("CC-BY-4.0"), licence_of("https://example.org/terms")
    ({'name': 'CC-BY-4.0'}, {'path': 'https://example.org/terms'})
    >>> licence_of("With permission only")
    {'name': 'other', 'title': 'With permission only'}
    """
    if licence.startswith(("https://", "http://")):
        return {"path": licence}
    return {"name": licence} if " " not in licence else {"name": "other", "title": licence}


def registers(told: Told) -> list[str]:
    """Return the registers that the measures come from, each once."""
    return list(dict.fromkeys(str(one["register"]) for one in told.measures))


def _tables(data: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [
        {
            "name": part,
            "title": text(f"extract.table_{part}", ENGLISH),
            "profile": "tabular-data-resource",
            "dialect": {"delimiter": ",", "lineTerminator": "\n"},
            **_file(f"{part}.csv", data),
            "schema": schema_of(part),
        }
        for part in PARTS
    ]


def _files(data: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{part}-parquet",
            "type": "file",
            "title": text(f"extract.table_{part}", ENGLISH),
            **_file(f"{part}.parquet", data),
        }
        for part in PARTS
    ]


def _file(name: str, data: Mapping[str, bytes]) -> dict[str, Any]:
    ending = name.rpartition(".")[2]
    told = {
        "path": name,
        "format": ending,
        "mediatype": MEDIA[ending],
        "bytes": len(data[name]),
        "hash": f"sha256:{sha256(data[name])}",
    }
    return told | ({"encoding": "utf-8"} if ending == "csv" else {})
