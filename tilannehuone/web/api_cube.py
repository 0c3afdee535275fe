"""Cells as a cube in the reader's language: which sides it has, and what they are called."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from tilannehuone import store
from tilannehuone.exports import jsonstat
from tilannehuone.exports.jsonstat import About, Dimension, Unit
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import period
from tilannehuone.ui.options import area_type_name
from tilannehuone.ui.rounded import rounded_lines
from tilannehuone.ui.words import STATUSES, status_legend
from tilannehuone.web.api_problem import Refused
from tilannehuone.web.api_tables import declared, definitions
from tilannehuone.web.api_vintage import Opened

MOST_PLACES = 500_000
"""Of a cube; a sparse one is much larger than the cells in it."""

METRIC, AREA, CATEGORY, TIME = "ContentsCode", "area", "category", "time"
"""The sides; the first is named as PxWeb names what is measured."""

ALL = "all"
COARSENESS = {"week": 0, "month": 1, "quarter": 3, "half_year": 4, "year": 5}
LETTERS = {"month": "M", "half_year": "H"}


def cube(opened: Opened, lang: str, cells: pd.DataFrame, href: str) -> dict[str, Any]:
    """Return the cells as a JSON-stat dataset.

    Raises
    ------
    Refused
        404 where there are no cells, 422 where the cube would be too large.
    """
    if cells.empty:
        raise Refused("no_cells", 404)
    measures = definitions(opened)
    placed = cells.assign(area=cells["area_code"], split=cells["category"])
    placed[METRIC] = cells["indicator_id"]
    placed[CATEGORY] = _split(cells["breakdown"], cells["category"])
    placed[TIME] = _codes(cells["period_type"], cells["period_start"])
    sides = [
        _metric(placed, measures, lang),
        _areas(opened, placed, lang),
        _categories(placed, measures, lang),
        _times(placed, lang),
    ]
    if jsonstat.size_of(sides) > MOST_PLACES:
        raise Refused("too_large", 422, most=MOST_PLACES)
    return jsonstat.dataset(placed, sides, _about(opened, lang, measures, placed, href))


def time_code(period_type: str, start: date) -> str:
    """Return a period's code: PxWeb's where it has one.

    Of a half-year the first month is told, since some begin in April; of a rolling window its
    start and length as ISO 8601 writes them.

    >>> time_code("month", date(2025, 1, 1)), time_code("half_year", date(2025, 4, 1))
    ('2025M01', '2025H04')
    >>> time_code("rolling12", date(2025, 2, 1)), time_code("week", date(2024, 12, 30))
    ('2025-02-01/P12M', '2025W01')
    """
    if period_type == "year":
        return str(start.year)
    if period_type == "week":
        year, week, _ = start.isocalendar()
        return f"{year}W{week:02}"
    if period_type == "quarter":
        return f"{start.year}Q{(start.month + 2) // 3}"
    if period_type in LETTERS:
        return f"{start.year}{LETTERS[period_type]}{start.month:02}"
    return f"{start.isoformat()}/P{period_type.removeprefix('rolling')}M"


def _metric(placed: pd.DataFrame, measures: Mapping[str, Any], lang: str) -> Dimension:
    found = set(placed[METRIC])
    used = {code: one for code, one in measures.items() if code in found}
    labels = {code: one["name"][lang] for code, one in used.items()}
    units = {code: Unit(one["unit"][lang], one.get("decimals", 1)) for code, one in used.items()}
    return Dimension(METRIC, text("api.side_metric", lang), labels, "metric", units)


def _areas(opened: Opened, placed: pd.DataFrame, lang: str) -> Dimension:
    found = opened.read(store.AREAS).drop_duplicates("area_code")
    used = found[found["area_code"].isin(placed[AREA])]
    names = used[f"name_{lang}"]
    kinds = used["area_type"].map(lambda one: area_type_name(one, lang))
    told = names.where(~names.duplicated(keep=False), names + " (" + kinds + ")")
    labels = dict(zip(used["area_code"], told, strict=True))
    return Dimension(AREA, text("api.side_area", lang), labels, "geo")


def _categories(placed: pd.DataFrame, measures: Mapping[str, Any], lang: str) -> Dimension:
    splits = sorted(set(zip(placed["breakdown"], placed["split"], strict=True)), key=_all_first)
    told = [one for code in measures for one in measures[code].get("breakdowns", ())]
    declared = {one["column"]: one for one in reversed(told)}
    labels = {_code(*one): _named(*one, declared, lang) for one in splits}
    return Dimension(CATEGORY, text("api.side_category", lang), labels)


def _times(placed: pd.DataFrame, lang: str) -> Dimension:
    found = placed.drop_duplicates(TIME).sort_values(["period_type", "period_start"])
    rows = list(zip(found[TIME], found["period_type"], found["period_start"], strict=True))
    rows.sort(key=lambda one: (COARSENESS.get(one[1], 2), one[1], one[2]))
    labels = {code: period(kind, start.date(), lang) for code, kind, start in rows}
    return Dimension(TIME, text("api.side_time", lang), labels, "time")


def _about(
    opened: Opened, lang: str, measures: Mapping[str, Any], placed: pd.DataFrame, href: str
) -> About:
    facts, found = opened.release.facts, set(placed[METRIC])
    used = [one for code, one in measures.items() if code in found]
    indicators = declared(used)
    name = facts["instance"]["name"]
    label = used[0]["name"][lang] if len(used) == 1 else text("api.several", lang, count=len(used))
    notes = [f"{one['name'][lang]}: {one['definition'][lang]}" for one in used]
    return About(
        label=label,
        source=str(name[lang] if isinstance(name, Mapping) else name),
        updated=opened.vintage.built_at.isoformat().replace("+00:00", "Z"),
        href=href,
        notes=[*notes, *rounded_lines(indicators, lang), text("api.note_hidden", lang)],
        statuses=status_words(indicators, lang),
        extension={
            "release_id": opened.vintage.id,
            "definitions_hash": {one["id"]: one["hash"] for one in used},
        },
    )


def status_words(indicators: Iterable[Indicator], lang: str) -> dict[str, str]:
    """Return what each status means, of these measures."""
    words: dict[str, list[str]] = {}
    for code, told in status_legend(lang, STATUSES, *indicators):
        words.setdefault(code, []).append(told)
    told_once = {code: " ".join(some) for code, some in words.items()}
    return {**told_once, jsonstat.ABSENT: text("api.status_absent", lang)}


def _codes(kinds: pd.Series, starts: pd.Series) -> list[str]:
    known: dict[tuple[str, Any], str] = {}
    for key in zip(kinds, starts, strict=True):
        known.setdefault(key, time_code(key[0], key[1].date()))
    return [known[key] for key in zip(kinds, starts, strict=True)]


def _split(breakdowns: pd.Series, categories: pd.Series) -> list[str]:
    return [_code(*one) for one in zip(breakdowns, categories, strict=True)]


def _code(breakdown: str, category: str) -> str:
    return ALL if breakdown == ALL else f"{breakdown}:{category}"


def _all_first(split: tuple[str, str]) -> tuple[bool, tuple[str, str]]:
    return split[0] != ALL, split


def _named(breakdown: str, category: str, declared: Mapping[str, Any], lang: str) -> str:
    if breakdown == ALL:
        return text("frame.breakdown_all", lang)
    one = declared.get(breakdown)
    if one is None:
        return f"{breakdown}: {category}"
    label = one.get("labels", {}).get(category)
    return f"{one['name'][lang]}: {label[lang] if label else category}"
