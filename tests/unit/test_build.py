"""A build from files to a release: whole or not at all, and nothing of it left behind."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

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


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return an instance built once, for those who only look: its folder, and what was made."""
    folder = make_instance(tmp_path_factory.mktemp("built") / "instance")
    start = time.monotonic()
    made = build(folder, as_of=AS_OF).publication
    return SimpleNamespace(folder=folder, made=made, took=time.monotonic() - start)


@pytest.fixture
def again(built, tmp_path):
    """Return the folder of an instance of one's own that was built before."""
    return shutil.copytree(built.folder, tmp_path / "again")


@pytest.fixture
def folder(tmp_path):
    return make_instance(tmp_path / "instance")


def rows(release, query):
    with duckdb.connect(str(release), read_only=True) as reader:
        return reader.execute(query).fetchall()


def test_a_release_holds_the_tables_of_the_contract_and_is_current(built):
    made = built.made

    assert current_release(built.folder / "data/releases") == made.path
    for name, columns in TABLES.items():
        described = rows(made.path, f"describe {name}")
        declared = [one.split() for one in columns.replace("\n", " ").split(", ")]
        assert [(row[0], row[1].lower()) for row in described] == [
            (column.strip('"'), kind) for column, kind in declared
        ]
    assert rows(made.path, "select count(*) from cells") == [(made.cells,)]


def test_every_expected_cell_exists_and_small_towns_are_hidden_without_a_number(built):
    months = rows(
        built.made.path,
        """select area_code, count(*), count(*) filter (where status = 'c') from cells
        where indicator_id = 'visits_rate' and period_type = 'month' group by all order by all""",
    )
    assert {count for _, count, _ in months} == {24}
    hidden = {area: count for area, _, count in months}
    assert hidden["s2"] > 12
    assert hidden["FI"] == 0
    numbers = "coalesce(numerator, denominator, value, lower95, upper95)"
    assert rows(built.made.path, f"select count({numbers}) from cells where status = 'c'") == [(0,)]


def test_nothing_of_a_run_is_left_beside_its_release(built):
    releases = built.folder / "data/releases"

    assert not (built.folder / "data/work/unsafe").exists()
    assert {one.name for one in releases.iterdir()} == {POINTER, current_release(releases).name}


def test_the_released_sources_say_what_was_read(built):
    ((told,),) = rows(built.made.path, "select sources from release")
    assert [(one["file"], one["encoding"], one["state"]) for one in json.loads(told)] == [
        ("people.csv", "latin-1", "loaded"),
        ("visits.csv", "latin-1", "loaded"),
    ]


def test_a_refused_file_keeps_the_last_cells_marked_late_and_leaves_no_trace(again):
    folder, first = again, current_release(again / "data/releases")
    path = folder / "data/extracts/visits.csv"
    lines = path.read_text(encoding="cp1252").splitlines()
    write_extract(folder, "visits.csv", [*lines, f"1.1.2025;p1;soitti {SOMEONES_CODE};Alala"])

    second = build(folder, as_of=AS_OF)

    assert {one.indicator_id for one in second.failed} == {"visits_rate", "visited_share"}
    assert [one.key for one in second.refused] == ["extract_refused"]
    kept = "select area_code, period_start, value from cells where indicator_id = 'visits_rate' \
        and status = '{}' order by all"
    assert rows(second.publication.path, kept.format("o")) == rows(first, kept.format("ok"))
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


def test_old_releases_go_the_last_ones_stay_and_a_rollback_finds_the_one_before(again):
    releases = again / "data/releases"
    made = [older(releases, days) for days in (2, 1)] + published_releases(releases)[-1:]

    made.append(build(again, as_of=AS_OF).publication.path)

    assert published_releases(releases) == made[1:]
    assert revisions(made[2], made[3]).empty
    assert rollback(releases) == made[2]
    assert current_release(releases) == made[2]


def older(releases, days):
    """Put a release beside the current one that says the same, built some days before."""
    current = current_release(releases)
    stamp, *_ = current.stem.partition("-")
    moment = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) - timedelta(days)
    path = shutil.copy(current, releases / f"{moment:%Y%m%dT%H%M%SZ}.duckdb")
    with duckdb.connect(str(path)) as file:
        file.execute("update release set release_id = ?, built_at = ?", [path.stem, moment])
    return path


def test_a_second_build_at_the_same_time_is_refused_in_one_line(folder):
    with working_database(open_instance(folder)), pytest.raises(PublishRefused) as refused:
        build(folder, as_of=AS_OF)

    assert [one.key for one in refused.value.faults] == ["build_running"]


def test_a_build_killed_at_any_moment_leaves_the_served_release_whole(again, built):
    releases, unsafe = again / "data/releases", again / "data/work/unsafe"
    served = current_release(releases)
    command = [sys.executable, "-m", "tilannehuone.cli", "build", str(again)]
    command += ["--as-of", AS_OF.isoformat()]
    some = random.Random(7).uniform(0.1, 2 * built.took)
    moments = (
        lambda _: unsafe.exists(),  # exact numbers stand in a file
        lambda _: any(releases.glob(".building*")),  # a release is half written
        lambda passed: passed > some,
    )
    for reached in moments:
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        start = time.monotonic()
        while running.poll() is None and not reached(time.monotonic() - start):
            time.sleep(0.002)
        running.send_signal(signal.SIGKILL)
        running.wait()
        current = current_release(releases)
        assert rows(current, "select count(*) > 0 from cells") == [(True,)]

    build(again, as_of=AS_OF)

    assert current_release(releases) != served
    assert not unsafe.exists()
    assert not list(releases.glob(".building*"))


def test_check_tells_each_broken_file_in_one_line_and_publishes_nothing(folder):
    write_extract(folder, "visits_b.csv", ["Pvm;Asiakas;Palvelu;Kunta", "1.1.2024;p1;käynti;Alala"])

    faults = check_instance(folder)

    assert [one.key for one in faults] == ["extract_refused"]
    for lang in LANGUAGES:
        assert fault_line(faults[0], lang).startswith("visits_b.csv:1: ")
    assert not (folder / "data/releases").exists()
