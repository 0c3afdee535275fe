"""Hidden numbers exchanged for others that agree with all that is shown.

The smallest groups (town, month, age) are solved for anew as whole numbers; every shown cell of an
additive measure is a sum of them.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from swap_world import AGES, COUNTIES, MONTHS, NUMBERS, VISITS

SETS = {town: [town] for town in VISITS} | COUNTIES | {"FI": list(VISITS)}
SPANS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
SCALES = {"visits": 1, "visits_rate": 1000, "done_share": 100, "days_mean": 1}


def groups_of(cells: pd.DataFrame) -> np.ndarray:
    """Return which of the smallest groups each cell is made of, shape (cells, groups)."""
    towns, shape = list(VISITS), (len(VISITS), len(MONTHS), len(AGES))
    made = np.zeros((len(cells), *shape))
    for row, one in enumerate(cells.itertuples()):
        first = MONTHS.index(one.period_start.date())
        ages = [AGES.index(one.category)] if one.category in AGES else range(len(AGES))
        span = range(first, first + SPANS[one.period_type])
        made[row][np.ix_([towns.index(town) for town in SETS[one.area_code]], span, ages)] = 1
    return made.reshape(len(cells), -1)


def swapped(unsafe: pd.DataFrame, hidden: pd.Series, seed=0, *, little=False) -> pd.DataFrame:
    """Return the cells with other hidden numbers, and every shown one as it is.

    A `little` swap moves as few people as can be, and nobody across the limit of a small number.
    """
    chance = np.random.default_rng(seed)
    found = unsafe.copy()
    for name in ("visits", "visits_rate", "done_share", "days_mean"):
        cells = found["indicator_id"] == name
        found.loc[cells, NUMBERS] = _solved(unsafe[cells], hidden[cells], name, chance, little)
    medians = hidden & (found["indicator_id"] == "days_median")
    found.loc[medians, "value"] += chance.integers(1, 9, int(medians.sum()))
    few = hidden & (found["indicator_id"] == "clients_share") & found["numerator"].between(0, 3)
    found.loc[few, "numerator"] += 1
    found.loc[few, "value"] = 100 * found["numerator"] / found["denominator"]
    assert found.loc[~hidden, NUMBERS].compare(unsafe.loc[~hidden, NUMBERS]).empty
    return found


def _solved(cells, hidden, name, chance, little):
    """Return numerator, denominator and value of one additive measure, solved for anew."""
    made, shown = groups_of(cells), ~hidden.to_numpy()
    part, whole = (cells[one].to_numpy(float) for one in ("numerator", "denominator"))
    new = _moved if little else _table
    numerator = new(made, part, shown, chance)
    if name == "done_share":
        whole = numerator + new(made, whole - part, shown, chance)
    elif name == "days_mean":
        whole = new(made, whole, shown, chance)
    over = np.ones(len(cells)) if name == "visits" else whole
    value = SCALES[name] * numerator / np.where(over > 0, over, np.nan)
    return np.column_stack(
        [
            np.where(shown, cells[one].to_numpy(float), other)
            for one, other in zip(NUMBERS, (numerator, whole, value), strict=True)
        ]
    )


def _table(made, numbers, shown, chance):
    """Return every cell of some table of whole numbers that agrees with those shown."""
    return made @ _whole(
        made[shown], numbers[shown], numbers[shown], chance.normal(size=made[0].size)
    )


def _moved(made, numbers, shown, chance, k=5):
    """Return every cell when one person is added to a group of hidden cells, and who must move."""
    now = _whole(made, numbers, numbers, np.zeros(made[0].size))
    small = numbers < k
    low = np.where(shown | small, np.where(shown, numbers, 0), np.maximum(k, 0))
    high = np.where(shown, numbers, np.where(small, k - 1, np.inf))
    both = np.hstack([made, -made])  # added to and taken from each group
    for group in chance.permutation(np.flatnonzero(made[~shown].any(axis=0)))[:40]:
        least, most = np.zeros(2 * now.size), np.append(np.full(now.size, np.inf), now)
        least[group], most[now.size + group] = 1, 0
        move = _whole(both, low - numbers, high - numbers, np.ones(2 * now.size), least, most)
        if move is not None:
            return numbers + both @ move
    raise AssertionError("nobody can be moved")


def _whole(rows, low, high, cost, least=0, most=np.inf):
    """Return whole numbers x with low <= rows @ x <= high of the least cost; None without any."""
    alike = np.unique(np.column_stack([rows, low, high]), axis=0)
    found = milp(
        cost,
        constraints=LinearConstraint(alike[:, :-2], alike[:, -2], alike[:, -1]),
        integrality=np.ones(len(cost)),
        bounds=Bounds(least, np.minimum(most, 10_000)),
        options={"time_limit": 20, "mip_rel_gap": 0.5},
    )
    return None if found.x is None else np.round(found.x)


def scrubbed(path: Path) -> bytes:
    """Return a release file without the random bytes that tell one file from another."""
    content = bytearray(path.read_bytes())
    for page in (0, 8192):
        content[page : page + 8] = bytes(8)  # the page's checksum
        content[page + 124 : page + 140] = bytes(16)  # the file's identifier
    return bytes(content)
