"""Each forecasting model against a plain loop over its formulas, and what holds for all of them."""

from itertools import product
from math import exp, log

import numpy as np
import pytest

from tilannehuone.stats.forecast_models import (
    MODELS,
    all_models,
    reverting,
    seasonal_naive,
    seasonal_steps,
    smoothing,
    theta,
)

M, H = 4, 6


def quarters(n):
    season = np.array([3.0, -1, 0, -2])[np.arange(n) % M]
    return 20 + 0.3 * np.arange(n) + season + np.random.default_rng(5).normal(size=n)


LONG = quarters(26)


def test_the_seasonal_naive_repeats_the_last_season():
    found = seasonal_naive(np.array([1.0, 2, 3, 4, 5, 6]), 4, 6)

    assert found[6].tolist() == [3, 4, 5, 6, 3, 4]
    assert found[4].tolist() == [1, 2, 3, 4, 1, 2]
    assert np.isnan(found[:4]).all()


def start_of(x):
    """Return level before the first period, slope and season, of the first three seasons."""
    seasons = min(3, len(x) // M)
    first = list(x[: seasons * M])
    means = [sum(first[s * M : (s + 1) * M]) / M for s in range(seasons)]
    slope = (means[-1] - means[0]) / (M * (seasons - 1))
    middle, centre = sum(means) / seasons, (seasons * M - 1) / 2
    line = [middle + slope * (t - centre) for t in range(seasons * M)]
    season = [
        sum(first[s * M + place] - line[s * M + place] for s in range(seasons)) / seasons
        for place in range(M)
    ]
    return line[0] - slope, slope, [one - sum(season) / M for one in season]


def smoothed(x, alpha, beta, phi, gamma):
    """Return one setting's forecasts from every origin, by the recursions as they are written."""
    level, trend, season = start_of(x)
    season = season if gamma >= 0 else [0.0] * M
    trend = trend if phi > 0 else 0.0
    made = []
    for o in range(len(x) + 1):
        made.append(
            [
                level + sum(phi**j for j in range(1, k + 2)) * trend + season[(o + k) % M]
                for k in range(H)
            ]
        )
        if o < len(x):
            error = x[o] - made[-1][0]
            level, trend = level + phi * trend + alpha * error, phi * trend + alpha * beta * error
            season[o % M] += max(gamma, 0) * (1 - alpha) * error
    return made


def reverted(x, rho, alpha, gamma):
    _, _, season = start_of(x)
    season = season if gamma >= 0 else [0.0] * M
    mean, away = sum(x[:M]) / M, 0.0
    made = []
    for o in range(len(x) + 1):
        made.append([mean + rho ** (k + 1) * away + season[(o + k) % M] for k in range(H)])
        if o < len(x):
            error = x[o] - made[-1][0]
            away = rho * away + alpha * error
            mean += error * (1 - alpha) * max(1 / (o + M), 0.01)
            season[o % M] += max(gamma, 0) * (1 - alpha) * error
    return made


def averaged(x, each, memory):
    """Return the settings' mean from every origin, weighted by likelihood of one-step errors."""
    found = []
    for o in range(len(x) + 1):
        worth = [memory ** (o - 1 - t) for t in range(M, o)]
        loss = [
            sum(w * (x[t] - made[t][0]) ** 2 for w, t in zip(worth, range(M, o), strict=True))
            for made in each
        ]
        best = min(loss)
        weight = [exp(-sum(worth) / 2 * log(one / best)) if worth else 1.0 for one in loss]
        found.append(
            [
                sum(w * made[o][k] for w, made in zip(weight, each, strict=True)) / sum(weight)
                for k in range(H)
            ]
        )
    return np.array(found)


def test_smoothing_is_the_mean_of_its_settings_by_likelihood():
    trends = [(0.0, 0.0), *product((0.03, 0.1, 0.3), (0.8, 0.9, 0.97, 1.0))]
    trends.remove((0.3, 1.0))
    levels, seasons = (0.02, 0.06, 0.12, 0.2, 0.35, 0.5, 0.7, 0.9), (-1, 0, 0.05, 0.15, 0.35)
    x = LONG[:20]
    each = [
        smoothed(x, alpha, beta, phi, gamma)
        for alpha, gamma, (beta, phi) in product(levels, seasons, trends)
    ]

    short, long = smoothing(x, M, H)

    # from the second season's end on: one error alone can be next to nothing
    assert short[2 * M :] == pytest.approx(averaged(x, each, 0.93)[2 * M :], rel=1e-9)
    assert long[2 * M :] == pytest.approx(averaged(x, each, 0.99)[2 * M :], rel=1e-9)


def test_reverting_is_the_mean_of_its_settings_by_likelihood():
    settings = product((0.5, 0.7, 0.85, 0.95), (0.1, 0.25, 0.45, 0.7, 0.95), (-1, 0, 0.08, 0.25))
    each = [reverted(LONG, *one) for one in settings]

    assert reverting(LONG, M, H) == pytest.approx(averaged(LONG, each, 0.95), rel=1e-9)


def stepped(x, o):
    """Return the forecast from one origin, its ridge regression solved as least squares."""
    steps = [x[t] - x[t - M] for t in range(M, o)]
    rows = [
        [steps[t - lag] if t >= lag else 0.0 for lag in (1, 2, 3)] for t in range(3, len(steps))
    ]
    penalty = 15 * sum(one**2 for one in steps) / len(steps)
    padded = np.vstack([np.reshape(rows, (-1, 3)), np.sqrt(penalty) * np.eye(3)])
    carried = np.linalg.lstsq(padded, np.array([*steps[3:], 0.0, 0.0, 0.0]), rcond=None)[0]
    if len(rows) < 6:
        carried = np.array([0.5, 0.0, 0.0])
    values, recent = list(x[:o]), steps
    for _ in range(H):
        recent = [*recent, float(carried @ recent[:-4:-1])]
        values.append(values[-M] + recent[-1])
    return values[o:]


def test_seasonal_steps_carry_on_the_change_from_a_year_before():
    found = seasonal_steps(LONG, M, H)

    assert np.isnan(found[: M + 3]).all()
    for o in range(M + 3, len(LONG) + 1):
        assert found[o] == pytest.approx(stepped(LONG, o), rel=1e-9)


def test_with_little_data_half_of_the_change_goes_on():
    x = np.array([10.0, 20, 30, 40, 12, 24, 36, 48])

    # the last change is 8: half of it, a quarter, an eighth and a sixteenth
    assert seasonal_steps(x, 4, 4)[-1] == pytest.approx([16, 26, 37, 48.5])


def moving_season(x):
    """Return the mean deviation of each quarter from the moving year around it."""
    away = [[], [], [], []]
    for t in range(2, len(x) - 2):
        year = (x[t - 2] / 2 + x[t - 1] + x[t] + x[t + 1] + x[t + 2] / 2) / 4
        away[t % 4].append(x[t] - year)
    means = [sum(one) / len(one) if one else 0.0 for one in away]
    return [one - sum(means) / 4 for one in means]


def theta_of(x, seasons):
    """Return the forecast of simple smoothing with half the slope of the last seasons."""
    season = moving_season(x)
    plain = [value - season[t % M] for t, value in enumerate(x)]
    last = plain[-seasons * M :]
    half = np.polyfit(range(len(last)), last, 1)[0] / 2
    runs = []
    for alpha in (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.95):
        level, loss = plain[0], 0.0
        for value in plain[1:]:
            error = value - level - half
            loss = loss * 0.98 + error**2
            level += half + alpha * error
        runs.append((loss, level))
    return [min(runs)[1] + half * (k + 1) + season[(len(x) + k) % M] for k in range(H)]


def test_theta_is_simple_smoothing_with_half_the_slope():
    found = theta(LONG, M, H, seasons=3)

    assert np.isnan(found[: 2 * M]).all()
    for o in range(2 * M, len(LONG) + 1):
        assert found[o] == pytest.approx(theta_of(LONG[:o], 3), rel=1e-9)


@pytest.mark.parametrize("model", range(len(MODELS)), ids=MODELS)
@pytest.mark.parametrize("m", [2, 4, 12])
def test_a_row_knows_nothing_of_what_came_after_it(model, m):
    noise = np.random.default_rng(m)
    x = 50 + noise.normal(size=5 * m).cumsum()
    whole = all_models(x, m, m)[model]

    for o in range(3 * m, 5 * m, max(m // 2, 1)):
        other = np.concatenate([x[:o], 1e6 * noise.normal(size=5 * m - o)])
        assert all_models(other, m, m)[model][: o + 1][3 * m :] == pytest.approx(
            whole[: o + 1][3 * m :], rel=1e-9
        )
        assert all_models(x[:o], m, m)[model][-1] == pytest.approx(whole[o], rel=1e-9)


@pytest.mark.parametrize("model", range(len(MODELS)), ids=MODELS)
@pytest.mark.parametrize("m", [2, 4, 12])
def test_a_season_that_repeats_is_forecast_exactly(model, m):
    season = np.random.default_rng(m).normal(10, 3, size=m)

    found = all_models(np.tile(season, 5), m, 2 * m)[model]

    assert found[-1] == pytest.approx(np.tile(season, 2), rel=1e-9)


@pytest.mark.parametrize("model", range(len(MODELS)), ids=MODELS)
def test_changing_the_unit_changes_the_forecast_alike(model):
    before = all_models(LONG, M, H)[model][-1]

    for scale, shift in ((1000.0, 0.0), (1e-4, 0.0), (1.0, 50.0), (-2.0, 7.0)):
        after = all_models(LONG * scale + shift, M, H)[model][-1]
        assert after == pytest.approx(before * scale + shift, rel=1e-8)
