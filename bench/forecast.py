"""Forecasts of real series beside other methods: scaled WIS, coverage and CPU time in one run.

`python -m bench.forecast [FILE.parquet]` reads a long panel (series, cadence, period, value), or
makes one of ../shared/data. statsforecast's methods join when it is installed; it wants pandas
below 3, so run the bench in an environment of its own with this folder on PYTHONPATH: of ours,
only numpy and pandas are needed.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from bench.forecast_methods import OURS, Method, theirs
from bench.forecast_panel import real_panel
from bench.forecast_scores import SEASON, Score, Task, head_of, row_of, score, tasks_of

SLOWEST = "AutoARIMA"

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def main() -> None:
    chosen = _arguments()
    if not ONE_THREAD.items() <= os.environ.items():  # numpy reads them when it is imported
        again = [sys.executable, "-m", "bench.forecast", *sys.argv[1:]]
        os.execve(sys.executable, again, os.environ | ONE_THREAD)
    panel = pd.read_parquet(chosen.file) if chosen.file else real_panel()
    for name in chosen.drop:
        panel = panel[panel["series"] != name]
    tasks = tasks_of(_spread(panel, chosen.series), chosen.origins, chosen.window)
    tasks.sort(key=lambda task: (task.cadence, task.origin))
    others = theirs()
    if not others:
        print("statsforecast is not installed: its methods are left out\n")
    methods = {name: how for name, how in (OURS | others).items() if name not in chosen.without}
    print(
        f"{platform.machine()}, Python {platform.python_version()}, pandas {pd.__version__}, ",
        end="",
    )
    print(f"numpy {np.__version__}; {_size(tasks)}; CPU time on one thread\n")
    print(head_of(tasks))
    _compare(methods, tasks)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--origins", type=int, default=3, help="how many, half a season apart")
    parser.add_argument("--window", type=int, help="months known at most")
    parser.add_argument("--series", type=int, help="how many, spread evenly over the panel")
    parser.add_argument("--drop", action="append", default=[], help="a series to leave out")
    parser.add_argument("--without", action="append", default=[], help="a method to leave out")
    return parser.parse_args()


def _spread(panel: pd.DataFrame, count: int | None) -> pd.DataFrame:
    names = sorted(panel["series"].unique())
    if count is None or count >= len(names):
        return panel
    kept = [names[at] for at in np.linspace(0, len(names) - 1, count).round().astype(int)]
    return panel[panel["series"].isin(kept)]


def _size(tasks: Sequence[Task]) -> str:
    counts = [
        f"{len({task.series for task in tasks if task.cadence == one})} series by {one}"
        for one in SEASON
        if any(task.cadence == one for task in tasks)
    ]
    return f"{', '.join(counts)}, {len(tasks)} forecasts a method"


def _compare(methods: Mapping[str, Method], tasks: list[Task]) -> None:
    """Print the methods' rows, best first, each with its time as a share of the slowest one's."""
    results = {name: _timed(how, tasks) for name, how in methods.items()}
    slowest = results[SLOWEST][1] if SLOWEST in results else None
    for name in sorted(results, key=lambda name: _mean_wis(results[name][0])):
        scores, seconds = results[name]
        ratio = f"{seconds / slowest:.4f}" if slowest else ""
        print(row_of(name, scores, seconds, ratio))


def _timed(method: Method, tasks: list[Task]) -> tuple[list[Score], float]:
    """Return a method's scores and its CPU seconds, compiled before the clock starts."""
    method([next(task for task in tasks if task.cadence == one) for one in _cadences(tasks)])
    start = time.process_time()
    found = method(tasks)
    seconds = time.process_time() - start
    return [score(task, one) for task, one in zip(tasks, found, strict=True)], seconds


def _cadences(tasks: list[Task]) -> list[str]:
    return [one for one in SEASON if any(task.cadence == one for task in tasks)]


def _mean_wis(scores: list[Score]) -> float:
    return float(np.mean([one.wis for one in scores]))


if __name__ == "__main__":
    main()
