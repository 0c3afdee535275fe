"""One area measure by measure: its newest year, what it is set against, and the release's word.

Nothing is compared here. The words are those of the release, and where it has none nothing is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tilannehuone import store_regions, store_types
from tilannehuone.registry import Indicator
from tilannehuone.stats.benchmark import LADDERS
from tilannehuone.ui import cached, regions
from tilannehuone.ui.reading import nearest_above
from tilannehuone.ui.words import as_day, is_known

GROUP = "group"
"""The benchmark of the release's words: the common level of the areas of one type."""

TONES = {
    "better": "improvement",
    "worse": "concern",
    "higher": "neutral",
    "lower": "neutral",
    "similar": "common",
}

CLEARLY = "clearly_"


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of the area in its newest year.

    `status` is None where the measure is not published for the area. `benchmark` is the level it
    is set against, `word` how the release says it stands to the common level of its type, and
    `distance` how far it is from it in standard errors: each None where there is none.
    `others` are the shown values of the other areas of its type.
    """

    indicator: Indicator
    start: date | None
    status: str | None
    value: float | None
    lower: float | None
    upper: float | None
    denominator: float | None
    benchmark: float | None
    word: str | None
    distance: float
    others: Mapping[str, float]

    @property
    def deviates(self) -> bool:
        """Whether the release says that the area differs."""
        return self.word not in (None, "similar")


@st.cache_resource(max_entries=400, show_spinner=False)
def rows(release: Path, area_code: str, area_type: str, benchmark: str) -> tuple[Row, ...]:
    """Return every measure of the release in its order, set against `benchmark`.

    That is GROUP or the code of another area, whose own figure of the same year it is then; the
    release says no words for that.
    """
    here = area_code if regions.is_room(release) else ""
    by_measure = _by_measure(release, area_type, here)
    against = {} if benchmark == GROUP else _years(release, benchmark)
    empty = pd.DataFrame()
    return tuple(
        _row(one, by_measure.get(one.id, empty), area_code, None if benchmark == GROUP else against)
        for one in cached.indicators(release).values()
    )


@st.cache_resource(max_entries=400, show_spinner=False)
def above(release: Path, area_code: str, indicator_ids: tuple[str, ...]) -> dict[str, str]:
    """Return the nearest area above that can be read by the year, for each measure that has one."""
    found = {one: nearest_above(release, area_code, one, "year") for one in indicator_ids}
    return {one: code for one, code in found.items() if code is not None}


def has_years(release: Path, area_code: str) -> bool:
    """Return whether an area shows a yearly figure of any measure, to set another one against."""
    return bool(_years(release, area_code))


def look(word: str, indicator: Indicator) -> str:
    """Return colour role and shape of a comparison's word; the shape says above or below."""
    steps = LADDERS[indicator.direction]
    place = [str(one) for one in steps].index(word) - len(steps) // 2
    shape = "steady" if place == 0 else "high" if place > 0 else "low"
    return f"{tone(word)}.{shape}"


def tone(word: str | None) -> str:
    """Return the colour role of a comparison's word; of none, the common one."""
    return TONES.get((word or "similar").removeprefix(CLEARLY), "common")


@st.cache_resource(max_entries=60, show_spinner=False)
def _by_measure(release: Path, area_type: str, area_code: str) -> dict[str, pd.DataFrame]:
    """Return the newest year of each measure in all areas of a type, by the measure's id.

    In a network room it is the newest year of the region that `area_code` belongs to.
    """
    sql, key = store_types.TYPE_CELLS, {"area_type": area_type}
    if area_code:
        sql, key = store_regions.REGION_TYPE_CELLS, key | {"area_code": area_code}
    found = cached.read(release, sql, **key)
    return {str(name): some.set_index("area_code") for name, some in found.groupby("indicator_id")}


def _years(release: Path, area_code: str) -> dict[tuple[str, date | None], float]:
    """Return the shown yearly figures of an area by measure and first day."""
    found = cached.read(release, store_types.AREA_YEARS, area_code=area_code)
    shown = found[found["value"].notna()]
    return {
        (str(one["indicator_id"]), as_day(one["period_start"])): float(one["value"])
        for one in cached.records(shown)
    }


def _row(
    indicator: Indicator,
    found: pd.DataFrame,
    area_code: str,
    against: Mapping[tuple[str, date | None], float] | None,
) -> Row:
    if area_code not in found.index:
        return Row(indicator, None, None, None, None, None, None, None, None, 0.0, {})
    mine = found.loc[area_code]
    start = as_day(mine["period_start"])
    shown = found["value"].drop(area_code).dropna()
    common = found["baseline"].dropna()
    if against is None:
        level = float(common.iloc[0]) if len(common) else None
        is_told = isinstance(mine["word"], str) and is_known(mine["value"])
        word = str(mine["word"]) if is_told else None
    else:
        level, word = against.get((indicator.id, start)), None
    value, lower, upper, whole, z = (
        _number(mine[name]) for name in ("value", "lower95", "upper95", "denominator", "z")
    )
    return Row(
        indicator=indicator,
        start=start,
        status=str(mine["status"]),
        value=value,
        lower=lower,
        upper=upper,
        denominator=whole,
        benchmark=level,
        word=word,
        distance=abs(z or 0.0) if word else 0.0,
        others={str(code): float(one) for code, one in shown.items()},
    )


def _number(value: Any) -> float | None:
    return float(value) if is_known(value) and not pd.isna(value) else None
