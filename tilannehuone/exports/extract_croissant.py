"""`croissant.json`: an extract in the words of MLCommons Croissant 1.0, for those who train models.

Source of the form: the Croissant format specification 1.0 (mlcommons.org). The records are read
from the CSV files; the Parquet files are listed beside them.
"""

from collections.abc import Mapping
from typing import Any

from tilannehuone.exports.extract_package import ENGLISH, MEDIA
from tilannehuone.exports.extract_schema import (
    OF_SERIES,
    PRIMARY_KEYS,
    REFERENCES,
    STATUSES,
    described,
)
from tilannehuone.exports.extract_seal import sha256
from tilannehuone.exports.extract_told import Told
from tilannehuone.sealed import PARTS, columns_of
from tilannehuone.texts import LANGUAGES, text

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "isLiveDataset": "cr:isLiveDataset",
    "key": "cr:key",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "sc": "https://schema.org/",
    "source": "cr:source",
}
TYPES = {
    "varchar": "sc:Text",
    "json": "sc:Text",
    "double": "sc:Float",
    "integer": "sc:Integer",
    "bigint": "sc:Integer",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "timestamp": "sc:DateTime",
}
OF_STATUS = "statuses"


def croissant(told: Told, data: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the extract as a Croissant dataset: its files, and what a record of each holds."""
    notices = [one[ENGLISH] for one in told.notices]
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "@id": told.id,
        "identifier": told.id,
        "name": told.short_name,
        "alternateName": [told.title[lang] for lang in LANGUAGES],
        "description": " ".join([*notices, told.description[ENGLISH]]),
        "citeAs": told.citation[ENGLISH],
        "creator": {"@type": "sc:Organization", "name": told.publisher[ENGLISH]},
        "datePublished": told.built_at.date().isoformat(),
        "license": told.licence or text("extract.not_stated", ENGLISH),
        "url": told.id,
        "version": told.version,
        "isLiveDataset": False,
        "inLanguage": list(LANGUAGES),
        "temporalCoverage": f"{told.first.isoformat()}/{told.last.isoformat()}",
        "distribution": [_file(f"{part}.{ending}", data) for part in PARTS for ending in MEDIA],
        "recordSet": [_statuses(), *(_records(part) for part in PARTS)],
    }


def _file(name: str, data: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(data[name])} B",
        "encodingFormat": MEDIA[name.rpartition(".")[2]],
        "sha256": sha256(data[name]),
    }


def _records(part: str) -> dict[str, Any]:
    keys = [{"@id": f"{part}/{name}"} for name in PRIMARY_KEYS.get(part, ())]
    return {
        "@type": "cr:RecordSet",
        "@id": part,
        "name": part,
        "description": text(f"extract.table_{part}", ENGLISH),
        **({"key": keys} if keys else {}),
        "field": [_field(part, name, kind) for name, kind in columns_of(part).items()],
    }


def _field(part: str, name: str, kind: str) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{part}/{name}",
        "name": name,
        "description": described(part, name, ENGLISH),
        "dataType": TYPES[kind],
        "source": {"fileObject": {"@id": f"{part}.csv"}, "extract": {"column": name}},
    }
    if part in OF_SERIES and name in REFERENCES:
        field["references"] = {"field": {"@id": f"{REFERENCES[name]}/{name}"}}
    elif name == "status":
        field["references"] = {"field": {"@id": f"{OF_STATUS}/status"}}
    return field


def _statuses() -> dict[str, Any]:
    """Return the list of statuses: every one that a cell can have, and what it means."""
    fields = {"status": "Status of a cell", "meaning": "What it means"}
    told = [
        {f"{OF_STATUS}/status": one, f"{OF_STATUS}/meaning": text(f"extract.status_{one}", ENGLISH)}
        for one in STATUSES
    ]
    return {
        "@type": "cr:RecordSet",
        "@id": OF_STATUS,
        "name": OF_STATUS,
        "description": text("extract.h_status", ENGLISH),
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{OF_STATUS}/status"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{OF_STATUS}/{name}",
                "name": name,
                "description": description,
                "dataType": "sc:Text",
            }
            for name, description in fields.items()
        ],
        "data": told,
    }
