"""The map: one measure in one period over all areas of one type, in the release's own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tilannehuone import store_types
from tilannehuone.registry import Indicator
from tilannehuone.ui import cached, comparability, regions
from tilannehuone.ui.frame import Page, notice
from tilannehuone.ui.words import as_day, is_known

YEAR = "year"
WORDS, VALUES = "word", "value"


@dataclass(frozen=True, slots=True)
class Place:
    """One area: its figure, or the status that says why there is none, and the release's word."""

    code: str
    name: str
    value: float | None
    status: str
    word: str | None

    @property
    def deviates(self) -> bool:
        """Whether the release says that the area differs."""
        return self.word not in (None, "similar")


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows. `types` and `starts` are what there is to choose from."""

    indicator: Indicator
    area_type: str
    types: tuple[str, ...]
    grain: str
    start: date
    starts: tuple[date, ...]
    by: str
    baseline: float | None
    places: tuple[Place, ...]
    here: str

    @property
    def has_words(self) -> bool:
        """Whether the release compares these areas in this period."""
        return any(one.word for one in self.places)

    @property
    def address(self) -> dict[str, str]:
        """The ids by which an address names this view."""
        found = {"indicator": self.indicator.id, "type": self.area_type}
        found |= {"year": mark(self.grain, self.start), "by": self.by}
        return found | ({"area": self.here} if self.here else {})


def view(page: Page, indicator_id: str, query: Mapping[str, str]) -> View | None:
    """Return what an address asks for, None where the measure has no areas beside each other.

    What it names wrongly falls to the usual: the type of the home area, the newest year, words
    where the release has them. Years are looked at, or the longest periods of a measure that has
    no years.
    """
    periods = cached.read(page.release, store_types.MAP_PERIODS, indicator_id=indicator_id)
    periods = periods[periods["areas"] > 1]
    if periods.empty:
        return None
    types = _types(page, periods)
    area_type = _asked(page, query, "type", types, _home_type(page, types))
    of_type = periods[periods["area_type"] == area_type]
    grains = set(of_type["period_type"])
    grain = YEAR if YEAR in grains else str(of_type.groupby("period_type").size().idxmin())
    days = of_type.loc[of_type["period_type"] == grain, "period_start"]
    by_mark = {mark(grain, one): one for one in map(as_day, days) if one}
    newest = list(by_mark)[-1]
    start = by_mark[_asked(page, query, "year", tuple(by_mark), newest)]
    key = (indicator_id, area_type, grain, start.isoformat())
    places, level = _places(page.release, page.lang, *key)
    ways = (WORDS, VALUES) if any(one.word for one in places) else (VALUES,)
    return View(
        page.indicators[indicator_id],
        area_type,
        types,
        grain,
        start,
        tuple(by_mark.values()),
        _asked(page, query, "by", (WORDS, VALUES), ways[0]) if len(ways) > 1 else VALUES,
        level,
        places,
        query.get("area", ""),
    )


def mark(grain: str, start: date) -> str:
    """Return how an address names a period: a year as such, another by its first day."""
    return str(start.year) if grain == YEAR else start.isoformat()


def _types(page: Page, periods: pd.DataFrame) -> tuple[str, ...]:
    """Return the types of area that can be chosen, the largest areas first as in the register."""
    there = set(periods["area_type"])
    return tuple(
        one for one in dict.fromkeys(cached.areas(page.release)["area_type"]) if one in there
    )


def _home_type(page: Page, types: tuple[str, ...]) -> str:
    areas = cached.areas(page.release)
    home = areas.loc[areas["area_code"] == page.facts["instance"].get("home_area"), "area_type"]
    return next((str(one) for one in home if one in types), types[-1])


def _asked(
    page: Page, query: Mapping[str, str], name: str, known: tuple[str, ...], default: str
) -> str:
    """Return what the address asks for if it is known, else the usual one, with a notice."""
    asked = query.get(name, default)
    if asked not in known:
        notice(page.notices, page.lang, f"bad_{name}")
    return asked if asked in known else default


@st.cache_resource(max_entries=400, show_spinner=False)
def _places(
    release: Path, lang: str, indicator_id: str, area_type: str, grain: str, start: str
) -> tuple[tuple[Place, ...], float | None]:
    """Return every area of the type in the register's order, and their common level.

    An area without a cell has none to tell of: the measure does not apply to it, or in a network
    room its region has sent nothing as new.
    """
    found = cached.read(
        release,
        store_types.MAP_CELLS,
        indicator_id=indicator_id,
        area_type=area_type,
        period_type=grain,
        period_start=start,
    )
    areas = cached.areas(release).drop_duplicates("area_code")
    mine = areas[areas["area_type"] == area_type]
    cells = {str(one["area_code"]): one for one in cached.records(found)}
    late = _late(release, indicator_id, grain, date.fromisoformat(start))
    places = tuple(
        Place(
            str(code),
            str(name),
            float(one["value"]) if is_known(one["value"]) else None,
            str(one["status"]),
            one["word"] if isinstance(one["word"], str) and is_known(one["value"]) else None,
        )
        for code, name, one in (
            (code, name, cells.get(str(code)) or _nothing("o" if code in late else "z"))
            for code, name in zip(mine["area_code"], mine[f"name_{lang}"], strict=True)
        )
    )
    level = next((float(one) for one in found["baseline"] if is_known(one)), None)
    return places, level


def _nothing(status: str) -> dict[str, Any]:
    return {"value": None, "status": status, "word": None}


def _late(release: Path, indicator_id: str, grain: str, start: date) -> set[str]:
    """Return the areas of a network room whose region has sent nothing as new as a period."""
    if not regions.is_room(release):
        return set()
    sent = comparability.cells(release, indicator_id, grain)
    return {code for code, some in sent.items() if some["period_start"].max() < start}
