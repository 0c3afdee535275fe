"""What a forecast is judged by: past origins of real series, scaled WIS, coverage.

Weighted interval score: Bracher J. et al. (2021), PLoS Computational Biology 17, e1008618, with
the median and the 80 and 95 % intervals. It is divided by the mean absolute change from a season
before in the part that was known, so that series of any size compare.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SEASON = {"month": 12, "quarter": 4, "half_year": 2}
LEVELS = (0.8, 0.95)


@dataclass(frozen=True, slots=True)
class Task:
    """One series as it was known at one origin, and what came."""

    series: str
    cadence: str
    origin: int
    periods: pd.Series
    known: Floats
    came: Floats

    @property
    def season(self) -> int:
        return SEASON[self.cadence]


@dataclass(frozen=True, slots=True)
class Score:
    """One method's forecast of one task: scaled WIS and shares of periods inside the intervals."""

    cadence: str
    wis: float
    inside80: float
    inside95: float


def tasks_of(panel: pd.DataFrame, origins: int, window: int | None = None) -> list[Task]:
    """Return the tasks of a long panel (series, cadence, period, value without NaN).

    The last season is what came; each earlier origin lies half a season before. `window` months
    (as quarters or half-years) are known at most.
    """
    tasks = []
    for names, rows in panel.groupby(["series", "cadence"], sort=True):
        series, cadence = (str(one) for one in names)
        ordered = rows.sort_values("period")
        values = ordered["value"].to_numpy(np.float64)
        m = SEASON[cadence]
        longest = window * m // 12 if window else len(values)
        for origin in range(origins):
            stop = len(values) - m - origin * (m // 2)
            first = max(stop - longest, 0)
            known = values[first:stop]
            if len(known) >= 2 * m and usual_change(known, m) > 0:
                periods = ordered["period"].iloc[first:stop]
                tasks.append(Task(series, cadence, origin, periods, known, values[stop : stop + m]))
    return tasks


def usual_change(known: Floats, m: int) -> float:
    """Return the mean absolute change from a season before; from the period before if that is 0."""
    change = float(np.abs(known[m:] - known[:-m]).mean())
    return change or float(np.abs(np.diff(known)).mean())


def score(task: Task, quantiles: Floats) -> Score:
    """Judge point, 80 % and 95 % limits, shape (5, season); cut at 0 where the known never was."""
    found = np.maximum(quantiles, 0.0) if task.known.min() >= 0 else quantiles
    total = 0.5 * np.abs(task.came - found[0])
    inside = []
    for level, lower, upper in zip(LEVELS, found[1::2], found[2::2], strict=True):
        alpha = 1 - level
        beyond = np.maximum(lower - task.came, 0) + np.maximum(task.came - upper, 0)
        total = total + alpha / 2 * (upper - lower) + beyond
        inside.append(float(((task.came >= lower) & (task.came <= upper)).mean()))
    wis = float(total.mean()) / (len(LEVELS) + 0.5)
    return Score(task.cadence, wis / usual_change(task.known, task.season), *inside)


def row_of(name: str, scores: Sequence[Score], seconds: float, ratio: str) -> str:
    """Return one method's row of the table."""
    table = pd.DataFrame([(s.cadence, s.wis, s.inside80, s.inside95) for s in scores])
    table.columns = ["cadence", "wis", "inside80", "inside95"]
    cells = [f"{table['wis'].mean():.4f}"]
    for cadence in SEASON:
        part = table[table["cadence"] == cadence]
        if len(part):
            cells.append(f"{part['wis'].mean():.4f}")
            cells.append(f"{part['inside80'].mean():.3f} / {part['inside95'].mean():.3f}")
    per_forecast = 1000 * seconds / len(scores)
    return f"| {name} | {' | '.join(cells)} | {per_forecast:.1f} | {ratio} |"


def head_of(tasks: Sequence[Task]) -> str:
    """Return the table's head, with the columns of the cadences there are."""
    cadences = [one for one in SEASON if any(task.cadence == one for task in tasks)]
    names = ["method", "scaled WIS"]
    for one in cadences:
        count = sum(task.cadence == one for task in tasks)
        names += [f"{one} ({count})", "80 % / 95 %"]
    names += ["CPU ms a forecast", "of AutoARIMA"]
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"
