"""Whatever writes a file may be killed at any touch of the disk: all of it is there, or nothing."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from packed_releases import IDS, Region, counted, release, room_of
from test_served_release import point

from pipelines.importing import import_package
from tilannehuone.meeting import backup
from tilannehuone.meeting import book as books
from tilannehuone.meeting.database import open_book
from tilannehuone.meeting.objects import Meeting
from tilannehuone.network.archive import read_package
from tilannehuone.network.keys import own_key
from tilannehuone.release import current_release
from tilannehuone.served import served_release

HERE = Path(__file__).parent
CELLS = counted(A=20, B=30, D=40)
SCRIBE = books.Writer("Kirjuri", "scribe")


STEPS = {"rollback": 2, "package": 4, "import": 20, "extract": 1, "backup": 2, "restore": 12}


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """Return, by command, the folders that each kill left; the last run was not killed."""
    place = tmp_path_factory.mktemp("killed")
    folders = {one: place / one for one in STEPS}
    for one in folders.values():
        one.mkdir()
    regions = ready(folders)
    path = os.pathsep.join([str(HERE), str(HERE.parents[1])])
    done = subprocess.run(
        [sys.executable, HERE / "killed_at.py"]
        + [f"{folder}:{one}:{STEPS[one]}" for one, folder in folders.items()],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    told = [json.loads(one) for one in done.stdout.splitlines()]
    found = {}
    for one in STEPS:
        kills = [killed for command, _, killed in told if command == one]
        assert kills == [True] * (len(kills) - 1) + [False]
        assert len(kills) > 2, one
        found[one] = [Path(copy) for command, copy, _ in told if command == one]
    return found, regions


def ready(folders):
    """Put into each folder what its command needs; return the region whose package is sent."""
    for one in IDS[:2]:
        release(folders["rollback"] / "releases" / f"{one}.duckdb", CELLS, one)
    point(folders["rollback"] / "releases", IDS[1])
    release(folders["package"] / "one.duckdb", CELLS)
    own_key(folders["package"] / "key.pem")
    (folders["import"] / "oulu").mkdir()
    region = Region(folders["import"], "oulu")
    region.package().rename(folders["import"] / "oulu.zip")
    room_of(folders["import"] / "room", region)
    for one in (folders["backup"], folders["restore"]):
        book = open_book(f"sqlite:///{one}/meetings.sqlite")
        for number in range(3):
            books.add(book, Meeting(area_code="p", day=date(2026, 3, 1 + number)), SCRIBE)
        backup.back_up(book, one / "backup.jsonl")
        books.add(book, Meeting(area_code="p", day=date(2026, 4, 1)), SCRIBE)
        book.engine.dispose()
    return region


def test_a_rollback_leaves_the_old_release_or_the_new_one(left):
    copies = left[0]["rollback"]

    ends = [current_release(one / "releases").stem for one in copies]

    assert ends == sorted(ends, reverse=True)
    assert set(ends) == set(IDS[:2])
    assert served_release(copies[0] / "releases").fault is None


def test_a_package_is_there_wholly_or_not_at_all(left):
    for one in left[0]["package"]:
        file, key = one / "out" / "package.zip", own_key(one / "key.pem").public_key()
        assert not file.exists() or read_package(file, {"koe": (key,)})
    assert file.exists()


def test_a_package_is_taken_in_wholly_or_not_at_all_and_can_be_again(left):
    copies, region = left[0]["import"], left[1]
    for one in copies:
        again = import_package(one / "oulu.zip", one / "room")
        assert read_package(again.path, {"oulu": (region.key.public_key(),)})
        packages = one / "room" / "data" / "packages"
        assert [each for each in packages.rglob("*") if each.is_file()] == [again.path]


def test_an_extract_is_there_wholly_or_not_at_all(left):
    for one in left[0]["extract"]:
        out = one / "out"
        assert not out.exists() or {each.name for each in out.iterdir()} == {"a", "b"}
    assert out.exists()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_backup_is_made_and_brought_back_wholly_or_not_at_all(command, left):
    counts = []
    for one in left[0][command]:
        opened = open_book(f"sqlite:///{one}/meetings.sqlite")
        if command == "backup":
            backup.restore(opened, one / "backup.jsonl", replace=True)
        counts.append(len(books.many(opened, Meeting)))
        opened.engine.dispose()

    assert set(counts) == {3, 4}
    assert counts == sorted(counts, reverse=command == "restore")
