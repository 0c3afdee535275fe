"""What each shown number adds to a contradiction, or to the end of a hidden number's range."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEAR = 1e-6
SOLVED = 0


@dataclass(frozen=True, eq=False)
class Rows:
    """Sums over numbers of which some are shown: `rows @ x == 0` where `is_equal`, else `<= 0`.

    Attributes
    ----------
    rows, is_equal : the sums, shape (rows, numbers)
    variable : shape (numbers,), what each number is called elsewhere
    fixed : shape (numbers,), it is shown; the others are at least 0
    values : shape (numbers,); of those not fixed, any guess
    """

    rows: csr_array
    is_equal: Bools
    variable: Ints
    fixed: Bools
    values: Floats

    def fits(self) -> bool:
        """Return whether the guess is a table that satisfies all sums."""
        miss = self.rows @ self.values
        return bool((np.where(self.is_equal, np.abs(miss), miss) <= NEAR).all())

    def beside(self, number: int) -> Bools:
        """Return the numbers that share a sum with `number`, shape (numbers,)."""
        shared = abs(self.rows[:, [number]]).toarray()[:, 0]
        return np.asarray(abs(self.rows).T @ shared > 0)

    def gaping(self) -> Floats:
        """Return by how much the least gaps of the sums grow with each shown number.

        Zero everywhere when some table fits.

        Examples
        --------
        Two shown parts of 4 exceed their shown total of 7:

        >>> made = Rows(csr_array([[1.0, 1.0, 1.0, -1.0]]), np.array([True]), np.arange(4),
        ...             np.array([True, True, False, True]), np.array([4.0, 4.0, 0.0, 7.0]))
        >>> made.gaping().tolist()
        [1.0, 1.0, 0.0, -1.0]
        """
        count = len(self.is_equal)
        gap = eye_array(count, format="csr")
        whole = csr_array(hstack([self.rows[:, ~self.fixed], gap, -gap]))
        cost = np.concatenate([np.zeros(int((~self.fixed).sum())), np.ones(2 * count)])
        least, growth = self._cheapest(whole, cost)
        return growth if least > NEAR else np.zeros(len(self.fixed))

    def narrowing(self, number: int, change: Floats) -> Floats:
        """Return by how much each `change` lowers the highest or lifts the lowest `number` can be.

        Shape (numbers,); zero where the end is open.
        """
        cost = (np.flatnonzero(~self.fixed) == number).astype(float)
        open_ = csr_array(self.rows[:, ~self.fixed])
        lifts = self._cheapest(open_, cost)[1] * change
        lowers = self._cheapest(open_, -cost)[1] * change
        return np.maximum(lifts, lowers)

    def _cheapest(self, open_: csr_array, cost: Floats) -> tuple[float, Floats]:
        """Return the least cost of a table, and by how much it grows with each shown number."""
        right = -(self.rows[:, self.fixed] @ self.values[self.fixed])
        same = self.is_equal
        found = linprog(cost, open_[~same], right[~same], open_[same], right[same], method="highs")
        if found.status != SOLVED:
            return 0.0, np.zeros(len(self.fixed))
        price = np.zeros(len(right))
        price[same], price[~same] = found.eqlin.marginals, found.ineqlin.marginals
        return float(found.fun), np.where(self.fixed, -(self.rows.T @ price), 0.0)
