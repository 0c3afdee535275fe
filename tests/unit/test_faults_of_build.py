"""A build that the machine fails says so in one line, and leaves what is served as it was."""

import gzip
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import random

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from full_disk import fill, read_only, small_disk
from loading import AGGREGATE, TinyInstance, rows, tiny
from small_instance import AS_OF, make_built

from pipelines.history import rollback
from pipelines.load import load
from pipelines.pointing import point_to
from pipelines.publish import _free_stamp
from pipelines.run import build
from pipelines.writing import write_file
from tilannehuone.errors import Hindered, PublishRefused
from tilannehuone.hindered import hindrances_told
from tilannehuone.release import POINTER, age, current_release
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line


@pytest.fixture
def folder(tmp_path):
    return make_built(tmp_path / "instance")


def kept(folder):
    releases = folder / "data" / "releases"
    return {one.name: one.read_bytes() for one in releases.iterdir()}


def refused(folder, error=Hindered, **more):
    """Return the key of the one fault of a build; nothing was published or left behind."""
    before = kept(folder)
    with pytest.raises(error) as told:
        build(folder, **more)
    (fault,) = told.value.faults
    assert kept(folder) == before
    assert not (folder / "data/work/unsafe").exists()
    assert all("\n" not in fault_line(fault, lang) for lang in LANGUAGES)
    return fault.key


def test_a_full_disk_while_extracts_are_read_publishes_nothing(folder):
    with small_disk(folder / "data/work", 64_000):
        fill(folder / "data/work")
        assert refused(folder, as_of=AS_OF) == "disk_full"


def test_a_full_disk_while_the_release_is_written_leaves_nothing_of_it(folder):
    releases = folder / "data/releases"
    numbers = {"numbers": ("n double", pa.table({"n": [random() for _ in range(500_000)]}))}
    with small_disk(releases, 5_000_000):
        before = kept(folder)
        with pytest.raises(Hindered) as told:
            write_file(releases / "new.duckdb", numbers)
        assert told.value.faults[0].key == "disk_full"
        assert kept(folder) == before


def test_a_full_disk_while_the_pointer_is_renamed_leaves_the_old_one(folder):
    releases = folder / "data/releases"
    current = current_release(releases)
    with small_disk(releases, 5_000_000):
        fill(releases)
        with pytest.raises(Hindered) as told, hindrances_told():
            point_to(releases, "20990101T000000Z.duckdb")
        assert told.value.faults[0].key == "disk_full"
        assert current_release(releases) == current


def test_on_a_disk_that_is_only_read_a_build_is_refused(folder):
    with read_only(folder):
        assert refused(folder, as_of=AS_OF) == "disk_read_only"


def test_a_machine_without_memory_says_so(folder, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_MEMORY", "12MB")

    assert refused(folder, as_of=AS_OF) == "memory_full"


@pytest.mark.parametrize("left", ["an empty folder", "no folder"])
def test_extracts_that_are_gone_are_no_reason_for_a_new_release(left, folder):
    shutil.rmtree(folder / "data/extracts")
    if left == "an empty folder":
        (folder / "data/extracts").mkdir()

    assert refused(folder, PublishRefused, as_of=AS_OF) == "extracts_gone"


def test_a_clock_behind_the_newest_release_is_not_believed(folder):
    releases = folder / "data/releases"
    shutil.copy(current_release(releases), releases / "20990101T000000Z.duckdb")

    assert refused(folder, PublishRefused) == "clock_behind"


def test_a_new_release_sorts_after_the_newest_whatever_the_clock_says(folder):
    releases = folder / "data/releases"
    current = current_release(releases)
    for moment in (datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)):
        name = f"{_free_stamp(releases, moment)}.duckdb"
        assert age(releases / name) > age(current)
        shutil.copy(current, releases / name)
        current = releases / name
    assert f"{_free_stamp(releases, moment)}" == "20990101T000000Z-2"


def test_a_rollback_while_a_build_runs_holds_until_the_build_is_done(folder):
    releases = folder / "data/releases"
    current = current_release(releases)
    older = releases / "20200101T000000Z.duckdb"
    shutil.copy(current, older)
    seen = []

    def tell(step, *_more):
        if step == "validate":
            rollback(releases)
            seen.append(current_release(releases))
            with pytest.raises(PublishRefused, match="build_running"):
                build(folder, as_of=AS_OF)

    made = build(folder, as_of=AS_OF, progress=tell)

    assert seen == [older]
    assert current_release(releases) == made.publication.path
    assert sorted(kept(folder)) == sorted(
        [older.name, current.name, made.publication.path.name, POINTER, "WITHDRAWN"]
    )


@dataclass
class Growing:
    """An instance whose file grows whenever the loader asks for room to work in."""

    tiny: TinyInstance
    file: Path

    def __getattr__(self, name):
        if name == "work":
            with self.file.open("a", encoding="utf-8") as file:
                file.write("564;2024-02;7\r\n")
        return getattr(self.tiny, name)


def test_a_file_that_is_still_being_copied_is_left_for_the_next_time(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    file = folder / "a.csv"
    file.write_bytes(b"Alue;Jakso;Lukum\xc3\xa4\xc3\xa4r\xc3\xa4\r\n564;2024-01;5\r\n")
    instance = tiny(folder, AGGREGATE)
    for given, key, count in (
        (Growing(instance, file), "load_still_growing", 0),
        (instance, None, 3),
    ):
        with duckdb.connect() as working:
            load(working, given)
            assert rows(working, "select fault_key from files") == [(key,)]
            assert rows(working, "select count(*) from raw_lahde") == [(count,)]


def half(content):
    return content[: len(content) * 3 // 5]


def a_workbook(path):
    book = openpyxl.Workbook()
    for row in (["Alue", "Jakso", "Määrä"], *([f"{n}", "2024-01", n] for n in range(900))):
        book.active.append(row)
    book.save(path)


def a_table(path):
    pq.write_table(pa.table({"Alue": ["564"], "Jakso": ["2024-01"], "Määrä": [5]}), path)


def a_packed_text(path):
    lines = "Alue;Jakso;Määrä\r\n" + "".join(f"564;2024-01;{n}\r\n" for n in range(5000))
    path.write_bytes(gzip.compress(lines.encode()))


@pytest.mark.parametrize(
    ("make", "name"),
    [(a_workbook, "a.xlsx"), (a_table, "a.parquet"), (a_packed_text, "a.csv.gz")],
)
def test_half_a_copied_file_is_refused_in_one_line(make, name, tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    make(folder / name)
    (folder / name).write_bytes(half((folder / name).read_bytes()))

    with duckdb.connect() as working:
        load(working, tiny(folder, AGGREGATE))
        assert rows(working, "select state, rows_loaded from files") == [("refused", 0)]
        (told,) = rows(working, "select message_fi from files")[0]
        assert told.startswith(name)
        assert "\n" not in told
