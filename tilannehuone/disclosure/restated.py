"""The cells with other numbers than the exact ones, and the values these give."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.recall import PARTS, Memory

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def restated(
    cells: pd.DataFrame,
    numbers: Floats,
    memory: Memory,
    seen: Bools,
    scales: Mapping[str, float],
) -> pd.DataFrame:
    """Return the cells with `numbers` and the values they give."""
    given = cells[PARTS].to_numpy(dtype=float)
    top, whole = numbers[:, 0], numbers[:, 1]
    scale = cells["indicator_id"].map(dict(scales)).fillna(1.0).to_numpy(dtype=float)
    divisor = np.where(np.isfinite(given[:, 1]), whole, 1.0)
    ratio = np.divide(scale * top, divisor, out=np.full(len(top), np.nan), where=divisor > 0)
    same = ((numbers == given) | np.isnan(given)).all(axis=1)
    value = np.where(same, cells["value"].to_numpy(dtype=float), ratio)
    # a median has no numerator: it changes only together with the number of people
    median = np.isnan(given[:, 0])
    stands = seen & (whole == memory.denominator)
    exact = cells["value"].to_numpy(dtype=float)
    value = np.where(median, np.where(stands, memory.value, exact), value)
    return cells.assign(numerator=top, denominator=whole, value=value)


def differs(effective: pd.DataFrame, cells: pd.DataFrame) -> Bools:
    """Return the rows of which anything published would be another."""
    names = [*PARTS, "value", "status"]
    one, other = effective[names], cells[names]
    return np.asarray(((one != other) & ~(one.isna() & other.isna())).any(axis=1))
