"""Building again: what readers have seen decides what may change, and two releases tell nothing."""

import random
from pathlib import Path

import duckdb
import pytest
from small_instance import AS_OF, make_built, make_instance, protect_visits

from pipelines.audit import audit_release
from pipelines.run import build
from tilannehuone.release import published_releases

PAIRS = """select o.status, n.status, o.value is not distinct from n.value
        and o.numerator is not distinct from n.numerator as same, count(*)
    from old.cells o full join new.cells n
        using (indicator_id, area_code, period_type, period_start, breakdown, category)
    where o.status is null or n.status is null or o.status = 'c' or n.status = 'c'
        or not same group by all"""


AUTUMN = AS_OF.replace(year=2024, month=9, day=10)


@pytest.fixture
def built(tmp_path):
    return make_built(tmp_path)


@pytest.fixture
def built_in_autumn(tmp_path):
    return make_built(tmp_path, AUTUMN)


def compared(folder):
    """Return (status before, status after, same numbers) of the last two releases."""
    older, newer = published_releases(folder / "data" / "releases")[-2:]
    with duckdb.connect() as reader:
        reader.execute("attach ? as old (read_only)", [str(older)])
        reader.execute("attach ? as new (read_only)", [str(newer)])
        return {tuple(row[:3]) for row in reader.execute(PAIRS).fetchall()}


def add_rows(folder: Path, rows: list[str]) -> None:
    """Append late rows to the delivered visits, in the file's own form."""
    path = next((folder / "data" / "extracts").glob("visits*.csv"))
    lines = path.read_bytes().decode("cp1252").rstrip("\n")
    path.write_bytes(("\n".join([lines, *rows]) + "\n").encode("cp1252"))


def late(folder, town, day="15.3.2024", count=1):
    """Return rows like the last delivered one, of new clients of a town on a day."""
    path = next((folder / "data" / "extracts").glob("visits*.csv"))
    head, sample = path.read_bytes().decode("cp1252").splitlines()[:2]
    separator = ";" if ";" in head else ","
    names = head.split(separator)
    given = dict(zip(names, sample.split(separator), strict=True))
    return [
        separator.join((given | {"Päivä": day, "Kunta": town, "Asiakas": f"L{n}"}).values())
        for n in range(count)
    ]


def test_the_same_extracts_give_the_same_cells_again(built):
    build(built, as_of=AS_OF)

    assert compared(built) == {("c", "c", True)}


@pytest.mark.parametrize("town", ["Ylälä", "Salola"])
def test_one_late_row_changes_no_published_number(built, town):
    add_rows(built, late(built, town))
    build(built, as_of=AS_OF)

    assert compared(built) == {("c", "c", True)}


def test_many_late_rows_are_published_together_and_what_was_hidden_is_never_shown(built):
    add_rows(built, late(built, "Ylälä", count=9))
    add_rows(built, late(built, "Salola", day="15.5.2024", count=30))
    build(built, as_of=AS_OF)

    changes = compared(built)
    assert ("ok", "ok", False) in changes
    assert not [row for row in changes if row[0] == "c" and row[1] != "c"]


def test_a_new_month_hides_nothing_that_was_shown(built_in_autumn):
    build(built_in_autumn, as_of=AS_OF)

    changes = compared(built_in_autumn)
    assert not [row for row in changes if row[0] == "ok" and row[1] == "c"]


def test_a_delivery_that_was_far_from_whole_is_set_right_and_tells_nothing(tmp_path):
    folder = make_instance(tmp_path)
    path = next((folder / "data" / "extracts").glob("visits*.csv"))
    whole = path.read_bytes()
    head, *rows = whole.split(b"\n")
    draw = random.Random(1)
    path.write_bytes(b"\n".join([head, *(one for one in rows if draw.randrange(5))]))
    build(folder, as_of=AS_OF)
    path.write_bytes(whole)

    made = build(folder, as_of=AS_OF).publication.path

    older = [one for one in published_releases(folder / "data" / "releases") if one != made]
    assert audit_release(made, against=older).fresh == ()
    assert ("ok", "ok", False) in compared(folder)
    assert not [row for row in compared(folder) if row[0] == "c" and row[1] != "c"]


def test_a_raised_k_is_built_says_what_was_given_away_and_goes_on_showing_new_months(
    built_in_autumn,
):
    folder = built_in_autumn
    protect_visits(folder, "k_min: 12")
    release = build(folder, as_of=AS_OF).publication.path

    changes = compared(folder)
    assert ("ok", "c", False) in changes
    assert not [row for row in changes if row[0] == "c" and row[1] != "c"]
    with duckdb.connect(str(release), read_only=True) as reader:
        (told,) = reader.execute("select protection ->> '$.given_away' from release").fetchone()
        (new,) = reader.execute(
            "select count(*) from cells where indicator_id = 'visits_rate' and status = 'ok'"
            " and period_type = 'month' and period_start > date '2024-09-01'"
        ).fetchone()
    assert int(told) > 0
    assert new > 0
