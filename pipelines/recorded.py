"""A build that is logged, and that leaves how it ended for whoever watches over the instance."""

import json
import logging
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Any, Literal

from pipelines.run import Outcome, Progress, build
from tilannehuone import logs, store
from tilannehuone.errors import BuildBroke, Fault, TilannehuoneError
from tilannehuone.last_build import Ending, LastBuild, write_last_build
from tilannehuone.logs import event

LOG = logging.getLogger("tilannehuone.build")
NOT_BEGUN = frozenset({"build_running"})
"""Faults of a build that stood back for another one: that one will tell how it ended."""


def build_recorded(
    folder: Path,
    as_of: date | None,
    progress: Progress,
    engine: Literal["duckdb", "spark"] = "duckdb",
    incremental: bool = False,
) -> Outcome:
    """Build as `pipelines.run.build` does, log its steps and leave `last_build.json`.

    Raises
    ------
    TilannehuoneError
        As `pipelines.run.build` says; BuildBroke where it ended on what nobody foresaw.
    """
    began, steps = monotonic(), _Steps(progress)
    event(LOG, "build_began")
    try:
        outcome = build(
            folder, as_of=as_of, progress=steps.tell, engine=engine, incremental=incremental
        )
    except TilannehuoneError as error:
        if not NOT_BEGUN.issuperset(one.key for one in error.faults):
            _leave(folder, _ended("refused", began, [one.key for one in error.faults]))
        raise
    except Exception as error:
        event(LOG, "build_broke", logging.ERROR, error=True)
        _leave(folder, _ended("failed", began, [type(error).__name__]))
        # its words may quote a row that was being read: whoever wants them asks with --debug
        told = {"problem": type(error).__name__, "place": logs.places(error.__traceback__)[-1]}
        raise BuildBroke(Fault("build_broke", told)) from error
    steps.end()
    faults = [*outcome.refused, *(one.fault for one in outcome.failed)]
    made = outcome.publication
    ended = _ended("published", began, [one.key for one in faults], made.path)
    _leave(folder, ended, cells=made.cells, hidden=made.hidden)
    return outcome


class _Steps:
    """Passes progress on, and logs how long each step took."""

    def __init__(self, progress: Progress) -> None:
        self.progress, self.step, self.began = progress, "", monotonic()

    def tell(self, step: str, *more: float, **named: float) -> None:
        """Note that a step begins or goes on, and tell it on."""
        if step != self.step:
            self.end()
            self.step, self.began = step, monotonic()
        self.progress(step, *more, **named)

    def end(self) -> None:
        """Log the step that was, if any."""
        if self.step:
            event(LOG, "build_step", step=self.step, seconds=_since(self.began))


def _ended(
    outcome: Ending, began: float, faults: list[str], release: Path | None = None
) -> LastBuild:
    told = tuple(sorted(set(faults)))
    id_, rows = (None, None) if release is None else (release.stem, _rows(release))
    return LastBuild(outcome, datetime.now(UTC), _since(began), told, id_, rows)


def _leave(folder: Path, last: LastBuild, **more: int) -> None:
    """Log and leave how a build ended; what cannot be left does not undo a release."""
    level = logging.INFO if last.outcome == "published" else logging.ERROR
    told: dict[str, Any] = {
        "release": last.release_id,
        "seconds": last.seconds,
        "faults": last.faults,
        **more,
    }
    told |= {"rows": last.rows, "rows_per_second": last.rows_per_second}
    known = {name: one for name, one in told.items() if one is not None and one != ()}
    event(LOG, f"build_{last.outcome}", level, **known)
    if not (folder / "data").is_dir():  # no instance: a wrong path is left as it was
        return
    try:
        write_last_build(folder, last)
    except OSError:
        event(LOG, "last_build_not_left", logging.WARNING, error=True)


def _rows(release: Path) -> int | None:
    """Return how many rows a release was made from, in the full hundreds it tells of each file."""
    with store.open_release(release) as opened:
        files = json.loads(store.fetch(opened, store.FACTS)["sources"].iloc[0] or "[]")
    told = [one.get("rows_read") for one in files if isinstance(one, dict)]
    return sum(one for one in told if isinstance(one, int)) or None


def _since(began: float) -> float:
    return round(monotonic() - began, 3)
