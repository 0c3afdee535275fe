"""A release opened in a script: a file, an instance folder and an extract open and answer alike."""

import subprocess
import sys
import zipfile
from datetime import date

import duckdb
import pandas as pd
import pytest
from opened_release import AREA, MEASURE, write_extract, write_instance

import tilannehuone as th
from tilannehuone import opened_types, store_scope
from tilannehuone.finding import Finding
from tilannehuone.release import current_release
from tilannehuone.texts import LANGUAGES, catalogue


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_instance(tmp_path_factory.mktemp("opened") / "instance")


@pytest.fixture(scope="module")
def file(folder):
    return current_release(folder / "data" / "releases")


@pytest.fixture(scope="module")
def extract(file, tmp_path_factory):
    return write_extract(file, tmp_path_factory.mktemp("extract") / "sealed")


@pytest.fixture(scope="module")
def packed(extract):
    path = extract.parent / "sealed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for one in extract.iterdir():
            archive.write(one, f"sealed/{one.name}")
    return path


@pytest.fixture(scope="module")
def release(file):
    with th.open_release(file) as opened:
        yield opened


def test_importing_it_imports_nothing_heavy():
    heavy = {"pandas", "duckdb", "streamlit", "numpy", "pydantic"}
    code = f"import sys, tilannehuone; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there_and_no_other():
    assert all(getattr(th, one) is not None for one in th.__all__)
    assert set(th.__all__) <= set(dir(th))
    with pytest.raises(AttributeError):
        th.no_such_name  # noqa: B018


@pytest.mark.parametrize("kind", ["file", "folder", "extract", "packed"])
def test_the_same_script_runs_on_a_release_its_instance_and_its_extract(kind, release, request):
    with th.open_release(request.getfixturevalue(kind)) as opened:
        for told in ("indicators", "areas", "events"):
            pd.testing.assert_frame_equal(getattr(opened, told), getattr(release, told))
        pd.testing.assert_frame_equal(opened.series(MEASURE, AREA), release.series(MEASURE, AREA))
        everything = {"period_type": "*", "breakdown": "*"}
        pd.testing.assert_frame_equal(opened.cells(**everything), release.cells(**everything))
        pd.testing.assert_frame_equal(opened.findings(), release.findings())
        assert opened.finding(MEASURE, AREA) == release.finding(MEASURE, AREA)
        assert opened.definition(MEASURE) == release.definition(MEASURE)
        assert (opened.facts, opened.id) == (release.facts, release.id)


@pytest.mark.parametrize("told", ["series", "cells", "findings", "indicators", "areas", "events"])
def test_columns_and_their_kinds_are_as_promised_even_where_nothing_is_in_them(told, release):
    frames = {
        "series": (release.series(MEASURE, AREA, start="2090-01-01"), opened_types.SERIES),
        "cells": (release.cells([]), opened_types.CELL),
        "findings": (release.findings(area=[]), opened_types.FINDING),
        "indicators": (release.indicators, opened_types.INDICATOR),
        "areas": (release.areas, opened_types.AREA),
        "events": (release.events, opened_types.EVENT),
    }
    found, columns = frames[told]

    assert tuple(found.columns) == columns
    assert {one: str(kind) for one, kind in found.dtypes.items()} == {
        one: opened_types.kind_of(one) for one in columns
    }


def test_a_series_is_told_by_the_measures_own_period_unless_another_is_asked_for(release):
    own = release.series(MEASURE, AREA)
    yearly = release.series(MEASURE, AREA, period_type="year")

    assert own.attrs["period_type"] == "month"
    assert len(own) == 24
    assert yearly["period_start"].dt.year.tolist() == [2023, 2024]
    assert release.indicators.set_index("indicator_id")["period_type"]["sliding_rate"] == "rolling3"


def test_a_hidden_cell_has_status_c_and_no_number_of_any_kind(release):
    hidden = release.series(MEASURE, AREA).query("status == 'c'")

    assert len(hidden) == 2
    assert hidden[["numerator", "denominator", "value", "lower95", "upper95"]].isna().all(axis=None)


def test_periods_are_asked_for_by_their_first_day_both_ends_within(release):
    asked = {"start": "2023-03-01", "end": date(2023, 5, 1)}
    by_series, by_cells = (
        release.series(MEASURE, AREA, **asked),
        release.cells(MEASURE, AREA, **asked),
    )

    assert by_series["period_start"].dt.month.tolist() == [3, 4, 5]
    assert by_cells["period_start"].dt.month.tolist() == [3, 4, 5]


def test_cells_of_many_series_are_long_and_narrow_by_every_key(release):
    every = release.cells(period_type="*", breakdown="*")
    (count,) = release.connection.execute("select count(*) from cells").fetchone()

    assert len(every) == count
    assert set(release.cells()["breakdown"]) == {"all"}
    ages = release.cells(MEASURE, AREA, breakdown="age")
    assert set(ages["category"]) == {"0-12", "13-17"}
    assert set(release.cells(MEASURE, [AREA, "tuira"])["area_code"]) == {AREA, "tuira"}


def test_changing_a_frame_changes_nothing_of_the_release(release):
    areas = release.areas
    areas["area_code"] = "gone"
    release.facts["instance"]["name"] = "gone"

    assert AREA in set(release.areas["area_code"])
    assert release.facts["instance"]["name"] != "gone"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("visit_rate", AREA), "visits_rate"),
        ((MEASURE, "Kaakuri"), AREA),
        ((MEASURE, AREA, "day"), "month"),
        ((MEASURE, AREA, None, "sex"), "age"),
        ((MEASURE, AREA, None, "age", "0-11"), "0-12"),
        ((MEASURE, AREA, None, "all", "all", "soon"), "2025-02-05"),
    ],
)
def test_what_is_not_there_is_told_in_one_line_with_the_names_nearest_to_it(asked, told, release):
    with pytest.raises(th.NotInRelease) as refused:
        release.series(*asked)

    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_measure_unknown_among_many_is_refused_as_well(release):
    with pytest.raises(th.NotInRelease):
        release.cells([MEASURE, "nothing_like_it"])
    with pytest.raises(th.NotInRelease):
        release.definition("nothing_like_it")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_finding_is_whole_and_its_sentence_is_that_of_the_pages(lang, release):
    found = release.finding(MEASURE, AREA)
    said = release.sentence(MEASURE, AREA, lang=lang)

    assert isinstance(found, Finding)
    assert (found.indicator_id, found.area_code, found.period_type) == (MEASURE, AREA, "month")
    assert said.endswith(".")
    assert release.id in release.citation(lang)
    assert catalogue(lang)["about.citation"].split("{")[0] in release.citation(lang)


def test_a_notebook_is_shown_a_small_table_with_every_word_escaped(folder, tmp_path):
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(current_release(folder / "data" / "releases").read_bytes())
    with duckdb.connect(str(copy)) as file:
        file.execute("update release set release_id = '<script>'")
    with th.open_release(copy) as release:
        shown = release._repr_html_()

    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert len(shown) < 2000


def test_a_release_narrowed_to_some_areas_answers_nothing_of_the_others(file):
    with th.open_release(store_scope.narrowed(file, {"tuira"})) as narrow:
        assert set(narrow.cells(period_type="*", breakdown="*")["area_code"]) == {"tuira"}
        assert set(narrow.areas["area_code"]) == {"tuira"}
        with pytest.raises(th.NotInRelease) as refused:
            narrow.series(MEASURE, "kaakkur")
    assert AREA not in str(refused.value)


def test_a_path_without_a_release_is_told_in_one_line(tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("no release", encoding="utf-8")
    torn = tmp_path / "torn.zip"
    torn.write_bytes(b"PK")
    lacking = tmp_path / "lacking"
    lacking.mkdir()
    (lacking / "datapackage.json").write_text("{}", encoding="utf-8")
    for path in (tmp_path / "nothing", tmp_path, notes, torn, lacking):
        with pytest.raises(th.ReleaseMissing) as refused:
            th.open_release(path)
        assert str(path) in str(refused.value)
        assert "\n" not in str(refused.value)


def test_a_zip_is_read_for_its_tables_alone_and_no_path_of_its_own_is_written(packed, tmp_path):
    hostile = tmp_path / "hostile.zip"
    hostile.write_bytes(packed.read_bytes())
    with zipfile.ZipFile(hostile, "a") as archive:
        archive.writestr("sealed/../../escaped.parquet", "x")
        archive.writestr("cells.parquet", "not the table beside datapackage.json")
    with th.open_release(hostile) as opened:
        assert len(opened.series(MEASURE, AREA)) == 24
    assert not list(tmp_path.parent.rglob("escaped.parquet"))


def test_nothing_outside_can_be_reached_through_an_open_release(extract):
    with th.open_release(extract) as opened, pytest.raises(duckdb.Error):
        opened.connection.execute(f"from read_parquet('{extract}/cells.parquet')")
