"""A twin that shares no cell with the real release: built, compared, drawn anew where it does.

Drawn blindly, a small count is now and then what the real release shows in the same place. Such
rows are drawn anew until none is. What is looked at of the real one is what it shows, never what it
hides: that a number stays may tell that it is not the shown one, and nothing of a hidden one.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from pipelines.publish import Publication
from pipelines.run import build
from pipelines.twin.alike import Key, alike
from pipelines.twin.make import drawn_rows, write_rows
from pipelines.twin.redrawn import redrawn
from tilannehuone.errors import Fault, PublishRefused
from tilannehuone.instance import Instance

MOST_ROUNDS = 20
"""Builds at most. Nine in ten cells differ after each draw, so that a few are enough."""

STEADY = 8
"""So many draws in a row a zero has to stand before it counts as one that no draw can change.

A measure that is zero all over the twin is known at once; a condition may name days or areas."""

GROWTH, MOST_GROWTH = 1.5, 16.0
"""How much more is drawn each round: a number that is often the same soon lies elsewhere."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A built twin, held against the real releases.

    Attributes
    ----------
    publication : the twin's release
    shown : cells that both it and the newest real release show
    alike : how many of them were the same by chance in the first draw
    rounds : how often it was built until none was
    zeros : cells that are zero in both, in a twin always: nothing that is drawn counts in them
    """

    publication: Publication
    shown: int
    alike: int
    rounds: int
    zeros: int


def build_apart(
    instance: Instance, reals: Sequence[Path], folder: Path, day: date, seed: int
) -> Apart:
    """Build the twin in `folder`, its rows drawn anew until it shares no cell, and return it.

    Parameters
    ----------
    instance : the real one
    reals : its releases, that of which the twin has its extent last
    folder, day, seed : as `make_twin` was given and gave them

    Raises
    ------
    PublishRefused
        After `MOST_ROUNDS` some cell is still the same. Of a twin that fails nothing is kept.
    """
    try:
        return _apart(instance, reals, folder, day, seed)
    except BaseException:
        # rows that were not held against the real ones to the end are no twin
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _apart(instance: Instance, reals: Sequence[Path], folder: Path, day: date, seed: int) -> Apart:
    rows = drawn_rows(instance, reals[-1], seed)
    stood: dict[Key, int] = {}
    first = None
    for turn in range(1, MOST_ROUNDS + 1):
        made = build(folder, as_of=day).publication
        found = alike(reals, made.path)
        first = len(found.same) if first is None else first
        stood = {key: stood.get(key, 0) + 1 for key in found.same}
        left = [key for key, value in found.same.items() if value or stood[key] < STEADY]
        if not left:
            return Apart(made, found.shown, first, turn, len(found.same) + len(found.zeros))
        draw = np.random.default_rng([seed, turn])
        more = min(GROWTH ** (turn - 1), MOST_GROWTH)
        other = drawn_rows(instance, reals[-1], int(draw.integers(2**62)), more)
        rows = redrawn(instance, rows, other, left, draw)
        forget(folder)
        write_rows(folder, rows)
    measures = ", ".join(sorted({key[0] for key in left}))
    raise PublishRefused(Fault("twin_alike", {"count": len(left), "measures": measures}))


def forget(folder: Path) -> None:
    """Delete what was built of a twin: a release that was not apart is no earlier one of it."""
    for name in ("releases", "work"):
        shutil.rmtree(folder / "data" / name, ignore_errors=True)
