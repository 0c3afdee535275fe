"""`dcat.jsonld`: an extract as a dataset of a data catalogue, after DCAT-AP 3.

Source of the terms: W3C Data Catalog Vocabulary 3 and the European profile DCAT-AP 3.0. Addresses
are relative: they name the files that lie beside this one.
"""

from collections.abc import Mapping
from typing import Any

from tilannehuone.exports.extract_package import MEDIA, registers
from tilannehuone.exports.extract_seal import sha256
from tilannehuone.exports.extract_tables import ISO_TIME
from tilannehuone.exports.extract_told import Told, Words
from tilannehuone.sealed import PARTS
from tilannehuone.texts import LANGUAGES, text

AUTHORITY = "http://publications.europa.eu/resource/authority"
LANGUAGE_CODES = {"fi": "FIN", "sv": "SWE", "en": "ENG"}
FILE_TYPES = {"csv": "CSV", "parquet": "PARQUET"}

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue_entry(told: Told, data: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the dataset of an extract and its distributions, one a file of rows."""
    description = {
        lang: " ".join([*(one[lang] for one in told.notices), told.description[lang]])
        for lang in LANGUAGES
    }
    stated = {lang: told.licence or text("extract.not_stated", lang) for lang in LANGUAGES}
    built = {"@type": "xsd:dateTime", "@value": told.built_at.strftime(ISO_TIME)}
    return {
        "@context": CONTEXT,
        "@id": told.id,
        "@type": "dcat:Dataset",
        "dct:identifier": told.id,
        "dct:title": _in_languages(told.title),
        "dct:description": _in_languages(description),
        "dct:bibliographicCitation": _in_languages(told.citation),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": _in_languages(told.publisher)},
        "dct:issued": built,
        "dcat:version": told.version,
        "dct:language": [
            {"@id": f"{AUTHORITY}/language/{LANGUAGE_CODES[lang]}"} for lang in LANGUAGES
        ],
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:date", "@value": told.first.isoformat()},
            "dcat:endDate": {"@type": "xsd:date", "@value": told.last.isoformat()},
        },
        "dct:spatial": [
            {"@type": "dct:Location", "dct:identifier": code, "skos:prefLabel": _in_languages(one)}
            for code, one in told.areas.items()
        ],
        "dcat:keyword": [named for one in told.measures for named in _in_languages(one["name"])],
        "dct:provenance": [
            {"@type": "dct:ProvenanceStatement", "skos:prefLabel": one} for one in registers(told)
        ],
        "dcat:distribution": [
            _distribution(f"{part}.{ending}", data, stated, part)
            for part in PARTS
            for ending in MEDIA
        ],
    }


def _distribution(
    name: str, data: Mapping[str, bytes], licence: Words, part: str
) -> dict[str, Any]:
    ending = name.rpartition(".")[2]
    titles = {lang: text(f"extract.table_{part}", lang) for lang in LANGUAGES}
    return {
        "@id": name,
        "@type": "dcat:Distribution",
        "dct:title": _in_languages(titles),
        "dcat:accessURL": {"@id": name},
        "dcat:downloadURL": {"@id": name},
        "dct:format": {"@id": f"{AUTHORITY}/file-type/{FILE_TYPES[ending]}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{MEDIA[ending]}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(data[name]))},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": sha256(data[name])},
        },
        "dct:license": {"@type": "dct:LicenseDocument", "dct:title": _in_languages(licence)},
    }


def _in_languages(named: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@language": lang, "@value": named[lang]} for lang in LANGUAGES]
