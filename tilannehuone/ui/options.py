"""What can be looked at, and what is: the series that an address names.

The address holds ids, so a link reads the same in every language. What it leaves out or names
wrongly falls to the nearest that there is.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from tilannehuone import store
from tilannehuone.registry import Indicator
from tilannehuone.texts import catalogue, text
from tilannehuone.ui import cached, reading, regions
from tilannehuone.ui.frame import Page

ALL = "all"


@dataclass(frozen=True, slots=True)
class Options:
    """What one picker offers: ids with their labels, and the one it opens at.

    An id in `instead` can be asked for, but the other one is looked at in its place. `small` are
    known ids that are no options, since their figures are too small. `is_quiet` leaves the default
    out of the address.
    """

    name: str
    labels: Mapping[str, str]
    default: str
    instead: Mapping[str, str] = field(default_factory=dict)
    small: Collection[str] = ()
    is_quiet: bool = False

    def nearest(self, *asked: str | None) -> str:
        """Return the first of `asked` that is an option, else the default, else the first."""
        wanted = (one for one in (*asked, self.default) if one is not None and one in self.labels)
        return next(wanted, next(iter(self.labels)))


@dataclass(frozen=True, slots=True)
class Choice:
    """One series of one release: the key of everything a trend page shows.

    `asked` is the grain that was asked for; `period_type` another one where the figures of that
    are too small to be shown.
    """

    indicator: Indicator
    area_code: str
    period_type: str
    breakdown: str
    category: str
    asked: str

    @property
    def key(self) -> dict[str, str]:
        """The names and values that the store's SQL asks for."""
        return {
            "indicator_id": self.indicator.id,
            "area_code": self.area_code,
            "period_type": self.period_type,
            "breakdown": self.breakdown,
            "category": self.category,
        }

    @property
    def siblings_key(self) -> dict[str, str]:
        """The same without the area: the series that every area has of its own."""
        return {name: value for name, value in self.key.items() if name != "area_code"}

    @property
    def address(self) -> dict[str, str]:
        """The ids by which an address names this choice."""
        split = "" if self.breakdown == ALL else f"{self.breakdown}:{self.category}"
        found = {"indicator": self.indicator.id, "area": self.area_code, "period": self.asked}
        return found | ({"breakdown": split} if split else {})


def choice_of(page: Page, query: Mapping[str, str]) -> Choice:
    """Return the series that an address names, as `pick.series` does with pickers."""
    area_code = areas(page).nearest(query.get("area"))
    indicator_id = indicators(page, area_code).nearest(query.get("indicator"))
    grain = grains(page, area_code, indicator_id)
    asked = grain.nearest(query.get("period"))
    shown = grain.instead.get(asked, asked)
    wanted = query.get("breakdown")
    splits = breakdowns(page, indicator_id, area_code, shown) if wanted else None
    picked = splits.nearest(wanted) if splits else ALL
    return chosen(page, indicator_id, area_code, asked, shown, picked)


def chosen(
    page: Page,
    indicator_id: str,
    area_code: str,
    asked: str,
    period_type: str,
    picked: str,
) -> Choice:
    """Return the choice whose split is `picked`, as `<breakdown>:<category>` or ALL."""
    breakdown, _, category = picked.partition(":")
    key = (area_code, period_type, breakdown, category or ALL)
    return Choice(
        regions.aimed(page.release, page.indicators[indicator_id], area_code), *key, asked
    )


def areas(page: Page) -> Options:
    """Return the areas the reader may open; the instance's home is where one begins."""
    opened, names = page.person.open_areas, names_of_areas(page)
    if opened is not None:
        names = {code: name for code, name in names.items() if code in opened}
    home = page.facts["instance"].get("home_area")
    return Options("area", names, home if home in names else next(iter(names)))


def indicators(page: Page, area_code: str = "") -> Options:
    """Return all measures in the registry's order; it opens at the first that an area has.

    A region of a network room may have no figures of what another one declares first.
    """
    names = {key: one.name.in_language(page.lang) for key, one in page.indicators.items()}
    known = reading.measures(page.release, area_code) if area_code else frozenset()
    return Options(
        "indicator", names, next((one for one in names if one in known), next(iter(names)))
    )


def grains(page: Page, area_code: str, indicator_id: str) -> Options:
    """Return the grains a measure is published at in an area; those too small are marked."""
    return _grains(page.release, page.lang, area_code, indicator_id)


@lru_cache(maxsize=4000)
def _grains(release: Path, lang: str, area_code: str, indicator_id: str) -> Options:
    found = reading.grains(release, area_code, indicator_id)
    small = set(found.loc[found["is_small"], "period_type"])
    finest = cached.indicators(release)[indicator_id].period
    shown: Sequence[str] = list(found.sort_values("coarseness")["period_type"]) or [finest]
    names = {one: grain_name(one, lang) for one in shown}
    marked = {
        one: text("frame.grain_small", lang, grain=name) if one in small else name
        for one, name in names.items()
    }
    default = next(iter(found["period_type"]), finest)
    return Options("period", marked, default, instead=reading.instead_of(found))


def breakdowns(page: Page, indicator_id: str, area_code: str, period_type: str) -> Options:
    """Return the total and all categories that can be read, as `<breakdown>:<category>`."""
    return _breakdowns(page.release, page.lang, indicator_id, area_code, period_type)


@lru_cache(maxsize=4000)
def _breakdowns(
    release: Path, lang: str, indicator_id: str, area_code: str, period_type: str
) -> Options:
    key = {"indicator_id": indicator_id, "area_code": area_code, "period_type": period_type}
    parts = ("breakdown", "category")
    found = cached.series_readings(release, store.CATEGORY_PERIODS, parts, **key)
    labels, small = {ALL: text("frame.breakdown_all", lang)}, set()
    indicator = cached.indicators(release)[indicator_id]
    for one in cached.records(found):
        name = f"{one['breakdown']}:{one['category']}"
        if one["is_small"]:
            small.add(name)
        else:
            labels[name] = _category(indicator, one["breakdown"], one["category"], lang)
    return Options("breakdown", labels, ALL, small=small)


def names_of_areas(page: Page) -> Mapping[str, str]:
    """Return the name of every area by its code; areas that share a name carry their type too.

    Those above the reader's own are among them, for comparison.
    """
    return _names_of_areas(page.release, page.lang)


@lru_cache(maxsize=16)
def _names_of_areas(release: Path, lang: str) -> Mapping[str, str]:
    areas = cached.areas(release).drop_duplicates("area_code")
    names = areas[f"name_{lang}"]
    shared = names.duplicated(keep=False)
    types = [
        f"{name} ({area_type_name(kind, lang)})"
        for name, kind in zip(names, areas["area_type"], strict=True)
    ]
    labels = names.where(~shared, pd.Series(types, index=areas.index))
    return MappingProxyType(dict(zip(areas["area_code"], labels, strict=True)))


def category_name(choice: "Choice", lang: str) -> str:
    """Return the name of the chosen category, with that of its breakdown; empty for the total."""
    if choice.breakdown == ALL:
        return ""
    return _category(choice.indicator, choice.breakdown, choice.category, lang)


def area_type_name(area_type: str, lang: str) -> str:
    """Return what people call a type of area; the declared id where no text is known."""
    return catalogue(lang).get(f"frame.area_type_{area_type}", area_type.replace("_", " "))


def grain_name(period_type: str, lang: str) -> str:
    """Return what people call a grain: a month, a quarter, a window of twelve months."""
    months = period_type.removeprefix("rolling")
    if months.isdigit():
        return text("frame.grain_rolling", lang, months=months)
    return text(f"frame.grain_{period_type}", lang)


def _category(indicator: Indicator, breakdown: str, category: str, lang: str) -> str:
    declared = next((one for one in indicator.breakdowns if one.column == breakdown), None)
    if declared is None:
        return f"{breakdown}: {category}"
    label = declared.labels.get(category)
    named = label.in_language(lang) if label else category.replace("-", "–")
    return f"{declared.name.in_language(lang)}: {named}"
