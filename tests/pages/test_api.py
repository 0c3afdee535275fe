"""The interface for other programs: every address, form and vintage tells the release's numbers."""

import csv
import io
import json
import warnings
from datetime import date, timedelta

import pandas as pd
import pyarrow.parquet as pq
import pytest
from asked_api import KEY, TABLES, asked, client, opened_releases, with_older
from pyjstat import pyjstat

from tilannehuone import store
from tilannehuone.release import current_release

NUMBERS = ["numerator", "denominator", "value", "lower95", "upper95"]
WHOLE_KEY = ["indicator_id", "area_code", "period_type", "breakdown", "category", "period_start"]


@pytest.fixture(scope="module", autouse=True)
def vintaged(instance, tmp_path_factory):
    """Serve a folder with two releases; give it, and the id of the older one."""
    folder = tmp_path_factory.mktemp("vintaged") / "instance"
    older = with_older(instance, folder)
    with pytest.MonkeyPatch.context() as patched, opened_releases(folder):
        patched.setenv("TILANNEHUONE_INSTANCE", str(folder))
        yield folder, older


@pytest.fixture(scope="module")
def cells(vintaged):
    """Return the cells of the current release as they stand in it."""
    with store.open_release(current_release(vintaged[0] / "data" / "releases")) as release:
        return store.fetch(release, "select * from cells").sort_values(WHOLE_KEY)


def frame_of(answer):
    """Return an answer's rows as a frame, whatever its form."""
    kind = answer.headers["content-type"].partition(";")[0]
    if kind == "text/csv":
        text = {"keep_default_na": False, "na_values": [""], "dtype": {"area_code": str}}
        return pd.read_csv(io.StringIO(answer.text), **text)
    if kind == "application/json":
        return pd.DataFrame(answer.json()["rows"])
    return pq.read_table(io.BytesIO(answer.content)).to_pandas()


@pytest.mark.parametrize("form", ["json", "csv", "parquet"])
def test_the_cells_of_every_form_are_those_of_the_release(cells, form):
    told = frame_of(asked("/cells", **TABLES["/cells"], format=form))
    told["period_start"] = pd.to_datetime(told["period_start"])
    told = told.sort_values(WHOLE_KEY)

    assert len(told) == len(cells)
    for name in (*NUMBERS, "status"):
        left, right = told[name].reset_index(drop=True), cells[name].reset_index(drop=True)
        pd.testing.assert_series_equal(left, right, check_dtype=False, check_exact=True)


@pytest.mark.parametrize("form", ["json", "csv", "parquet"])
@pytest.mark.parametrize("path", sorted(TABLES))
def test_every_table_has_the_same_rows_and_columns_in_every_form(path, form):
    plain = asked(path, **TABLES[path])
    told = asked(path, **TABLES[path], format=form)

    assert (plain.status_code, told.status_code) == (200, 200), told.text[:300]
    found, rows = frame_of(told), plain.json()["rows"]
    assert len(found) == len(rows) == plain.json()["total"] > 0
    assert list(found.columns) == list(rows[0])


def test_a_hidden_cell_has_a_status_and_no_number_in_the_bytes_of_any_form(cells):
    hidden = {"area": "072", "indicator": "cp_notifications_rate"}
    is_it = (cells["area_code"] == "072") & (cells["indicator_id"] == hidden["indicator"])
    mine = cells[is_it & (cells["period_type"] == "month")]
    first = mine.loc[mine["status"] == "c", "period_start"].iloc[0].date().isoformat()
    day = {"from": first, "to": first}

    (row,) = asked("/cells", **hidden, **day).json()["rows"]
    assert row["status"] == "c"
    assert [row[name] for name in NUMBERS] == [None] * 5
    (line,) = asked("/cells", **hidden, **day, format="csv").text.splitlines()[1:]
    assert line == f"cp_notifications_rate,072,month,{first},all,all,,,,,,c"
    table = pq.read_table(io.BytesIO(asked("/cells", **hidden, **day, format="parquet").content))
    assert all(table[name].null_count == 1 for name in NUMBERS)
    cube = asked("/cells", **hidden, **day, format="json-stat").json()
    assert (cube["value"], cube["status"]) == ([None], {"0": "c"})


def test_an_empty_number_in_csv_always_has_a_status_that_says_why():
    rows = csv.DictReader(io.StringIO(asked("/cells", **TABLES["/cells"], format="csv").text))

    assert all(row["value"] or row["status"] in tuple("cxzkuo") for row in rows)


def test_a_cube_is_dense_named_in_the_readers_language_and_read_by_pyjstat(cells):
    query = {"indicator": ["cp_notifications_rate", "out_of_home_share"], "period_type": "year"}
    cube = asked("/cells", **query, format="json-stat", lang="sv").json()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it calls what it has deprecated
        read = pyjstat.Dataset.read(json.dumps(cube)).write("dataframe", naming="id")

    assert cube["dimension"]["time"]["label"] == "Period"
    assert (
        cube["dimension"]["ContentsCode"]["category"]["unit"]["out_of_home_share"]["label"] == "%"
    )
    found = read.dropna(subset=["value"]).set_index(["ContentsCode", "area", "time"])["value"]
    yearly = cells[(cells["period_type"] == "year") & (cells["breakdown"] == "all")]
    yearly = yearly[yearly["indicator_id"].isin(query["indicator"])].dropna(subset=["value"])
    assert len(found) == len(yearly) > 20
    for one in yearly.itertuples():
        place = (one.indicator_id, one.area_code, str(one.period_start.year))
        assert found[place] == one.value


def test_a_series_has_its_limits_and_a_finding_its_sentence():
    told = asked("/series", **KEY).json()["rows"]
    (found,) = asked("/findings", **KEY, lang="en").json()["rows"]

    assert {"centre", "signal"} < set(told[-1])
    assert any(row["centre"] is not None for row in told)
    assert found["sentence"].startswith("In ")
    assert found["finding"]["indicator_id"] == KEY["indicator"]
    assert asked("/findings", **KEY).json()["rows"][0]["sentence"] != found["sentence"]


def test_without_a_period_type_a_measure_is_told_by_its_own_and_undivided():
    rows = asked("/cells", indicator="cp_notifications_rate").json()["rows"]

    assert {(one["period_type"], one["breakdown"]) for one in rows} == {("month", "all")}


def test_periods_are_those_that_begin_between_the_days():
    rows = asked("/cells", **KEY, **{"from": "2025-03-01", "to": "2025-05-31"}).json()["rows"]

    assert [one["period_start"] for one in rows] == ["2025-03-01", "2025-04-01", "2025-05-01"]


def test_a_long_table_comes_in_pages_that_lead_to_each_other():
    address, pages = "/api/v1/cells?limit=300&indicator=cp_notifications_rate&period_type=*", []
    while address:
        answer = client().get(address)
        pages += answer.json()["rows"]
        links = dict(
            one.split("; ")[::-1] for one in answer.headers.get("link", "").split(", ") if one
        )
        address = links.get('rel="next"', "").strip("<>")

    whole = {"period_type": "*", "limit": 50000}
    assert pages == asked("/cells", indicator=KEY["indicator"], **whole).json()["rows"]
    assert len(pages) > 600


def test_what_was_known_on_a_day_is_told_by_the_release_of_then(vintaged):
    older = vintaged[1]
    yearly = KEY | {"period_type": "year"}
    now, then = (
        asked("/series", **yearly, **which).json()
        for which in ({}, {"known_at": (date.today() - timedelta(days=10)).isoformat()})
    )

    assert then["release"]["release_id"] == older
    assert asked("/series", **yearly, release=older).json() == then
    pairs = zip(now["rows"], then["rows"], strict=True)
    assert all(b["value"] == a["value"] + 1 for a, b in pairs)


def test_releases_are_listed_and_the_current_one_is_marked(vintaged):
    rows = asked("/releases").json()["rows"]

    assert [one["release_id"] for one in rows][0] == vintaged[1]
    assert [one["current"] for one in rows] == [False, True]


def test_revisions_are_the_cells_that_differ(vintaged):
    told = asked("/revisions", indicator=KEY["indicator"], limit=5000).json()

    assert told["older"]["release_id"] == vintaged[1]
    assert {one["period_type"] for one in told["rows"]} == {"year"}
    assert {one["change"] for one in told["rows"]} == {"revised"}
    assert all(one["old_value"] == one["new_value"] + 1 for one in told["rows"])
    assert asked("/revisions", indicator="out_of_home_share").json()["total"] == 0
    assert asked("/revisions", release=vintaged[1]).status_code == 404
