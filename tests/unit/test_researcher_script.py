"""A researcher's script that was written on a twin runs unchanged on the extract."""

import runpy
import sys
from pathlib import Path

import pandas as pd
import pytest
from twinned import real, twin

from tilannehuone.exports.extract import zip_bytes
from tilannehuone.sealed import Choice
from tilannehuone.web.sealing import sealed_extract

SCRIPT = Path(__file__).with_name("researcher.py")
FRAMES = (
    *("measures", "places", "events", "cells", "everything", "one", "found"),
    *("panel", "counts", "people", "rates", "begun", "results"),
)
PATHS = ("twin", "twin's extract", "extract", "packed extract", "release", "instance")


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    """Give every path that the script may be given, by what it is."""
    folder, found = tmp_path_factory.mktemp("sealed"), {}
    for name, release in (("twin's extract", twin()[1]), ("extract", real()[1])):
        files = sealed_extract(release, [], Choice())
        found[name] = folder / name
        found[name].mkdir()
        for file, content in files.items():
            (found[name] / file).write_bytes(content)
    found["packed extract"] = folder / "extract.zip"
    found["packed extract"].write_bytes(zip_bytes(files))
    return found | {"twin": twin()[0], "release": real()[1], "instance": real()[0]}


@pytest.fixture(scope="module")
def outcomes(paths):
    """Give what the script had made when it ended, by what it was given."""
    arguments, made = sys.argv, {}
    try:
        for name in PATHS:
            sys.argv = [str(SCRIPT), str(paths[name])]
            made[name] = runpy.run_path(str(SCRIPT), run_name="__main__")
    finally:
        sys.argv = arguments
    return made


def form(frame):
    """Return columns and kinds, of the index too."""
    kinds = [(str(name), str(kind)) for name, kind in frame.dtypes.items()]
    return [*kinds, ("index", str(frame.index.dtype))]


@pytest.mark.parametrize("name", PATHS)
def test_what_was_written_on_the_twin_makes_the_same_columns_of_the_same_kinds(name, outcomes):
    written, run = outcomes["twin"], outcomes[name]

    assert {one: form(run[one]) for one in FRAMES} == {one: form(written[one]) for one in FRAMES}
    assert all(len(run[one]) for one in FRAMES)
    assert all(said.endswith(".") for said in run["said"])


@pytest.mark.parametrize("part", ["tables", "parquet"])
def test_files_read_without_the_library_have_the_same_columns_and_kinds_too(part, outcomes):
    forms = [
        {one: form(frame) for one, frame in outcomes[name][part].items()}
        for name in ("twin's extract", "extract", "packed extract")
    ]

    assert forms[0] == forms[1] == forms[2]
    assert len(forms[0]) > 10


@pytest.mark.parametrize("name", ["extract", "packed extract", "instance"])
def test_an_extract_of_everything_gives_the_figures_of_the_release(name, outcomes):
    for one in FRAMES:
        pd.testing.assert_frame_equal(outcomes[name][one], outcomes["release"][one])


def test_csv_parquet_and_the_library_tell_the_same_cells(outcomes):
    run = outcomes["extract"]
    keys = ["indicator_id", "area_code", "period_type", "period_start", "breakdown", "category"]
    told = run["everything"].sort_values(keys, ignore_index=True)

    for part in ("tables", "parquet"):
        held = run[part]["cells"].sort_values(keys, ignore_index=True)[told.columns]
        pd.testing.assert_frame_equal(held.astype(told.dtypes), told)


def test_a_study_of_the_twin_finds_nobodys_numbers(outcomes):
    both = outcomes["twin"]["everything"].merge(
        outcomes["release"]["everything"], on=["indicator_id", "area_code", "period_start"]
    )
    shown = both.dropna(subset=["value_x", "value_y"])

    assert len(shown)
    assert not (shown["value_x"] == shown["value_y"]).any()


def test_there_is_something_to_study_everywhere_and_something_hidden(outcomes):
    for run in outcomes.values():
        told = run["results"].dropna(subset=["change", "yearly"])
        assert {"FI", "N"} <= set(told["area_code"]) < set(run["results"]["area_code"])
        assert run["panel"]["hidden"].any() and run["panel"]["after"].any()
