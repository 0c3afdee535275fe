"""Protection of synthetic tables of 1e3 to 1e6 cells beside hiding what is small and no more.

`python -m bench.protect` measures three sizes, `--size all` also 1e6 (minutes). Each table is
protected in a process of its own. An adversary then goes from sum to sum over both results and
counts the small cells that come out exactly; a second one solves all sums of ours at once (tables
up to `SOLVED` cells) and counts the hidden ones whose range is narrower than promised.
"""

import argparse
import os
import platform
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import scipy
from numpy.typing import NDArray

from bench.protect_lattice import LATTICES, made
from tilannehuone.disclosure.audit import COVER, audit
from tilannehuone.disclosure.audit import SMALL as LOW
from tilannehuone.disclosure.bounds import narrowed
from tilannehuone.disclosure.closure import Sums
from tilannehuone.disclosure.protect import Protection, plan
from tilannehuone.disclosure.puzzle import puzzle_of
from tilannehuone.disclosure.relations import SUM, Incidence
from tilannehuone.disclosure.rules import Rule
from tilannehuone.disclosure.structure import Structure, build_structure

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

K = 5
NEAR = 1e-6
SOLVED = 200_000
SMALL = ("10^3", "10^4", "10^5")

HEAD = (
    "cells", "small", "structure", "plan", "peak memory", "shown", "complementary",
    "readable series kept", "exact, plain", "exact, ours", "narrow, ours",
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What protecting one table cost and left; shares are of 1."""

    cells: int
    small: float
    structure: float  # seconds
    plan: float  # seconds
    peak: float  # MB
    shown: float  # of all cells
    complementary: float  # of the cells of offered series: hidden though k or more
    readable: int  # series with at least 80 % of a year's points k or more
    kept: int
    exact: float  # of the small cells, by sums one after another
    exact_plain: float
    narrow: float | None  # of the hidden cells, by all sums at once; None: not tried


def measure(name: str) -> Result:
    """Protect a lattice and try what is left of it."""
    cells, areas = made(LATTICES[name])
    begun = time.perf_counter()
    structure = build_structure(cells, areas)
    built = time.perf_counter()
    protection = plan(cells, structure, {"count": Rule(k=K)})
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    counts = cells["numerator"].to_numpy(dtype=float)
    small, hidden = counts < K, protection.hidden
    sums = _sums(structure, counts)
    return Result(
        cells=len(cells),
        small=float(small.mean()),
        structure=built - begun,
        plan=done - built,
        peak=peak,
        shown=float((~hidden).mean()),
        complementary=_complementary(protection, small),
        readable=protection.readable,
        kept=protection.kept,
        exact=_exact(sums, hidden, small),
        exact_plain=_exact(sums, small, small),
        narrow=_narrow(sums, hidden, small) if len(cells) <= SOLVED else None,
    )


def _complementary(protection: Protection, small: Bools) -> float:
    """Return the share of the cells of planned series that are hidden for others' sake."""
    offered = protection.series.offered[protection.series.of]
    return float((protection.hidden & ~small)[offered].mean())


def _sums(structure: Structure, counts: Floats) -> Sums:
    """Return the sums of the table, all of which hold."""
    relations = len(structure.parent)
    incidence = Incidence(structure, np.ones(structure.variables, dtype=bool))
    return Sums(structure, incidence, counts, np.full(relations, SUM), np.full(relations, float(K)))


def _exact(sums: Sums, hidden: Bools, small: Bools) -> float:
    """Return the share of the small cells that follow exactly from sums, one after another."""
    found = narrowed(sums, hidden, np.ones(len(hidden), dtype=bool))
    return float((found.high - found.low < NEAR)[small].mean())


def _narrow(sums: Sums, hidden: Bools, small: Bools) -> float:
    """Return the share of the hidden cells with a narrower range than promised, by all sums."""
    width, need = np.full(len(hidden), float(K)), np.where(small, LOW, COVER).astype(np.int64)
    ranges = audit(puzzle_of(sums, hidden, np.ones(len(hidden), dtype=bool), width, need))
    return float((~ranges.proven).mean())


def row_of(one: Result) -> str:
    """Return the table row of a result."""
    narrow = "not tried" if one.narrow is None else f"{one.narrow:.1%}"
    return (
        f"| {one.cells:,} | {one.small:.1%} | {one.structure:.1f} s | {one.plan:.1f} s "
        f"| {one.peak:,.0f} MB | {one.shown:.1%} | {one.complementary:.1%} "
        f"| **{one.kept / max(one.readable, 1):.1%}** ({one.kept:,} of {one.readable:,}) "
        f"| {one.exact_plain:.1%} | {one.exact:.1%} | {narrow} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=["small", "all"], default="small")
    chosen = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ")
    print(f"numpy {np.__version__}, scipy {scipy.__version__}; k {K}, one process a table\n")
    print("| " + " | ".join(HEAD) + " |")
    print("|" + "---|" * len(HEAD))
    for name in LATTICES if chosen.size == "all" else SMALL:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            print(row_of(alone.submit(measure, name).result()), flush=True)
    print("\nNo other tool beside it: GaussSuppression and sdcTable (R) are not in Debian.")


if __name__ == "__main__":
    main()
