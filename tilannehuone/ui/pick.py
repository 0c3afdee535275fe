"""Picking what is looked at. The address holds ids, so a link reads the same in every language.

The address is the truth: a picker shows what it says, and a choice is written to it. What was
chosen before is remembered over a change of page, whose menu empties the address.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from tilannehuone import store
from tilannehuone.registry import Indicator
from tilannehuone.texts import catalogue, text
from tilannehuone.ui import cached
from tilannehuone.ui.frame import Page, notice

ALL = "all"
DEPENDENTS = {
    "area": ("period", "breakdown"),
    "indicator": ("period", "breakdown"),
    "period": ("breakdown",),
}
"""What a new choice may leave without meaning: dropped from the address, not complained of."""

LASTING = ("area", "indicator")
"""Kept from page to page even when not chosen by hand. Grain and split are not: another area or
measure opens at the grain that can be read there, unless the reader has chosen one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One series of one release: the key of everything a trend page shows."""

    indicator: Indicator
    area_code: str
    period_type: str
    breakdown: str
    category: str

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


def area(page: Page) -> str:
    """Let the reader choose an area; return its code."""
    areas = cached.areas(page.release).drop_duplicates("area_code")
    names = area_names(areas, page.lang)
    home = page.facts["instance"].get("home_area")
    default = home if home in names else next(iter(names))
    return _picked(page, "area", list(names), default, names.__getitem__)


def series(page: Page) -> Choice:
    """Let the reader choose measure, area, grain and split; return the series."""
    columns = st.columns([5, 4, 3, 3])
    with columns[0]:
        ids = list(page.indicators)
        names = {key: one.name.in_language(page.lang) for key, one in page.indicators.items()}
        indicator_id = _picked(page, "indicator", ids, ids[0], names.__getitem__)
    with columns[1]:
        area_code = area(page)
    found = cached.area_findings(page.release, area_code)
    grains = found[found["indicator_id"] == indicator_id].sort_values("reading_rank")["period_type"]
    with columns[2]:
        period_type = _grain(page, list(grains), page.indicators[indicator_id])
    with columns[3]:
        breakdown, category = _breakdown(page, indicator_id, area_code, period_type)
    return Choice(page.indicators[indicator_id], area_code, period_type, breakdown, category)


def area_names(areas: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the name of each area by code; areas that share a name carry their type too."""
    names = areas[f"name_{lang}"]
    shared = names.duplicated(keep=False)
    types = [
        f"{name} ({area_type_name(kind, lang)})"
        for name, kind in zip(names, areas["area_type"], strict=True)
    ]
    labels = names.where(~shared, pd.Series(types, index=areas.index))
    return dict(zip(areas["area_code"], labels, strict=True))


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


def _grain(page: Page, grains: Sequence[str], indicator: Indicator) -> str:
    options = list(grains) or [indicator.period]
    order = ["week", "month", "quarter", "half_year", "year"]
    shown = sorted(options, key=lambda one: order.index(one) if one in order else 1.5)
    return _picked(page, "period", shown, options[0], lambda one: grain_name(one, page.lang))


def _breakdown(page: Page, indicator_id: str, area_code: str, period_type: str) -> tuple[str, str]:
    found = cached.read(
        page.release,
        store.CATEGORIES,
        indicator_id=indicator_id,
        area_code=area_code,
        period_type=period_type,
    )
    labels = {ALL: text("frame.breakdown_all", page.lang)}
    indicator = page.indicators[indicator_id]
    for breakdown, category in zip(found["breakdown"], found["category"], strict=True):
        named = _category(indicator, breakdown, category, page.lang)
        labels[f"{breakdown}:{category}"] = named
    picked = _picked(page, "breakdown", list(labels), ALL, labels.__getitem__)
    breakdown, _, category = picked.partition(":")
    return breakdown, category or ALL


def _category(indicator: Indicator, breakdown: str, category: str, lang: str) -> str:
    declared = next((one for one in indicator.breakdowns if one.column == breakdown), None)
    if declared is None:
        return f"{breakdown}: {category}"
    label = declared.labels.get(category)
    named = label.in_language(lang) if label else category.replace("-", "–")
    return f"{declared.name.in_language(lang)}: {named}"


def _picked(
    page: Page, name: str, options: Sequence[str], default: str, label: Callable[[str], str]
) -> str:
    """Show a picker that agrees with the address, and return the id chosen."""
    asked, memory = st.query_params.get(name), f"chosen.{name}"
    remembered = st.session_state.get(memory)
    if asked is not None and asked not in options:
        notice(page.notices, page.lang, f"bad_{name}")
    wanted = (str(one) for one in (asked, remembered, default) if one in options)
    value = next(wanted, options[0])
    widget = f"pick.{name}"
    st.session_state[widget] = value
    if name in LASTING:
        st.session_state[memory] = value
    if value not in (asked, ALL):
        st.query_params[name] = value
    title = text(f"frame.pick_{name}", page.lang)
    st.selectbox(
        title,
        options,
        key=widget,
        format_func=label,
        on_change=_remember,
        args=(name,),
        placeholder=title,
    )
    return value


def _remember(name: str) -> None:
    """Write a choice to the address and to memory; runs before the page's next run."""
    value = st.session_state[f"pick.{name}"]
    st.session_state[f"chosen.{name}"] = value
    st.query_params[name] = value
    for dependent in DEPENDENTS.get(name, ()):
        st.query_params.pop(dependent, None)
