"""Staggered starts as they are told: overall, by time since start, by area."""

import numpy as np
from numpy.typing import NDArray

from tilannehuone.stats.interrupted_result import Effect, Kind
from tilannehuone.stats.staggered_result import OfArea, SinceStart, Staggered
from tilannehuone.stats.staggered_spread import (
    effect_with,
    overall_weights,
    placebo_in_space,
    residuals,
    variance_of,
)
from tilannehuone.stats.staggered_weights import Panel, drift_weights, weights_of_area

Floats = NDArray[np.float64]

FEW_NEVER = 10
FEW_EVENTS = 5.0
MANY_HIDDEN = 0.1
ASSUMPTIONS = (
    "would_have_moved_alike",
    "no_spillover",
    "no_anticipation",
    "same_measurement",
    "known_start",
    "areas_equally_restless",
)


def told(
    panel: Panel,
    values: Floats,
    chance: Floats,
    events: float | None,
    kind: Kind,
    level: float,
    seed: int | None,
) -> Staggered:
    """Return all effects of a panel with intervals."""
    overall, each = overall_weights(panel)
    if not each:
        raise ValueError("no area starts with 4 known periods before and 1 after")
    never = np.isinf(panel.starts)
    rest = residuals(np.where(never[:, np.newaxis], values, np.nan))

    def effect(weights: Floats) -> Effect:
        spread = variance_of(weights, rest, chance, never)
        return effect_with(weights, values, spread, level, kind != "linear")

    drifts = [drift_weights(panel, area) for area in each]
    drift = [one for one in drifts if one is not None]
    before = effect(np.mean(drift, axis=0)) if drift else None
    started = np.flatnonzero(~never)
    left_out = tuple(int(one) for one in started if int(one) not in each)
    looked = (None, 0) if seed is None else placebo_in_space(panel, values, chance, seed)
    return Staggered(
        overall=effect(overall),
        since_start=tuple(
            SinceStart(periods, effect(np.mean(cells, axis=0)), len(cells))
            for periods, cells in _by_time(panel, each)
        ),
        of_areas=tuple(
            OfArea(
                area,
                float(panel.starts[area]),
                effect(np.mean(list(cells.values()), axis=0)),
                len(cells),
            )
            for area, cells in each.items()
        ),
        before=before,
        never=int(never.sum()),
        started=len(started),
        left_out=left_out,
        placebo_p=looked[0],
        placebo_ways=looked[1],
        assumptions=ASSUMPTIONS,
        warnings=_warnings(panel, never, before, left_out, events),
        kind=kind,
    )


def _by_time(panel: Panel, each: dict[int, dict[int, Floats]]) -> list[tuple[int, list[Floats]]]:
    """Return the weights at each time since start, one for each area."""
    found: dict[int, list[Floats]] = {}
    for area, after in each.items():
        early = weights_of_area(panel, area, is_before=True)
        for column, weights in {**early, **after}.items():
            found.setdefault(round(panel.since(area)[column]), []).append(weights)
    return sorted(found.items())


def _warnings(
    panel: Panel,
    never: NDArray[np.bool_],
    before: Effect | None,
    left_out: tuple[int, ...],
    events: float | None,
) -> tuple[str, ...]:
    keys = {
        "few_never": never.sum() < FEW_NEVER,
        "one_started": (~never).sum() - len(left_out) == 1,
        "moved_apart_before": before is not None and before.is_clear,
        "areas_left_out": bool(left_out),
        "few_events": events is not None and events < FEW_EVENTS,
        "points_left_out": (~panel.is_known).mean() >= MANY_HIDDEN,
    }
    return tuple(key for key, is_so in keys.items() if is_so)
