"""The law of the analyse step: nothing it makes depends on a number that is not shown."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from analysing import analysed, event, indicator, series

MADE = ("points", "findings", "forecasts", "comparisons")
AREAS = {"A": "municipality", "B": "municipality", "C": "municipality", "D": "municipality"}
SPANS = {"month": (38, 1.0), "quarter": (18, 3.0), "year": (9, 12.0), "rolling3": (36, 3.0)}
UNSHOWN = np.array(["c", "c", "c", "u", "z", "o", "x"])

DECLARED = (
    indicator("visits", season="school_year"),
    indicator("notices", "rate", scale=1000, direction="down"),
    indicator("children", "distinct_rate", scale=1000, period="quarter", cadence="quarter"),
    indicator("in_time", "proportion", scale=100, direction="context"),
    indicator("caseload", "mean"),
)
EVENTS = [
    event("2021-01-01", areas=["B"]),
    event("2021-07-01", kind="rebase", areas=["C"], indicators=["notices"]),
]


def table(seed):
    """Cells of all measures, areas and periods; every series is hidden in places of its own."""
    draw = np.random.default_rng(seed)
    rows = []
    for one in DECLARED:
        for area in AREAS:
            for period_type, (count, length) in SPANS.items():
                level = length * draw.choice([0.5, 4.0, 40.0])
                people = np.full(count, np.ceil(level * 3))
                counts = np.minimum(draw.poisson(level, count), people).astype(float)
                values = _with_holes(counts, draw)
                first = date(2016 if period_type == "year" else 2020, 1, 1)
                about = {"of": one["id"], "area": area, "period_type": period_type}
                for row, n in zip(series(values, first=first, **about), people, strict=True):
                    shown = row[8] is not None and one["kind"] != "count"
                    scaled = one.get("scale", 1) * row[8] / n if shown else row[8]
                    rows.append((*row[:7], n if shown else None, scaled, *row[9:]))
    return rows


def _with_holes(counts, draw):
    """Return the values, with statuses in a few places and sometimes at the newest one."""
    values = counts.tolist()
    share = draw.choice([0.0, 0.05, 0.3])
    holes = np.flatnonzero(draw.random(len(values)) < share).tolist()
    for place in [*holes, *([-1] if draw.random() < 0.3 else [])]:
        values[place] = str(draw.choice(UNSHOWN))
    return values


def filled(rows, seed):
    """The same cells, with invented numbers behind every hidden one."""
    draw = np.random.default_rng(seed)
    return [
        (*row[:6], *draw.integers(1, 900, 5).astype(float).tolist(), row[11])
        if row[11] in ("c", "u", "z", "x")
        else row
        for row in rows
    ]


@pytest.mark.parametrize("seed", range(6))
def test_no_number_behind_a_hidden_cell_moves_anything(seed):
    rows = table(seed)
    one, other = (
        analysed(filled(rows, 100 * seed + n), *DECLARED, events=EVENTS, area_types=AREAS)
        for n in (1, 2)
    )

    assert all(len(getattr(one, name)) for name in MADE)
    for name in MADE:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)


@pytest.mark.parametrize("seed", range(6, 8))
def test_everything_stands_on_a_shown_cell(seed):
    found = analysed(filled(table(seed), seed), *DECLARED, events=EVENTS, area_types=AREAS)
    at = ["indicator_id", "area_code", "period_type", "period_start"]
    cells = found.cells[found.cells["status"].isin(["ok", "o"])]
    shown = set(cells.loc[cells["value"].notna(), at].itertuples(index=False, name=None))
    period = {one["id"]: one["period"] for one in DECLARED}
    made = found.forecasts.assign(
        period_type=found.forecasts["indicator_id"].map(period),
        period_start=found.forecasts["made_at_period"],
    )

    for rows in (found.points, found.comparisons, made):
        assert set(rows[at].itertuples(index=False, name=None)) <= shown
