"""One linear programme that is solved many times with HiGHS: the rows stay, what is asked changes.

Where hundreds of numbers are asked for at once, the dual simplex from a fresh start is quickest:
its steps are cheap. Where one number is, the primal simplex goes on from the last table, which
takes a few steps only.
"""

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, hstack

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NEAR = 1e-6
"""How far a row of whole numbers may be missed by a table that counts as a witness."""

DUAL, PRIMAL = 1, 4
SOLVED = highspy.HighsModelStatus.kOptimal
CUT_SHORT = (
    highspy.HighsModelStatus.kIterationLimit,
    highspy.HighsModelStatus.kUnbounded,
)


class Programme:
    """Tables x with `rows @ x` equal to `right` where `is_equal`, else at most that.

    Parameters
    ----------
    rows, right, is_equal : the rows, shape (rows, numbers)
    top : upper bound of every number; they are at least 0
    """

    def __init__(self, rows: csr_array, right: Floats, is_equal: Bools, top: float) -> None:
        self.rows, self.right, self.is_equal = rows, right, is_equal
        self.size = rows.shape[1]
        self.top = np.full(self.size, top)
        self.steps = 0
        self._columns = np.arange(self.size, dtype=np.int32)
        self._solver = _loaded(rows, right, is_equal, np.zeros(self.size), top)
        self._solver.setOptionValue("presolve", "off")

    def capped(self, cost: Floats, caps: Floats) -> Floats | None:
        """Return the cheapest table in which no number is above its cap; None if there is none."""
        self._bound(np.minimum(caps, self.top))
        x, _ = self.table(cost, fresh=True)
        self._bound(self.top)
        return x

    def _bound(self, most: Floats) -> None:
        self._solver.changeColsBounds(self.size, self._columns, np.zeros(self.size), most)

    def table(
        self, cost: Floats, *, fresh: bool = False, steps: int = 1_000_000
    ) -> tuple[Floats | None, bool]:
        """Return the cheapest table and whether it is surely the cheapest; None if there is none.

        After `steps` steps of the simplex the table it stands on is returned: a witness like any
        other, but no end of a range.
        """
        solver = self._solver
        solver.changeColsCost(self.size, self._columns, cost)
        solver.setOptionValue("simplex_strategy", DUAL if fresh else PRIMAL)
        solver.setOptionValue("simplex_iteration_limit", int(steps))
        if fresh:
            solver.clearSolver()
        solver.run()
        self.steps += max(int(solver.getInfo().simplex_iteration_count), 1)
        status = solver.getModelStatus()
        if status != SOLVED and status not in CUT_SHORT:
            return None, True
        x = np.asarray(solver.getSolution().col_value, dtype=float)
        return (x, status == SOLVED) if self.holds(x) else (None, False)

    def holds(self, x: Floats) -> bool:
        """Return whether `x` is a table: every row checked by itself."""
        if x.shape != (self.size,) or not np.isfinite(x).all() or x.min(initial=0.0) < -NEAR:
            return False
        miss = self.rows @ x - self.right
        miss = np.where(self.is_equal, np.abs(miss), miss)
        return bool((miss <= NEAR * np.maximum(1.0, np.abs(self.right))).all())


def smallest_gaps(rows: csr_array, right: Floats, is_equal: Bools, top: float) -> Floats | None:
    """Return by how much each row must be missed so that all can hold, in all the least.

    None when even that cannot be told.
    """
    count, size = rows.shape
    unit = eye_array(count, format="csr")
    wide = csr_array(hstack([rows, unit, -unit]))
    cost = np.concatenate([np.zeros(size), np.ones(2 * count)])
    solver = _loaded(wide, right, is_equal, cost, max(top, float(np.abs(right).max(initial=1.0))))
    solver.run()
    if solver.getModelStatus() != SOLVED:
        return None
    x = np.asarray(solver.getSolution().col_value, dtype=float)
    return x[size : size + count] + x[size + count :]


def _loaded(
    rows: csr_array, right: Floats, is_equal: Bools, cost: Floats, top: float
) -> highspy.Highs:
    """Return a solver that holds the rows; one thread, and silent."""
    solver = highspy.Highs()
    solver.silent()
    for name, value in (("threads", 1), ("parallel", "off"), ("random_seed", 0)):
        solver.setOptionValue(name, value)
    by_column = rows.tocsc()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_ = cost
    model.col_lower_ = np.zeros(rows.shape[1])
    model.col_upper_ = np.full(rows.shape[1], top)
    model.row_lower_ = np.where(is_equal, right, -highspy.kHighsInf)
    model.row_upper_ = right
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = by_column.indptr
    model.a_matrix_.index_ = by_column.indices
    model.a_matrix_.value_ = by_column.data
    solver.passModel(model)
    return solver
