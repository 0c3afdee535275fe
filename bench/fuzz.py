"""Hostile and broken input, without end: `python -m bench.fuzz loader|yaml|package --minutes 10`.

Every input must be accepted or refused in one line; see `bench.fuzz_subjects`. A run is repeated
by its seed. The input at hand lies in the folder told at the start, so that a crash of the whole
process leaves it there; inputs with findings are kept beside it.
"""

import argparse
import random
import resource
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from bench.fuzz_subjects import SUBJECTS, Subject

MOST_MEMORY = 4 << 30
MOST_SECONDS = 20
"""Of one input, whatever it holds: of memory, and of computing time on all cores."""


class TooSlow(BaseException):
    """One input took longer than any may; no handler of the product catches it."""


def fuzz(
    subject: Subject, seed: int, kept: Path, *, inputs: int | None = None, seconds: float = 1e9
) -> tuple[Counter[str], list[str]]:
    """Try inputs until there were enough, or the time is over; return what became of them.

    Parameters
    ----------
    kept : where the input at hand is written, with a suffix of its own
    """
    counted: Counter[str] = Counter()
    findings: dict[str, str] = {}
    signal.signal(signal.SIGPROF, _too_slow)
    ends, n = time.monotonic() + seconds, 0
    while time.monotonic() < ends and n != inputs:
        n += 1
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        apart = _computed_apart()
        try:
            became = subject.tried(random.Random(f"{seed}/{n}"), kept)
            if _computed_apart() - apart > MOST_SECONDS:
                raise TooSlow
            counted[became] += 1
        except (Exception, TooSlow) as error:  # noqa: BLE001 — whatever it is, it is a finding
            counted["finding"] += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            same = f"{type(error).__name__} {Path(where.filename).name}:{where.lineno}"
            if same not in findings:
                findings[same] = f"{n}: {same}: {str(error)[:200]}"
                _keep(kept, n)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return counted, list(findings.values())


def _computed_apart() -> float:
    """Return the seconds that processes started from here have computed and ended."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def _too_slow(*_: object) -> None:
    raise TooSlow


def _keep(kept: Path, n: int) -> None:
    newest = max(kept.parent.glob(f"{kept.name}.*"), key=lambda one: one.stat().st_mtime_ns)
    shutil.copy(newest, kept.parent / f"finding-{n}-{newest.name}")


def main() -> int:
    """Fuzz one subject and print what became of its inputs; 1 with any finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("subject", choices=sorted(SUBJECTS))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    print(f"{asked.subject}, seed {asked.seed}, inputs in {folder}", flush=True)
    subject = SUBJECTS[asked.subject](folder / "subject")
    started = time.monotonic()
    counted, findings = fuzz(subject, asked.seed, folder / "input", seconds=asked.minutes * 60)
    peak, apart = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    told = ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))
    spent = time.monotonic() - started
    where = f"peak {peak:.0f} MB, of processes apart {apart:.0f} MB"
    print(f"{sum(counted.values())} inputs in {spent:.0f} s, {where}: {told}")
    print("\n".join(findings) or "no finding")
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
