"""An interrupted series as it is told: effects, the curve that might have been, and checks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilannehuone.stats.interrupted_checks import (
    influence,
    ljung_box,
    neighbour_correlation,
    warnings_of,
)
from tilannehuone.stats.interrupted_design import Group, working
from tilannehuone.stats.interrupted_fit import (
    STEP,
    TURN,
    Plan,
    change_at,
    placebo,
    trend_before,
    without_change,
)
from tilannehuone.stats.interrupted_noise import Fitted, fit_independent
from tilannehuone.stats.interrupted_result import Diagnostics, Effect, Interrupted, Kind

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Told = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what it rests on.

    `is_wanted` are the periods that are to be fitted where known; `has_chance` whether the
    variance that chance alone makes is known.
    """

    plan: Plan
    model: Group
    other: Group | None
    kind: Kind
    start: float
    is_wanted: Bools
    has_chance: bool
    checks: bool


def told(asked: Asked) -> Interrupted:
    """Fit, and return the result."""
    plan = asked.plan
    fitted, terms = plan.fitted(), plan.terms
    change = change_at(terms, plan.with_slope)
    after = plan.used & plan.is_after
    one, mean = np.eye(terms.shape[1]), change[after].mean(axis=0)
    level, average, last, *slope = plan.effects(
        fitted, np.array([one[STEP], mean, change[after][-1], *one[TURN : TURN + plan.with_slope]])
    )
    found = _diagnostics(asked, fitted, mean, average)
    without = without_change(terms, plan.with_slope)
    late = plan.series.times >= asked.start
    lower, upper = (np.full(len(late), np.nan) for _ in range(2))
    lower[late], upper[late] = fitted.limits(without[late], plan.level)
    return Interrupted(
        level=level,
        slope=slope[0] if slope else None,
        average=average,
        last=last,
        observed=_numbers(np.where(plan.used, asked.model.shown(asked.kind), np.nan)),
        expected=_curve(asked, fitted.mean(terms)),
        counterfactual=_curve(asked, np.where(late, fitted.mean(without), np.nan)),
        counterfactual_lower=_curve(asked, lower),
        counterfactual_upper=_curve(asked, upper),
        used=tuple(bool(x) for x in plan.used),
        diagnostics=found,
        assumptions=_assumptions(asked),
        warnings=_warnings(asked, found),
        kind=asked.kind,
        errors=plan.errors,
        start=asked.start,
        model_areas=asked.model.areas,
        comparison_areas=0 if asked.other is None else asked.other.areas,
    )


def _curve(asked: Asked, on_scale: Floats) -> Told:
    """Return a curve in the reader's unit, from the first point used to the last."""
    at = np.flatnonzero(asked.plan.used)
    inside = np.zeros(len(on_scale), bool)
    inside[at[0] : at[-1] + 1] = True
    other = None if asked.other is None else asked.other.shown(asked.kind)
    if asked.kind == "linear":
        shown = on_scale if other is None else on_scale + other
    else:
        shown = np.exp(on_scale) if other is None else np.exp(on_scale) * other
    return _numbers(np.where(inside, shown, np.nan))


def _diagnostics(asked: Asked, fitted: Fitted, contrast: Floats, average: Effect) -> Diagnostics:
    plan = asked.plan
    points = plan.series.at(plan.used)
    value, weight = working(points, plan.terms[plan.used])
    plain = fit_independent(plan.terms[plan.used], value, weight, is_normal=True)
    taken = 1 if plan.errors == "autocorrelated" else 0
    chance, lags = ljung_box(fitted.white, taken)
    enough = asked.checks and average.standard_error > 0
    return Diagnostics(
        points_before=int((plan.used & ~plan.is_after).sum()),
        points_after=int((plan.used & plan.is_after).sum()),
        lag_one=neighbour_correlation(plain.white, points.times),
        ljung_box=chance,
        ljung_box_lags=lags,
        correlation=fitted.correlation,
        dispersion=_dispersion(plain) if asked.has_chance else None,
        before_trend=None if asked.other is None else trend_before(plan),
        influence=influence(fitted, points.times, contrast, average.standard_error)
        if enough
        else None,
        placebo=placebo(plan) if enough else None,
    )


def _dispersion(plain: Fitted) -> float:
    freedom = len(plain.white) - plain.design.shape[1]
    return float(plain.white @ plain.white) / freedom


def _assumptions(asked: Asked) -> tuple[str, ...]:
    keys = ["no_other_change", "trend_goes_on", "same_measurement", "known_start"]
    if asked.plan.season != "none":
        keys.append("season_repeats")
    if asked.other is not None:
        keys += ["comparison_untouched", "would_have_moved_alike"]
    return tuple(keys)


def _warnings(asked: Asked, found: Diagnostics) -> tuple[str, ...]:
    plan = asked.plan
    wanted = int(asked.is_wanted.sum())
    hidden = 1 - int(plan.used.sum()) / wanted
    events = float(plan.series.aim[plan.used].mean()) if plan.series.is_counts else None
    years = found.points_before / plan.per_year if plan.season != "none" else None
    keys = warnings_of(found, hidden, events, years)
    return keys if plan.errors == "autocorrelated" else ("independent_errors", *keys)


def _numbers(values: Floats) -> Told:
    return tuple(float(x) if np.isfinite(x) else None for x in values)
