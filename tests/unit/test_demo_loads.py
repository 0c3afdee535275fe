"""The demo's extracts read as declared: every row accounted for, only the planted ones rejected."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.demo import make_extracts
from pipelines.load import load
from tilannehuone.instance import open_instance

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Delivered:
    """The demo's declarations over another folder of extracts."""

    sources: dict
    areas: object
    extracts: Path
    work: Path


@pytest.fixture(scope="module")
def working(tmp_path_factory):
    demo = open_instance(ROOT)
    folder = tmp_path_factory.mktemp("demo")
    make_extracts(folder / "extracts", months=6, last_month=date(2025, 6, 1))
    instance = Delivered(demo.sources, demo.areas, folder / "extracts", folder / "work")
    with duckdb.connect() as connection:
        load(connection, instance)
        yield connection


def rows(working, sql: str) -> list[tuple]:
    return working.cursor().execute(sql).fetchall()


def test_every_file_is_loaded(working):
    assert rows(working, "select name, fault_key from files where state <> 'loaded'") == []


def test_no_row_is_lost(working):
    lost = rows(
        working,
        """select name from files
        where rows_read <> rows_loaded + rows_quarantined + totals_dropped + rows_other""",
    )

    assert lost == []


def test_only_the_planted_mistakes_are_rejected(working):
    found = rows(working, "select source, reason, value from quarantine order by all")

    assert found[0][:2] == ("shl_kaynnit", "not_integer")
    assert found[1:] == [
        ("verkostot", "not_date", "31.4.2025"),
        ("verkostot", "unknown_area", "Linnanmaa"),
    ]


def test_the_population_of_oulu_adds_up_from_its_districts(working):
    total = rows(
        working,
        "select sum(vaesto) from raw_vaesto where kunta = '564' and vuosi = 2024",
    )

    assert total == [(42550,)]


def test_total_rows_are_dropped(working):
    dropped = dict(rows(working, "select source, sum(totals_dropped) from files group by source"))

    assert dropped["pilottipuhelin"] == 6
    assert dropped["lapset_puheeksi"] == 2


def test_clients_of_other_tasks_are_counted_as_other(working):
    other = dict(rows(working, "select source, sum(rows_other) from files group by source"))

    assert other["shl_asiakkaat"] > 0
    assert other["lastensuojelu"] == 0


def test_the_workbook_reads_like_the_text_files(working):
    staff = rows(working, "select distinct period_type, period_start from raw_lp_henkilosto")

    assert staff == [("half_year", date(2025, 1, 1))]
