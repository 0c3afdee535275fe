"""Picking what is looked at. The address holds ids, so a link reads the same in every language.

The address is the truth: a picker shows what it says, and a choice is written to it. What was
chosen before is remembered over a change of page, whose menu empties the address.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from tilannehuone import store
from tilannehuone.registry import Indicator
from tilannehuone.texts import catalogue, text
from tilannehuone.ui import cached, reading
from tilannehuone.ui.frame import Page, notice

ALL = "all"
NOTHING: Mapping[str, str] = {}
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
    """One series of one release: the key of everything a trend page shows.

    `asked` is the grain that was asked for; `period_type` another one where the figures of that
    are too small to be shown. `left_out` counts the categories that are so at this grain.
    """

    indicator: Indicator
    area_code: str
    period_type: str
    breakdown: str
    category: str
    asked: str
    left_out: int

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
    grains = reading.grains(page.release, area_code, indicator_id)
    with columns[2]:
        asked, period_type = _grain(page, grains, page.indicators[indicator_id])
    with columns[3]:
        picked, left_out = _breakdown(page, indicator_id, area_code, period_type)
    breakdown, _, category = picked.partition(":")
    key = (area_code, period_type, breakdown, category or ALL)
    return Choice(page.indicators[indicator_id], *key, asked, left_out)


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


def _grain(page: Page, found: pd.DataFrame, indicator: Indicator) -> tuple[str, str]:
    """Return the grain asked for and the one to show; the picker marks those too small."""
    small = set(found.loc[found["is_small"], "period_type"])
    shown = list(found.sort_values("coarseness")["period_type"]) or [indicator.period]
    instead = reading.instead_of(found)
    default = next(iter(found["period_type"]), indicator.period)

    def label(grain: str) -> str:
        name = grain_name(grain, page.lang)
        return text("frame.grain_small", page.lang, grain=name) if grain in small else name

    asked = _picked(page, "period", shown, default, label, instead=instead)
    return asked, instead.get(asked, asked)


def _breakdown(page: Page, indicator_id: str, area_code: str, period_type: str) -> tuple[str, int]:
    """Return the category picked, with its breakdown, and how many are too small to be offered."""
    found = cached.series_readings(
        page.release,
        store.CATEGORY_PERIODS,
        ("breakdown", "category"),
        indicator_id=indicator_id,
        area_code=area_code,
        period_type=period_type,
    )
    indicator, labels, small = page.indicators[indicator_id], {}, set()
    for one in cached.records(found):
        key = f"{one['breakdown']}:{one['category']}"
        if one["is_small"]:
            small.add(key)
        else:
            labels[key] = _category(indicator, one["breakdown"], one["category"], page.lang)
    labels = {ALL: text("frame.breakdown_all", page.lang), **labels}
    picked = _picked(page, "breakdown", list(labels), ALL, labels.__getitem__, small=small)
    return picked, len(small)


def _category(indicator: Indicator, breakdown: str, category: str, lang: str) -> str:
    declared = next((one for one in indicator.breakdowns if one.column == breakdown), None)
    if declared is None:
        return f"{breakdown}: {category}"
    label = declared.labels.get(category)
    named = label.in_language(lang) if label else category.replace("-", "–")
    return f"{declared.name.in_language(lang)}: {named}"


def _picked(
    page: Page,
    name: str,
    options: Sequence[str],
    default: str,
    label: Callable[[str], str],
    *,
    instead: Mapping[str, str] = NOTHING,
    small: Collection[str] = (),
) -> str:
    """Show a picker that agrees with the address, and return the id chosen.

    An option in `instead` can be chosen, but the picker then shows the other one that is looked
    at in its place. `small` are known ids that are no options, since their figures are small.
    """
    asked, memory = st.query_params.get(name), f"chosen.{name}"
    remembered = st.session_state.get(memory)
    if asked is not None and asked not in options:
        notice(page.notices, page.lang, f"{'small' if asked in small else 'bad'}_{name}")
    wanted = (str(one) for one in (asked, remembered, default) if one in options)
    value = next(wanted, options[0])
    widget = f"pick.{name}"
    st.session_state[widget] = instead.get(value, value)
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
