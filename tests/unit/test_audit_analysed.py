"""The auditor on an analysed release: nothing in an honest one, every planted row in another."""

import shutil

import duckdb
import numpy as np
import pytest
from lattice import lattice
from released import PLACES, change, registry, release

from pipelines.analyse import analyse_cells
from pipelines.audit import audit_release

RATE = registry(kind="rate")
KEYS = "indicator_id, area_code"
SERIES = "indicator_id, area_code, period_type, breakdown, category"
ONE = f"({SERIES}) in (select {SERIES} from points order by all limit 1)"

PLANTED = {
    "a comparison": (
        "comparison_of_hidden_cell",
        f"""insert into comparisons by name
        select {KEYS}, period_type, period_start, 'municipality' as "group", 1.5 as z
        from cells where status = 'c' and period_type = 'year'""",
    ),
    "a forecast": (
        "forecast_of_hidden_cell",
        f"""insert into forecasts by name
        select {KEYS}, period_start as made_at_period, period_start + interval 1 month
            as period_start, 4 as point
        from cells where status = 'c' and period_type = 'month' limit 1""",
    ),
}


FALSE = {
    "a centre over hidden months": (
        "limits_do_not_follow",
        f"update points set centre = centre * 1.05 where {ONE}",
    ),
    "a limit over hidden months": (
        "limits_do_not_follow",
        f"update points set upper = upper + 1 where {ONE}",
    ),
    "a sentence's latest value": (
        "finding_does_not_follow",
        """update findings set finding = json_merge_patch(finding, '{"latest_value": 987.5}')
        where latest_value is not null""",
    ),
    "a sentence's centre": (
        "finding_does_not_follow",
        """update findings set finding = json_merge_patch(finding, '{"centre": 987.5}')
        where finding ->> '$.centre' <> 'null'""",
    ),
    "a count of hidden months": (
        "finding_does_not_follow",
        "update findings set finding = json_merge_patch(finding, '{\"shown\": 2}')",
    ),
    "a common level over all areas": (
        "comparison_does_not_follow",
        "update comparisons set baseline = baseline * 1.01",
    ),
    "a forecast over a hidden month": (
        "forecast_does_not_follow",
        """insert into forecasts by name
        select n.indicator_id, n.area_code, n.period_start as made_at_period,
            n.period_start + interval 1 month as period_start, 9 as point
        from cells n join cells h using (indicator_id, area_code, period_type, breakdown, category)
        where n.period_type = 'month' and n.status = 'ok' and h.status = 'c'
            and h.period_start < n.period_start and h.period_start > n.period_start - interval 1
            year limit 1""",
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A release of three years by month and year, protected and then analysed."""
    draw = np.random.default_rng(8)
    level = np.array([0.3, 60, 60, 5, 60])[:, None, None]
    whole = lattice(draw.poisson(level, (5, 36, 1)), PLACES, ("month", "year"))
    cells = whole.cells.assign(denominator=whole.cells["numerator"] + 5000)
    path = release(tmp_path_factory.mktemp("made"), cells, whole.areas, RATE)
    types = dict(zip(whole.areas["area_code"], whole.areas["area_type"], strict=True))
    with duckdb.connect(str(path)) as file:
        analyse_cells(file, RATE, area_types=types)
    return path


@pytest.fixture
def published(made, tmp_path):
    """A copy of the release, to be changed."""
    return shutil.copy(made, tmp_path / made.name)


def rows(path, query):
    with duckdb.connect(str(path), read_only=True) as file:
        return file.execute(query).fetchall()


def test_an_analysed_release_gives_nothing_away(published):
    for name in ("points", "findings", "forecasts", "comparisons"):
        assert rows(published, f"select count(*) > 0 from {name}") == [(True,)], name
    assert rows(published, "select count(*) > 20 from cells where status = 'c'") == [(True,)]

    assert audit_release(published).findings == ()


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_row_of_a_hidden_cell_is_found(published, what):
    kind, statement = PLANTED[what]
    change(published, statement)
    found = audit_release(published).findings

    assert {one.kind for one in found} == {kind}
    hidden = rows(published, f"select {KEYS} from cells where status = 'c'")
    assert {one.cells[0][:2] for one in found} <= set(hidden)


def test_a_year_is_not_taken_for_the_month_it_begins_with(published):
    shown = """from cells m join cells y using (indicator_id, area_code, period_start)
        where m.status = 'c' and m.period_type = 'month' and y.status = 'ok'
            and y.period_type = 'year'"""
    assert rows(published, f"select count(*) > 0 {shown}") == [(True,)]

    assert audit_release(published).ok


@pytest.mark.parametrize("what", FALSE)
def test_a_figure_that_does_not_follow_from_what_is_shown_is_found(published, what):
    kind, statement = FALSE[what]
    change(published, statement)

    assert kind in {one.kind for one in audit_release(published).findings}
