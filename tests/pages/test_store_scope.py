"""A release as somebody sees it who may read some areas: no SQL of ours tells of another one."""

import importlib
import pkgutil
import re

import duckdb
import pandas as pd
import pytest

import tilannehuone
from tilannehuone import store, store_scope
from tilannehuone.release import TABLES, current_release
from tilannehuone.ui import cached

MINE, FOREIGN = ("yli_ii", "pohde"), ("tuira", "072")
MODULES = [one.name for one in pkgutil.iter_modules(tilannehuone.__path__)]
STATEMENTS = {
    f"{name}.{key}": one
    for name in MODULES
    if name.startswith("store")
    for key, one in vars(importlib.import_module(f"tilannehuone.{name}")).items()
    if isinstance(one, str) and re.match(r"\s*(select|with)\b", one)
    if key != "TABLE_NAMES" and not re.search(r"\{\w+\}", one)  # a template of others
}
"""Every SQL constant of the store's modules: what comes to them is tried as well."""

KEYS = {
    "indicator_id": "cp_notifications_rate",
    "period_type": "year",
    "breakdown": "all",
    "category": "all",
    "area_type": "district",
    "period_start": "2025-01-01",
    "indicator_ids": "",
    "start": "",
    "end": "",
    "region": "oulu",
    "limit": "100000",
    "offset": "0",
}


@pytest.fixture(scope="module")
def file(instance):
    return current_release(instance / "data" / "releases")


@pytest.fixture(scope="module")
def release(file):
    with store.open_release(file) as opened:
        yield opened


def asked(sql, area):
    keys = KEYS | {"area_code": area, "area_codes": "\n".join([area, *MINE])}
    return {name: one for name, one in keys.items() if re.search(rf"\${name}\b", sql)}


@pytest.mark.parametrize("name", sorted(STATEMENTS))
@pytest.mark.parametrize("area", FOREIGN)
def test_no_statement_tells_of_a_foreign_area(release, name, area):
    sql = STATEMENTS[name]
    told = store_scope.fetch_within(release, MINE, sql, **asked(sql, area))

    if "area_code" in told:
        assert set(told["area_code"]) <= {*MINE, ""}
    if re.search(r"\$area_code\b", sql) and "UNPLANNED" not in name:
        assert told.empty or _tallies_nothing(told)


def _tallies_nothing(told):
    return len(told) == 1 and not pd.to_numeric(told.iloc[0], errors="coerce").fillna(0).any()


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_who_may_read_all_areas_is_told_the_same_as_by_the_release_itself(release, name):
    sql = STATEMENTS[name]
    every = set(store.fetch(release, store.AREAS)["area_code"])
    whole = store.fetch(release, sql, **asked(sql, "tuira"))
    told = store_scope.fetch_within(release, every, sql, **asked(sql, "tuira"))

    columns = [one for one in whole.columns if one != "position"]
    pd.testing.assert_frame_equal(_sorted(told[columns]), _sorted(whole[columns]))


def _sorted(frame):
    text = frame.astype("str")
    return text.sort_values(list(text.columns)).reset_index(drop=True)


def test_every_table_of_a_release_has_a_rule_and_those_with_areas_are_narrowed():
    assert set(store_scope.ROWS) == set(TABLES)
    with_areas = {
        name for name, columns in TABLES.items() if re.search(r"\barea(_code|s)\b", columns)
    }
    assert {name for name, rows in store_scope.ROWS.items() if rows != "true"} == with_areas


def test_an_event_of_foreign_areas_alone_is_not_told(release):
    mine = store_scope.fetch_within(release, MINE, store.EVENTS)
    whole = store.fetch(release, store.EVENTS)

    assert 0 < len(mine) < len(whole)
    assert not mine["areas"].str.contains("tuira").any()


def test_what_was_kept_for_one_is_never_the_answer_to_another(file):
    seen = [store_scope.narrowed(file, one) for one in (None, {"tuira"}, {"yli_ii"}, set())]
    told = [set(cached.areas(one)["area_code"]) for one in seen]

    assert seen[0] is file
    assert {"tuira", "yli_ii"} < told[0]
    assert told[1:] == [{"tuira"}, {"yli_ii"}, set()]


@pytest.mark.parametrize("code", ["a.b", "a/b", "a,b", "a@b", "å ö", "o'b", "..", "%2E"])
def test_any_code_survives_the_path(tmp_path, code):
    file = tmp_path / "20260101T000000Z.duckdb"
    seen = store_scope.narrowed(file, {code, "x"})

    assert set(store_scope.areas_of(seen)) == {code, "x"}
    assert store_scope.whole(seen) == file
    assert seen.parent == file.parent


def test_a_code_cannot_become_sql(release):
    assert store_scope.fetch_within(release, {"') or ('1' = '1"}, store.AREAS).empty


def test_readers_at_the_same_time_keep_to_themselves(release):
    with release.cursor() as other:
        store_scope.fetch_within(release, MINE, store.AREAS)

        assert len(store.fetch(release, store.AREAS)) > len(MINE)
        assert other.execute("select count(*) from areas").fetchone() > (len(MINE),)


def test_a_release_made_without_later_tables_is_narrowed_as_well(file, tmp_path):
    old = tmp_path / "old.duckdb"
    with duckdb.connect(str(old)) as made:
        made.execute(f"attach '{file}' as told (read_only)")
        for name in set(TABLES) - store.LATER_TABLES:
            made.execute(f"create table {name} as from told.{name}")

    assert set(cached.areas(store_scope.narrowed(old, set(MINE)))["area_code"]) == set(MINE)
