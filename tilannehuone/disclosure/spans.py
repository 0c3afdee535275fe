"""Sums over time: which periods tile which, in months, whatever the anchor of the half-year."""

import numpy as np
import pandas as pd

LENGTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12} | {
    f"rolling{n}": n for n in range(2, 25)
}
"""Length in months; a week tiles nothing."""

SERIES = ["indicator", "area", "breakdown", "category"]


def span_pairs(keyed: pd.DataFrame, indicators: tuple[str, ...]) -> list[pd.DataFrame]:
    """Return edges from each period to the periods that tile it without gap or overlap.

    Of the finer types that tile a type, only those that no other one stands between are used: a
    year is its half-years where they start in January, else its quarters. Two types of one
    length (a quarter and the rolling window over the same months) give an equality.
    """
    found = []
    for number in range(len(indicators)):
        mine = keyed[(keyed["indicator"] == number) & (keyed["length"] > 0)]
        types = mine.drop_duplicates("period_type")
        spans = sorted(zip(types["period_type"], types["length"], strict=True), key=_rank)
        frames = {name: mine[mine["period_type"] == name] for name, _ in spans}
        tilings: dict[tuple[str, str], pd.DataFrame] = {}
        for at, (upper, long) in enumerate(spans):
            for lower, short in spans[:at]:
                if long % short == 0:
                    edges = _tiles(frames[upper], frames[lower], long, short)
                    if not edges.empty:
                        tilings[upper, lower] = edges
        for (upper, lower), edges in tilings.items():
            if not _between(upper, lower, tilings):
                what = f"{upper} of {lower}"
                family = f"{number}|time|{what}"
                found.append(edges.assign(family=family, split=what))
    return found


def add_latent_months(keyed: pd.DataFrame) -> pd.DataFrame:
    """Append the months of series whose rolling windows nothing published tiles."""
    rolling = keyed["period_type"].str.startswith("rolling")
    with_months = set(keyed.loc[keyed["period_type"] == "month", "indicator"])
    aligned = _aligned(keyed[rolling], keyed[~rolling & (keyed["length"] > 0)])
    bare = keyed[rolling & ~keyed["indicator"].isin(with_months | aligned)]
    if bare.empty:
        return keyed
    series = keyed[keyed["indicator"].isin(set(bare["indicator"])) & (keyed["length"] > 0)]
    ends = series.assign(end=series["month"] + series["length"])
    bounds = ends.groupby(SERIES, sort=True).agg(first=("month", "min"), last=("end", "max"))
    counts = (bounds["last"] - bounds["first"]).to_numpy()
    rows = bounds.loc[bounds.index.repeat(counts)].reset_index()
    steps = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    month = rows["first"].to_numpy() + steps
    latent = rows[SERIES].assign(period_type="month", month=month, length=1)
    years, parts = np.divmod(month, 12)
    latent["period_start"] = pd.to_datetime(
        pd.DataFrame({"year": years, "month": parts + 1, "day": 1})
    )
    return pd.concat([keyed, latent[keyed.columns]], ignore_index=True)


def _aligned(rolling: pd.DataFrame, fixed: pd.DataFrame) -> set[int]:
    """Return the indicators whose every rolling window starts where a fixed period does."""
    starts = set(zip(fixed["indicator"], fixed["month"], strict=True))
    windows = set(zip(rolling["indicator"], rolling["month"], strict=True))
    loose = {indicator for indicator, month in windows if (indicator, month) not in starts}
    return {indicator for indicator, _ in windows} - loose


def _between(upper: str, lower: str, tilings: dict[tuple[str, str], pd.DataFrame]) -> bool:
    """Whether a third type is tiled by `lower` and itself tiles every `upper` that `lower` does."""
    mine = set(tilings[upper, lower]["parent"])
    return any(
        top == upper
        and (middle, lower) in tilings
        and _finer(lower, middle)
        and LENGTHS[middle] < LENGTHS[upper]
        and mine <= set(edges["parent"])
        for (top, middle), edges in tilings.items()
    )


def _finer(lower: str, middle: str) -> bool:
    """Whether `lower` comes before `middle`; a rolling window does before a fixed period."""
    return _rank((lower, LENGTHS[lower])) < _rank((middle, LENGTHS[middle]))


def _rank(span: tuple[str, int]) -> tuple[int, bool, str]:
    name, length = span
    return length, not name.startswith("rolling"), name


def _tiles(upper: pd.DataFrame, lower: pd.DataFrame, long: int, short: int) -> pd.DataFrame:
    """Return (parent, child) rows of every period of `upper` that `lower` tiles completely."""
    above = upper.reset_index(names="parent")[["parent", "series", "month"]]
    below = lower.reset_index(names="child")[["child", "series", "month"]]
    shifted = [
        below.assign(month=below["month"] - offset).merge(above, on=["series", "month"])
        for offset in range(0, long, short)
    ]
    edges = pd.concat(shifted, ignore_index=True)[["parent", "child"]]
    whole = edges.groupby("parent")["child"].transform("size") == long // short
    return edges[whole]
