"""What the verdict must know of each area, gathered from a release: one read for all of them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from tilannehuone import store_compare
from tilannehuone.charts.reading import readings
from tilannehuone.network.comparable import Facts, Verdict, verdict
from tilannehuone.registry import Indicator
from tilannehuone.ui import cached
from tilannehuone.ui.compare_regions import Member, declared, member
from tilannehuone.ui.words import as_day

BREAKS, REBASES = "break", "rebase"
UNDELIVERED = ("x", "z")


@st.cache_resource(max_entries=200, show_spinner=False)
def cells(release: Path, indicator_id: str, period_type: str) -> Mapping[str, pd.DataFrame]:
    """Return the undivided series of every area that has one, a row a period, oldest first."""
    key = {"indicator_id": indicator_id, "period_type": period_type}
    found = cached.read(release, store_compare.MEASURE_CELLS, **key)
    found = found.assign(period_start=pd.to_datetime(found["period_start"]).dt.date)
    by_area = {str(code): some.reset_index(drop=True) for code, some in found.groupby("area_code")}
    return MappingProxyType(by_area)


@st.cache_resource(max_entries=200, show_spinner=False)
def read_from(release: Path, indicator_id: str, period_type: str) -> Mapping[str, pd.Timestamp]:
    """Return from which period on each area's series can be read, of those that can be."""
    key = {"indicator_id": indicator_id, "period_type": period_type}
    found = cached.read(release, store_compare.MEASURE_CELLS, **key)
    if found.empty:
        return MappingProxyType({})
    told = found.assign(is_shown=found["value"].notna(), is_hidden=found["status"].eq("c"))
    good = readings(told, ["area_code"]).dropna(subset=["reads_from"])
    return MappingProxyType(dict(zip(good["area_code"], good["reads_from"], strict=True)))


@st.cache_resource(max_entries=200, show_spinner=False)
def facts(release: Path, indicator_id: str, period_type: str) -> Mapping[str, Facts]:
    """Return the facts of every area that has the measure, by area code."""
    types = cached.areas(release).drop_duplicates("area_code").set_index("area_code")["area_type"]
    found = {
        code: _facts(release, indicator_id, period_type, member(release, code), kind, some)
        for code, some in cells(release, indicator_id, period_type).items()
        if (kind := types.get(code)) is not None
    }
    return MappingProxyType(found)


def verdicts(
    release: Path, indicator_id: str, period_type: str, area_code: str
) -> Mapping[str, Verdict]:
    """Return the verdict of every other area beside one; empty where that has no series."""
    return _verdicts(release, indicator_id, period_type, area_code)


@st.cache_resource(max_entries=400, show_spinner=False)
def _verdicts(
    release: Path, indicator_id: str, period_type: str, area_code: str
) -> Mapping[str, Verdict]:
    known = facts(release, indicator_id, period_type)
    if area_code not in known:
        return MappingProxyType({})
    own = known[area_code]
    told = {code: verdict(own, one) for code, one in known.items() if code != area_code}
    return MappingProxyType(told)


def days_of(
    release: Path, indicator: Indicator, definition: Mapping[str, Any], area_code: str, kind: str
) -> tuple[date, ...]:
    """Return the days of the events of a kind that concern a measure in an area, in order.

    Breaks that its definition declares are among the breaks.
    """
    days = {
        one["date_from"]
        for one in cached.events(release)
        if one["kind"] == kind
        and indicator.id in (one["indicators"] or [indicator.id])
        and area_code in (one["areas"] or [area_code])
    }
    if kind == BREAKS:
        days |= {date.fromisoformat(str(one["date"])) for one in definition.get("breaks") or ()}
    return tuple(sorted(days))


def _expected(series: pd.DataFrame) -> tuple[date, ...]:
    """Return the periods that there should be a figure of: from the first that was delivered on."""
    told = list(zip(series["period_start"], series["status"], strict=True))
    first = next((n for n, (_, status) in enumerate(told) if status not in UNDELIVERED), len(told))
    return tuple(day for day, status in told[first:] if status != "z")


def _facts(
    release: Path,
    indicator_id: str,
    period_type: str,
    here: Member,
    area_type: str,
    series: pd.DataFrame,
) -> Facts:
    indicator = cached.indicators(release)[indicator_id]
    told = declared(release, here.region, indicator)
    shown = tuple(series.loc[series["value"].notna(), "period_start"])
    return Facts(
        region=here.region,
        area_code=here.area_code,
        area_type=str(area_type),
        indicator_id=indicator_id,
        definition=told.definition,
        definitions_hash=told.hash,
        systems=told.systems,
        period_type=period_type,
        latest_period=as_day(max(shown)) if shown else None,
        shown=shown,
        expected=_expected(series),
        breaks=days_of(release, indicator, told.definition, here.area_code, BREAKS),
        rebases=days_of(release, indicator, told.definition, here.area_code, REBASES),
    )
