"""Areas like one's own, by what kind of area each is: size, and what no direction judges."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from tilannehuone import store_regions, store_types
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.stats.comparison import SimilarAreas, similar_areas
from tilannehuone.texts.format import number
from tilannehuone.ui import cached, options, regions
from tilannehuone.ui.area_facts import OF_PEOPLE
from tilannehuone.ui.compare import View
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.markup import table_html

COUNT = 5
LEAST_AREAS, LEAST_SHARE = 4, 0.6
"""A variable is used where so many areas of the type, and so large a share of them, show it."""
SIZE = "size"


@dataclass(frozen=True, slots=True)
class Alike:
    """The nearest areas by code, and the variables (measures, or SIZE) that nearness rests on."""

    codes: tuple[str, ...]
    found: SimilarAreas
    variables: tuple[str, ...]


@st.cache_resource(max_entries=400, show_spinner=False)
def alike(release: Path, area_code: str, indicator_id: str) -> Alike | None:
    """Return the areas of one type nearest to an area; None where too little is shown of it.

    Nearness rests on the number of people and on the newest year of the measures that judge
    nothing (`context`), the compared one left out; all weigh the same.
    """
    areas = cached.areas(release).drop_duplicates("area_code").set_index("area_code")
    kind = str(areas.loc[area_code, "area_type"])
    sql, key = store_types.TYPE_CELLS, {"area_type": kind}
    if regions.is_room(release):
        sql, key = store_regions.REGION_TYPE_CELLS, key | {"area_code": area_code}
    cells = cached.read(release, sql, **key)
    table = _variables(release, cells, indicator_id)
    if area_code not in table.index:
        return None
    shown = table.notna()
    kept = [
        name
        for name in table.columns
        if shown.loc[area_code, name]
        and shown[name].sum() >= max(LEAST_AREAS, LEAST_SHARE * len(table))
    ]
    if not kept:
        return None
    used = table[kept]
    found = similar_areas(used.to_numpy(float), list(used.index).index(area_code), count=COUNT)
    codes = tuple(str(used.index[one]) for one in found.positions)
    return Alike(codes, found, tuple(kept)) if codes else None


def section_html(page: Page, shown: View) -> str:
    """Return the areas like the own one under their heading; empty where there are none."""
    found = alike(page.release, shown.own, shown.indicator.id)
    if found is None:
        return ""
    told = "".join(f'<p class="th-note">{escape(one)}</p>' for one in notes(page, found))
    link = address("compare", **_beside(page, shown, found))
    way = f'<a href="{link}" target="_self">{escape(page.text("similar_show"))}</a>'
    heading = f"<h2>{escape(page.text('similar'))}</h2>"
    return (
        f'<section class="th-section th-compare-similar" lang="{page.lang}">{heading}'
        f'{told}{table_html(table(page, shown, found), page.lang)}<p class="th-note">{way}</p>'
        "</section>"
    )


def notes(page: Page, of: Alike) -> list[str]:
    """Return what nearness rests on, and how many areas it could be told of."""
    names = ", ".join(_variable(page, one) for one in of.variables)
    count = of.found.compared
    left = len(of.found.left_out)
    more = [page.text("similar_left", count=left)] if left else []
    return [page.text("similar_note", variables=names, count=count), *more]


def table(page: Page, shown: View, of: Alike) -> Table:
    """Return the nearest areas with their distances, the nearest first."""
    names = options.names_of_areas(page)
    columns = (Column(page.text("col_area")), Column(page.text("col_distance"), numeric=True))
    rows = tuple(
        (Cell(names[code]), Cell(number(distance, page.lang, 2), number=distance))
        for code, distance in zip(of.codes, of.found.distances, strict=True)
    )
    return Table(page.text("similar_caption", area=shown.own_name), columns, rows)


def _beside(page: Page, shown: View, of: Alike) -> dict[str, str]:
    told = {"lang": page.lang} | {k: v for k, v in shown.address.items() if k != "with"}
    return told | {"with": ",".join(of.codes)}


def _variable(page: Page, name: str) -> str:
    if name == SIZE:
        return page.text("similar_size")
    return page.indicators[name].name.in_language(page.lang)


def _variables(release: Path, cells: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    """Return what is known of each area of a type: a row an area, a column a variable."""
    measures = cached.indicators(release)
    people = cells[cells["indicator_id"].isin(
        [one.id for one in measures.values() if one.kind in OF_PEOPLE])]  # fmt: skip
    most = people.groupby("area_code")["denominator"].max()
    context = [one.id for one in measures.values()
               if one.direction == "context" and one.id != indicator_id]  # fmt: skip
    wide = cells[cells["indicator_id"].isin(context)].pivot_table(
        index="area_code", columns="indicator_id", values="value", aggfunc="first"
    )
    wide = wide.reindex(sorted(set(cells["area_code"])))
    wide.insert(0, SIZE, np.log(most.where(most > 0)).reindex(wide.index))
    return wide
