"""The methods compared: ours over a whole panel and series by series, and statsforecast's."""

import sys
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from bench.forecast_scores import Floats, Task
from tilannehuone.stats.forecast import COLUMNS, forecast

Method = Callable[[Sequence[Task]], list[Floats]]

NORMAL = (1.2815515655446004, 1.959963984540054)


def together(tasks: Sequence[Task]) -> list[Floats]:
    """Forecast all series of a cadence and origin in one call."""
    found: list[Floats] = []
    for _, group in groupby(tasks, key=lambda task: (task.cadence, task.origin)):
        found += _ours(list(group))
    return found


def alone(tasks: Sequence[Task]) -> list[Floats]:
    """Forecast every series in a call of its own."""
    return [one for task in tasks for one in _ours([task])]


def _ours(tasks: list[Task]) -> list[Floats]:
    panel = pd.DataFrame(
        {
            "series": np.repeat([task.series for task in tasks], [len(t.known) for t in tasks]),
            "period": np.concatenate([task.periods.to_numpy() for task in tasks]),
            "value": np.concatenate([task.known for task in tasks]),
        }
    )
    made = forecast(panel, cadence=tasks[0].cadence)  # type: ignore[arg-type]
    by_series = dict(list(made.groupby("series")))
    return [by_series[task.series][list(COLUMNS)].to_numpy().T for task in tasks]


def last_year(tasks: Sequence[Task]) -> list[Floats]:
    """Forecast what stood a year before, with normal limits from the changes so far."""
    return [_last_year(task) for task in tasks]


def _last_year(task: Task) -> Floats:
    point, change = task.known[-task.season :], task.known[task.season :]
    spread = np.sqrt(np.mean((change - task.known[: -task.season]) ** 2))
    reach = np.array([0.0, *(sign * z for z in NORMAL for sign in (-1, 1))])
    return point + spread * reach[:, None]


OURS: dict[str, Method] = {
    "ours, one call": together,
    "ours, each alone": alone,
    "seasonal naive": last_year,
}


def theirs() -> dict[str, Method]:
    """Return statsforecast's methods by name, AutoARIMA last; empty without the package."""
    try:
        models = import_module("statsforecast.models")
    except ImportError:
        return {}
    plain = ("SeasonalNaive", "HoltWinters", "AutoTheta", "DynamicOptimizedTheta", "AutoCES")

    def maker(name: str) -> Callable[[int], object]:
        return lambda m: getattr(models, name)(season_length=m)

    makers = {name: maker(name) for name in (*plain, "AutoETS", "AutoARIMA")}
    makers["MSTL"] = lambda m: models.MSTL(
        season_length=m, trend_forecaster=models.AutoETS(model="ZZN")
    )
    order = [name for name in makers if name != "AutoARIMA"]
    methods = {name: _method(makers[name], makers["SeasonalNaive"]) for name in order}
    methods["mean of ETS, CES, Theta"] = _mean_of(
        [methods[name] for name in ("AutoETS", "AutoCES", "AutoTheta")]
    )
    return methods | {"AutoARIMA": _method(makers["AutoARIMA"], makers["SeasonalNaive"])}


def _method(make: Callable, instead: Callable) -> Method:
    """Return a method that forecasts as the seasonal naive where it fails, and says how often."""

    def run(tasks: Sequence[Task]) -> list[Floats]:
        found = [_single(make(task.season), task) for task in tasks]
        if failed := sum(one is None for one in found):
            print(f"{make(4)} failed on {failed} forecasts", file=sys.stderr)
        return [
            _single(instead(task.season), task) if one is None else one
            for task, one in zip(tasks, found, strict=True)
        ]

    return run


def _mean_of(methods: list[Method]) -> Method:
    def run(tasks: Sequence[Task]) -> list[Floats]:
        each = [method(tasks) for method in methods]
        return [np.mean(found, axis=0) for found in zip(*each, strict=True)]

    return run


def _single(model: Any, task: Task) -> Any:
    """Return one forecast, None where the model fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made = model.forecast(y=task.known.copy(), h=task.season, level=[80, 95])
        except Exception:  # noqa: BLE001 - whatever a model raises, it has failed
            return None
    found = np.array([made[k] for k in ("mean", "lo-80", "hi-80", "lo-95", "hi-95")])
    return found if np.isfinite(found).all() else None
