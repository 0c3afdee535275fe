"""Segmented trends against printed output of the Joinpoint program, and against R."""

import math

import numpy as np
import pytest
from scipy import stats

from tilannehuone.stats.trend import segmented_trend

# Opioid deaths in the United States: the rate ratio of two groups 1979–2019, and a rate 1999–2019,
# each with its standard error. Input and output of the Joinpoint program that Kiang and others
# publish with their study (github.com/mkiang/opioid_trends, joinpoint_analysis 02 and 04).
RATIO = np.fromstring(
    """
    0.710746785 0.559517187 0.598662672 0.542364321 0.630041056 0.598907642 0.664773226
    0.650051721 0.530199094 0.468506693 0.48472905 0.555191278 0.537553189 0.60606122 0.599908036
    0.584903136 0.600582373 0.7361082 0.804872592 0.912809888 0.852963134 0.901406259 1.06203964
    1.25403523 1.43064985 1.67317472 1.6587154 1.58862397 2.00442949 2.19626091 2.16055566
    2.39817147 2.319157 2.15858216 1.99804248 1.90055403 1.85932691 1.48780587 1.33406796
    1.18121581 0.995722915
    """,
    sep=" ",
)
RATIO_ERROR = np.fromstring(
    """
    0.0648174757 0.0491844101 0.0517943577 0.0402834061 0.04975892 0.0437654672 0.0449729059
    0.040861748 0.0341640994 0.0254284214 0.024534417 0.0304077308 0.0276966056 0.0277001756
    0.0234685337 0.0225027636 0.0220738155 0.028371433 0.0299890977 0.0330366042 0.027271671
    0.0286180743 0.0335540627 0.0375566304 0.0431118437 0.051939977 0.0491725746 0.042443219
    0.0570912879 0.0630476327 0.0602325862 0.0681035719 0.0623053865 0.0556189218 0.0476559184
    0.0415034357 0.0372328719 0.0238815046 0.0192884174 0.0163898633 0.0125923411
    """,
    sep=" ",
)
RATE = np.fromstring(
    """
    0.832654002 0.884891982 0.755264326 0.911662798 0.769062058 0.620852336 0.77992708 0.729064932
    0.76080998 0.774354318 0.884833633 0.74937579 0.965606066 1.29535158 2.01624121 2.50950604
    3.11516603 4.48877678 4.90312839 4.88873062 5.01977676
    """,
    sep=" ",
)
RATE_ERROR = np.fromstring(
    """
    0.0509621774 0.0515334829 0.047224993 0.0514479334 0.0466688704 0.0416169948 0.0463448679
    0.0442416124 0.0450118555 0.0446623634 0.0474539834 0.0433319232 0.0488957236 0.0564542363
    0.0696194368 0.0776589026 0.0861535075 0.102854262 0.106536122 0.105908578 0.107040779
    """,
    sep=" ",
)

# a series of our own, for R
VISITS = [31.2, 29.8, 33.5, 34.1, 36.0, 35.2, 38.9, 40.3]
REFERRALS = [52.1, 54.9, 56.2, 59.8, 61.0, 64.9, 63.1, 60.4, 56.0, 53.2, 48.8, 46.9, 43.1]


def rounded(lines, *names, digits=3):
    return [tuple(round(getattr(one, name), digits) for name in names) for one in lines]


@pytest.fixture(scope="module")
def ratio():
    return segmented_trend(
        RATIO, times=range(1979, 2020), variances=RATIO_ERROR**2, independent_slopes=True
    )


def test_joinpoints_and_their_limits_are_those_of_the_joinpoint_program(ratio):
    assert rounded(ratio.joinpoints, "time", "lower", "upper") == [
        (1993, 1989, 1996),
        (2010, 2007, 2011),
        (2015, 2012, 2017),
    ]


def test_annual_percent_changes_are_those_of_the_joinpoint_program(ratio):
    assert rounded(ratio.segments, "start", "stop", "apc", "apc_lower", "apc_upper") == [
        (1979, 1993, -0.743, -2.577, 1.126),
        (1993, 2010, 9.342, 8.526, 10.164),
        (2010, 2015, -6.447, -10.662, -2.032),
        (2015, 2019, -13.380, -15.688, -11.008),
    ]
    assert rounded(ratio.segments, "slope", "standard_error", digits=6) == [
        (-0.007456, 0.009134),
        (0.089309, 0.003668),
        (-0.066638, 0.022575),
        (-0.143636, 0.013226),
    ]
    assert rounded(ratio.segments, "p_value", digits=5) == [(0.42077,), (0,), (0.00608,), (0,)]
    assert ratio.degrees_of_freedom == 30


def test_the_average_change_is_that_of_the_joinpoint_program(ratio):
    whole = ratio.average

    assert rounded([whole], "start", "stop", "apc", "apc_lower", "apc_upper") == [
        (1979, 2019, 1.273, 0.339, 2.216)
    ]
    assert round(whole.p_value, 5) == 0.00745
    assert ratio.aapc == whole.apc


def test_the_fitted_values_are_those_of_the_joinpoint_program(ratio):
    # its printed model values of 1979, 1993, 2010, 2015 and 2019
    picked = [round(ratio.fitted[n], 5) for n in (0, 14, 31, 36, 40)]

    assert picked == [0.60426, 0.54437, 2.48461, 1.78055, 1.00238]


def test_a_shorter_series_comes_out_as_in_the_joinpoint_program():
    found = segmented_trend(
        RATE, times=range(1999, 2020), variances=RATE_ERROR**2, independent_slopes=True
    )

    assert rounded(found.joinpoints, "time", "lower", "upper") == [
        (2010, 2009, 2011),
        (2016, 2015, 2017),
    ]
    assert rounded(found.segments, "slope", "standard_error", digits=6) == [
        (-0.007713, 0.010343),
        (0.297902, 0.022300),
        (0.039983, 0.028424),
    ]
    assert rounded([found.average], "apc", "apc_lower", "apc_upper") == [(9.541, 7.465, 11.657)]


def test_a_straight_trend_is_log_linear_regression():
    found = segmented_trend(VISITS, times=range(2009, 2017))
    line = found.segments[0]

    # R 4.2: lm(log(v) ~ t), confint, 100 * (exp(b) - 1)
    assert found.joinpoints == ()
    assert line.slope == pytest.approx(0.0396034094048994, rel=1e-9)
    assert line.standard_error == pytest.approx(0.00532322795413036, rel=1e-9)
    assert line.p_value == pytest.approx(0.000303722066954787, rel=1e-9)
    assert (line.apc, line.apc_lower, line.apc_upper) == pytest.approx(
        (4.03980802687378, 2.69342832338988, 5.40383967104705), rel=1e-9
    )
    assert found.average == line


def test_weights_are_those_of_weighted_regression():
    line = segmented_trend(VISITS, weights=[1, 2, 1, 3, 1, 2, 2, 1]).segments[0]

    # R 4.2: lm(log(v) ~ t, weights = w)
    assert (line.slope, line.standard_error) == pytest.approx(
        (0.0414211999093546, 0.00582109356800846), rel=1e-9
    )
    assert (line.apc_lower, line.apc_upper) == pytest.approx(
        (2.75501737241721, 5.72433450308603), rel=1e-9
    )


def test_values_as_they_are_have_a_slope_and_no_percent():
    line = segmented_trend(VISITS, log=False).segments[0]
    by_scipy = stats.linregress(range(8), VISITS)

    assert (line.slope, line.standard_error) == pytest.approx(
        (by_scipy.slope, by_scipy.stderr), rel=1e-12
    )
    assert line.p_value == pytest.approx(by_scipy.pvalue, rel=1e-9)
    assert (line.apc, line.apc_lower, line.apc_upper) == (None, None, None)


def test_between_points_the_joinpoint_is_that_of_rs_segmented():
    found = segmented_trend(REFERRALS, times=range(2004, 2017), between=99, max_joinpoints=1)

    # R 4.2, segmented 1.6-2: psi, slope() and aapc(wrong.se = FALSE)
    assert found.joinpoints[0].time == pytest.approx(2009.49931847098, abs=0.005)
    slopes, errors = zip(*((one.slope, one.standard_error) for one in found.segments), strict=True)
    assert slopes == pytest.approx((0.04218811011270, -0.06382705491898), abs=2e-5)
    assert errors == pytest.approx((0.002719805011452, 0.002150194656933), rel=1e-9)
    assert found.average.slope == pytest.approx(-0.015242791980431557, abs=5e-6)
    assert found.average.standard_error == pytest.approx(0.000942486094067071, rel=1e-9)
    assert found.degrees_of_freedom == 9


def raahe(noise=0.0):
    """Return 1.9 % more each year to 2013, then 6.9 % less, as referrals in Raahe after it."""
    # Niemelä et al. 2019, Frontiers in Psychiatry 10:64: +1.9 % a year in Finland, -6.9 % in Raahe
    years = np.arange(2002, 2025)
    path = 1.019 ** np.minimum(years - 2013, 0) * 0.931 ** np.maximum(years - 2013, 0)
    spread = np.random.default_rng(2013).normal(0, noise, len(years))
    return years, 400 * path * np.exp(spread)


def test_known_changes_are_found_again():
    years, exact = raahe()
    found = segmented_trend(exact, times=years)

    assert [one.time for one in found.joinpoints] == [2013]
    assert [one.apc for one in found.segments] == pytest.approx([1.9, -6.9], abs=1e-9)
    assert [one.standard_error for one in found.segments] == [0, 0]


def test_noisy_changes_are_found_within_their_limits():
    years, noisy = raahe(noise=0.04)
    found = segmented_trend(noisy, times=years)
    (joinpoint,), (before, after) = found.joinpoints, found.segments

    assert joinpoint.lower <= 2013 <= joinpoint.upper
    assert before.apc_lower <= 1.9 <= before.apc_upper
    assert after.apc_lower <= -6.9 <= after.apc_upper
    assert after.p_value < 0.001


def test_months_give_the_percent_of_a_year():
    by_month = 50 * 1.06 ** (np.arange(60) / 12)
    found = segmented_trend(by_month, periods_per_year=12)

    assert found.aapc == pytest.approx(6, abs=1e-9)
    assert found.segments[0].slope == pytest.approx(math.log(1.06) / 12)
