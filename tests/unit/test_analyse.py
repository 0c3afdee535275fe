"""The analyse step over small tables of protected cells."""

import json
from datetime import date

import duckdb
import pytest

from pipelines.analyse import analyse_cells
from tilannehuone.errors import PublishRefused
from tilannehuone.events import Event
from tilannehuone.finding import Finding
from tilannehuone.periods import next_start
from tilannehuone.registry import Registry
from tilannehuone.release import TABLES
from tilannehuone.stats.intervals import byar, exact_poisson, wilson

NAMES = {"fi": "nimi", "sv": "namn", "en": "name"}
QUIET = [10.0, 12.0] * 10


def indicator(name, kind="count", **changes):
    parts = {"numerator": {"from": "s", "count": "rows"}}
    if kind in ("rate", "proportion", "mean"):
        parts["denominator"] = {"from": "s", "sum": "n"}
    if kind == "median":
        parts["numerator"] = {"from": "s", "median": "d"}
    return {
        "id": name,
        "name": NAMES,
        "definition": NAMES,
        "question": NAMES,
        "kind": kind,
        "unit": NAMES,
        **parts,
        "cadence": "month",
        "period": "month",
        "direction": "up",
        "levels": ["area"],
        "owner": "o",
        "register": "r",
        **changes,
    }


def registry(*indicators):
    return Registry.model_validate({"instance": {"name": NAMES}, "indicators": list(indicators)})


def event(day, **changes):
    return Event.model_validate({"from": day, "kind": "break", "text": NAMES, **changes})


def series(values, *, of="visits", area="A", period_type="month", first=date(2020, 1, 1), **parts):
    """Cells of one series; a text in `values` is a status without a value."""
    rows, start = [], first
    for value in values:
        hidden = isinstance(value, str)
        numbers = (None, None, None) if hidden else (parts.get("x", value), parts.get("n"), value)
        status = value if hidden else parts.get("status", "ok")
        rows.append((of, area, period_type, start, "all", "all", *numbers, None, None, status))
        start = next_start(period_type, start)
    return rows


@pytest.fixture
def working():
    with duckdb.connect() as connection:
        connection.execute(f"create table cells ({TABLES['cells']})")
        yield connection


def analysed(working, rows, *indicators, events=()):
    marks = ", ".join("?" * 12)
    working.executemany(f"insert into cells values ({marks})", rows)
    analyse_cells(working, registry(*indicators or [indicator("visits")]), events)
    return working.execute("select * from findings").df()


def finding(working, area="A"):
    found = working.execute("select finding from findings where area_code = ?", [area]).fetchall()
    return Finding.from_json(found[0][0])


def test_a_leap_is_found_and_every_known_cell_gets_its_limits(working):
    found = analysed(working, series([*QUIET, 40.0]))
    points = working.execute("select * from points order by period_start").df()

    assert found.loc[0, ["known", "ladder", "variation"]].tolist() == [21, "signals", "improvement"]
    assert len(points) == 21
    assert points.iloc[-1][["signal", "side", "kind", "segment"]].tolist() == [
        "outside",
        "high",
        "improvement",
        1,
    ]
    assert points["upper"].nunique() == 1


def test_a_hidden_cell_has_no_point_and_its_value_moves_no_limit(working):
    rows = series([*QUIET, "c", 11.0])
    leaked = [(*one[:8], 500.0, *one[9:]) if one[11] == "c" else one for one in rows]
    analysed(working, leaked)
    centre = working.execute("select distinct centre from points").fetchall()

    assert centre == [(11.0,)]
    assert working.execute("select count(*) from points").fetchall() == [(21,)]
    assert finding(working).hidden == 1


def test_the_newest_cell_may_be_hidden_and_the_finding_says_which_one_it_is_about(working):
    found = analysed(working, series([*QUIET, "c"]))

    assert found.loc[0, "latest_status"] == "c"
    assert found.loc[0, "latest_period"].date() == date(2021, 8, 1)
    assert finding(working).newest_period == date(2021, 9, 1)


def test_a_late_cell_with_a_value_is_known(working):
    found = analysed(working, series(QUIET, status="o"))

    assert found.loc[0, ["known", "latest_status"]].tolist() == [20, "o"]


def test_a_short_series_has_no_points(working):
    found = analysed(working, series(QUIET[:11]))

    assert found.loc[0, "ladder"] == "early"
    assert working.execute("select count(*) from points").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("day", "begins"), [("2020-11-01", date(2020, 11, 1)), ("2020-10-02", date(2020, 11, 1))]
)
def test_a_break_begins_a_segment_at_the_first_whole_period_after_it(working, day, begins):
    analysed(working, series(QUIET), events=[event(day)])

    assert finding(working).since == begins
    assert finding(working).known == 10


def test_a_break_concerns_the_indicators_and_areas_it_names(working):
    rows = series(QUIET) + series(QUIET, area="B") + series(QUIET, of="other", area="C")
    breaks = [event("2020-11-01", areas=["B"], indicators=["visits"])]
    analysed(working, rows, indicator("visits"), indicator("other"), events=breaks)

    assert [finding(working, area).since for area in "ABC"] == [None, date(2020, 11, 1), None]


def test_other_events_and_breaks_to_come_begin_nothing(working):
    other = [event("2020-11-01", kind="practice"), event("2031-01-01")]
    analysed(working, series(QUIET), events=other)

    assert finding(working).since is None


def test_a_declared_break_of_the_indicator_begins_a_segment(working):
    broken = indicator("visits", breaks=[{"date": "2020-03-01", "text": NAMES}])
    analysed(working, series(QUIET), broken)
    segments = working.execute("select segment, count(*) from points group by 1 order by 1")

    assert segments.fetchall() == [(1, 2), (2, 18)]
    assert finding(working).known == 18


def test_the_target_in_force_at_the_latest_known_period_counts(working):
    targets = [
        {"since": f"{year}-01-01", "value": value, "kind": "local", "source": "s"}
        for year, value in ((2020, 1), (2021, 5), (2022, 99))
    ]
    found = analysed(working, series([*QUIET, "c"]), indicator("visits", targets=targets))

    assert finding(working).target == 5
    assert found.loc[0, "assurance"] == "passes"


def test_a_monthly_target_of_a_count_holds_no_quarter(working):
    target = {"since": "2000-01-01", "value": 5, "kind": "local", "source": "s"}
    counted = indicator("visits", targets=[target])
    analysed(working, series(QUIET, period_type="quarter"), counted)

    assert finding(working).target is None


def test_intervals_follow_the_kind(working):
    rows = (
        series([9.0, 10.0, "c"], of="count")
        + series([9000 / 40], of="rate", x=9.0, n=40.0)
        + series([90.0], of="share", x=9.0, n=10.0)
        + series([5.0], of="average", x=50.0, n=10.0)
        + series([5.0], of="middle", x=None, n=10.0)
    )
    kinds = {"count": "count", "rate": "rate", "share": "proportion", "average": "mean"}
    declared = [indicator(name, kind) for name, kind in kinds.items()]
    declared[1]["scale"], declared[2]["scale"] = 1000, 100
    analysed(working, rows, *declared, indicator("middle", "median"))
    found = working.execute("select indicator_id, lower95, upper95 from cells order by all")
    limits = {}
    for name, lower, upper in found.fetchall():
        limits.setdefault(name, []).append((lower, upper))

    exact, approximate, share = exact_poisson(9), byar(10), wilson(9, 10)
    assert sorted(limits["count"], key=str) == [
        (exact.lower, exact.upper),
        (approximate.lower, approximate.upper),
        (None, None),
    ]
    assert limits["rate"] == [pytest.approx((exact.lower * 25, exact.upper * 25))]
    assert limits["share"] == [pytest.approx((share.lower * 100, share.upper * 100))]
    assert limits["average"] == limits["middle"] == [(None, None)]


def test_two_cells_for_one_period_refuse_the_release(working):
    with pytest.raises(PublishRefused, match="cells_twice"):
        analysed(working, series(QUIET) + series(QUIET[:1]))


def test_no_cells_give_empty_tables(working):
    found = analysed(
        working, [("visits", "A", "month", date(2020, 1, 1), "all", "all", *[None] * 5, "x")]
    )

    assert json.loads(found.loc[0, "finding"])["ladder"] == "nothing"

    working.execute("delete from cells")
    analyse_cells(working, registry(indicator("visits")))
    assert working.execute("select count(*) from findings").fetchall() == [(0,)]


def test_rolling_windows_share_months_and_so_give_neither_limits_nor_words(working):
    found = analysed(working, series([*QUIET, 40.0], period_type="rolling3"))

    assert found.loc[0, ["known", "ladder"]].tolist() == [21, "early"]
    assert found["variation"].isna().all()
    assert working.execute("select count(*) from points").fetchall() == [(0,)]
