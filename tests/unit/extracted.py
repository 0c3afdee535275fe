"""Two releases of a small instance, and the extracts made of the newer one."""

import csv
import io
import json
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
from released import change
from small_instance import AS_OF, make_instance

from pipelines.run import build
from pipelines.sealing import chosen, earlier_than
from tilannehuone.exports.extract import extract_files
from tilannehuone.sealed import Choice
from tilannehuone.web.sealing import sealed_extract

OLDER, NEWER = "20250101T000000Z", "20250201T000000Z"
LIMITED = Choice(measures=("visits_rate",), areas=("n1", "s2"), first=date(2024, 1, 1))
KEPT = []
"""The folder of the releases, until the tests are over."""


@cache
def newer_release():
    """The newer of two releases; the older one differs in the country's people of 2023."""
    KEPT.append(tempfile.TemporaryDirectory())
    folder = make_instance(Path(KEPT[0].name) / "instance")
    registry = folder / "indicators.yaml"
    named = "publisher: {fi: Alue, sv: Område, en: Region}\n  licence: CC-BY-4.0\n  keep"
    text = registry.read_text(encoding="utf-8").replace("keep", named, 1)
    registry.write_text(text, encoding="utf-8")
    built = build(folder, as_of=AS_OF).publication.path
    made = Path(KEPT[0].name) / "releases"
    made.mkdir()
    for stamp in (OLDER, NEWER):
        path = made / f"{stamp}.duckdb"
        shutil.copy(built, path)
        built_at = f"strptime('{stamp}', '%Y%m%dT%H%M%SZ')"
        change(path, f"update release set release_id = '{stamp}', built_at = {built_at}")
    people = "indicator_id = 'people' and area_code = 'FI' and period_start = '2023-01-01'"
    older = f"update cells set numerator = 4000, value = 4000 where {people}"
    change(made / f"{OLDER}.duckdb", older)
    return made / f"{NEWER}.duckdb"


@cache
def whole():
    """The files of an extract of all of the newer release."""
    return sealed_extract(newer_release(), earlier_than(newer_release()), Choice())


@cache
def limited_rows():
    """The rows of one measure in two areas."""
    return chosen(newer_release(), earlier_than(newer_release()), LIMITED)


@cache
def limited(*, twin=False):
    """The files of an extract of one measure in two areas; said to be of a twin if it is one."""
    rows_of = limited_rows()
    return extract_files(replace(rows_of, choice=replace(rows_of.choice, twin=twin)))


def rows(files, part):
    return list(csv.DictReader(io.StringIO(files[f"{part}.csv"].decode())))


def parquet(files, part):
    return pq.read_table(io.BytesIO(files[f"{part}.parquet"])).to_pylist()


def document(files, name):
    return json.loads(files[name])
