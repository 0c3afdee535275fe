"""What bears on the words of a series: power, chance, obstacles, new levels."""

from datetime import date

import numpy as np
import pytest
from analysing import QUIET, analysed, event, indicator, series, shares

from tilannehuone.stats.power import detectability, false_alarm_probability

SHARE = indicator(kind="proportion", scale=100)


def test_no_change_carries_what_it_could_have_seen():
    seen = analysed(series(QUIET)).evidence().seen
    few = [detectability(11.0, points=20, change=change) for change in ("rise", "fall")]

    # the spread of 10 and 12 in turn is smaller than chance gives: a count of 11 is not so even
    assert seen.step == pytest.approx(max(one.step for one in few))
    assert seen.periods == max(one.median_periods for one in few)
    assert seen.within == 6


def test_a_wider_series_sees_less():
    values = (100 + np.random.default_rng(1).normal(0, 30, 30)).clip(5).round().tolist()
    found = analysed(series(values))
    own = found.points.iloc[-1]
    spread = (own["upper"] - own["centre"]) / 2.66

    wider = [
        detectability(own["centre"], spread, points=30, change=one).step for one in ("rise", "fall")
    ]
    assert found.evidence().seen.step == pytest.approx(max(wider))
    assert found.evidence().seen.step > detectability(100, points=30).step


@pytest.mark.parametrize("values", [[*QUIET, 40.0], QUIET[:12], ["c"] * 20])
def test_a_signal_and_a_short_series_carry_no_power(values):
    assert analysed(series(values)).evidence().seen is None


def test_a_share_sees_by_its_rarer_side():
    high = analysed(shares([190.0, 192.0] * 10, 200.0), SHARE).evidence()
    low = analysed(shares([10.0, 8.0] * 10, 200.0), SHARE).evidence()

    assert high.chance == low.chance == false_alarm_probability(20, mean=9.0)
    assert low.seen.step == pytest.approx(
        max(detectability(9.0, points=20, change=one).step for one in ("rise", "fall"))
    )


def test_the_rarer_side_is_that_of_the_whole_series():
    halves = analysed(shares([8.0, 12.0] * 10, 20.0), SHARE).evidence()

    assert halves.chance == false_alarm_probability(20, mean=10.0)


def test_chances_add_up_to_the_page_s_false_alarms():
    rows = [one for area in "ABCDE" for one in series(QUIET, area=area)]
    found = analysed(rows + series(QUIET[:12], area="short"))
    chances = [found.evidence(area).chance for area in "ABCDE"]

    assert sum(chances) == pytest.approx(5 * false_alarm_probability(20, mean=11.0))
    assert found.evidence("short").chance == 0


def test_a_mean_has_the_chance_of_a_normal_series():
    averages = [(*one[:6], 50.0, 10.0, *one[8:]) for one in series([2.0, 2.2] * 10)]
    found = analysed(averages, indicator(kind="mean")).evidence()

    assert found.chance == false_alarm_probability(20)
    assert found.obstacle is None


@pytest.mark.parametrize(
    ("values", "period_type", "longer"),
    [
        ([2.0, 1.0] * 10, "month", "quarter"),
        ([1.0, 0.0] * 10, "month", "half_year"),
        ([0.5, 0.1] * 10, "month", "year"),
        ([0.1, 0.0] * 10, "month", None),
        ([0.0] * 20, "month", None),
        ([2.0, 1.0] * 10, "quarter", "half_year"),
        ([1.0, 1.0, 2.0] * 7, "week", "month"),
        ([2.0, 1.0] * 6, "month", "quarter"),
    ],
)
def test_rare_cases_have_neither_limits_nor_words_and_are_sent_to_a_longer_period(
    values, period_type, longer
):
    found = analysed(series(values, period_type=period_type, first=date(2024, 1, 1)))

    assert (found.evidence().obstacle, found.evidence().longer) == ("rare", longer)
    assert found.evidence().seen is None
    assert found.evidence().chance == 0
    assert found.points.empty
    assert (found.finding().ladder, found.finding().variation) == ("early", None)
    assert found.finding().centre is None


def test_three_cases_a_month_are_enough():
    assert analysed(series([4.0, 2.0] * 10)).evidence().obstacle is None


def test_a_rate_is_rare_by_its_cases_and_not_by_its_number():
    rows = shares([2.0, 1.0] * 10, 30.0, scale=1000)
    found = analysed(rows, indicator(kind="rate", scale=1000))

    assert found.finding().latest_value > 30
    assert found.evidence().obstacle == "rare"


def test_cases_before_a_break_make_nothing_less_rare():
    rows = series([30.0, 32.0] * 10 + [2.0, 1.0] * 10)
    found = analysed(rows, events=[event("2021-09-01")])

    assert found.evidence().obstacle == "rare"


@pytest.mark.parametrize(
    ("months", "longer"), [(2, "quarter"), (3, "quarter"), (6, "half_year"), (12, "year")]
)
def test_rolling_windows_share_months_and_so_give_neither_limits_nor_words(months, longer):
    found = analysed(series([*QUIET, 40.0], period_type=f"rolling{months}"))

    assert (found.evidence().obstacle, found.evidence().longer) == ("overlap", longer)
    assert found.findings.loc[0, ["known", "ladder"]].tolist() == [21, "early"]
    assert found.findings["variation"].isna().all()
    assert found.points.empty


@pytest.mark.parametrize(("newer", "side"), [([14.0] * 8, "high"), ([9.0, 8.0] * 4, "low")])
def test_eight_points_on_one_side_after_twelve_others_suggest_a_new_level(newer, side):
    level = analysed(series([*QUIET[:12], *newer])).evidence().new_level

    assert (level.since, level.length, level.side) == (date(2021, 1, 1), 8, side)


@pytest.mark.parametrize(
    "values", [[*QUIET[:12], *[14.0] * 7], [*QUIET[:11], *[14.0] * 8], [*QUIET, "c"]]
)
def test_seven_points_or_eleven_before_suggest_nothing(values):
    assert analysed(series(values)).evidence().new_level is None


def test_a_hidden_month_in_the_new_level_begins_it_anew():
    values = [*QUIET[:12], *[14.0] * 4, "c", *[14.0] * 7]

    assert analysed(series(values)).evidence().new_level is None


def test_evidence_stands_in_the_findings_json():
    told = analysed(series(QUIET)).findings.loc[0, "finding"]

    for name in ("seen", "recent", "new_level", "chance", "seasonal", "obstacle", "longer"):
        assert f'"{name}":' in told
