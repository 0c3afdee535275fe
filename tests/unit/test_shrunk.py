"""A file that was cut between two rows is sound by itself; the last release tells what it lacks."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_instance import AS_OF, make_built, write_extract

from pipelines.account import told_checks
from pipelines.extracts.ledger import create_tables
from pipelines.hundreds import hundreds
from pipelines.quality.shrunk import EXPECTATION, Before, check_shrunk, files_before, has_shrunk
from pipelines.run import build
from tilannehuone.instance import Placed
from tilannehuone.release import current_release

HEAD = "Päivä;Asiakas;Palvelu;Kunta"
TOLD = f"select * from checks where expectation = '{EXPECTATION}'"


@pytest.fixture
def folder(tmp_path):
    return make_built(tmp_path / "instance")


def visits(folder):
    return (folder / "data/extracts/visits.csv").read_text(encoding="cp1252").split("\n")[:-1]


def deliver(folder, lines, name="visits.csv"):
    write_extract(folder, name, lines)


def told(folder, **more):
    """Build and return what the release tells of files that shrank."""
    release = build(folder, as_of=AS_OF, **more).publication.path
    with duckdb.connect(str(release), read_only=True) as reader:
        return reader.execute(TOLD).fetchall()


@pytest.mark.parametrize("incremental", [False, True])
def test_a_file_cut_between_rows_is_told_until_it_is_delivered_whole(folder, incremental):
    whole = visits(folder)
    deliver(folder, whole[: len(whole) * 6 // 10])

    (row,) = told(folder, incremental=incremental)
    assert row[:7] == ("visits", "visits.csv", EXPECTATION, "warning", False, None, None)
    assert len({*row[7:]}) == 3
    assert all("visits.csv" in message for message in row[7:])

    assert told(folder, incremental=incremental) == [row]  # the same file, against itself
    deliver(folder, whole)
    assert told(folder, incremental=incremental) == []


@pytest.mark.parametrize("kept", [lambda rows: rows, lambda rows: rows[:-9], lambda rows: 2 * rows])
def test_a_small_correction_and_growth_are_not_told(folder, kept):
    head, *rows = visits(folder)
    deliver(folder, [head, *kept(rows)])

    assert told(folder) == []


def test_a_file_that_shrinks_twice_is_told_by_what_it_had_last(folder):
    whole = visits(folder)
    deliver(folder, whole[: len(whole) // 2])
    assert len(told(folder)) == 1

    deliver(folder, whole[: len(whole) // 2 - 9])
    assert told(folder) == []


def test_neither_a_small_file_nor_one_of_another_name_nor_a_refused_one_is_told(folder):
    rows = visits(folder)[1:]
    deliver(folder, [HEAD, *rows[-299:]], "visits_small.csv")
    deliver(folder, [HEAD, *rows[-900:-300]], "visits_old.csv")
    deliver(folder, [HEAD, *rows[:-900]])
    build(folder, as_of=AS_OF)

    deliver(folder, [HEAD, *rows[-9:]], "visits_small.csv")
    deliver(folder, [HEAD, *rows[-900:-800]], "visits_new.csv")
    (folder / "data/extracts/visits_old.csv").unlink()
    (folder / "data/extracts/visits.csv").write_bytes(f"{HEAD}\r\n1.1.2024;p1".encode("cp1252"))
    assert told(folder) == []


@pytest.mark.parametrize(
    "change",
    [
        "update release set sources = null",
        "alter table release drop column sources",
        """update release set sources = '[{"source": "visits", "file": "visits.csv"}]'""",
        "drop table checks",
    ],
)
def test_a_release_that_tells_less_of_its_files_tells_of_none(folder, change):
    release = current_release(folder / "data/releases")
    assert files_before(release)["visits", "visits.csv"].rows > 1_000
    with duckdb.connect(str(release)) as writer:
        writer.execute(change)

    assert files_before(release) == {}


def test_a_broken_release_or_none_tells_of_no_file(tmp_path):
    broken = tmp_path / "20250101T000000Z.duckdb"
    broken.write_bytes(b"nothing of a database" * 1_000)

    assert files_before(broken) == files_before(None) == {}


def checked(rows, before, folder):
    """Return what is told of one file of so many rows."""
    with duckdb.connect() as working:
        create_tables(working)
        working.execute(
            """insert into files by name
            select 'visits' as source, 'a.csv' as name, 'loaded' as state, $rows as rows_read,
                'ab' as sha256""",
            {"rows": rows},
        )
        check_shrunk(working, Placed(folder), {("visits", "a.csv"): Before(before, None, False)})
        return told_checks(working)


@settings(max_examples=40)
@given(st.integers(0, 1_500), st.integers(0, 99), st.integers(4, 15))
def test_nothing_finer_than_hundreds_leaves(tmp_path_factory, rows, more, before):
    folder = Path(tmp_path_factory.getbasetemp())
    alike = max(hundreds(rows, even_none=True) - more, 1)  # tells the same of itself

    first = checked(rows, before * 100, folder)
    assert first == checked(alike, before * 100, folder)
    assert not any(sign.isdigit() for row in first for sign in "".join(row[-3:]))


@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_it_is_never_told_in_vain_and_a_lost_third_always(then, now):
    found = has_shrunk(hundreds(then, even_none=True), hundreds(now, even_none=True))

    assert not found or (then > 300 and now < 0.9 * then)
    assert found or then < 1_000 or now > then * 2 / 3
