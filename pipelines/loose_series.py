"""`tilannehuone spc FILE`: the XmR chart of any file of a period and a value.

In:  a CSV with two columns, on the analyst's own machine; nothing of it is kept
Out: `LooseChart`: the series and what was found in it; `record` of it for a machine

A period between the first and the last that is not in the file is unknown, so no moving range
reaches across it.
"""

from dataclasses import asdict, dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.loose.series import LooseSeries
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.finding import Evidence, Finding, NewLevel, Seen, Series, find
from tilannehuone.registry import Direction
from tilannehuone.stats.power import Change, detectability
from tilannehuone.stats.season import MIN_MONTHS, Season, school_year_factors
from tilannehuone.stats.spc import SpcResult, analyse
from tilannehuone.stats.spc_limits import Floats
from tilannehuone.stats.spc_suggest import Suggestion, suggest_rebase

LINES = ("centre", "lower", "upper", "near_lower", "near_upper")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a loose series is to be charted: the options of the command.

    `rebase` holds periods as a person writes them. `season` takes the holidays of the school year
    into account.
    """

    direction: Direction = "context"
    target: float | None = None
    rebase: tuple[str, ...] = ()
    baseline: int | None = None
    screen: bool = True
    season: bool = False


@dataclass(frozen=True, slots=True)
class LooseChart:
    """What was found in a loose series.

    `factors` are those that the values were divided by before the analysis: 1 without a season,
    NaN in a holiday month that is left out. The limits of `result` are of ordinary months; times
    the factor they are those to draw.
    """

    series: LooseSeries
    wanted: Wanted
    result: SpcResult
    finding: Finding
    suggestion: Suggestion | None
    season: Season | None
    factors: Floats


def chart(series: LooseSeries, wanted: Wanted, file: Path) -> LooseChart:
    """Return the XmR chart of a series.

    Raises
    ------
    ExtractRejected
        When a rebase names no period of the file, or the season cannot be had: the periods are no
        months, the baseline is under 24 of them, or a value is negative.
    """
    season = _season(series, wanted, file) if wanted.season else None
    factors = np.ones(len(series.values)) if season is None else season.of(series.months)
    values = series.values / factors
    result = analyse(
        values,
        direction=wanted.direction,
        target=wanted.target,
        rebase=_rebases(series, wanted, file),
        baseline=wanted.baseline,
        screen=wanted.screen,
    )
    suggestion = suggest_rebase(values, result)
    finding = find(
        _cells(series),
        result,
        direction=wanted.direction,
        target=wanted.target,
        evidence=Evidence(
            seen=_seen(result),
            new_level=_new_level(series, suggestion) if suggestion else None,
            seasonal=bool((values != series.values)[~np.isnan(series.values)].any()),
        ),
    )
    return LooseChart(series, wanted, result, finding, suggestion, season, factors)


def _season(series: LooseSeries, wanted: Wanted, file: Path) -> Season | None:
    if series.spans.period_type != "month":
        raise ExtractRejected(Fault("spc_season_months", file=str(file)))
    if wanted.baseline is not None and wanted.baseline < MIN_MONTHS:
        raise ExtractRejected(Fault("spc_season_baseline", {"needed": MIN_MONTHS}, str(file)))
    for start, value in zip(series.periods, series.values, strict=True):
        if value < 0:
            cell = series.rows[start]
            fault = Fault("spc_season_negative", line=cell.line, column=cell.column)
            raise ExtractRejected(replace(fault, file=str(file)))
    return school_year_factors(series.values, series.months, baseline=wanted.baseline)


def _rebases(series: LooseSeries, wanted: Wanted, file: Path) -> list[int]:
    starts = {written: series.spans.read(written.strip()) for written in wanted.rebase}
    faults = [
        Fault("spc_rebase", {"date": written}, str(file))
        for written, start in starts.items()
        if start not in series.rows
    ]
    if faults:
        raise ExtractRejected(faults)
    return sorted({series.periods.index(start) for start in starts.values() if start})


def _seen(result: SpcResult) -> Seen | None:
    """Return what a series that shows no change could have shown: the weaker of rise and fall."""
    last = result.segments[-1]
    if result.variation != "common" or last.centre is None or last.mean_moving_range is None:
        return None
    changes: tuple[Change, ...] = ("rise", "fall")
    own = abs(last.centre), last.mean_moving_range
    both = [detectability(*own, points=last.known, change=one) for one in changes]
    step = max(float(one.step) for one in both)
    periods = max(float(one.median_periods) for one in both)
    return Seen(
        step=step if isfinite(step) else None,
        within=both[0].within,
        periods=round(periods) if isfinite(periods) else None,
    )


def _new_level(series: LooseSeries, found: Suggestion) -> NewLevel:
    return NewLevel(series.periods[found.start], found.length, found.side)


def _cells(series: LooseSeries) -> Series:
    values = [None if one != one else one for one in series.values.tolist()]
    nothing = [None] * len(values)
    return Series(
        indicator_id=series.name,
        area_code="",
        period_type=series.spans.period_type,
        breakdown="",
        category="",
        periods=series.periods,
        values=values,
        lowers=nothing,
        uppers=nothing,
        statuses=["x" if one is None else "ok" for one in values],
    )


def record(found: LooseChart) -> dict[str, Any]:
    """Return the chart as the command's JSON has it, without its words.

    - `period_type`, `direction`, `target`: what was charted, and how it was judged.
    - `segments`: a record each of `start` and `stop` (positions in `points`, the second not
      included), `from` and `to` (first days of their first and last period), `centre`, `lower`,
      `upper`, `near_lower`, `near_upper`, `mean_moving_range`, `points_used`, `known`. With a
      season these are of ordinary months.
    - `points`: a record a period, those that are not in the file too: `period` (its first day),
      `value`, the five lines as drawn, `factor` (1 without a season, null if left out), `segment`
      (from 0), `signal` (outside, trend, two_in_three, run), `side` (high, low) and `kind`.
    - `variation` and `assurance`: the icons; null when nothing may be said.
    - `latest`: the position of the latest known point.
    - `suggestion`: null, or `start` (a position), `period`, `length` and `side` of a new level.
    - `season`: null, or `factors` by calendar month, `months_used` and `left_out`.
    """
    result, periods = found.result, [one.isoformat() for one in found.series.periods]
    segments = [
        asdict(one) | {"from": periods[one.start], "to": periods[one.stop - 1]}
        for one in result.segments
    ]
    suggestion = found.suggestion
    return {
        "period_type": found.series.spans.period_type,
        "direction": found.wanted.direction,
        "target": found.wanted.target,
        "segments": segments,
        "points": points(found),
        "variation": result.variation,
        "assurance": result.assurance,
        "latest": result.latest,
        "suggestion": suggestion and asdict(suggestion) | {"period": periods[suggestion.start]},
        "season": found.season and asdict(found.season),
    }


def points(found: LooseChart) -> list[dict[str, Any]]:
    """Return a record a period; see `record`. A line is None where there is none."""
    told = []
    for number, segment in enumerate(found.result.segments):
        lines = [getattr(segment, name) for name in LINES]
        for at in range(segment.start, segment.stop):
            factor = _known(found.factors[at])
            drawn = [None if None in (one, factor) else one * factor for one in lines]
            told.append(
                {
                    "period": found.series.periods[at].isoformat(),
                    "value": _known(found.series.values[at]),
                    **dict(zip(LINES, drawn, strict=True)),
                    "factor": factor,
                    "segment": number,
                    **asdict(found.result.points[at]),
                }
            )
    return told


def _known(value: float) -> float | None:
    return None if value != value else float(value)
