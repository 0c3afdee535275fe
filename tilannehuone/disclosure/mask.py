"""The mask while it grows: closed sum by sum, tried by the auditor, mended where it fails."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilannehuone.disclosure.audit import COVER, FREE, LATENT, SMALL, audit
from tilannehuone.disclosure.closure import Sums, broken, cover_costs, covers, levels
from tilannehuone.disclosure.puzzle import puzzle_of
from tilannehuone.disclosure.relations import Incidence, believed, existing
from tilannehuone.disclosure.rules import Judgement, Ledger
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SWEEPS = 200
AMPLE = 2
"""Months behind a window count as small where they are on average below so many times k."""
STEPS = 4
"""How many sums away from a failing number a cell is sought that could protect it."""


@dataclass(eq=False)
class Account:
    """One ledger over all variables: numbers, needs, whether used, and what is proven of it."""

    values: Floats
    need: Ints
    used: Bools
    proven: Bools
    kinds: Ints  # of each family, as readers believe now


class Mask:
    """Which variables are hidden. They are only ever added, so what is proven stays proven."""

    def __init__(self, structure: Structure, judgement: Judgement) -> None:
        self.structure = structure
        latent = np.arange(structure.variables) >= structure.cells
        extra = int(latent.sum())
        shown_in = np.append(judgement.known | judgement.withheld, np.ones(extra, dtype=bool))
        self.exists = existing(structure, shown_in)
        self.incidence = Incidence(structure, self.exists)
        primary = np.append(judgement.primary, latent[structure.cells :])
        self.hidden = self.exists & (
            primary | ~np.append(judgement.known, ~latent[structure.cells :])
        )
        self.level = levels(structure)
        width = np.ones(len(structure.indicators))
        width[structure.indicator[: structure.cells]] = judgement.width
        self.width = width[structure.indicator]
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
                one.kinds = kinds
                one.proven[:] = False
            kind = kinds[self.structure.family]
            width = self.width[self.structure.parent]
            self.sums.append(Sums(self.structure, self.incidence, one.values, kind, width))
        return changed

    def close(self) -> None:
        """Hide complementary cells until no single sum gives anything away."""
        for _ in range(SWEEPS):
            added = [self._covers(at) for at in range(len(self.accounts))]
            added.append(self._overlaps())
            if sum(map(len, added)):
                self.hidden[np.concatenate(added)] = True
            elif not self.believe():
                return

    def _covers(self, at: int) -> Ints:
        one = self.accounts[at]
        which = broken(self.sums[at], self.hidden, self.exists, one.need != FREE)
        which &= one.used[self.structure.parent]
        return covers(self.sums[at], which, self._candidates(one), self._costs(at))

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

    def _candidates(self, one: Account) -> Bools:
        return self.exists & ~self.hidden & (one.values > 0) & one.used

    def _costs(self, at: int) -> Floats:
        return cover_costs(self.sums[at], self.hidden, self.level, self.accounts[at].values)

    def prove(self) -> Bools:
        """Let the auditor try every ledger; return the variables it gets at."""
        failing = np.zeros(self.structure.variables, dtype=bool)
        for at, one in enumerate(self.accounts):
            unknown = self.hidden & self.exists & one.used
            need = np.where(one.proven, FREE, one.need)
            puzzle = puzzle_of(self.sums[at], unknown, self.exists, self.width, need)
            ranges = audit(puzzle, singles=2)
            self.solved += int((puzzle.need != FREE).sum())
            variables = np.flatnonzero(unknown)
            one.proven[variables[ranges.proven]] = True
            failing[variables[~ranges.proven]] = True
        return failing

    def mend(self, failing: Bools, *, thorough: bool) -> None:
        """Hide the cheapest cell near each failing one; `thorough`: one in each of its sums."""
        for at, one in enumerate(self.accounts):
            region = failing & ~one.proven & one.used
            for _ in range(STEPS):
                if not region.any():
                    break
                candidates, cost = self._candidates(one), self._costs(at)
                best, member = self._cheapest(candidates, cost)
                helped = self._hide_near(region, best, member, thorough)
                region = self._around(region & ~helped)

    def _cheapest(self, candidates: Bools, cost: Floats) -> tuple[Floats, Ints]:
        """Return the lowest cost of a candidate in each relation, and the candidate."""
        relation, member = self._entries()
        price = np.where(candidates[member], cost[member], np.inf)
        order = np.lexsort((member, price, relation))
        first = np.searchsorted(relation[order], np.arange(len(self.structure.parent)))
        first = np.minimum(first, len(order) - 1)
        return price[order][first], member[order][first]

    def _entries(self) -> tuple[Ints, Ints]:
        """Return every (relation, member) pair, children and parents alike."""
        relations = np.flatnonzero(self.incidence.alive)
        return (
            np.concatenate([self.incidence.relation, relations]),
            np.concatenate([self.incidence.child, self.structure.parent[relations]]),
        )

    def _hide_near(self, region: Bools, best: Floats, member: Ints, thorough: bool) -> Bools:
        """Hide the best candidate of each variable of `region`; return which were helped."""
        relation, variable = self._entries()
        mine = region[variable] & np.isfinite(best[relation])
        relation, variable = relation[mine], variable[mine]
        helped = np.zeros(len(region), dtype=bool)
        helped[variable] = True
        if not thorough:
            order = np.lexsort((relation, best[relation], variable))
            _, first = np.unique(variable[order], return_index=True)
            relation = relation[order][first]
        self.hidden[member[relation]] = True
        return helped

    def _around(self, region: Bools) -> Bools:
        """Return the hidden variables that share a sum with the region, the region included."""
        relation, variable = self._entries()
        touched = np.zeros(len(self.structure.parent), dtype=bool)
        touched[relation[region[variable]]] = True
        found = np.zeros(len(region), dtype=bool)
        found[variable[touched[relation]]] = True
        return found & self.hidden

    def coarsen(self, failing: Bools) -> None:
        """Hide the finest shown cells around every part of the table that still fails."""
        part = failing
        while True:
            grown = self._around(part) | part
            if (grown == part).all():
                break
            part = grown
        relation, variable = self._entries()
        touched = np.zeros(len(self.structure.parent), dtype=bool)
        touched[relation[part[variable]]] = True
        beside = np.zeros(len(part), dtype=bool)
        beside[variable[touched[relation]]] = True
        beside &= self.exists & ~self.hidden
        if beside.any():
            finest = beside & (self.level == self.level[beside].min())
            self.hidden |= finest
            self.coarsened += int(finest.sum())

    def hide_all(self, failing: Bools) -> None:
        """Hide every cell of the measures that still fail: with nothing shown nothing is known."""
        measures = np.unique(self.structure.indicator[failing])
        whole = np.isin(self.structure.indicator, measures)
        self.coarsened += int((whole & self.exists & ~self.hidden).sum())
        self.hidden |= whole & self.exists
        for one in self.accounts:
            one.proven |= whole


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
