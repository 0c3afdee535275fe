"""A build from files to a release: whole or not at all, and nothing of it left behind."""

import json
import random
import signal
import subprocess
import sys
import time

import duckdb
import pytest
from small_instance import AS_OF, make_instance, write_extract

from pipelines.check import check_instance
from pipelines.history import rollback
from pipelines.run import build
from pipelines.working import working_database
from tilannehuone.errors import PublishRefused, ReleaseMissing
from tilannehuone.instance import open_instance
from tilannehuone.release import POINTER, TABLES, current_release, published_releases
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line
from tilannehuone.vintages import revisions

SOMEONES_CODE = "131052-308T"  # the identity code that is published for testing


@pytest.fixture
def folder(tmp_path):
    return make_instance(tmp_path / "instance")


def rows(release, query):
    with duckdb.connect(str(release), read_only=True) as reader:
        return reader.execute(query).fetchall()


def test_a_release_holds_the_tables_of_the_contract_and_is_current(folder):
    made = build(folder, as_of=AS_OF).publication

    assert current_release(folder / "data/releases") == made.path
    for name, columns in TABLES.items():
        described = rows(made.path, f"describe {name}")
        declared = [one.split() for one in columns.replace("\n", " ").split(", ")]
        assert [(row[0], row[1].lower()) for row in described] == [
            (column.strip('"'), kind) for column, kind in declared
        ]
    assert rows(made.path, "select count(*) from cells") == [(made.cells,)]


def test_every_expected_cell_exists_and_small_towns_are_hidden_without_a_number(folder):
    made = build(folder, as_of=AS_OF).publication

    months = rows(
        made.path,
        """select area_code, count(*), count(*) filter (where status = 'c') from cells
        where indicator_id = 'visits_rate' and period_type = 'month' group by all order by all""",
    )
    assert {count for _, count, _ in months} == {24}
    hidden = {area: count for area, _, count in months}
    assert hidden["s2"] > 12
    assert hidden["FI"] == 0
    numbers = "coalesce(numerator, denominator, value, lower95, upper95)"
    assert rows(made.path, f"select count({numbers}) from cells where status = 'c'") == [(0,)]


def test_nothing_of_a_run_is_left_beside_its_release(folder):
    build(folder, as_of=AS_OF)

    assert not (folder / "data/work/unsafe").exists()
    assert sorted(one.name for one in (folder / "data/releases").iterdir()) == sorted(
        [POINTER, current_release(folder / "data/releases").name]
    )


def test_the_released_sources_say_what_was_read(folder):
    made = build(folder, as_of=AS_OF).publication

    ((told,),) = rows(made.path, "select sources from release")
    assert [(one["file"], one["encoding"], one["state"]) for one in json.loads(told)] == [
        ("people.csv", "latin-1", "loaded"),
        ("visits.csv", "latin-1", "loaded"),
    ]


def test_a_refused_file_keeps_the_last_cells_marked_late_and_leaves_no_trace(folder):
    first = build(folder, as_of=AS_OF).publication
    path = folder / "data/extracts/visits.csv"
    lines = path.read_text(encoding="cp1252").splitlines()
    write_extract(folder, "visits.csv", [*lines, f"1.1.2025;p1;soitti {SOMEONES_CODE};Alala"])

    second = build(folder, as_of=AS_OF)

    assert {one.indicator_id for one in second.failed} == {"visits_rate", "visited_share"}
    assert [one.key for one in second.refused] == ["extract_refused"]
    kept = "select area_code, period_start, value from cells where indicator_id = 'visits_rate' \
        and status = '{}' order by all"
    assert rows(second.publication.path, kept.format("o")) == rows(first.path, kept.format("ok"))
    for one in folder.rglob("*"):
        if one.is_file() and one.parent.name != "extracts":
            assert SOMEONES_CODE.encode() not in one.read_bytes()


def test_a_first_build_without_any_measure_is_refused_and_leaves_no_release(folder):
    for name in ("visits.csv", "people.csv"):
        (folder / "data/extracts" / name).unlink()

    with pytest.raises(PublishRefused) as refused:
        build(folder, as_of=AS_OF)

    told = [one.key for one in refused.value.faults]
    assert told == ["nothing_to_publish", "source_without_files", "source_without_files"]
    with pytest.raises(ReleaseMissing):
        current_release(folder / "data/releases")


def test_old_releases_go_the_last_ones_stay_and_a_rollback_finds_the_one_before(folder):
    made = [build(folder, as_of=AS_OF).publication.path for _ in range(4)]
    releases = folder / "data/releases"

    assert published_releases(releases) == made[1:]
    assert revisions(made[2], made[3]).empty
    assert rollback(releases) == made[2]
    assert current_release(releases) == made[2]


def test_a_second_build_at_the_same_time_is_refused_in_one_line(folder):
    with working_database(open_instance(folder)), pytest.raises(PublishRefused) as refused:
        build(folder, as_of=AS_OF)

    assert [one.key for one in refused.value.faults] == ["build_running"]


def test_a_build_killed_at_any_moment_leaves_the_served_release_whole(folder):
    served = build(folder, as_of=AS_OF).publication.path
    command = [sys.executable, "-m", "tilannehuone.cli", "build", str(folder)]
    command += ["--as-of", AS_OF.isoformat()]
    start = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    takes = time.monotonic() - start
    chance = random.Random(7)
    for _ in range(4):
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, takes))
        running.send_signal(signal.SIGKILL)
        running.wait()
        current = current_release(folder / "data/releases")
        assert rows(current, "select count(*) > 0 from cells") == [(True,)]

    subprocess.run(command, check=True, capture_output=True)

    assert current_release(folder / "data/releases") != served
    assert not (folder / "data/work/unsafe").exists()
    assert not list((folder / "data/releases").glob(".building*"))


def test_check_tells_each_broken_file_in_one_line_and_publishes_nothing(folder):
    write_extract(folder, "visits_b.csv", ["Pvm;Asiakas;Palvelu;Kunta", "1.1.2024;p1;käynti;Alala"])

    faults = check_instance(folder)

    assert [one.key for one in faults] == ["extract_refused"]
    for lang in LANGUAGES:
        assert fault_line(faults[0], lang).startswith("visits_b.csv:1: ")
    assert not (folder / "data/releases").exists()
