"""Ranges that follow sum by sum: cheap, and already narrow for most of what gives itself away.

Each sum bounds each of its members by the ranges of the others; the ranges are narrowed until
nothing moves. What is narrow here can be computed by anybody with a pencil, so the mask is mended
before the solver is asked. A range that stays wide here is no proof yet (`audit.py` is).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilannehuone.disclosure.closure import Sums
from tilannehuone.disclosure.relations import LAST, NOTHING, OPEN, SUM, UNION

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ENDLESS = 1e12
SWEEPS = 60
NEAR = 1e-6


@dataclass(frozen=True, eq=False)
class Ranges:
    """The lowest and highest value of each variable, and under which mask they were found."""

    low: Floats
    high: Floats
    unknown: Bools


def narrowed(sums: Sums, hidden: Bools, exists: Bools, before: Ranges | None = None) -> Ranges:
    """Return the lowest and highest value of each variable that the sums one by one allow.

    Relations that the numbers contradict bound nothing. Shape (variables,) each; shown variables
    keep their number.

    Parameters
    ----------
    before : ranges of the same sums under another mask: only the parts of the table are narrowed
        anew in which something was hidden or shown since
    """
    unknown = hidden & exists
    low = np.where(unknown, 0.0, np.where(exists, sums.values, 0.0))
    high = np.where(unknown, ENDLESS, low)
    moved = exists.copy()
    if before is not None:
        moved = _part_of(sums, unknown, unknown != before.unknown)
        low, high = np.where(moved, low, before.low), np.where(moved, high, before.high)
    steps = [_totals(sums, kind) for kind in (SUM, OPEN, UNION) if (sums.kind == kind).any()]
    for _ in range(SWEEPS):
        old_low, old_high = low.copy(), high.copy()
        for step in steps:
            _tighten(step.where(moved), low, high, unknown)
        _repeat(sums, low, high, unknown)
        crossed = unknown & (high < low - NEAR)
        high[crossed], low[crossed] = ENDLESS, 0.0
        moved = (np.abs(low - old_low) > NEAR) | (np.abs(high - old_high) > NEAR)
        if not moved.any():
            break
    return Ranges(low, high, unknown)


def _part_of(sums: Sums, unknown: Bools, changed: Bools) -> Bools:
    """Return what hangs together with anything that changed, through hidden numbers."""
    incidence, parent = sums.incidence, sums.structure.parent
    used = incidence.alive & (sums.kind != NOTHING)
    part, fresh = changed.copy(), changed
    while fresh.any():
        touched = used & fresh[parent]
        touched[incidence.relation[fresh[incidence.child]]] = True
        touched &= used
        reached = np.zeros(len(part), dtype=bool)
        reached[incidence.child[touched[incidence.relation]]] = True
        reached[parent[touched]] = True
        fresh = reached & unknown & ~part
        part |= fresh
    return part


@dataclass(frozen=True, eq=False)
class Totals:
    """Sums of one kind: entries (relation, child) and the parent of each relation."""

    relation: Ints
    child: Ints
    parent: Ints
    kind: int

    def where(self, moved: Bools) -> "Totals":
        """Return the sums with a member that moved: the others have nothing new to say."""
        use = moved[self.parent]
        use[self.relation[moved[self.child]]] = True
        if use.all():
            return self
        inside = use[self.relation]
        number = np.cumsum(use) - 1
        return Totals(
            number[self.relation[inside]], self.child[inside], self.parent[use], self.kind
        )


def _totals(sums: Sums, kind: int) -> Totals:
    """Return the sums of one kind, renumbered."""
    incidence = sums.incidence
    every = Totals(incidence.relation, incidence.child, sums.structure.parent, kind)
    use = (sums.kind == kind) & incidence.alive
    inside = use[incidence.relation]
    number = np.cumsum(use) - 1
    return Totals(number[every.relation[inside]], every.child[inside], every.parent[use], kind)


def _tighten(totals: Totals, low: Floats, high: Floats, unknown: Bools) -> None:
    """Narrow the ranges by the sums of one kind, in place."""
    relation, child, parent = totals.relation, totals.child, totals.parent
    size = len(parent)
    least = np.bincount(relation, weights=low[child], minlength=size)
    open_end = high[child] >= ENDLESS
    ends = np.bincount(relation, weights=open_end, minlength=size)
    ceiling = np.where(open_end, 0.0, high[child])
    most = np.bincount(relation, weights=ceiling, minlength=size)
    if totals.kind == UNION:
        largest = np.zeros(size)
        np.maximum.at(largest, relation, low[child])
        _lower(low, parent, largest, unknown)
    else:
        _lower(low, parent, np.asarray(least, dtype=float), unknown)
    if totals.kind != OPEN:
        _upper(high, parent, np.where(ends > 0, ENDLESS, most), unknown)
        rest = np.where(ends[relation] - open_end > 0, ENDLESS, most[relation] - ceiling)
        _lower(low, child, low[parent][relation] - rest, unknown)
    others = 0.0 if totals.kind == UNION else least[relation] - low[child]
    _upper(high, child, high[parent][relation] - others, unknown)


def _lower(low: Floats, which: Ints, bound: Floats, unknown: Bools) -> None:
    use = unknown[which] & (bound > low[which])
    np.maximum.at(low, which[use], bound[use])


def _upper(high: Floats, which: Ints, bound: Floats, unknown: Bools) -> None:
    use = unknown[which] & (bound < high[which])
    np.minimum.at(high, which[use], np.maximum(bound[use], 0.0))


def _repeat(sums: Sums, low: Floats, high: Floats, unknown: Bools) -> None:
    """Narrow what repeats its last part, in place."""
    same = (sums.kind == LAST) & sums.incidence.alive & (sums.incidence.last >= 0)
    if (sums.kind == NOTHING).all() or not same.any():
        return
    one, other = sums.structure.parent[same], sums.incidence.last[same]
    for a, b in ((one, other), (other, one)):
        _lower(low, a, low[b], unknown)
        _upper(high, a, high[b], unknown)
