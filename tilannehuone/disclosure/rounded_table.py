"""What rounding prints of each cell, and the intervals readers then know its numbers to lie in."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tilannehuone.disclosure.intervals import Tied
from tilannehuone.disclosure.relations import existing
from tilannehuone.disclosure.rounded_print import Ends, around, interval, since
from tilannehuone.disclosure.rounded_sums import Group, tied_groups
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

OF_ONE, OF_ALL, TOGETHER = "one", "all", "together"
"""Who reads a print: a reader of this release alone, one of all releases who knows how prints
stand, and one who fills in what this release hides from earlier ones."""


@dataclass(frozen=True, eq=False)
class Table:
    """All rows given, and what each row of a rounded measure would print.

    Attributes
    ----------
    kind, base, width, complement : of the row's measure; empty or 0 for other measures
    mine : rows of rounded measures
    known, withheld : those of them with numbers, and those hidden by who delivered them
    printed : those that may be printed as far as the row itself goes
    count, whole : the printed parts; `whole` of a rate is its public denominator as it is
    before, before_whole : those that readers saw last; NaN where none
    seen : rows whose print readers saw in the last release they were in; they are printed again
    moves : those of them whose counts call for another print
    scale : what a value is multiplied by
    outside : what other measures show, which may be tied to ours; NaN where nothing
    level : how many steps of sums lie below, over all variables
    """

    structure: Structure
    kind: NDArray[np.object_]
    base: Floats
    width: Floats
    complement: Bools
    mine: Bools
    known: Bools
    withheld: Bools
    printed: Bools
    count: Floats
    whole: Floats
    before: Floats
    before_whole: Floats
    seen: Bools
    moves: Bools
    scale: Floats
    outside: Floats
    level: Floats

    @property
    def moved(self) -> Bools:
        """Rows that print another number than readers saw."""
        of_share = (self.kind == "proportion") & (self.whole != self.before_whole)
        return np.asarray(self.moves & ((self.count != self.before) | of_share))

    def held(self, rows: Bools) -> "Table":
        """Return the table in which `rows` print what readers saw."""
        share = rows & (self.kind == "proportion")
        return replace(
            self,
            count=np.where(rows, self.before, self.count),
            whole=np.where(share, self.before_whole, self.whole),
        )

    def tied(self, shown: Bools, reader: str = OF_ALL) -> Tied:
        """Return what a reader knows when the rows `shown` are printed, and no others of ours.

        Who reads all releases knows of every print whether it stands. Others believe the nearest
        multiple, and the loose ends where that cannot be.
        """
        latent = np.arange(self.structure.variables) >= self.structure.cells
        ours = self._measures(self.mine)
        numbered = self.known | self.withheld | np.isfinite(self.outside)
        exists = existing(self.structure, np.append(numbered, latent[len(numbered) :]))
        exists &= ours | self._beside(ours)
        share = exists & self._measures(self.kind == "proportion")
        parts = self._group(self.count, self.before, shown, exists, reader)
        given = np.flatnonzero(np.isfinite(self.outside))
        for ends in (parts.low, parts.high, parts.loose_low, parts.loose_high):
            ends[given] = self.outside[given]
        parts.shown[given] = True
        of_share = share[: len(shown)]
        past = np.where(of_share, self.before_whole, np.nan)
        wholes = self._group(self.whole, past, shown & of_share, share, reader)
        rests = self._rests(shown, share & self._measures(self.complement), reader)
        asked = ours & np.append(self.known | self.withheld, latent[len(numbered) :])
        width = np.ones(len(self.structure.indicators))
        width[self.structure.indicator[: len(shown)]] = self.width
        told = tied_groups(
            self.structure, parts, wholes, rests, width[self.structure.indicator], asked
        )
        return replace(told, loose=None) if reader == OF_ALL else told

    def _group(
        self, printed: Floats, before: Floats, shown: Bools, exists: Bools, reader: str
    ) -> Group:
        """Return the intervals of printed numbers; what is not shown may be anything."""
        past = np.isfinite(before) & ~shown
        told = shown | past if reader == TOGETHER else shown
        said = np.where(shown, printed, before)
        ends, loose = interval(said, self.base), around(said, self.base)
        if reader == OF_ALL:
            told = shown | past
            ends = loose = since(said, before, self.base)
        return Group(
            *self._spread(ends, told), *self._spread(loose, told), exists, self._over(told)
        )

    def _over(self, rows: Bools) -> Bools:
        latent = np.zeros(self.structure.variables - len(rows), dtype=bool)
        return np.append(rows, latent)

    def _spread(self, ends: Ends, told: Bools) -> Ends:
        """Return the ends over all variables: those told, else from nothing to anything."""
        latent = self.structure.variables - len(told)
        low, high = (
            np.append(np.where(told, one, free), np.full(latent, free))
            for one, free in zip(ends, (0.0, np.inf), strict=True)
        )
        return low, high

    def _rests(self, shown: Bools, exists: Bools, reader: str) -> Group:
        """Return the intervals of those left out of shares.

        Where the printed parts differ, readers know that it is not by a few: such shares are
        hidden (`table_of`). Of parts that only stand this was true once.
        """
        rows = len(shown)
        apart = shown & exists[:rows] & (self.whole > self.count)
        if reader == OF_ALL:
            apart &= ~self.seen | self.moved
        low, high = np.zeros(len(exists)), np.full(len(exists), np.inf)
        loose = low.copy()
        low[:rows][apart] = self.width[apart]
        if reader == OF_ALL:
            loose = low
        return Group(low, high, loose, high, exists, np.zeros(len(exists), dtype=bool))

    def _measures(self, rows: Bools) -> Bools:
        """Return the variables of the measures that some row of `rows` belongs to."""
        structure = self.structure
        chosen = np.zeros(len(structure.indicators), dtype=bool)
        chosen[structure.indicator[: len(rows)][rows]] = True
        return chosen[structure.indicator]

    def _beside(self, ours: Bools) -> Bools:
        """Return the variables of other measures that share a sum with ours."""
        parent, child = self.structure.parent[self.structure.relation], self.structure.child
        found = np.zeros(len(ours), dtype=bool)
        found[child[ours[parent]]] = True
        found[parent[ours[child]]] = True
        return found
