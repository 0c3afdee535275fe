"""What readers remember: earlier releases, and which revisions may be shown beside them.

A reader keeps every release. Two of them that differ by one late row must not tell of that row, so
what was said before decides what may be said now:

- *Hidden stays hidden.* A cell that was hidden under the same definition is hidden now.
- *Shown is known.* A cell that was shown cannot protect anything. If it has to be hidden now (it
  fell below k, or k was raised), it is hidden, but counted as given away: the number that readers
  saw stays in every sum, so that no sum tells the new one.
- *A number changes by k or not at all.* A revision is let through when every number that readers
  have seen, and that it moves, moves by at least k: numerator, denominator, and of a proportion
  the rest too. A smaller one is held back: the old number stands. Changes are measured against
  what readers saw last, so small ones add up from release to release until they are k.
- *Sums stay sums.* What is held back in a cell is held back in the sums above it, also in those
  published for the first time: a new quarter is the sum of its shown months. Where two splits of a
  sum would disagree, or a sum would move by less than k, the revisions beneath it wait.
- *Old and new fit together.* A revision waits that leaves the hidden parts of a sum 1 … k-1 more
  or fewer, that leaves no table of hidden numbers that would fit, or less room for one of them
  than is promised (`settled.py` asks this of what comes out here).
- *Falling tells no more than small.* A shown number below 2k-1 that is small now stands as it was:
  were it hidden, the size of the change (k or more) would tell that the new one is nearly zero.
- *The plan stays.* A series and year that were offered, or not, stay so.
- *Another definition is another number.* It starts anew: nothing is held back or kept hidden.

Distinct persons do not add up; they are held cell by cell. A mean or a median changes with the
number of people behind it, and these add up. Rounded measures are left alone: rounding hides late
rows itself. Sums over months that are published nowhere (rolling windows alone) are held cell by
cell, too. Not here: a declared date on which all revisions of a year are published at once; it
needs an audit of the whole year, and nothing declares one. Until then a total can stay behind by
what is held back in its parts; `behind` counts the large ones that do.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.carry import additive_relations, carrying_steps
from tilannehuone.disclosure.recall import PARTS, Earlier, Memory, recalled
from tilannehuone.disclosure.restated import differs, restated
from tilannehuone.disclosure.revisions import Revised, effective_numbers
from tilannehuone.disclosure.rules import Judgement, Rule, judge
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

BEHIND, LARGE = 0.1, 20
"""A number of 20 k or more is behind when it is off by more than a tenth."""

AVERAGED = ("mean", "median")
ADDITIVE = ("count", "rate", "proportion", *AVERAGED)


@dataclass(frozen=True, eq=False)
class History:
    """What earlier releases ask of this one; arrays are aligned with the rows of the cells.

    Attributes
    ----------
    must_hide : hidden before, so hidden now
    known : hidden now though readers have seen it: protects nothing, needs no protection
    seen : readers have seen a number of it; hiding it would protect nothing
    before : shape (rows, 2), numerator and denominator as they saw them last; NaN where never
    planned : 1 the series was offered in that year, 0 it was not, -1 nothing was said
    plan : the rows of earlier plans, as the release table `plan`
    numerator, denominator, value, status : what to publish where shown, and what to protect
    held_back : how many shown numbers stand although the exact ones are others now
    given_away : how many cells are `known`
    redefined : how many series start anew, since their definition is another than last time
    behind : how many large shown numbers are off by more than a tenth
    """

    must_hide: Bools
    known: Bools
    seen: Bools
    before: Floats
    planned: NDArray[np.int8]
    plan: pd.DataFrame
    numerator: Floats
    denominator: Floats
    value: Floats
    status: NDArray[np.object_]
    held_back: int
    given_away: int
    redefined: int
    behind: int

    @property
    def moved(self) -> Bools:
        """Rows whose number is another than readers saw, shape (rows,)."""
        change = np.column_stack([self.numerator, self.denominator]) - self.before
        return np.asarray(self.seen & (np.nan_to_num(change) != 0).any(axis=1))

    def effective(self, cells: pd.DataFrame) -> pd.DataFrame:
        """Return the rows with the numbers that may be published; none is hidden yet."""
        return cells.assign(
            numerator=self.numerator,
            denominator=self.denominator,
            value=self.value,
            status=self.status,
        )


def history(
    unsafe_cells: pd.DataFrame,
    structure: Structure,
    rules: Mapping[str, Rule],
    earlier: Earlier,
    *,
    scales: Mapping[str, float] | None = None,
    barred: Bools | None = None,
) -> History:
    """Return what `earlier` releases ask of a new one.

    Parameters
    ----------
    unsafe_cells : exact cells, as `protect` takes them (0 of 0 as numbers)
    structure : `build_structure` of the same rows
    rules : one for every indicator of the rows
    earlier : what readers have seen under the present definitions
    scales : what numerator / denominator is multiplied by to give the value; 1 unless told
    barred : rows whose seen number has to stand, where the protector could not prove a release
        with their revisions in it

    Examples
    --------
    A late row makes 20 to 21, and readers go on seeing 20:

    >>> from tilannehuone.disclosure import build_structure
    >>> from tilannehuone.disclosure.recall import WORDS
    >>> key = dict(indicator_id="a", area_code="X", period_type="year", breakdown="all",
    ...            category="all", period_start=pd.Timestamp("2025-01-01"))
    >>> cells = pd.DataFrame([key | dict(numerator=21.0, denominator=np.nan, value=21.0,
    ...                                  status="ok")])
    >>> word = key | dict(numerator=20.0, denominator=np.nan, value=20.0, shown=True,
    ...                   hidden=False, stands=True, empty=False)
    >>> areas = pd.DataFrame(columns=["area_code", "area_type", "parent_code", "valid_from",
    ...                               "valid_to"])
    >>> earlier = Earlier(words=pd.DataFrame([word], columns=WORDS))
    >>> found = history(cells, build_structure(cells, areas), {"a": Rule()}, earlier)
    >>> float(found.numerator[0]), found.held_back
    (20.0, 1)
    """
    scales = scales or {}
    memory = recalled(unsafe_cells, rules, earlier)
    now = judge(unsafe_cells, rules)
    live = now.known & (unsafe_cells["status"] == "ok").to_numpy(dtype=bool)
    exact = np.where(live[:, None], unsafe_cells[PARTS].to_numpy(dtype=float), np.nan)
    seen = memory.seen & live
    fallen = seen & memory.hidden
    fell = seen & ~fallen & _fell(unsafe_cells, rules, now, memory, exact)
    held = fallen | (seen & now.primary)
    if barred is not None:
        held = held | (seen & barred)
    numbers = _revised(unsafe_cells, structure, rules, now, memory, exact, seen, held)
    numbers = np.where(live[:, None], numbers, unsafe_cells[PARTS].to_numpy(dtype=float))

    void = seen & memory.empty & (np.nan_to_num(numbers) == 0).all(axis=1)
    effective = restated(unsafe_cells, numbers, memory, seen, scales)
    effective.loc[void, [*PARTS, "value"]] = np.nan
    effective.loc[void, "status"] = "z"
    small = seen & judge(effective, rules).primary
    still = (np.abs(np.nan_to_num(exact - memory.numbers)) < now.width[:, None]).all(axis=1)
    remembered = live & memory.shown & ~memory.seen & still
    known = ~void & (fallen | fell | small | remembered)
    waiting = live | now.withheld | (unsafe_cells["status"] == "z").to_numpy(dtype=bool)
    must_hide = memory.hidden & waiting
    columns = {name: effective[name].to_numpy(dtype=float) for name in [*PARTS, "value"]}
    changed = seen & differs(effective, unsafe_cells)
    return History(
        must_hide=must_hide,
        known=known,
        seen=seen & ~must_hide,
        before=memory.numbers,
        planned=memory.planned,
        plan=earlier.plan,
        status=effective["status"].to_numpy(dtype=object),
        held_back=int((changed & ~known & ~must_hide).sum()),
        given_away=int(known.sum()),
        redefined=memory.redefined,
        behind=int((_behind(numbers, exact, now) & seen & ~known & ~must_hide).sum()),
        **columns,
    )


def _fell(
    cells: pd.DataFrame,
    rules: Mapping[str, Rule],
    now: Judgement,
    memory: Memory,
    exact: Floats,
) -> Bools:
    """Return the cells that are small now and were so large that hiding them tells no more."""
    before = judge(cells.assign(numerator=memory.numerator, denominator=memory.denominator), rules)
    least = np.full(len(cells), np.inf)
    for one in before.ledgers:
        least = np.where(one.used, np.fmin(least, one.values), least)
    change = np.abs(np.nan_to_num(exact - memory.numbers)).max(axis=1, initial=0)
    return np.asarray(now.primary & (least >= 2 * now.width - 1) & (change >= now.width))


def _revised(
    cells: pd.DataFrame,
    structure: Structure,
    rules: Mapping[str, Rule],
    now: Judgement,
    memory: Memory,
    exact: Floats,
    seen: Bools,
    held: Bools,
) -> Floats:
    """Return the effective numbers, shape (rows, 2)."""
    kind = cells["indicator_id"].map({name: rule.kind for name, rule in rules.items()})
    revised = Revised(
        numbers=exact,
        before=memory.numbers,
        seen=seen,
        mute=memory.hidden & ~seen,
        width=now.width,
        share=(kind == "proportion").to_numpy(dtype=bool),
        averaged=kind.isin(AVERAGED).to_numpy(dtype=bool),
    )
    relations = additive_relations(structure, exact, kind.isin(ADDITIVE).to_numpy(dtype=bool))
    steps, blind = carrying_steps(relations, seen, revised.mute)

    def is_small(numbers: Floats, rows: Bools) -> Bools:
        tried = cells[rows].assign(numerator=numbers[rows, 0], denominator=numbers[rows, 1])
        small = np.zeros(len(cells), dtype=bool)
        small[rows] = judge(tried, rules).primary
        return small

    return effective_numbers(revised, relations, steps, blind, held, is_small)


def _behind(numbers: Floats, exact: Floats, now: Judgement) -> Bools:
    """Return the rows with a large number that is off by more than a tenth."""
    right = np.nan_to_num(exact)
    large = right >= LARGE * now.width[:, None]
    far = np.abs(np.nan_to_num(numbers - exact)) > BEHIND * np.maximum(right, 1.0)
    return np.asarray((large & far).any(axis=1))
