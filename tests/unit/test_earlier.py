"""What the releases in a folder have told, whoever made them and whatever the folder is called."""

import json

import duckdb
import numpy as np
import pandas as pd
import pytest
from remembering import counted, plus, publish

from pipelines.earlier import counting_digest, read_earlier
from tilannehuone.errors import ReleaseMissing
from tilannehuone.release import TABLES

FIRST = np.full((5, 3, 2), 12.0)
KEYS = ["indicator_id", "area_code", "period_type", "period_start", "breakdown", "category"]
DEFINITION = {
    "kind": "count",
    "numerator": {"from": "s", "count": "rows"},
    "protect": {"k_min": 5},
    "name": {"fi": "a"},
}
PLAN = """create table plan (indicator_id varchar, area_code varchar, period_type varchar,
    breakdown varchar, category varchar, year integer, offered boolean, instead varchar)"""


def write(folder, day, cells, *, definition=None, report=None, plan=()):
    """Write what a release holds of `cells`; `plan` has (area, year, offered)."""
    folder.mkdir(exist_ok=True)
    path = folder / f"202501{day:02d}T000000Z.duckdb"
    with duckdb.connect(str(path)) as file:
        for table in ("release", "indicators", "cells"):
            file.execute(f"create table {table} ({TABLES[table]})")
        file.register("frame", cells)
        file.execute("insert into cells by name from frame")
        file.execute(
            "insert into indicators by name select 'a' as indicator_id, 'count' as kind, "
            "?::json as definition",
            [json.dumps(definition or DEFINITION)],
        )
        file.execute(
            "insert into release by name select ?::json as protection", [json.dumps(report or {})]
        )
        if plan:
            file.execute(PLAN)
            for area, year, offered in plan:
                row = ["a", area, "month", "all", "all", year, offered, None]
                file.execute("insert into plan values (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return path


def now(definition=None):
    return {"a": json.dumps(definition or DEFINITION)}


def word(earlier, area="m1", category="age0", month=1):
    words = earlier.words
    mine = words[
        (words["area_code"] == area)
        & (words["category"] == category)
        & (pd.to_datetime(words["period_start"]).dt.month == month)
    ]
    return mine.iloc[0] if len(mine) else None


def test_the_last_shown_number_is_remembered_and_whether_it_was_hidden_since(tmp_path):
    first = publish(counted(FIRST))
    second = publish(counted(FIRST * 2), hide=[("m1", "month")])
    write(tmp_path, 1, first.cells)
    write(tmp_path, 2, second.cells)

    found = read_earlier(tmp_path, now())

    one, other = word(found, "m1"), word(found, "m2")
    assert (one["numerator"], one["shown"], one["hidden"]) == (12, True, True)
    assert (other["numerator"], other["shown"], other["hidden"]) == (24, True, False)
    assert found.releases == ("20250101T000000Z", "20250102T000000Z")
    assert not found.words.duplicated(KEYS).any()


def test_a_cell_that_was_never_shown_has_no_number(tmp_path):
    write(tmp_path, 1, publish(counted(plus(FIRST, (0, 0, 0, -10)))).cells)

    one = word(read_earlier(tmp_path, now()))

    assert np.isnan(one["numerator"])
    assert (one["shown"], one["hidden"]) == (False, True)


def test_a_release_that_lacks_a_cell_does_not_make_readers_forget_it(tmp_path):
    cells = publish(counted(FIRST)).cells
    write(tmp_path, 1, cells)
    write(tmp_path, 2, cells[cells["area_code"] != "m1"])
    write(tmp_path, 3, cells.assign(status="x", numerator=np.nan, value=np.nan))

    assert word(read_earlier(tmp_path, now()))["numerator"] == 12


def test_whether_a_hidden_number_still_stands_in_the_sums_is_told_by_who_hid_it(tmp_path):
    shown, hidden = publish(counted(FIRST)), publish(counted(FIRST), hide=[("m1", "month")])
    for folder, report in (("old", {}), ("new", {"held_back": 0})):
        write(tmp_path / folder, 1, shown.cells)
        write(tmp_path / folder, 2, hidden.cells, report=report)

    assert not word(read_earlier(tmp_path / "old", now()))["stands"]
    assert word(read_earlier(tmp_path / "new", now()))["stands"]


def test_a_folder_with_an_apostrophe_and_a_release_without_a_plan_are_read(tmp_path):
    folder = tmp_path / "people's; data"
    write(folder, 1, publish(counted(FIRST)).cells)

    found = read_earlier(folder, now())

    assert word(found)["numerator"] == 12
    assert found.plan.empty


def test_an_empty_or_missing_folder_has_told_nothing(tmp_path):
    found = read_earlier(tmp_path / "none", now())

    assert found.words.empty
    assert publish(counted(FIRST), found).history.held_back == 0


def test_a_file_that_is_no_release_stops_the_reading(tmp_path):
    (tmp_path / "20250101T000000Z.duckdb").write_bytes(b"not a database, only bytes" * 400)

    with pytest.raises(ReleaseMissing, match="not_a_release"):
        read_earlier(tmp_path, now())


def test_a_database_without_cells_stops_the_reading(tmp_path):
    with duckdb.connect(str(tmp_path / "20250101T000000Z.duckdb")) as file:
        file.execute("create table other (a int)")

    with pytest.raises(ReleaseMissing, match="not_a_release"):
        read_earlier(tmp_path, now())


def test_the_latest_plan_of_a_series_and_year_stands(tmp_path):
    cells = publish(counted(FIRST)).cells
    write(tmp_path, 1, cells, plan=[("m1", 2023, True), ("m1", 2024, True)])
    write(tmp_path, 2, cells, plan=[("m1", 2024, False), ("m2", 2024, True)])

    plan = read_earlier(tmp_path, now()).plan

    told = {(one.area_code, one.year): one.offered for one in plan.itertuples()}
    assert told == {("m1", 2023): True, ("m1", 2024): False, ("m2", 2024): True}


def test_another_definition_is_not_remembered_but_named(tmp_path):
    other = DEFINITION | {"numerator": {"from": "s", "count": "rows", "where": "b = 1"}}
    write(tmp_path, 1, publish(counted(FIRST)).cells, definition=other)

    found = read_earlier(tmp_path, now())

    assert found.words.empty
    assert found.redefined == {"a"}
    assert read_earlier(tmp_path, now(other)).redefined == frozenset()


def test_a_definition_that_comes_back_is_remembered(tmp_path):
    other = DEFINITION | {"cohort_days": 30}
    cells = publish(counted(FIRST)).cells
    write(tmp_path, 1, cells)
    write(tmp_path, 2, cells.assign(numerator=99.0), definition=other)

    found = read_earlier(tmp_path, now())

    assert word(found)["numerator"] == 12
    assert found.redefined == {"a"}


@pytest.mark.parametrize(
    "change",
    [{"protect": {"k_min": 10}}, {"name": {"fi": "b"}}, {"levels": ["city"]}, {"decimals": 2}],
    ids=lambda change: next(iter(change)),
)
def test_what_is_said_of_a_measure_does_not_make_readers_forget(tmp_path, change):
    write(tmp_path, 1, publish(counted(FIRST)).cells)

    assert word(read_earlier(tmp_path, now(DEFINITION | change))) is not None


def test_keys_that_a_later_format_adds_empty_change_no_digest():
    later = DEFINITION | {"numerator": DEFINITION["numerator"] | {"date": None}, "rolling": None}

    assert counting_digest(later) == counting_digest(DEFINITION)


def test_k_and_kind_of_every_release_are_told(tmp_path):
    cells = publish(counted(FIRST)).cells
    write(tmp_path, 1, cells)
    write(tmp_path, 2, cells, definition=DEFINITION | {"protect": {"k_min": 10}})

    told = read_earlier(tmp_path, now()).measures

    assert told["k"].tolist() == [5, 10]
    assert told["kind"].tolist() == ["count", "count"]
    assert told["same"].tolist() == [True, True]


def test_what_the_files_tell_is_what_readers_know(tmp_path):
    before = publish(counted(plus(FIRST, (0, 1, 1, -9))), hide=[("m3", "month")])
    write(tmp_path, 1, before.cells, report={"held_back": 0})
    table = counted(plus(FIRST, (0, 0, 0, 2), (3, 0, 0, 9), (2, 0, 0, 1)))

    read = publish(table, read_earlier(tmp_path, now()))

    pd.testing.assert_frame_equal(read.cells, publish(table, before.earlier).cells)
