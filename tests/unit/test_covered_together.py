"""Measures that count the same people hide alike: what one hides no other prints."""

import duckdb
import pytest
from small_instance import AS_OF, MEASURE, make_instance, protect_visits

from pipelines.run import build
from tilannehuone.instance import open_instance
from tilannehuone.same_counts import SameCount, same_counts

SHARE = f"""  - id: early_visits_share{MEASURE}
    kind: proportion
    scale: 100
    cadence: month
    protect: {{k_min: 3, complement: false}}
    numerator: {{from: visits, count: rows, where: "dayofmonth(day) <= 20"}}
    denominator: {{from: visits, count: rows}}
"""


@pytest.fixture
def folder(tmp_path):
    """Return an instance with a share whose whole is what a stricter measure counts."""
    made = make_instance(tmp_path)
    protect_visits(made, "k_min: 12", SHARE)
    return made


def test_the_whole_of_a_share_is_known_to_be_what_another_measure_counts(folder):
    registry = open_instance(folder).registry

    found = list(same_counts(registry))
    assert SameCount("visits_rate", "early_visits_share", "denominator") in found
    assert SameCount("early_visits_share", "visits_rate", "numerator") not in found


def test_what_the_stricter_measure_hides_the_other_does_not_print(folder):
    release = build(folder, as_of=AS_OF).publication.path

    with duckdb.connect(str(release), read_only=True) as reader:
        both = reader.execute(
            "select a.status = 'c', b.status = 'c', count(*) from cells a join cells b"
            " using (area_code, period_type, period_start, breakdown, category)"
            " where a.indicator_id = 'visits_rate' and b.indicator_id = 'early_visits_share'"
            " group by all"
        ).fetchall()
    found = {(counted, other): cells for counted, other, cells in both}
    assert found[True, True] > 0
    assert found[False, False] > 0
    assert (True, False) not in found
