"""The analyse step over small tables of protected cells: limits, findings, breaks, intervals."""

from datetime import date

import pytest
from analysing import NAMES, QUIET, analysed, event, indicator, series

from tilannehuone.errors import PublishRefused
from tilannehuone.stats.intervals import byar, exact_poisson, wilson


def test_a_leap_is_found_and_every_known_cell_gets_its_limits():
    found = analysed(series([*QUIET, 40.0]))
    row, points = found.findings.loc[0], found.points.sort_values("period_start")

    assert row[["known", "ladder", "variation"]].tolist() == [21, "signals", "improvement"]
    assert len(points) == 21
    latest = points.iloc[-1]
    assert latest[["signal", "side", "kind"]].tolist() == ["outside", "high", "improvement"]
    assert latest["segment"] == 1
    assert points["upper"].nunique() == 1


def test_a_hidden_cell_has_no_point_and_its_value_moves_no_limit():
    rows = series([*QUIET, "c", 11.0])
    leaked = [(*one[:8], 500.0, *one[9:]) if one[11] == "c" else one for one in rows]
    found = analysed(leaked)

    assert found.points["centre"].unique().tolist() == [11.0]
    assert len(found.points) == 21
    assert found.finding().hidden == 1


def test_the_newest_cell_may_be_hidden_and_the_finding_says_which_one_it_is_about():
    found = analysed(series([*QUIET, "c"]))

    assert found.findings.loc[0, "latest_status"] == "c"
    assert found.findings.loc[0, "latest_period"].date() == date(2021, 8, 1)
    assert found.finding().newest_period == date(2021, 9, 1)


def test_a_late_cell_with_a_value_is_known():
    found = analysed(series(QUIET, status="o"))

    assert found.findings.loc[0, ["known", "latest_status"]].tolist() == [20, "o"]


def test_a_short_series_has_no_points():
    found = analysed(series(QUIET[:11]))

    assert found.findings.loc[0, "ladder"] == "early"
    assert found.points.empty


@pytest.mark.parametrize(
    ("day", "begins"), [("2020-11-01", date(2020, 11, 1)), ("2020-10-02", date(2020, 11, 1))]
)
def test_a_break_begins_a_segment_at_the_first_whole_period_after_it(day, begins):
    found = analysed(series(QUIET), events=[event(day)]).finding()

    assert found.since == begins
    assert found.known == 10


def test_a_break_concerns_the_indicators_and_areas_it_names():
    rows = series(QUIET) + series(QUIET, area="B") + series(QUIET, of="other", area="C")
    breaks = [event("2020-11-01", areas=["B"], indicators=["visits"])]
    found = analysed(rows, indicator(), indicator("other"), events=breaks)

    assert found.finding("A").since is None
    assert found.finding("B").since == date(2020, 11, 1)
    assert found.finding("C", "other").since is None


def test_other_events_and_breaks_to_come_begin_nothing():
    other = [event("2020-11-01", kind="practice"), event("2031-01-01")]

    assert analysed(series(QUIET), events=other).finding().since is None


def test_a_declared_break_of_the_indicator_begins_a_segment():
    broken = indicator(breaks=[{"date": "2020-03-01", "text": NAMES}])
    found = analysed(series(QUIET), broken)

    assert found.points["segment"].value_counts().to_dict() == {1: 2, 2: 18}
    assert found.finding().known == 18


def test_the_target_in_force_at_the_latest_known_period_counts():
    targets = [
        {"since": f"{year}-01-01", "value": value, "kind": "local", "source": "s"}
        for year, value in ((2020, 1), (2021, 5), (2022, 99))
    ]
    found = analysed(series([*QUIET, "c"]), indicator(targets=targets))

    assert found.finding().target == 5
    assert found.findings.loc[0, "assurance"] == "passes"


def test_a_monthly_target_of_a_count_holds_no_quarter():
    target = {"since": "2000-01-01", "value": 5, "kind": "local", "source": "s"}
    counted = indicator(targets=[target])

    assert analysed(series(QUIET, period_type="quarter"), counted).finding().target is None


def test_intervals_follow_the_kind():
    rows = (
        series([9.0, 10.0, "c"], of="count")
        + series([9000 / 40], of="rate", x=9.0, n=40.0)
        + series([90.0], of="share", x=9.0, n=10.0)
        + series([5.0], of="average", x=50.0, n=10.0)
        + series([5.0], of="middle", x=None, n=10.0)
    )
    found = analysed(
        rows,
        indicator("count"),
        indicator("rate", "rate", scale=1000),
        indicator("share", "proportion", scale=100),
        indicator("average", "mean"),
        indicator("middle", "median"),
    ).cells.set_index(["indicator_id", "period_start"])[["lower95", "upper95"]]
    limits = {of: part.to_numpy().tolist() for of, part in found.groupby(level=0)}

    exact, approximate, share = exact_poisson(9), byar(10), wilson(9, 10)
    assert limits["count"][0] == [exact.lower, exact.upper]
    assert limits["count"][1] == [approximate.lower, approximate.upper]
    assert limits["rate"] == [pytest.approx([exact.lower * 25, exact.upper * 25])]
    assert limits["share"] == [pytest.approx([share.lower * 100, share.upper * 100])]
    without = found.drop(index=["rate", "share"])["lower95"].isna()
    assert without.groupby(level=0).sum().to_dict() == {"average": 1, "count": 1, "middle": 1}


def test_two_cells_for_one_period_refuse_the_release():
    with pytest.raises(PublishRefused, match="cells_twice"):
        analysed(series(QUIET) + series(QUIET[:1]))


def test_no_value_gives_a_finding_that_says_so():
    assert analysed(series(["x"])).finding().ladder == "nothing"


def test_no_cells_give_empty_tables():
    found = analysed([])

    assert all(one.empty for one in vars(found).values())
