"""Official files as downloaded become a population and a benchmark, by declarations alone."""

import csv
import gzip
import io
import json
import shutil
from datetime import date
from types import SimpleNamespace

import duckdb
import pytest
from publishers import DATA, HERE
from ruamel.yaml import YAML

from pipelines.audit import audit_release
from pipelines.run import build
from tilannehuone.release import current_release

FILE = DATA / "finnish" / "sotkanet_ohc" / "data_full.csv.gz"
CODES = DATA / "finnish" / "keys" / "sotkanet_hyvinvointialueet.csv"
DOCUMENT = HERE.parents[1] / "docs" / "data-steward.md"

ABSENT = f"NOT CHECKED against real files: {FILE} is absent"
YEARS = range(2015, 2022)
SEXES = {"SSS": "total", "1": "male", "2": "female"}


def records():
    """Return placed children and all children by region, year and sex, with class and code."""
    codes = {
        row["uusi_id"]: row["uusi_code"]
        for row in csv.DictReader(CODES.read_text("utf-8").splitlines())
    }
    text = gzip.decompress(FILE.read_bytes()).decode()
    for row in csv.DictReader(io.StringIO(text)):
        year = int(float(row["year"] or 0))
        kind = row["region.class"]
        if kind in ("MAA", "HYVINVOINTIALUE", "MAAKUNTA") and year in YEARS:
            code = {"MAA": "358"}.get(kind) or codes.get(row["region"], row["region"])
            key = (kind, code, year, row["gender"])
            yield key, row["region"], row["region.name"], row["ohc_n"], float(row["childr_n"])


def area_of(kind, code):
    return "FI" if kind == "MAA" else f"hva{int(code):02}"


def write_downloads(folder):
    """Write the files as the two services and the county hand them out; return what they say."""
    whole = list(records())
    children = {key: people for key, *_, people in whole if key[0] != "MAAKUNTA"}
    placed = {key: count for key, _, _, count, _ in whole if count and key[3] == "total"}
    areas = sorted({key[:2] for key in children}, key=lambda one: area_of(*one))
    folder.mkdir(parents=True)
    save = {
        "vaesto_2021.json": population(areas, children),
        "sotkanet_regions.json": regions(whole),
        "sotkanet_191.json": [
            {"indicator": 191, "region": int(number), "year": key[2], "gender": key[3]}
            | {"value": float(count), "absValue": float(count)}
            for key, number, _, count, _ in whole
            if count and key[3] == "total"
        ],
    }
    for name, document in save.items():
        (folder / name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    own = [f"{area_of(*key[:2])};{key[2]};{int(float(n))}" for key, n in placed.items()
           if key[0] == "HYVINVOINTIALUE"]  # fmt: skip
    (folder / "sijoitukset_2021.csv").write_text("\n".join(["alue;vuosi;lapset", *own]), "utf-8")
    return {
        (area_of(*key[:2]), key[2]): (float(count), children[key])
        for key, count in placed.items()
        if key[0] != "MAAKUNTA"
    }


def population(areas, children):
    """Return the population as PxWeb's json-stat2, areas by sexes by years."""
    codes = ["SSS" if kind == "MAA" else f"HVA{int(code):02}" for kind, code in areas]
    dimensions = {"Alue": codes, "Sukupuoli": list(SEXES), "Vuosi": [str(one) for one in YEARS]}
    return {
        "version": "2.0",
        "class": "dataset",
        "id": list(dimensions),
        "size": [len(one) for one in dimensions.values()],
        "dimension": {
            name: {"label": name, "category": {"index": {code: n for n, code in enumerate(one)}}}
            for name, one in dimensions.items()
        },
        "value": [
            children[(*area, year, sex)]
            for area in areas
            for sex in SEXES.values()
            for year in YEARS
        ],
        "extension": {"contact": [{"raw": "a role"}]},
    }


def regions(whole):
    found = {number: (key, name) for key, number, name, *_ in whole}
    return [
        {"id": int(number), "code": key[1], "category": key[0], "title": {"fi": name}}
        for number, (key, name) in found.items()
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built") / "official_context"
    shutil.copytree(HERE / "official_context", folder)
    expected = write_downloads(folder / "data" / "extracts")
    outcome = build(folder, as_of=date(2022, 6, 1))
    path = current_release(folder / "data" / "releases")
    with duckdb.connect(str(path), read_only=True) as release:
        yield SimpleNamespace(
            folder=folder, path=path, release=release, outcome=outcome, expected=expected
        )


@pytest.mark.real
@pytest.mark.skipif(not FILE.is_file(), reason=ABSENT)
def test_the_downloads_become_a_release_that_holds(built):
    assert built.outcome.failed == ()
    report = audit_release(built.path)
    assert report.ok, {one.kind for one in report.findings}
    states = built.release.execute("select sources from release").fetchone()[0]
    assert {one["state"] for one in json.loads(states)} == {"loaded"}


@pytest.mark.real
@pytest.mark.skipif(not FILE.is_file(), reason=ABSENT)
def test_every_cell_is_the_services_figure_over_the_services_population(built):
    found = built.release.execute(
        "select indicator_id, area_code, year(period_start), numerator, denominator from cells"
        " where status = 'ok'"
    ).fetchall()
    shown = {row[:3]: row[3:] for row in found}
    for (area, year), parts in built.expected.items():
        assert shown["sotkanet_placed_share", area, year] == parts
        if area != "FI":
            assert shown["own_placed_share", area, year] == parts
    assert len(shown) == 2 * len(built.expected) - len(YEARS)


@pytest.mark.real
@pytest.mark.skipif(not FILE.is_file(), reason=ABSENT)
def test_the_official_measure_is_published_with_its_own_definition_and_break(built):
    rows = built.release.execute("select indicator_id, definition from indicators").fetchall()
    told = {name: json.loads(definition) for name, definition in rows}

    official = told[told["own_placed_share"]["benchmark"]]
    assert official["sotkanet_id"] == 191
    assert official["definition"]["fi"] != told["own_placed_share"]["definition"]["fi"]
    assert [one["date"] for one in official["breaks"]] == ["2016-01-01"]


def test_the_examples_of_the_document_are_those_that_are_built():
    text = DOCUMENT.read_text(encoding="utf-8").partition("## Official context")[2]
    text = text.partition("\n## ")[0]
    blocks = [one.partition("```")[0] for one in text.split("```yaml\n")[1:]]
    yaml = YAML(typ="safe")
    declared = yaml.load(HERE / "official_context" / "data" / "sources.yaml")["sources"]
    measures = yaml.load(HERE / "official_context" / "indicators.yaml")["indicators"]
    kept = {one["id"]: one for one in measures}

    assert len(blocks) == 3
    for block in blocks[:2]:
        for name, source in yaml.load(block)["sources"].items():
            assert source == declared[name]
    for shown in yaml.load(blocks[2])["indicators"]:
        assert shown.items() <= kept[shown["id"]].items()
