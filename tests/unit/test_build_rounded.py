"""A measure that rounds is built, audited and built again like any other."""

import duckdb
import pytest
from small_instance import AS_OF, make_built, make_instance, protect_visits

from pipelines.run import build
from tilannehuone.release import current_release

ROUNDING = "method: rounding"
"""Monthly visits are rounded to tens; Salola has a visit or two."""


@pytest.fixture
def built(tmp_path):
    """Return an instance with a release, and the release."""
    folder = make_built(tmp_path, protect=ROUNDING)
    return folder, current_release(folder / "data/releases")


def test_zeros_that_rounding_prints_are_published(built):
    release = built[1]

    with duckdb.connect(str(release), read_only=True) as reader:
        zeros = reader.execute(
            "select count(*) from cells where indicator_id = 'visits_rate' and status = 'k'"
            " and numerator = 0 and value = 0"
        ).fetchone()
        printed = reader.execute(
            "select distinct numerator % 10 from cells"
            " where indicator_id = 'visits_rate' and numerator is not null"
        ).fetchall()
    assert zeros[0] > 0
    assert printed == [(0,)]


def test_the_same_extracts_are_rounded_alike_again(built):
    folder, first = built
    second = build(folder, as_of=AS_OF).publication.path

    with duckdb.connect() as reader:
        reader.execute("attach ? as old (read_only)", [str(first)])
        reader.execute("attach ? as new (read_only)", [str(second)])
        other = "from old.cells except from new.cells"
        assert reader.execute(other).fetchall() == []


def test_late_rows_move_a_print_by_two_bases_or_not_at_all(tmp_path):
    folder = make_instance(tmp_path)
    protect_visits(folder, ROUNDING)
    path = folder / "data/extracts/visits.csv"
    whole = path.read_bytes()
    head, *rows = whole.splitlines(keepends=True)
    path.write_bytes(b"".join([head, *(row for at, row in enumerate(rows) if at % 5)]))
    first = build(folder, as_of=AS_OF).publication.path
    path.write_bytes(whole)

    second = build(folder, as_of=AS_OF).publication.path

    with duckdb.connect() as reader:
        reader.execute("attach ? as old (read_only)", [str(first)])
        reader.execute("attach ? as new (read_only)", [str(second)])
        both = """from old.cells o join new.cells n using (indicator_id, area_code, period_type,
            period_start, breakdown, category) where indicator_id = 'visits_rate'"""
        steps = {step for step, in reader.execute(
            f"select distinct n.numerator - o.numerator {both} and n.numerator is not null"
            " and o.numerator is not null"
        ).fetchall()}  # fmt: skip
        printed = reader.execute(
            f"select count(*) {both} and o.status = 'c' and n.numerator is not null"
        ).fetchone()
        gone = reader.execute(
            f"select count(*) {both} and o.numerator is not null and n.status = 'c'"
        ).fetchone()
    assert {step % 10 for step in steps} == {0}
    assert min(abs(step) for step in steps - {0}) >= 20
    assert printed == gone == (0,)
