"""What a sealed extract says of itself: in three languages, to people and to machines."""

import re

import pytest
from extracted import NEWER, OLDER, document, limited, rows
from ruamel.yaml import YAML

from tilannehuone.exports.extract_schema import schema_of
from tilannehuone.exports.extract_seal import SUMS, id_of
from tilannehuone.sealed import PARTS, columns_of
from tilannehuone.texts import LANGUAGES


@pytest.fixture(scope="module")
def files():
    return limited()


@pytest.fixture(scope="module")
def twin():
    return limited(twin=True)


def test_every_column_is_described_in_three_languages(files):
    texts = document(files, "metadata.json")["texts"]

    for part in PARTS:
        assert all(one["description"] for one in schema_of(part)["fields"])
        for lang in LANGUAGES:
            told = texts[lang]["tables"][part]["columns"]
            assert list(told) == list(columns_of(part))
            assert all(told.values())


def shape(told):
    if isinstance(told, dict):
        return {name: shape(one) for name, one in told.items()}
    return [shape(one) for one in told] if isinstance(told, list) else bool(told)


def test_three_languages_say_as_much(files):
    texts = document(files, "metadata.json")["texts"]

    assert shape(texts["fi"]) == shape(texts["sv"]) == shape(texts["en"])
    lines = {lang: files[f"README.{lang}.md"].decode().splitlines() for lang in LANGUAGES}
    starts = {lang: [re.match(r"[#>|*-]*", one).group() for one in lines[lang]] for lang in lines}
    assert starts["fi"] == starts["sv"] == starts["en"]
    assert len(set(map(tuple, lines.values()))) == 3


def test_the_citation_names_the_publisher_the_release_and_the_id(files):
    own = id_of(files)
    told = YAML(typ="safe").load(files["CITATION.cff"].decode())

    assert told["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(told)
    assert (told["type"], told["license"], told["version"]) == ("dataset", "CC-BY-4.0", NEWER)
    assert told["authors"] == [{"name": "Region"}]
    assert told["identifiers"][0]["value"] == own
    for lang, who in zip(LANGUAGES, ("Alue", "Område", "Region"), strict=True):
        cited = document(files, "datapackage.json")["citation"][lang]
        assert cited.startswith(f"{who} (2025). ") and NEWER in cited and cited.endswith(own)
        assert f"> {cited}\n" in files[f"README.{lang}.md"].decode()


def test_the_catalogues_name_every_file_of_rows_with_its_checksum(files):
    told = dict(reversed(one.split("  ")) for one in files[SUMS].decode().splitlines())
    data = {name for name in files if name.endswith((".csv", ".parquet"))}

    dcat = document(files, "dcat.jsonld")
    found = {
        one["@id"]: one["spdx:checksum"]["spdx:checksumValue"]["@value"]
        for one in dcat["dcat:distribution"]
    }
    assert found == {name: told[name] for name in data}
    assert {one["@language"] for one in dcat["dct:title"]} == set(LANGUAGES)

    cards = document(files, "croissant.json")
    assert {one["@id"]: one["sha256"] for one in cards["distribution"]} == found
    fields = {field["@id"] for one in cards["recordSet"] for field in one["field"]}
    for one in cards["recordSet"]:
        for field in one["field"]:
            assert field["dataType"].startswith("sc:")
            assert field.get("references", {}).get("field", {"@id": field["@id"]})["@id"] in fields
            if "source" in field:
                assert field["source"]["fileObject"]["@id"] in data


def test_the_protection_report_tells_the_verdict_and_counts_in_hundreds(files):
    told = document(files, "protection.json")
    statuses = [one["status"] for one in rows(files, "cells")]

    assert told["extract"] == {"cells": len(statuses), "hidden": statuses.count("c")}
    assert told["audit"]["findings"] == 0 and told["audit"]["relations_tried"] > 0
    assert told["audit"]["read_together_with"] == [OLDER, NEWER]
    assert "twin" not in told
    assert told["release"]["primary"] % 100 == told["release"]["complementary"] % 100 == 0


def test_a_twin_says_so_in_every_text(twin, files):
    words = {"fi": "synteettinen kaksonen", "sv": "syntetisk tvilling", "en": "synthetic twin"}
    texts = document(twin, "metadata.json")["texts"]

    assert document(twin, "datapackage.json")["twin"] is True
    for lang, word in words.items():
        readme = twin[f"README.{lang}.md"].decode()
        assert word in readme.splitlines()[0] and word in texts[lang]["citation"]
        assert word not in files[f"README.{lang}.md"].decode()
        assert document(twin, "protection.json")["twin"][lang] in readme
    for name in ("CITATION.cff", "dcat.jsonld", "croissant.json", "datapackage.json"):
        assert words["en"] in twin[name].decode()
