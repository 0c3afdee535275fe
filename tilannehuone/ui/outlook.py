"""What is likely to come in one area: each measure's forecast, or why there is none.

Nothing is computed of a series but what its forecast says against its target and against today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st

from tilannehuone import store_outlook
from tilannehuone.charts.lines import target_levels
from tilannehuone.charts.reading import in_view
from tilannehuone.finding import Finding
from tilannehuone.registry import Indicator
from tilannehuone.ui import cached
from tilannehuone.ui.frame import Page
from tilannehuone.ui.outlook_reasons import why_not
from tilannehuone.ui.words import as_day

Aim = Literal["fails", "edge", "open", "passes"]
Change = Literal["higher", "lower", "within"]
Group = Literal["fails", "open", "change", "same", "none"]

EMPTY = pd.DataFrame(columns=["period_start", "value", "status", "made_at_period"])
"""What there is of a measure that has no row in a table."""

GROUPS: tuple[Group, ...] = ("fails", "open", "change", "same", "none")
"""In the order of reading: what is at risk first, what cannot be forecast last."""


@dataclass(frozen=True)
class Outlook:
    """One measure of one area: what was, what may come, and how earlier forecasts held.

    `history` holds the figures that can be read, oldest first, and `ahead` the periods forecast
    from the last of them: it is empty where there is no forecast, and `reason` says why. `finding`
    is of the same series; `standing` of the grain at which the measure is shown by itself, None
    where its figures are too small to be shown at all.
    """

    indicator: Indicator
    area_code: str
    history: pd.DataFrame
    ahead: pd.DataFrame
    finding: Finding | None
    standing: Finding | None
    hits: int = 0
    tried: int = 0
    reason: str = ""

    @property
    def is_forecast(self) -> bool:
        """Whether anything is forecast."""
        return not self.ahead.empty

    @cached_property
    def now(self) -> float:
        """The latest known value, from which the forecast starts."""
        return float(self.history["value"].iloc[-1])

    @cached_property
    def end(self) -> dict[str, Any]:
        """The last period ahead: `period_start`, `point`, `lower80` and so on."""
        return cached.records(self.ahead.iloc[-1:])[0]

    @cached_property
    def target(self) -> float | None:
        """The target in force at the forecast's end; None for a measure without a better way."""
        day = as_day(self.end["period_start"])
        if day is None or self.indicator.direction == "context":
            return None
        return next(iter(target_levels(self.indicator, [day])), None)

    @cached_property
    def aim(self) -> Aim | None:
        """What the 80 % interval at the end says of the target, as the numbers are written."""
        if self.target is None:
            return None
        bounds = [self._written(self.end[name]) for name in ("lower80", "upper80")]
        target = self._written(self.target)
        worst, best = bounds if self.indicator.direction == "up" else [-one for one in bounds[::-1]]
        target = target if self.indicator.direction == "up" else -target
        if best < target:
            return "fails"
        if worst >= target:
            return "passes"
        return "edge" if best == target else "open"

    @cached_property
    def change(self) -> Change:
        """What the 80 % interval at the end says of today's value, as the numbers are written."""
        low, high, now = map(self._written, (self.end["lower80"], self.end["upper80"], self.now))
        return "higher" if low > now else "lower" if high < now else "within"

    @cached_property
    def group(self) -> Group:
        """Under which heading the measure stands."""
        if not self.is_forecast:
            return "none"
        if self.aim == "fails":
            return "fails"
        if self.aim in ("edge", "open"):
            return "open"
        return "same" if self.change == "within" else "change"

    def _written(self, value: float) -> float:
        return round(float(value), self.indicator.decimals)


def outlooks(page: Page, area_code: str) -> list[Outlook]:
    """Return every measure of an area in the registry's order."""
    return list(_all(page.release, area_code))


def has_forecast(found: Sequence[Outlook]) -> bool:
    """Return whether any measure is forecast."""
    return any(one.is_forecast for one in found)


def in_group(found: Sequence[Outlook], group: Group) -> list[Outlook]:
    """Return the measures under one heading."""
    return [one for one in found if one.group == group]


@st.cache_resource(max_entries=200, show_spinner=False)
def _all(release: Path, area_code: str) -> tuple[Outlook, ...]:
    """Return what `outlooks` does: all of it is of the release, nothing of the day."""
    key = {"area_code": area_code}
    history = _by_measure(cached.read(release, store_outlook.AREA_HISTORY, **key))
    ahead = _by_measure(cached.read(release, store_outlook.AREA_FORECASTS, **key))
    tally = cached.records(cached.read(release, store_outlook.AREA_HITS, **key))
    hits = {one["indicator_id"]: (int(one["hits"]), int(one["tried"])) for one in tally}
    grains = cached.records(cached.area_findings(release, area_code))
    told = []
    for one in cached.indicators(release).values():
        mine = [each for each in grains if each["indicator_id"] == one.id]
        was, comes = (some.get(one.id, EMPTY) for some in (history, ahead))
        told.append(_outlook((one, area_code), mine, was, comes, hits.get(one.id, (0, 0))))
    return tuple(told)


def _outlook(
    key: tuple[Indicator, str],
    grains: list[dict[str, Any]],
    history: pd.DataFrame,
    ahead: pd.DataFrame,
    held: tuple[int, int],
) -> Outlook:
    """Return one measure's outlook; `grains` are the rows of `cached.area_findings` for it.

    Only the forecast from the latest figure counts: one made before it is of a time gone by.
    """
    indicator = key[0]
    own = next((one for one in grains if one["period_type"] == indicator.period), None)
    shown = [one for one in grains if one["reading_rank"] == 1 and not one["is_small"]]
    finding: Finding | None = own["finding"] if own else None
    standing: Finding | None = shown[0]["finding"] if shown else None
    is_small = bool(own and own["is_small"])
    day = None if finding is None or is_small else finding.latest_period
    latest = pd.Timestamp.min if day is None else pd.Timestamp(day)
    known = in_view(history, own["reads_from"] if own and pd.notna(own["reads_from"]) else None)
    known = known[pd.to_datetime(known["period_start"]) <= latest]
    ahead = ahead[pd.to_datetime(ahead["made_at_period"]) == latest]
    if ahead.empty or known.empty or pd.isna(known["value"].iloc[-1]):
        reason = why_not(indicator, history, finding, is_small=is_small)
        return Outlook(*key, known, ahead.iloc[:0], finding, standing, reason=reason)
    return Outlook(*key, known, ahead, finding, standing, *held)


def _by_measure(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(name): some for name, some in rows.groupby("indicator_id", sort=False)}
