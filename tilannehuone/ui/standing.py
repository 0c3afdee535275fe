"""Where measures stand: of each measure in an area, the one finding that is told by itself."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from tilannehuone import store, store_areas
from tilannehuone.charts.reading import readings
from tilannehuone.finding import Finding, began
from tilannehuone.ui import cached
from tilannehuone.ui.frame import Page
from tilannehuone.ui.ranked import ranked
from tilannehuone.ui.words import as_day

Standings = dict[str, Finding | None]
"""What was found of every measure published for an area, by the measure's id.

A measure whose figures are too small at every grain has nothing said of it: it is None."""


def standings(page: Page, area_code: str) -> Standings:
    """Return where the measures of one area stand, each at the grain that can be read there."""
    found = cached.area_findings(page.release, area_code)
    first = found[(found["reading_rank"] == 1) & found["indicator_id"].isin(list(page.indicators))]
    return {
        row["indicator_id"]: None if row["is_small"] else row["finding"]
        for row in cached.records(first)
    }


def beside(page: Page, codes: Sequence[str]) -> dict[str, Standings]:
    """Return the same of many areas, in one reading; an area without a series has no entry."""
    found = _areas_standings(page.release, tuple(codes))
    return {
        code: {key: one for key, one in found[code].items() if key in page.indicators}
        for code in codes
        if code in found
    }


def begun(page: Page, area_code: str, finding: Finding) -> date | None:
    """Return since when a measure's signal goes on; `finding.began` says what that means."""
    sides = _marked_sides(page.release, area_code)
    return began(finding, sides.get((finding.indicator_id, finding.period_type), ()))


@st.cache_resource(max_entries=200, show_spinner=False)
def _areas_standings(release: Path, codes: tuple[str, ...]) -> dict[str, Standings]:
    asked = {"area_codes": "\n".join(codes)}
    measure = ["area_code", "indicator_id"]
    found = cached.read(release, store_areas.AREAS_FINDINGS, **asked)
    periods = cached.read(release, store_areas.AREAS_PERIODS, **asked)
    has_plan = store.has_table(cached.connection(release), "plan")
    sql = store_areas.AREAS_PLAN if has_plan else store_areas.AREAS_UNPLANNED
    read = readings(periods, [*measure, "period_type"])
    told = ranked(found, read, cached.read(release, sql, **asked), measure)
    areas: dict[str, Standings] = {}
    for row in cached.records(told[told["reading_rank"] == 1]):
        standing = None if row["is_small"] else Finding.from_json(row["finding"])
        areas.setdefault(row["area_code"], {})[row["indicator_id"]] = standing
    return areas


@st.cache_resource(max_entries=400, show_spinner=False)
def _marked_sides(
    release: Path, area_code: str
) -> dict[tuple[str, str], list[tuple[date, str | None]]]:
    found = cached.read(release, store_areas.MARKED_SIDES, area_code=area_code)
    sides: dict[tuple[str, str], list[tuple[date, str | None]]] = {}
    for row in cached.records(found):
        day = as_day(row["period_start"])
        side = None if pd.isna(row["side"]) else str(row["side"])
        if day is not None:
            key = (row["indicator_id"], row["period_type"])
            sides.setdefault(key, []).append((day, side))
    return sides
