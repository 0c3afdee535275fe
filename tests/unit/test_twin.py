"""The synthetic twin: the same form as the real release, and not one number of it."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
import twinned
from small_instance import AS_OF, make_instance, write_extract

from pipelines.run import build
from pipelines.twin.alike import alike
from pipelines.twin.asked import asked_of
from pipelines.twin.make import make_twin
from tilannehuone.errors import PublishRefused
from tilannehuone.instance import open_instance

KEYS = "indicator_id, area_code, period_type, period_start, breakdown, category"


@pytest.fixture(scope="module")
def real():
    return twinned.real()


@pytest.fixture(scope="module")
def twin():
    return twinned.twin()


def both(real, twin):
    connection = duckdb.connect(":memory:")
    connection.execute("attach ? as r (read_only)", [str(real)])
    connection.execute("attach ? as t (read_only)", [str(twin)])
    return connection


def test_a_twin_goes_through_the_whole_pipeline_and_has_the_same_cells_measures_and_areas(
    real, twin
):
    with both(real[1], twin[1]) as connection:
        for table, keys in (
            ("cells", KEYS),
            ("indicators", "indicator_id, definitions_hash, kind, period"),
            ("areas", "area_code, area_type, parent_code, name_fi"),
        ):
            for one, other in (("r", "t"), ("t", "r")):
                lacking = (
                    f"select {keys} from {one}.{table} except select {keys} from {other}.{table}"
                )
                assert connection.execute(lacking).fetchall() == [], table


def test_a_twin_shares_no_shown_cell_with_the_real_release_yet_hides_some_of_its_own(real, twin):
    same = f"""select count(*) from r.cells a join t.cells b using ({KEYS})
        where a.value = b.value and a.numerator is not distinct from b.numerator
        and a.denominator is not distinct from b.denominator"""
    found = alike([real[1]], twin[1])
    assert (found.shown > 300, found.same) == (True, {})
    assert len(alike([twin[1]], twin[1]).same) > found.shown
    with both(real[1], twin[1]) as connection:
        assert connection.execute(same).fetchone() == (0,)
        hidden = "select count(*) filter (status = 'c'), count(value) from t.cells"
        found = connection.execute(hidden).fetchone()
        assert min(found) > 20


def test_a_twin_is_made_from_extent_alone_whatever_the_numbers_are(real, tmp_path):
    other = twinned.instance(tmp_path / "other", seed=2)
    released = build(other, as_of=AS_OF).publication.path
    for name, folder, release in (("a", *real), ("b", other, released)):
        make_twin(open_instance(folder), release, tmp_path / name)
    for file in (tmp_path / "a").rglob("*.*"):
        assert file.read_bytes() == (tmp_path / "b" / file.relative_to(tmp_path / "a")).read_bytes()


def test_another_seed_draws_other_rows(real, twin, tmp_path):
    make_twin(open_instance(real[0]), real[1], tmp_path / "other", seed=2)
    visits = Path("data/extracts/visits.csv")
    assert (tmp_path / "other" / visits).read_bytes() != (twin[0] / visits).read_bytes()


def test_a_twin_says_that_it_is_one(twin):
    about = open_instance(twin[0]).registry.instance
    assert about.synthetic
    assert about.name.fi == "Koe – synteettinen kaksonen"
    assert "lottade" in about.notice.sv


def test_a_twin_is_never_written_over_something(real, tmp_path):
    (tmp_path / "kept.txt").write_text("x")
    with pytest.raises(PublishRefused):
        make_twin(open_instance(real[0]), real[1], tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["kept.txt"]


WANTED = """    numerator:
      from: visits
      count: rows
      where: "service IN ('käynti', 'puhelu') AND waited <= 14 AND day >= DATE '2023-05-01'"
"""


def test_values_that_conditions_speak_of_are_found_by_parsing_them(tmp_path):
    folder = make_instance(tmp_path / "one")
    registry = folder / "indicators.yaml"
    plain = "    numerator: {from: visits, count: rows}\n"
    registry.write_text(registry.read_text().replace(plain, WANTED), encoding="utf-8")
    sources = folder / "data" / "sources.yaml"
    added = "      service: {header: [Palvelu], type: category}\n"
    more = added + "      waited: {header: [Odotus], type: integer}\n"
    sources.write_text(sources.read_text().replace(added, more), encoding="utf-8")
    write_extract(folder, "visits.csv", ["Päivä;Asiakas;Palvelu;Kunta;Odotus"])

    visits = asked_of(open_instance(folder))["visits"]

    assert visits.values["service"] == {"käynti", "puhelu"}
    assert visits.values["waited"] == {"14"}
    assert visits.kinds == {
        "client": "person",
        "day": "date",
        "service": "category",
        "waited": "integer",
    }
    assert date(2023, 5, 1).isoformat() in visits.values["day"]
