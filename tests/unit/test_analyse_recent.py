"""The five-point test of yearly values in the analyse step."""

from datetime import date

import pytest
from analysing import analysed, event, indicator, shares

from tilannehuone.stats.trend import recent_trend_power

RATE = indicator(kind="rate", scale=1000, period="year", cadence="years")
CLIMB = [100.0, 130.0, 170.0, 210.0, 260.0]
LEVEL = [150.0, 162.0, 149.0, 158.0, 151.0]


def yearly(counts, of_people=20000.0, **about):
    about = {"period_type": "year", "first": date(2005, 1, 1), **about}
    return shares(counts, of_people, scale=1000, **about)


def recent(counts, declared=RATE, **settings):
    return analysed(yearly(counts), declared, **settings).finding()


@pytest.mark.parametrize(
    ("counts", "direction", "variation", "side"),
    [
        (CLIMB, "up", "improvement", "high"),
        (CLIMB, "down", "concern", "high"),
        (CLIMB, "context", "neutral_high", "high"),
        (CLIMB[::-1], "down", "improvement", "low"),
        ([400.0] * 7 + CLIMB, "up", "improvement", "high"),
    ],
)
def test_five_yearly_values_may_tell_a_direction(counts, direction, variation, side):
    found = recent(counts, {**RATE, "direction": direction})
    mark = found.evidence.recent.mark

    assert (found.ladder, found.variation) == ("early", variation)
    assert (mark.signal, mark.side, mark.length) == ("recent_trend", side, 5)
    assert found.marks == (mark,)
    assert found.evidence.chance == 0.002


def test_five_yearly_values_without_a_trend_carry_what_they_could_have_seen():
    found = recent(LEVEL)
    seen = found.evidence.recent

    assert (found.ladder, found.variation, found.marks) == ("early", "common", ())
    assert seen.mark is None
    for change in (seen.rise, seen.fall):
        assert recent_trend_power(150.0, change) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize(
    ("counts", "kind"),
    [
        (CLIMB[:4], RATE["kind"]),
        ([*CLIMB[:3], "c", *CLIMB[3:]], RATE["kind"]),
        (["c", *CLIMB[:2], "c", *CLIMB[2:]], RATE["kind"]),
        (CLIMB, "mean"),
    ],
)
def test_a_hidden_year_among_five_or_another_kind_leaves_nothing_to_say(counts, kind):
    found = recent(counts, {**RATE, "kind": kind})

    assert found.evidence.recent is None
    assert found.variation is None


def test_a_hidden_year_before_the_five_and_one_after_them_do_not_matter():
    assert recent([300.0, "c", *CLIMB, "c"]).variation == "improvement"


def test_the_five_point_test_does_not_reach_across_a_break():
    broken = recent([100.0, *CLIMB], events=[event("2007-01-01")])
    whole = recent([100.0, *CLIMB], events=[event("2006-01-01")])

    assert (broken.known, broken.variation) == (4, None)
    assert (whole.known, whole.variation) == (5, "improvement")


def test_quarters_have_no_five_point_test():
    found = analysed(yearly(CLIMB, period_type="quarter"), RATE)

    assert found.evidence().recent is None


def test_with_thirteen_years_the_limits_decide():
    eight = [200.0, 210.0, 199.0, 207.0, 201.0, 209.0, 200.0, 206.0]
    found = recent([*eight, *CLIMB])

    assert (found.known, found.ladder) == (13, "signals")
    assert found.evidence.recent is None
    assert all(one.signal != "recent_trend" for one in found.marks)


def test_distinct_persons_and_shares_are_tested_too():
    share = analysed(yearly(CLIMB, 2000.0), {**RATE, "kind": "proportion"}).finding()
    persons = indicator(kind="distinct_rate", scale=1000, period="year", cadence="years")

    assert share.variation == "improvement"
    assert recent(CLIMB, persons).variation == "improvement"
