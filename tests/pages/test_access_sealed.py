"""A research extract by HTTP for who may take out some areas: whole, and of no other area."""

import io
import shutil
import zipfile
from datetime import timedelta

import duckdb
import pyarrow.parquet as pq
import pytest
from locked import FOREIGN, OWN, Client, cookie_of, the_app, write_locked
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from tilannehuone.exports.extract_seal import seal_faults
from tilannehuone.release import current_release
from tilannehuone.web.gate import Gate

SAFE = ("cp_open_care_share", "cp_notified_children_share")
"""Measures of the made release of which no hidden number can be solved for."""

UNCOUNTED = "pateniemi"
"""An area of the instance that the release has no cell of."""

OF_MEASURES = ("cells", "points", "findings", "comparisons", "standardised")


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Give what somebody is answered in a room where a researcher has two areas."""
    folder = write_locked(tmp_path_factory.mktemp("sealed"))
    access = folder / "data" / "access.yaml"
    told = access.read_text(encoding="utf-8")
    two = told.replace(
        f"role: researcher, areas: {OWN}", f"role: researcher, areas: [{OWN}, {UNCOUNTED}]"
    )
    access.write_text(two, encoding="utf-8")
    _make_safe(current_release(folder / "data" / "releases"))
    files = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(folder / ".streamlit" / "secrets.toml")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILANNEHUONE_INSTANCE", str(folder))
        patch.delenv("TILANNEHUONE_DATABASE", raising=False)
        routes = the_app().ROUTES
        yield lambda name, query: Client(routes, Gate, cookie_of(name)).get(f"/sealed.zip?{query}")
    config.set_option("secrets.files", files)
    secrets_singleton._reset()


def _make_safe(release):
    """Leave what the auditor passes, an event of two areas, and an earlier release beside it."""
    with duckdb.connect(str(release)) as writer:
        for table in OF_MEASURES:
            writer.execute(f"delete from {table} where indicator_id not in {SAFE}")
        writer.execute(
            """update events set indicators = '[]', areas = ? where areas = '["564"]'""",
            [f'["{OWN}", "tuira"]'],
        )
        (built_at,) = writer.execute("select built_at from release").fetchone()
    before = built_at - timedelta(days=1)
    older = release.with_name(f"{before:%Y%m%dT%H%M%SZ}.duckdb")
    shutil.copy(release, older)
    with duckdb.connect(str(older)) as writer:
        writer.execute("update release set release_id = ?, built_at = ?", [older.stem, before])
        writer.execute("""update cells set value = value + 0.1 where status = 'ok'
            and period_start = (select min(period_start) from cells)""")


@pytest.fixture(scope="module")
def files(asked):
    """Give the files of the extract of who names no area, by name."""
    answer = asked("researcher", "lang=fi")
    assert answer.status_code == 200, answer.text[:300]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def rows(files, table):
    return pq.read_table(io.BytesIO(files[f"{table}.parquet"])).to_pylist()


def test_who_names_no_area_gets_all_that_they_may_take_out_and_has_a_cell(files):
    assert seal_faults(files) == []
    for table in ("areas", "cells", "findings", "comparisons", "vintages"):
        assert {one["area_code"] for one in rows(files, table)} == {OWN}, table
    assert {one["indicator_id"] for one in rows(files, "cells")} == set(SAFE)


def test_no_file_of_it_names_a_foreign_area(files):
    for name, content in files.items():
        told = str(rows(files, name[:-8])) if name.endswith(".parquet") else content.decode()
        assert not [one for one in FOREIGN.values() if one in told], name
        assert not [code for code in FOREIGN if f"'{code}'" in told or f'"{code}"' in told], name


def test_of_an_event_of_two_areas_only_ones_own_is_told(files):
    told = {one["areas"] for one in rows(files, "events")}
    assert told == {"[]", f'["{OWN}"]'}


def test_ones_own_area_by_name_is_the_same_extract(asked, files):
    named = asked("researcher", f"lang=fi&area={OWN}")
    with zipfile.ZipFile(io.BytesIO(named.content)) as packed:
        assert packed.read("SHA256SUMS") == files["SHA256SUMS"]


@pytest.mark.parametrize("area", FOREIGN)
def test_a_foreign_area_is_refused_in_the_words_of_one_that_is_not_there(area, asked):
    foreign, none = (asked("researcher", f"area={one}") for one in (area, "of_nowhere"))
    both = asked("researcher", f"area={OWN}&area={area}")

    assert foreign.status_code == none.status_code == both.status_code == 403
    assert foreign.text == none.text == both.text


@pytest.mark.parametrize("query", [f"area={UNCOUNTED}", f"area={OWN}&area={UNCOUNTED}"])
def test_ones_own_area_without_a_cell_is_refused_and_no_other_is_proposed(query, asked):
    answer = asked("researcher", f"lang=fi&{query}")

    assert answer.status_code == 422
    assert answer.json()["message"].startswith("Valintaan ei osu")


def test_who_may_not_take_out_data_gets_none(asked):
    assert asked("viewer", f"area={OWN}").status_code == 403
