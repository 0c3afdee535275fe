"""A twin shares no cell with the real release: small counts are drawn anew until none is equal."""

import duckdb
import pytest
from small_instance import AREAS, MEASURE, SOURCES, TOWNS

from pipelines.twin import apart
from pipelines.twin.alike import alike
from pipelines.twin.apart import build_apart
from pipelines.twin.make import drawn_rows, make_twin
from tilannehuone.errors import PublishRefused
from tilannehuone.instance import open_instance
from tilannehuone.release import TABLES

REGISTRY = f"""\
instance:
  name: {{fi: Koe, sv: Prov, en: Trial}}
indicators:
  - id: visits{MEASURE}
    kind: count
    cadence: month
    numerator: {{from: visits, count: rows}}
    protect: {{k_min: 3, show_zero: true}}
  - id: never{MEASURE}
    kind: count
    cadence: month
    numerator: {{from: visits, count: rows, where: "service = 'x' and service = 'y'"}}
    protect: {{k_min: 3, show_zero: true}}
"""
SEED, MONTHS, PLANTED, ZEROS = 1, 12, 16, 12
FAR = 1000


@pytest.fixture
def real(tmp_path):
    """Give an instance of counts and its release, in which a third is what its twin will draw."""
    folder, release = tmp_path / "real", tmp_path / "real" / "20250101T000000Z.duckdb"
    (folder / "data").mkdir(parents=True)
    for name, text in {
        "indicators.yaml": REGISTRY,
        "data/sources.yaml": SOURCES.partition("  people:")[0],
        "data/areas.csv": AREAS,
        "data/events.yaml": "events: []\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    instance = open_instance(folder)
    codes = [f"{side}{n}" for side in "ns" for n in (1, 2)]
    with duckdb.connect(str(release)) as writer:
        for name, columns in TABLES.items():
            writer.execute(f"create table {name} ({columns})")
        for one, value in (("visits", FAR), ("never", 0)):
            writer.execute(
                "insert into indicators (indicator_id, period) values (?, 'month')", [one]
            )
            writer.execute(
                """insert into cells select ?, area, 'month', make_date(2024, month, 1),
                'all', 'all', ?, null, ?, null, null, 'ok' from unnest(?) as a (area),
                range(1, ? + 1) as m (month) where ? > 0 or area = 'n1'""",
                [one, value, value, codes, MONTHS, value],
            )
    visits = drawn_rows(instance, release, SEED)["visits"]
    visits["month"] = [day.month for day in visits["day"]]
    planted = visits[visits["month"] <= PLANTED // len(TOWNS)]
    counts = planted.groupby(["twin_area", "month"]).size()
    with duckdb.connect(str(release)) as writer:
        writer.executemany(
            """update cells set numerator = ?, value = ? where indicator_id = 'visits'
            and area_code = ? and period_start = make_date(2024, ?, 1)""",
            [(int(n), int(n), *key) for key, n in counts.items()],
        )
    return instance, release


def test_cells_are_drawn_anew_until_none_is_the_same_but_zeros_that_nothing_can_change(
    real, tmp_path
):
    folder = tmp_path / "twin"
    day = make_twin(*real, folder, SEED)
    before = (folder / "data" / "extracts" / "visits.csv").read_text().splitlines()

    made = build_apart(real[0], [real[1]], folder, day, SEED)

    found = alike([real[1]], made.publication.path)
    assert found.same == {}
    assert {one[0] for one in found.zeros} == {"never"}
    assert (made.zeros, made.shown) == (ZEROS, found.shown)
    assert made.alike == PLANTED and made.rounds > 1
    assert [one.name for one in made.publication.path.parent.glob("*.duckdb")] == [
        made.publication.path.name
    ]
    after = (folder / "data" / "extracts" / "visits.csv").read_text().splitlines()
    late = [{one for one in rows if ";2024-1" in one} for rows in (before, after)]
    assert late[0] == late[1] and before != after


def test_of_a_twin_that_stays_alike_nothing_is_kept(real, tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "MOST_ROUNDS", 1)
    day = make_twin(*real, tmp_path / "twin", SEED)

    with pytest.raises(PublishRefused) as refused:
        build_apart(real[0], [real[1]], tmp_path / "twin", day, SEED)

    (fault,) = refused.value.faults
    assert fault.key == "twin_alike" and fault.values == {"count": PLANTED, "measures": "visits"}
    assert not (tmp_path / "twin").exists()
