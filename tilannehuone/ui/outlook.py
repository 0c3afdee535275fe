"""What is likely to come in one area: each measure's forecast, or why there is none.

Nothing is computed of a series but what its forecast says against its target and against today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

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


@dataclass(frozen=True, slots=True)
class Outlook:
    """One measure of one area: what was, what may come, and how earlier forecasts held.

    `history` holds the figures that can be read, oldest first, and `ahead` the periods forecast
    from the last of them: it is empty where there is no forecast, and `reason` says why. `finding`
    is of the same series; `standing` of the grain at which the measure is shown by itself, None
    where its figures are too small to be shown at all.
    """

    indicator: Indicator
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

    @property
    def now(self) -> float:
        """The latest known value, from which the forecast starts."""
        return float(self.history["value"].iloc[-1])

    @property
    def end(self) -> dict[str, Any]:
        """The last period ahead: `period_start`, `point`, `lower80` and so on."""
        return cached.records(self.ahead.iloc[-1:])[0]

    @property
    def target(self) -> float | None:
        """The target in force at the forecast's end; None for a measure without a better way."""
        day = as_day(self.end["period_start"])
        if day is None or self.indicator.direction == "context":
            return None
        return next(iter(target_levels(self.indicator, [day])), None)

    @property
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

    @property
    def change(self) -> Change:
        """What the 80 % interval at the end says of today's value, as the numbers are written."""
        low, high, now = map(self._written, (self.end["lower80"], self.end["upper80"], self.now))
        return "higher" if low > now else "lower" if high < now else "within"

    @property
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
    key = {"area_code": area_code}
    history = _by_measure(cached.read(page.release, store_outlook.AREA_HISTORY, **key))
    ahead = _by_measure(cached.read(page.release, store_outlook.AREA_FORECASTS, **key))
    hits = _by_measure(cached.read(page.release, store_outlook.AREA_HITS, **key))
    found = cached.area_findings(page.release, area_code)
    told = []
    for one in page.indicators.values():
        rows = [some.get(one.id, EMPTY) for some in (history, ahead, hits)]
        told.append(_outlook(one, found[found["indicator_id"] == one.id], *rows))
    return told


def in_group(found: Sequence[Outlook], group: Group) -> list[Outlook]:
    """Return the measures under one heading."""
    return [one for one in found if one.group == group]


def _outlook(
    indicator: Indicator,
    grains: pd.DataFrame,
    history: pd.DataFrame,
    ahead: pd.DataFrame,
    hits: pd.DataFrame,
) -> Outlook:
    """Return one measure's outlook; `grains` are the rows of `cached.area_findings` for it.

    Only the forecast from the latest figure counts: one made before it is of a time gone by.
    """
    own = cached.records(grains[grains["period_type"] == indicator.period])
    shown = cached.records(grains[(grains["reading_rank"] == 1) & ~grains["is_small"]])
    finding: Finding | None = own[0]["finding"] if own else None
    standing: Finding | None = shown[0]["finding"] if shown else None
    is_small = bool(own and own[0]["is_small"])
    latest = None if finding is None or is_small else finding.latest_period
    reads_from = own[0]["reads_from"] if own and pd.notna(own[0]["reads_from"]) else None
    known = in_view(history, reads_from)
    known = known[pd.to_datetime(known["period_start"]) <= pd.Timestamp(latest)]
    made = pd.to_datetime(ahead["made_at_period"])
    ahead = ahead[made == pd.Timestamp(latest)]
    if ahead.empty or known.empty or pd.isna(known["value"].iloc[-1]):
        reason = why_not(indicator, history, finding, is_small=is_small)
        return Outlook(indicator, known, ahead.iloc[:0], finding, standing, reason=reason)
    held = [(int(one["hits"]), int(one["tried"])) for one in cached.records(hits)] or [(0, 0)]
    return Outlook(indicator, known, ahead, finding, standing, *held[0])


def _by_measure(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(name): some for name, some in rows.groupby("indicator_id", sort=False)}
