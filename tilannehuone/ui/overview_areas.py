"""Which areas stand beside the chosen one, and what they are called in a narrow column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from tilannehuone.ui import cached, options
from tilannehuone.ui.frame import Page

Part = Literal["chosen", "above", "below", "beside"]

MOST_SHORT = 12
"""A name in brackets of at most so many characters is what people call the area: (Pohde)."""

IN_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)$")


@dataclass(frozen=True, slots=True)
class Column:
    """An area of the matrix: how it stands to the chosen one, its short name and its whole one."""

    area_code: str
    part: Part
    short: str
    name: str


def columns(page: Page, area_code: str) -> list[Column]:
    """Return the chosen area, those right above it, and those below it or else beside it.

    Areas that are no more are left out; so is nothing else: one without figures has its dashes.
    """
    areas = cached.areas(page.release)
    ends = pd.to_datetime(areas["valid_to"])
    rows = areas[ends.isna() | (ends >= pd.Timestamp(page.today))]
    parents = _of(rows, "area_code", [area_code], "parent_code")
    below = _of(rows, "parent_code", [area_code], "area_code")
    beside = [] if below else _of(rows, "parent_code", parents, "area_code")
    parts: dict[str, Part] = {area_code: "chosen"}
    for part, codes in (("above", parents), ("below", below), ("beside", beside)):
        for code in codes:
            parts.setdefault(code, part)  # type: ignore[arg-type]
    names = options.names_of_areas(page)
    shorts = short_names({code: names[code] for code in parts if code in names})
    return [Column(code, parts[code], shorts[code], names[code]) for code in shorts]


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return what each area is called where there is little room; two never share a short name.

    >>> short_names({"a": "Pohjois-Pohjanmaan hyvinvointialue (Pohde)", "b": "Oulu"})
    {'a': 'Pohde', 'b': 'Oulu'}
    """
    shorts = {code: _short(name) for code, name in names.items()}
    taken = list(shorts.values())
    return {code: one if taken.count(one) == 1 else names[code] for code, one in shorts.items()}


def _of(rows: pd.DataFrame, column: str, wanted: list[str], other: str) -> list[str]:
    found = rows.loc[rows[column].isin(wanted), other].dropna()
    return list(dict.fromkeys(str(one) for one in found))


def _short(name: str) -> str:
    found = IN_BRACKETS.match(name)
    if found is None:
        return name
    return found[2] if len(found[2]) <= MOST_SHORT else found[1]
