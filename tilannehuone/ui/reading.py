"""At which grain a measure can be read in an area, and where to look when it cannot be."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pandas as pd

from tilannehuone.texts import text
from tilannehuone.ui import cached

UNREADABLE = 2
"""The `badness` of a series that has no stretch to be read."""


def grains(release: Path, area_code: str, indicator_id: str) -> pd.DataFrame:
    """Return the grains of a measure in an area, the one shown by itself first."""
    found = cached.area_findings(release, area_code)
    return found[found["indicator_id"] == indicator_id].sort_values("reading_rank")


@lru_cache(maxsize=4000)
def measures(release: Path, area_code: str) -> frozenset[str]:
    """Return the measures that can be read in an area, at any grain."""
    return frozenset(readable(cached.area_findings(release, area_code))["indicator_id"])


def readable(found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `grains` whose series has a stretch that can be read."""
    return found[found["badness"] < UNREADABLE]


def instead_of(found: pd.DataFrame) -> dict[str, str]:
    """Return what is shown in place of each grain whose figures are too small to be shown.

    That is the finest coarser grain that is offered and can be read, else the best there is; a
    measure that can be read at no grain has none.
    """
    good = readable(found).sort_values(["badness", "coarseness"])
    turned = {}
    for row in cached.records(found[found["is_small"]]):
        best = pd.concat([good[good["coarseness"] > row["coarseness"]], good])
        if len(best):
            turned[str(row["period_type"])] = str(best["period_type"].iloc[0])
    return turned


def is_too_small(found: pd.DataFrame) -> bool:
    """Return whether a measure can be read at no grain in an area, since its figures are small."""
    return bool(readable(found).empty and found["is_small"].any())


def nearest_above(
    release: Path, area_code: str, indicator_id: str, period_type: str | None = None
) -> str | None:
    """Return the nearest area above that can be read, at `period_type` if one is given."""
    for code in above(cached.areas(release), area_code):
        found = readable(grains(release, code, indicator_id))
        if period_type is None and len(found):
            return code
        if period_type in set(found["period_type"]):
            return code
    return None


def grain_words(kind: str, period_type: str, lang: str) -> str:
    """Return a grain within a sentence: `at` it, or `figures` of it."""
    name = "rolling" if period_type.startswith("rolling") else period_type
    return text(f"frame.grain_{kind}_{name}", lang)


def above(areas: pd.DataFrame, area_code: str) -> Iterator[str]:
    """Yield the areas above one, the nearer first; a loop in the register ends the climb."""
    parents = areas.dropna(subset=["parent_code"])
    level, seen = [area_code], {area_code}
    while level:
        found = parents.loc[parents["area_code"].isin(level), "parent_code"]
        level = [one for one in dict.fromkeys(found) if one not in seen]
        seen.update(level)
        yield from level
