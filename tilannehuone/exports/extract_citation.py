"""`CITATION.cff`: how to cite an extract, in the Citation File Format 1.2.0."""

import json
from typing import Any

from tilannehuone.exports.extract_package import ENGLISH
from tilannehuone.exports.extract_told import Told
from tilannehuone.texts import LANGUAGES, text

SPDX = frozenset({"CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0", "ODbL-1.0", "ODC-By-1.0"})
"""Licences of data that the format knows by their SPDX identifiers; others stand in the words."""


def citation_file(told: Told) -> bytes:
    """Return `CITATION.cff`; a string of JSON is a string of YAML."""
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        f"message: {_quoted(text('extract.cite_message', ENGLISH))}",
        f"title: {_quoted(told.title[ENGLISH])}",
        f"abstract: {_quoted(_abstract(told))}",
        "authors:",
        f"  - name: {_quoted(told.publisher[ENGLISH])}",
        f"version: {_quoted(told.version)}",
        f"date-released: {told.built_at.date().isoformat()}",
        "identifiers:",
        "  - type: other",
        f"    value: {_quoted(told.id)}",
        f"    description: {_quoted('UUID of the content (RFC 9562, version 8)')}",
    ]
    if told.licence in SPDX:
        lines.append(f"license: {_quoted(str(told.licence))}")
    elif told.licence and told.licence.startswith(("https://", "http://")):
        lines.append(f"license-url: {_quoted(told.licence)}")
    return ("\n".join(lines) + "\n").encode()


def _abstract(told: Told) -> str:
    """Return the notices, the description and the citation in each language, a line each."""
    found: list[str] = []
    for lang in LANGUAGES:
        notices = [one[lang] for one in told.notices]
        licence = text("extract.licence", lang, name=told.licence or not_stated(lang))
        found.append(
            " ".join([*notices, told.description[lang], f"{licence}.", told.citation[lang]])
        )
    return "\n".join(found)


def not_stated(lang: str) -> str:
    """Return what stands where nothing was declared."""
    return text("extract.not_stated", lang)


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
