"""What `/metrics` tells: the release, the sources, the last build, the process. Nobody's numbers.

Of figures about children there are two, for the whole release: how many cells, and which share of
them is hidden. Both stand on the screens as well.
"""

import importlib.metadata
import json
import platform
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import get_args

import duckdb
from pydantic import ValidationError
from streamlit import runtime
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY

from tilannehuone import store
from tilannehuone.errors import ReleaseMissing
from tilannehuone.last_build import Ending, read_last_build
from tilannehuone.overdue import overdue, sources_of
from tilannehuone.served import served_release
from tilannehuone.web.metrics_text import Metric, gauge
from tilannehuone.web.page_runs import RUNS

UNREADABLE = (ReleaseMissing, ValidationError, duckdb.Error, OSError, ValueError, KeyError)
"""How a release looks that is not there, or is not one."""

PROCESS = Path("/proc/self")
BEGAN = time.time()


def measured(folder: Path, now: datetime | None = None) -> Iterator[Metric]:
    """Yield every metric of the server of the instance in `folder`; never fails."""
    now = now or datetime.now(UTC)
    version = importlib.metadata.version("tilannehuone")
    labels = {"version": version, "python": platform.python_version(), "duckdb": duckdb.__version__}
    yield gauge("tilannehuone_build_info", "The program that runs.", 1, **labels)
    release, stands_in = _shown(folder, now.date())
    has_release = "Whether there is a release that can be read."
    yield gauge("tilannehuone_release_readable", has_release, bool(release))
    stood = "Whether an older release stands in for the one named current."
    yield gauge("tilannehuone_release_stands_in", stood, stands_in)
    yield from release
    yield from _age(release, now)
    yield from _last_build(folder, now)
    yield _sessions()
    yield RUNS.metric()
    yield from _process()


def _shown(folder: Path, today: date) -> tuple[tuple[Metric, ...], bool]:
    """Return what is told of the release that is shown, and whether it stands in for another."""
    try:
        served = served_release(folder / "data" / "releases")
        return _release(served.release, today), served.fault is not None
    except UNREADABLE:
        return (), False


@lru_cache(maxsize=2)
def _release(file: Path, today: date) -> tuple[Metric, ...]:
    """Return what is told of a release: it never changes under its name, but its sources age."""
    with store.open_release(file) as release:
        facts = store.fetch(release, store.FACTS).iloc[0]
        tally = store.fetch(release, store.TALLY).iloc[0]
        late = {one.source: one for one in overdue(release, today)}
        sources = sources_of(release)
    built = facts["built_at"].replace(tzinfo=UTC).timestamp()
    instance = json.loads(facts["instance"])
    told = {"release_id": str(facts["release_id"]), "code_version": str(facts["code_version"])}
    told["synthetic"] = str(bool(isinstance(instance, dict) and instance.get("synthetic"))).lower()
    cells, hidden = float(tally["cells"]), float(tally["hidden"])
    states = tuple(("", {"source": one}, float(one in late)) for one in sources)
    return (
        gauge("tilannehuone_release_built_timestamp_seconds", "When it was built.", built),
        gauge("tilannehuone_release_info", "The release that is shown.", 1, **told),
        gauge("tilannehuone_release_cells", "Cells of the release.", cells),
        gauge(
            "tilannehuone_release_hidden_share", "Share that is hidden.", hidden / max(cells, 1.0)
        ),
        gauge("tilannehuone_sources_late", "Sources that are late.", len(late)),
        Metric("tilannehuone_source_late", "Whether a source is late: 1 or 0.", states),
    )


def _age(release: tuple[Metric, ...], now: datetime) -> Iterator[Metric]:
    for one in release[:1]:
        age = now.timestamp() - one.samples[0][2]
        yield gauge("tilannehuone_release_age_seconds", "Since it was built.", age)


def _last_build(folder: Path, now: datetime) -> Iterator[Metric]:
    last = read_last_build(folder)
    if last is None:
        return
    states = tuple(("", {"outcome": one}, float(one == last.outcome)) for one in get_args(Ending))
    faults = tuple(("", {"key": one}, 1.0) for one in last.faults)
    ended = last.ended_at.timestamp()
    begin = "tilannehuone_last_build"
    yield Metric(begin, "How the last build ended: 1 of these.", states)
    yield gauge(f"{begin}_timestamp_seconds", "When it ended.", ended)
    yield gauge(f"{begin}_age_seconds", "Since it ended.", now.timestamp() - ended)
    yield gauge(f"{begin}_duration_seconds", "How long it took.", last.seconds)
    yield gauge(f"{begin}_rows_per_second", "Rows read a second.", last.rows_per_second)
    yield Metric(f"{begin}_fault", "What was wrong, by its key.", faults)


def _sessions() -> Metric:
    """Return how many sessions are open, as Streamlit counts them; nothing where it does not."""
    found = []
    if runtime.exists():
        stats = runtime.get_instance().stats_mgr.get_stats(family_names=[ACTIVE_SESSIONS_FAMILY])
        found = [getattr(one, "value", None) for one in stats.get(ACTIVE_SESSIONS_FAMILY, ())]
    count = next((one for one in found if one is not None), None)
    return gauge("tilannehuone_sessions_open", "Sessions that are connected.", count)


def _process() -> Iterator[Metric]:
    """Yield what Prometheus' own clients tell of a process, where the system tells it."""
    yield gauge("process_start_time_seconds", "When the process began.", BEGAN)
    yield Metric(
        "process_cpu_seconds_total",
        "Seconds of work, of all processors.",
        (("", {}, time.process_time()),),
        "counter",
    )
    yield gauge("process_resident_memory_bytes", "Memory that it holds.", _memory())


def _memory() -> float | None:
    try:
        told = (PROCESS / "status").read_text(encoding="ascii")
    except OSError:
        return None
    kilobytes = [line.split()[1] for line in told.splitlines() if line.startswith("VmRSS:")]
    return float(kilobytes[0]) * 1024 if kilobytes else None
