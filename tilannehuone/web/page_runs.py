"""How long the pages' runs take, counted since the server started: for `/metrics` and the log."""

import logging
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from threading import Lock
from time import perf_counter

from tilannehuone.logs import event
from tilannehuone.web.metrics_text import Metric, Sample

LOG = logging.getLogger("tilannehuone.serve")
BOUNDS = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, inf)
"""Seconds; 0.3 is what a reader takes for at once after a choice."""


class Runs:
    """A histogram a page; any number of threads may add to it."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}
        self._lock = Lock()

    def add(self, page: str, seconds: float) -> None:
        """Count one run."""
        with self._lock:
            self._counts.setdefault(page, [0] * len(BOUNDS))[bisect_left(BOUNDS, seconds)] += 1
            self._seconds[page] = self._seconds.get(page, 0.0) + seconds

    def metric(self) -> Metric:
        """Return what was counted."""
        with self._lock:
            samples = [one for page in sorted(self._counts) for one in self._of(page)]
        told = "Seconds that a page's run took on the server."
        return Metric("tilannehuone_page_run_seconds", told, tuple(samples), "histogram")

    def _of(self, page: str) -> Iterator[Sample]:
        total = 0
        for bound, count in zip(BOUNDS, self._counts[page], strict=True):
            total += count
            yield "_bucket", {"page": page, "le": "+Inf" if bound == inf else f"{bound:g}"}, total
        yield "_sum", {"page": page}, self._seconds[page]
        yield "_count", {"page": page}, total


RUNS = Runs()


@contextmanager
def timed(page: str, runs: Runs = RUNS) -> Iterator[None]:
    """Count how long a page's run takes, however it ends: also one that a newer run cut off."""
    began = perf_counter()
    try:
        yield
    finally:
        seconds = perf_counter() - began
        runs.add(page or "overview", seconds)
        event(LOG, "page_run", logging.DEBUG, page=page or "overview", seconds=round(seconds, 3))
