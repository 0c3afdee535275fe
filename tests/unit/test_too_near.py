"""A part that leaves too few of its whole is hidden; a part without cells stops nothing."""

import numpy as np
import pandas as pd
import pytest

from pipelines.covering import too_near
from tilannehuone.disclosure import Rule

RULES = {"part": Rule(k=5), "whole": Rule(k=5)}
WHOLES = {"part": "whole", "whole": None}


def cells(part, whole):
    """Return the cells of a part and its whole in one area, a number a month; NaN is no cell."""
    months = pd.date_range("2024-01-01", periods=len(whole), freq="MS")
    rows = [
        ("part" if one is part else "whole", "A", "month", month, "all", "all", number)
        for one in (part, whole)
        for month, number in zip(months, one, strict=True)
        if not np.isnan(number)
    ]
    names = ["indicator_id", "area_code", "period_type", "period_start", "breakdown", "category"]
    return pd.DataFrame(rows, columns=[*names, "numerator"])


@pytest.mark.parametrize(("part", "is_hidden"), [(41.0, True), (36.0, False), (0.0, False)])
def test_a_part_is_hidden_where_fewer_than_k_are_left(part, is_hidden):
    assert too_near(cells([part], [41.0]), WHOLES, RULES).tolist() == [is_hidden, False]


def test_a_part_without_any_cell_of_its_whole_hides_nothing():
    assert not too_near(cells([np.nan, 3.0], [9.0, np.nan]), WHOLES, RULES).any()
