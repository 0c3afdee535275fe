"""When a cell is small: the rules of each measure, and the tables of people a cell describes.

A proportion describes two groups, those counted and the rest; a mean or a median describes those
behind it. Each is a table of its own that adds up over areas, categories and time (a *ledger*);
all ledgers share one mask, since a cell is shown with all its numbers or with none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

PARTS_OF = {
    "count": ("numerator",),
    "rate": ("numerator",),
    "distinct_rate": ("numerator",),
    "proportion": ("numerator", "denominator"),
    "mean": ("denominator",),
    "median": ("denominator",),
}
EVERYONE = 20.0
"""Below this, "all" or "none" tells about each one (0 % and 100 %)."""


@dataclass(frozen=True)
class Rule:
    """What one measure may show.

    Attributes
    ----------
    k : counts of 0 … k-1 are hidden
    complement : whether the rest of a proportion is protected too
    denominator_min : a cell over fewer is hidden
    show_zero : a zero may be shown; counts of 1 … k-1 are still hidden
    n_min : a mean or a median over fewer is hidden
    kind : as in the registry
    method : suppression, or rounding (`rounding.py`)
    base : counts are printed as multiples of it; 0: twice k
    """

    k: int = 5
    complement: bool = True
    denominator_min: float = 0
    show_zero: bool = False
    n_min: int = 10
    kind: str = "count"
    method: str = "suppression"
    base: int = 0

    @property
    def width(self) -> int:
        """How wide the interval of a hidden cell has to stay."""
        return self.n_min if self.kind in ("mean", "median") else self.k


@dataclass(frozen=True, eq=False)
class Ledger:
    """One group of people in every cell: how many, and which of these numbers are small."""

    name: str
    values: Floats  # NaN: nobody here knows
    small: Bools
    used: Bools  # cells whose measure has this group


@dataclass(frozen=True, eq=False)
class Judgement:
    """What the rules say of each cell by itself, before any sum is looked at."""

    ledgers: tuple[Ledger, ...]
    primary: Bools
    known: Bools  # the cell has numbers that would be published
    withheld: Bools  # hidden already by who delivered it
    width: Floats


def judge(cells: pd.DataFrame, rules: Mapping[str, Rule]) -> Judgement:
    """Return the primary cells and the ledgers of `cells`.

    Examples
    --------
    A share of 23 out of 24 describes one who is left out:

    >>> one = pd.DataFrame(dict(indicator_id=["s"], numerator=[23.0], denominator=[24.0],
    ...                         status=["ok"]))
    >>> judge(one, {"s": Rule(kind="proportion")}).primary.tolist()
    [True]
    """
    of = {
        name: cells["indicator_id"].map({i: getattr(r, name) for i, r in rules.items()})
        for name in ("kind", "width", "k", "complement", "denominator_min", "show_zero")
    }
    kind = of["kind"].to_numpy(dtype=object)
    width = of["width"].to_numpy(dtype=float)
    top, whole = (cells[c].to_numpy(dtype=float) for c in ("numerator", "denominator"))
    withheld = (cells["status"] == "c").to_numpy(dtype=bool)
    share, averaged = kind == "proportion", np.isin(kind, ("mean", "median"))

    counted = np.where(averaged, whole, top)
    rest = np.where(share, whole - top, np.nan)
    known = np.isfinite(counted) & ~withheld
    zero = ~of["show_zero"].to_numpy(dtype=bool)
    few = share & (whole < EVERYONE)
    complement = share & of["complement"].to_numpy(dtype=bool)
    small = known & ((counted < width) & ((counted > 0) | zero | few | averaged))
    small_rest = known & complement & ((rest < width) & ((rest > 0) | few))
    thin = known & (whole < of["denominator_min"].to_numpy(dtype=float))

    ledgers = (
        Ledger("counted", np.where(known, counted, np.nan), small, np.ones(len(cells), dtype=bool)),
        Ledger("rest", np.where(known, rest, np.nan), small_rest, complement),
    )
    return Judgement(ledgers, small | small_rest | thin | withheld, known, withheld, width)
