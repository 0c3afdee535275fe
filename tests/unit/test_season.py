"""The school-year season: factors by hand, what it is proof against, and what it restores."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.stats.season import Season, school_year_factors, school_year_panel, season_of
from tilannehuone.stats.spc import NO_SIGNAL, analyse, analyse_panel

NAN = math.nan


def calendar(months, first=1):
    return [(first - 1 + n) % 12 + 1 for n in range(months)]


def dipped(level, months, *, july=0.7, december=0.7):
    """Return a series without noise at these levels, one a month, with holiday dips."""
    by_month = {7: july, 12: december}
    return [one * by_month.get(month, 1) for one, month in zip(level, months, strict=True)]


def test_a_factor_is_the_holidays_over_what_they_would_have_been():
    months = calendar(24)
    values = [40.0] * 12 + [60.0] * 12
    values[6], values[18] = 30.0, 40.0  # Julys; the ordinary months around them 40 and 60
    values[11], values[23] = 30.0, 33.0  # Decembers: around the first three of 40 and three of 60

    season = school_year_factors(values, months)

    assert season.factors == {7: 70 / 100, 12: pytest.approx(63 / 110)}
    assert (season.months_used, season.left_out) == (24, ())


def test_ordinary_months_are_divided_by_one_and_holidays_by_their_factor():
    season = Season({7: 0.5}, 30, (12,))

    assert season.of([6, 7, 8, 12]).tolist() == pytest.approx([1, 0.5, 1, NAN], nan_ok=True)


def test_with_23_known_months_there_is_no_season_and_with_24_there_is():
    months = calendar(24)
    values = dipped([50.0] * 24, months)

    assert school_year_factors([*values[:-2], NAN, values[-1]], months) is None
    assert school_year_factors(values, months).factors == {7: 0.7, 12: 0.7}


def test_unknown_months_count_in_nothing():
    months = calendar(48)
    values = dipped([50.0] * 48, months)
    for hidden in (5, 6, 13, 20, 23, 30, 40):
        values[hidden] = NAN

    season = school_year_factors(values, months)

    assert season.factors == {7: pytest.approx(0.7), 12: pytest.approx(0.7)}
    assert season.months_used == 41


@pytest.mark.parametrize("step_at", range(6, 66, 5))
def test_a_step_is_not_taken_for_a_season(step_at):
    months = calendar(72)
    level = np.where(np.arange(72) < step_at, 100.0, 150.0)

    season = school_year_factors(dipped(level, months), months)

    assert season.factors[7] == pytest.approx(0.7, rel=0.04)
    assert season.factors[12] == pytest.approx(0.7, rel=0.04)


def test_a_slow_trend_is_not_taken_for_a_season():
    months = calendar(60, first=4)
    level = 100 * 1.01 ** np.arange(60)  # a doubling in six years

    season = school_year_factors(dipped(level, months, december=0.5), months)

    assert season.factors[7] == pytest.approx(0.7, rel=0.005)
    assert season.factors[12] == pytest.approx(0.5, rel=0.005)


def test_later_months_change_no_factor_of_a_fixed_baseline():
    months = calendar(60)
    values = dipped([50.0] * 60, months)
    changed = values[:24] + [3 * one for one in values[24:]]

    assert school_year_factors(changed, months, baseline=24) == school_year_factors(
        values[:24], months[:24]
    )


@pytest.mark.parametrize("july", [0.0, 0.09])
def test_a_month_in_which_all_is_closed_is_left_out_and_said_so(july):
    months = calendar(36)
    values = dipped([50.0] * 36, months, july=july)

    season = school_year_factors(values, months)

    assert season.factors == {12: pytest.approx(0.7)}
    assert season.left_out == (7,)
    assert np.isnan(season.of(months)[6])


def test_a_month_known_once_is_left_out():
    months = calendar(36)
    values = dipped([50.0] * 36, months)
    values[6] = values[18] = NAN

    assert school_year_factors(values, months).left_out == (7,)


def test_all_zero_months_have_no_factor():
    assert school_year_factors([0.0] * 36, calendar(36)).left_out == (7, 12)


def test_other_holidays_may_be_named():
    months = calendar(36)
    values = [25.0 if month == 6 else 50.0 for month in months]

    assert school_year_factors(values, months, holidays=[6]).factors == {6: 0.5}


def test_nothing_known_has_no_season():
    assert school_year_factors([], []) is None
    assert school_year_factors([NAN] * 30, calendar(30)) is None


@pytest.mark.parametrize(
    ("values", "months", "settings", "message"),
    [
        ([1.0, -1.0], [1, 2], {}, "cell 1: a value with a season is finite and not negative"),
        ([math.inf], [1], {}, "cell 0: a value"),
        ([1.0, 1.0], [12, 13], {}, "cell 1: a month is from 1 to 12"),
        ([1.0, 1.0, 1.0], [11, 12, 2], {}, "cell 2: a month follows"),
        ([1.0, 1.0], [1], {}, "one month a value"),
        ([1.0], [1], {"baseline": 23}, "at least 24 months, not 23"),
        ([1.0], [1], {"holidays": [7, 7]}, "different months"),
        ([1.0], [1], {"holidays": []}, "different months"),
    ],
)
def test_what_cannot_be_is_an_error(values, months, settings, message):
    with pytest.raises(ValueError, match=message):
        school_year_factors(values, months, **settings)


cells = st.one_of(st.integers(0, 60).map(float), st.just(NAN))
one_series = st.tuples(st.lists(cells, min_size=1, max_size=60), st.integers(1, 12))


@given(st.lists(one_series, min_size=1, max_size=5))
def test_a_panel_finds_in_each_series_what_it_finds_alone(many):
    starts = np.cumsum([0, *(len(values) for values, _ in many)])
    months = [calendar(len(values), first) for values, first in many]
    panel = school_year_panel(
        np.concatenate([values for values, _ in many]), np.concatenate(months), starts[:-1]
    )

    for number, (values, _) in enumerate(many):
        alone = school_year_factors(values, months[number])
        factors = panel.by_position[starts[number] : starts[number + 1]]
        assert season_of(panel, number) == alone
        expected = alone.of(months[number]) if alone else np.ones(len(values))
        assert np.array_equal(factors, expected, equal_nan=True)


@given(one_series, st.sampled_from([0.25, 2.0, 1024.0]))
def test_the_unit_changes_no_factor(series, scale):
    values, first = series
    months = calendar(len(values), first)
    season = school_year_factors(values, months)
    scaled = school_year_factors(np.array(values) * scale, months)

    assert (season is None) == (scaled is None)
    if season:
        assert scaled.factors == pytest.approx(season.factors)
        assert scaled.left_out == season.left_out


def months_to_signal(*, with_season, runs=400, mean=50, dip=0.7, step=1.2):
    """Return the median month in which a step after 24 months is first marked by its own point."""
    draw = np.random.default_rng(20250205)
    baseline, after = 24, 36
    months = np.array([calendar(baseline + after, first % 12 + 1) for first in range(runs)])
    expected = mean * np.where(np.isin(months, (7, 12)), dip, 1.0)
    expected[:, baseline:] *= step
    values = draw.poisson(expected).astype(float)
    if with_season:
        starts = np.arange(runs) * (baseline + after)
        seasons = school_year_panel(values.ravel(), months.ravel(), starts, baseline=baseline)
        values /= seasons.by_position.reshape(values.shape)
    first_marked = np.full(runs, after + 1)
    for size in range(baseline + after, baseline, -1):
        panel = analyse_panel(values[:, :size].ravel(), np.arange(runs) * size, baseline=baseline)
        is_marked = panel.signal.reshape(runs, size)[:, -1] != NO_SIGNAL
        first_marked[is_marked] = size - baseline
    return float(np.median(first_marked))


def test_the_season_restores_what_the_holidays_hid():
    """The specification's reference: 9 months without the factor, 5 with it."""
    assert months_to_signal(with_season=False) == pytest.approx(9, abs=1)
    assert months_to_signal(with_season=True) == pytest.approx(5, abs=1)


def test_a_usual_holiday_dip_raises_no_signal_once_the_factor_is_in():
    months = calendar(48)
    values = np.array(dipped([100.0, 104.0] * 24, months))
    season = school_year_factors(values, months)

    raw = analyse(values, direction="up").segments[0]
    found = analyse(values / season.of(months), direction="up")

    assert {one.kind for one in found.points} == {"common"}
    assert found.segments[0].mean_moving_range < raw.mean_moving_range / 2
