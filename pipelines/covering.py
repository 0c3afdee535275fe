"""Protecting measure by measure, several at a time: which belong together, and how far it is.

Measures that share no sum and no group of people have nothing to do with each other, so each is a
task of its own; what one hides and another prints is hidden there too, and that task done again.
The result does not depend on how many tasks run at once.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import get_context

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure import Earlier, Guarded, Rule, guard
from tilannehuone.registry import Registry
from tilannehuone.release import CELL_KEYS
from tilannehuone.same_counts import SameCount

Progress = Callable[[float, float], None]
"""Called with the share that is done and the seconds that are left."""

TURNS = 8
"""How often measures of the same count are laid beside each other; the audit sees what is left."""
ALONE = 60_000
"""Below so many cells starting another process takes longer than it saves."""


@dataclass(frozen=True)
class Task:
    """The cells of one measure, with all that protecting them needs."""

    cells: pd.DataFrame
    areas: pd.DataFrame
    rules: dict[str, Rule]
    earlier: Earlier
    scales: dict[str, float]
    hide: NDArray[np.bool_]

    def run(self) -> Guarded:
        """Protect the cells of the task."""
        return guard(self.cells, self.areas, self.rules, self.earlier, self.scales, self.hide)


def tasks_of(
    cells: pd.DataFrame,
    registry: Registry,
    rules: dict[str, Rule],
    areas: pd.DataFrame,
    earlier: Earlier,
) -> list[Task]:
    """Return one task for each measure that has cells."""
    scales = {one.id: float(one.scale) for one in registry.indicators}
    near = too_near(cells, {one.id: one.subset_of for one in registry.indicators}, rules)
    return [
        Task(
            mine,
            areas,
            {str(name): rules[str(name)]},
            _only(earlier, str(name)),
            {str(name): scales[str(name)]},
            near[mine.index].to_numpy(dtype=bool),
        )
        for name, mine in cells.groupby("indicator_id", sort=True)
    ]


def _only(earlier: Earlier, name: str) -> Earlier:
    """Return what readers have seen of one measure."""
    words, plan = (
        one[one["indicator_id"] == name].reset_index(drop=True)
        for one in (earlier.words, earlier.plan)
    )
    return replace(earlier, words=words, plan=plan, redefined=earlier.redefined & {name})


def too_near(
    cells: pd.DataFrame, wholes: Mapping[str, str | None], rules: Mapping[str, Rule]
) -> pd.Series:
    """Return which cells leave fewer than k of the measure they are a part of.

    Clients of family work among all clients: if 40 of 41 are, one is known not to be. The part is
    hidden then, since the whole is the broader and better known measure.
    """
    keys = [one for one in CELL_KEYS if one != "indicator_id"]
    whole = cells["indicator_id"].map(dict(wholes))
    part = cells[whole.notna()].assign(indicator_id=whole, row=lambda f: f.index)
    both = part.merge(cells, on=["indicator_id", *keys], suffixes=("", "_whole"))
    rest = both["numerator_whole"] - both["numerator"]
    k = both["indicator_id"].map({name: rule.k for name, rule in rules.items()}).astype(float)
    close = both.loc[(rest < k) & (both["numerator"] > 0), "row"]
    return pd.Series(cells.index.isin(close), index=cells.index)


def covered_together(
    tasks: Sequence[Task], same: Sequence[SameCount], progress: Progress | None = None
) -> list[Guarded]:
    """Return the protected cells of each task; no task prints a count that another hides."""
    tasks, results = list(tasks), covered(tasks, progress)
    for _ in range(TURNS):
        told = _printed_beside(tasks, results, same)
        if not told:
            break
        for at, hide in told.items():
            tasks[at] = replace(tasks[at], hide=tasks[at].hide | hide)
        again = covered([tasks[at] for at in told])
        for at, one in zip(told, again, strict=True):
            results[at] = one
    return results


def _printed_beside(
    tasks: Sequence[Task], results: Sequence[Guarded], same: Sequence[SameCount]
) -> dict[int, NDArray[np.bool_]]:
    """Return for each task concerned which of its cells print a count that another task hides."""
    keys = [one for one in CELL_KEYS if one != "indicator_id"]
    place = {next(iter(task.rules)): at for at, task in enumerate(tasks)}
    told: dict[int, NDArray[np.bool_]] = {}
    for tie in same:
        if tie.counted not in place or tie.other not in place:
            continue
        mine, at = results[place[tie.counted]].cells, place[tie.other]
        other = results[at].cells
        hidden = pd.MultiIndex.from_frame(mine.loc[mine["status"] == "c", keys])
        printed = (other["status"] != "c") & other[tie.part].notna()
        found = printed.to_numpy() & pd.MultiIndex.from_frame(other[keys]).isin(hidden)
        if found.any():
            told[at] = told.get(at, np.zeros(len(other), dtype=bool)) | found
    return told


def covered(tasks: Sequence[Task], progress: Progress | None = None) -> list[Guarded]:
    """Return the protected cells of each task, in the order of the tasks."""
    total = sum(len(one.cells) for one in tasks)
    done, begun = 0, time.monotonic()
    results: dict[int, Guarded] = {}
    for at, result in _finished(tasks, total):
        results[at] = result
        done += len(tasks[at].cells)
        if progress is not None:
            spent = time.monotonic() - begun
            progress(done / total, spent * (total - done) / max(done, 1))
    return [results[at] for at in range(len(tasks))]


def _finished(tasks: Sequence[Task], total: int) -> Iterator[tuple[int, Guarded]]:
    """Yield (position, result) as tasks finish; the largest begin first."""
    order = sorted(range(len(tasks)), key=lambda at: -len(tasks[at].cells))
    workers = min(len(tasks), os.cpu_count() or 1)
    if total < ALONE or workers < 2:
        for at in order:
            yield at, tasks[at].run()
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(Task.run, tasks[at]): at for at in order}
        for future in as_completed(futures):
            yield futures[future], future.result()
