"""The reader's connection is locked, and every statement answers over a real release."""

import duckdb
import pytest

from tilannehuone import store
from tilannehuone.errors import ReleaseMissing
from tilannehuone.release import current_release
from tilannehuone.ui import cached


@pytest.fixture
def release(instance):
    with store.open_release(current_release(instance / "data" / "releases")) as opened:
        yield opened


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/passwd')",
        "copy release to '/tmp/copy.csv'",
        "attach '/tmp/other.duckdb'",
        "install httpfs",
        "set enable_external_access = true",
        "delete from cells",
    ],
)
def test_nothing_but_reading_is_possible(release, statement):
    with pytest.raises(duckdb.Error):
        release.execute(statement)


def test_a_file_that_lacks_a_table_is_no_release(tmp_path):
    path = tmp_path / "20260101T000000Z.duckdb"
    with duckdb.connect(str(path)) as half:
        half.execute("create table cells (a int)")

    with pytest.raises(ReleaseMissing) as missing:
        store.open_release(path)

    assert missing.value.faults[0].key == "broken_release"


def test_a_release_made_before_there_was_a_plan_opens(altered):
    folder = altered("drop table if exists plan")

    with store.open_release(current_release(folder / "data" / "releases")) as opened:
        assert not store.has_table(opened, "plan")
        assert store.fetch(opened, store.AREA_UNPLANNED, area_code="564").empty


def test_a_measure_is_shown_by_itself_at_one_grain_in_an_area(instance):
    release = current_release(instance / "data" / "releases")
    found = cached.area_findings(release, "kaakkuri")
    first = found[found["reading_rank"] == 1]

    assert first["indicator_id"].is_unique
    assert set(first["indicator_id"]) == set(found["indicator_id"])


def test_a_series_has_each_period_once_in_order(release):
    key = {"indicator_id": "cp_notifications_rate", "area_code": "kaakkuri"}
    found = store.fetch(
        release, store.SERIES, **key, period_type="month", breakdown="all", category="all"
    )

    assert found["period_start"].is_monotonic_increasing
    assert found["period_start"].is_unique
    assert len(found) > 60


def test_a_hidden_cell_has_no_number_of_any_kind(release):
    hidden = release.sql(
        "select count(*) filter (where coalesce(value, numerator, denominator, lower95, upper95)"
        " is not null), count(*) from cells where status = 'c'"
    ).fetchall()

    assert hidden[0][0] == 0 < hidden[0][1]


@pytest.mark.parametrize(
    "statement",
    [store.FACTS, store.INDICATORS, store.AREAS, store.EVENTS, store.CHECKS, store.QUARANTINE]
    + [store.STATUSES, store.FRESHNESS],
)
def test_each_whole_table_statement_answers(release, statement):
    assert len(store.fetch(release, statement)) > 0
