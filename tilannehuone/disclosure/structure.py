"""The sums a table of cells obeys, found from its keys: areas, categories and time at once.

A relation says that one cell, the parent, is what its children come to. Cells are numbered by
their row; variables beyond the rows are latent months: they are published nowhere, but rolling
windows overlap in them. Whether a family of relations really adds up (or counts distinct persons,
or repeats the last month) is not declared here: it is read off the shown numbers, as a reader
would (`relations.py`).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.area_tree import nearest_parents
from tilannehuone.disclosure.spans import LENGTHS, add_latent_months, span_pairs

Ints = NDArray[np.int64]
EDGE = ["parent", "child", "family", "split"]
MIXED = " of *"
"""Ends the name of sums over areas of several types at once: a county beside a lone town."""


@dataclass(frozen=True, eq=False)
class Structure:
    """Relations over numbered variables, children held as one long array.

    Attributes
    ----------
    parent : shape (relations,), the variable that is the total
    start, child : children of relation r are `child[start[r]:start[r + 1]]`, in time order
    family : shape (relations,), relations that hold or fail together
    families : (indicator, dimension, what) of each family
    cells : how many variables are rows of the table; the others are latent
    indicator : shape (variables,), position of each variable's indicator in `indicators`
    overlapping : shape (variables,), rolling windows that no calendar of such windows holds
    """

    parent: Ints
    start: Ints
    child: Ints
    family: Ints
    families: tuple[tuple[str, str, str], ...]
    cells: int
    indicator: Ints
    indicators: tuple[str, ...]
    overlapping: NDArray[np.bool_]

    @property
    def variables(self) -> int:
        """How many variables there are, rows and latent ones."""
        return len(self.indicator)

    @property
    def relation(self) -> Ints:
        """The relation of every entry of `child`."""
        return np.repeat(np.arange(len(self.parent)), np.diff(self.start))


def build_structure(cells: pd.DataFrame, areas: pd.DataFrame) -> Structure:
    """Return every relation among the rows of `cells`.

    Parameters
    ----------
    cells : one row a cell, with the keys of `tilannehuone.release.CELL_KEYS`; any order
    areas : area_code, area_type, parent_code, valid_from, valid_to; an area may have several rows

    Examples
    --------
    >>> keys = dict(indicator_id="a", area_code="X", period_type="month", breakdown="all")
    >>> months = [keys | dict(period_start=f"2025-0{m}-01", category="all") for m in (1, 2, 3)]
    >>> quarter = months[0] | dict(period_type="quarter")
    >>> frame = pd.DataFrame([quarter, *months])
    >>> areas = pd.DataFrame(dict(area_code=["X"], area_type=["city"], parent_code=[None],
    ...                           valid_from=[None], valid_to=[None]))
    >>> found = build_structure(frame, areas)
    >>> found.parent.tolist(), found.child.tolist(), found.families[0][1:]
    ([0], [1, 2, 3], ('time', 'quarter of month'))
    """
    keyed, indicators = _keyed(cells)
    rows = len(keyed)
    keyed = _coded(add_latent_months(keyed))
    found = [*_over_areas(keyed, areas), *_over_categories(keyed), *span_pairs(keyed, indicators)]
    edges = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=EDGE)
    return _assembled(edges, keyed, rows, indicators)


def _keyed(cells: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the rows with integer keys, and the indicators in their numbering."""
    indicator, names = pd.factorize(cells["indicator_id"], sort=True)
    start = pd.to_datetime(cells["period_start"])
    length = cells["period_type"].map(LENGTHS).fillna(0).astype(np.int64)
    month = (start.dt.year * 12 + start.dt.month - 1).astype(np.int64)
    keyed = pd.DataFrame(
        {
            "indicator": indicator.astype(np.int64),
            "area": cells["area_code"].astype(str).to_numpy(),
            "breakdown": cells["breakdown"].astype(str).to_numpy(),
            "category": cells["category"].astype(str).to_numpy(),
            "period_type": cells["period_type"].astype(str).to_numpy(),
            "period_start": start.to_numpy(),
            "month": month.to_numpy(),
            "length": length.to_numpy(),
        }
    )
    return keyed, tuple(str(name) for name in names)


def _coded(keyed: pd.DataFrame) -> pd.DataFrame:
    """Add whole numbers for what the merges compare: category, period, series."""
    category = pd.factorize(keyed["breakdown"] + "\x1f" + keyed["category"])[0]
    period = keyed.groupby(["period_type", "period_start"], sort=False).ngroup()
    area = pd.factorize(keyed["area"])[0]
    series = (keyed["indicator"] * (area.max(initial=0) + 1) + area) * (category.max(initial=0) + 1)
    return keyed.assign(slice=category, period=period.to_numpy(), series=series + category)


def _over_areas(keyed: pd.DataFrame, areas: pd.DataFrame) -> list[pd.DataFrame]:
    """Return edges from an area to the nearest areas below it that the indicator has."""
    found = []
    for indicator, mine in keyed.groupby("indicator", sort=True):
        pairs = nearest_parents(areas, frozenset(mine["area"]))
        if pairs.empty:
            continue
        keys = ["slice", "period"]
        side = mine.reset_index(names="child")[["child", "area", "period_start", *keys]]
        side = side.merge(pairs, on="area")
        valid = (side["period_start"] >= side["valid_from"]) & (
            side["period_start"] <= side["valid_to"]
        )
        side = side[valid]
        above = mine.reset_index(names="parent")[["parent", "area", *keys]]
        edges = side.merge(above.rename(columns={"area": "parent_area"}), on=["parent_area", *keys])
        tag = edges["parent_area"] + " of " + edges["area_type"]
        found.append(_edges(edges, int(str(indicator)), "area", tag))
        mixed = edges[edges.groupby("parent_area")["area_type"].transform("nunique") > 1]
        found.append(_edges(mixed, int(str(indicator)), "area", mixed["parent_area"] + MIXED))
    return found


def _over_categories(keyed: pd.DataFrame) -> list[pd.DataFrame]:
    """Return edges from a cell to its split by each breakdown."""
    keys = ["indicator", "area", "period"]
    whole = keyed[keyed["breakdown"] == "all"].reset_index(names="parent")[["parent", *keys]]
    split = keyed[keyed["breakdown"] != "all"].reset_index(names="child")
    split = split[["child", "breakdown", *keys]]
    edges = split.merge(whole, on=keys)
    return [
        _edges(mine, int(str(indicator)), "category", mine["breakdown"])
        for indicator, mine in edges.groupby("indicator", sort=True)
    ]


def _edges(edges: pd.DataFrame, indicator: int, dimension: str, what: pd.Series) -> pd.DataFrame:
    family = f"{indicator}|{dimension}|" + what.astype(str)
    return pd.DataFrame(
        {"parent": edges["parent"], "child": edges["child"], "family": family, "split": what}
    ).astype({"split": str})


def _assembled(
    edges: pd.DataFrame, keyed: pd.DataFrame, rows: int, indicators: tuple[str, ...]
) -> Structure:
    """Return the edges as arrays: sorted by relation, children in time order."""
    if not edges.empty:
        edges = edges.drop_duplicates(["family", "parent", "child"])
    code, names = pd.factorize(edges["family"], sort=True)
    parent, child = (edges[c].to_numpy(dtype=np.int64) for c in ("parent", "child"))
    order = np.lexsort((keyed["month"].to_numpy()[child], parent, code))
    parent, child, code = parent[order], child[order], code[order].astype(np.int64)
    fresh = np.ones(len(parent), dtype=bool)
    fresh[1:] = (np.diff(parent) != 0) | (np.diff(code) != 0)
    rolling = keyed["period_type"].str.startswith("rolling")
    overlaps = rolling & (keyed["month"] % keyed["length"].clip(lower=1) != 0)
    start = np.append(np.flatnonzero(fresh), len(parent)).astype(np.int64)
    return Structure(
        parent=parent[fresh],
        start=start,
        child=child,
        family=code[fresh],
        families=tuple(_named(str(name), indicators) for name in names),
        cells=rows,
        indicator=keyed["indicator"].to_numpy(),
        indicators=indicators,
        overlapping=overlaps.to_numpy(dtype=bool),
    )


def _named(family: str, indicators: tuple[str, ...]) -> tuple[str, str, str]:
    indicator, dimension, what = family.split("|", 2)
    return indicators[int(indicator)], dimension, what
