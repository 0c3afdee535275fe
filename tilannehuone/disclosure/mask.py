"""The mask while it grows: which cells are hidden, and what readers believe of the sums."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilannehuone.disclosure.audit import COVER, FREE, LATENT, SMALL
from tilannehuone.disclosure.bounds import Ranges, narrowed
from tilannehuone.disclosure.closure import Sums, broken, cover_costs, covers, levels
from tilannehuone.disclosure.relations import Incidence, believed, existing
from tilannehuone.disclosure.rules import Judgement, Ledger
from tilannehuone.disclosure.series import SeriesPlan
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SWEEPS = 200
FEW, SHARE, LARGE = 20, 0.2, 300_000
"""Of more broken sums than `FEW` this share is mended at a time; in `LARGE` tables all at once."""
AMPLE = 2
"""Months behind a window count as small where they are on average below so many times k."""
NEAR = 1e-6


@dataclass(eq=False)
class Account:
    """One ledger over all variables: numbers, needs, whether used, and what is proven of it.

    `ranges` are those found last, while readers believe the same of the sums.
    """

    values: Floats
    need: Ints
    used: Bools
    proven: Bools
    kinds: Ints  # of each family, as readers believe now
    ranges: Ranges | None = None


class Mask:
    """Which variables are hidden.

    `given` are cells that readers know already from an earlier release: they are blank from now
    on, but as good as shown in every sum. `seen` were shown before: hiding them protects nothing.
    """

    def __init__(
        self, structure: Structure, judgement: Judgement, series: SeriesPlan, hide: Bools,
        given: Bools, seen: Bools,
    ) -> None:  # fmt: skip
        self.structure, self.series = structure, series
        latent = np.arange(structure.variables) >= structure.cells
        extra = int(latent.sum())
        there = judgement.known | judgement.withheld
        self.exists = existing(structure, np.append(there, np.ones(extra, dtype=bool)))
        self.incidence = Incidence(structure, self.exists)
        self.withdrawn = ~series.offered
        self.free = np.append(~seen, np.ones(extra, dtype=bool))
        start = judgement.primary | hide | (self.withdrawn[series.of] & judgement.known & ~seen)
        start = (start | ~judgement.known) & ~given
        self.hidden = self.exists & np.append(start, np.ones(extra, dtype=bool))
        self.level = levels(structure)
        width = np.ones(len(structure.indicators))
        width[structure.indicator[: structure.cells]] = judgement.width
        self.width = width[structure.indicator]
        self.known = judgement.known
        self.accounts = [
            _account(one, judgement, structure, latent)
            for one in judgement.ledgers
            if one.used.any()
        ]
        self.sums: list[Sums] = []
        self.coarsened = self.solved = 0
        self.believe()

    def believe(self) -> bool:
        """Take up what readers believe of each family of sums now; say whether it changed."""
        changed, self.sums = False, []
        for one in self.accounts:
            shown = self.exists & ~self.hidden & one.used
            kinds, _ = believed(self.structure, self.incidence, one.values, shown)
            if (kinds != one.kinds).any():
                changed = True
                one.kinds, one.ranges = kinds, None
                one.proven[:] = False
            kind = kinds[self.structure.family]
            width = self.width[self.structure.parent]
            self.sums.append(Sums(self.structure, self.incidence, one.values, kind, width))
        return changed

    def close(self) -> None:
        """Hide complementary cells until no single sum gives anything away."""
        draw = np.random.default_rng(0)
        for _ in range(SWEEPS):
            self.withdraw()
            added = [self._covers(at, draw) for at in range(len(self.accounts))]
            added.append(self._overlaps())
            if sum(map(len, added)):
                self.hidden[np.concatenate(added)] = True
            elif not self.believe():
                return

    def withdraw(self) -> None:
        """Hide the rest of every series that nobody could read any more."""
        cells = self.structure.cells
        lost = self.series.lost(self.hidden[:cells] & self.known) & ~self.withdrawn
        if lost.any():
            self.withdrawn = self.withdrawn | lost
            whole = lost[self.series.of] & self.known & self.exists[:cells]
            self.hidden[:cells] |= whole & self.free[:cells]

    def _covers(self, at: int, draw: np.random.Generator) -> Ints:
        """Return cells to hide for some of the broken sums: one cell may cure several of them."""
        which = self.alone(at)
        many = np.flatnonzero(which)
        if len(many) > FEW and self.structure.variables <= LARGE:
            which[many[draw.random(len(many)) > SHARE]] = False
        return covers(self.sums[at], which, self.candidates(at), self.costs(at))

    def alone(self, at: int) -> Bools:
        """Return the sums of an account that by themselves give a hidden number away."""
        one = self.accounts[at]
        which = broken(self.sums[at], self.hidden, self.exists, one.need != FREE)
        return np.asarray(which & one.used[self.structure.parent], dtype=bool)

    def _overlaps(self) -> Ints:
        """Return the windows that differ from the next one by a month that is hidden.

        A run of overlapping windows gives the differences of months N apart, and one month
        without anybody then gives them all. So where a part of a window is hidden (or, published
        nowhere, may well be small), only every N-th window stands.
        """
        parent, incidence = self.structure.parent, self.incidence
        above = incidence.alive & self.structure.overlapping[parent] & ~self.hidden[parent]
        latent = np.arange(self.structure.variables) >= self.structure.cells
        parts = incidence.children_sum((self.hidden & ~latent).astype(float)) > 0
        bare = incidence.children_sum(latent.astype(float)) > 0
        for one in self.accounts:
            few = one.values[parent] < AMPLE * self.width[parent] * incidence.count
            parts |= bare & few & one.used[parent]
        return np.unique(parent[above & parts])

    def candidates(self, at: int) -> Bools:
        """Return the shown variables that could protect others in an account."""
        one = self.accounts[at]
        shown = self.exists & ~self.hidden & self.free
        return np.asarray(shown & (one.values > 0) & one.used, dtype=bool)

    def costs(self, at: int) -> Floats:
        """Return what hiding each variable would cost."""
        return cover_costs(self.sums[at], self.hidden, self.level, self.accounts[at].values)

    def narrow(self) -> Bools:
        """Return the hidden variables that the sums, taken one after another, give away."""
        found = np.zeros(self.structure.variables, dtype=bool)
        for at, one in enumerate(self.accounts):
            unknown = self.hidden & self.exists & one.used
            one.ranges = narrowed(self.sums[at], unknown, self.exists & one.used, one.ranges)
            low, high = one.ranges.low, one.ranges.high
            wide = high - low >= self.width - NEAR
            full = (low <= NEAR) & (high >= self.width - NEAR)
            large = (one.need == LATENT) & (low >= self.width - NEAR)
            kept = np.where(one.need == SMALL, full, wide | large)
            found |= unknown & (one.need != FREE) & ~kept
        return found


def _account(one: Ledger, judgement: Judgement, structure: Structure, latent: Bools) -> Account:
    """Return a ledger over all variables: a cell's need is by what it would tell.

    A total withheld by who delivered it may protect others and be large: it only needs its range.
    """
    extra = np.zeros(int(latent.sum()))
    need = np.full(structure.variables, LATENT, dtype=np.int64)
    cells = np.where(judgement.known | judgement.withheld, COVER, FREE)
    finest = np.ones(structure.variables, dtype=bool)
    finest[structure.parent] = False
    small = one.small | (judgement.withheld & finest[: structure.cells])
    need[: structure.cells] = np.where(small, SMALL, cells)
    used = np.append(one.used, extra == 0)
    if one.name != "counted":
        by_measure = np.zeros(len(structure.indicators), dtype=bool)
        by_measure[structure.indicator[: structure.cells][one.used]] = True
        used[structure.cells :] = by_measure[structure.indicator[structure.cells :]]
    values = np.append(np.nan_to_num(one.values), extra)
    proven = np.zeros(structure.variables, dtype=bool)
    return Account(values, need, used, proven, np.full(len(structure.families), -1))
