"""What changed at a known time: the area against where it was going, or against other areas."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from tilannehuone.charts.axis import place
from tilannehuone.charts.studied import Drawn, Upright, curves_figure
from tilannehuone.stats.interrupted import interrupted_series
from tilannehuone.stats.interrupted_result import Effect, Interrupted, TooFewEvents, TooFewPoints
from tilannehuone.texts.format import number, percent, period
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.research import Study, place_of, started
from tilannehuone.ui.research_answer import Answer
from tilannehuone.ui.research_plain import table

COUNTED = ("count", "rate", "proportion", "distinct_rate")
PER_YEAR = {"month": 12, "quarter": 4, "half_year": 2, "year": 1}
WITH_SLOPE = 6
"""Fewest known points after the start for a change of slope as well."""

CODE = """from tilannehuone.stats.interrupted import interrupted_series

own, beside = "{own}", areas[1:]
found = interrupted_series(
    wide("{column}")[own],
{lines})
print(found.average, found.level, found.slope, found.diagnostics, sep="\\n")
"""


def interrupted(page: Page, shown: Study) -> Answer:
    """Return the change of level and slope at the start, in the own area."""
    at = place_of(shown, shown.start) if shown.start else None
    if at is None or shown.choice.period_type not in PER_YEAR:
        return Answer(page.text("no_start"), table(page, shown))
    asked = _asked(page, shown, at)
    try:
        found = _found(shown, asked)
    except TooFewPoints:
        return Answer(page.text("too_few_around"), table(page, shown))
    except TooFewEvents:
        return Answer(page.text("too_few_events"), table(page, shown))
    except ValueError:
        return Answer(page.text("cannot_fit"), table(page, shown))
    return Answer(
        message=_told(page, shown, found),
        notes=(f"{_against(page, asked.beside)} {page.text('band')}",),
        figure=_figure(page, shown, found, at),
        alt=page.text("alt_interrupted", when=_when(page, shown, at)),
        facts=(*_effects(page, found), *_diagnostics(page, found)),
        assumptions=tuple(page.text(f"assumes_{key}") for key in found.assumptions),
        warnings=tuple(page.text(f"warns_{key}") for key in _warnings(asked, found)),
        table=table(page, shown),
        tests=1 + (len(found.diagnostics.placebo.times) if found.diagnostics.placebo else 0),
        code=_code(asked),
        areas=(asked.own, *asked.beside),
    )


def comparison_areas(page: Page, shown: Study) -> tuple[str, ...]:
    """Return the areas beside in which nothing of the kind had begun by the end of the view."""
    began = started(page, shown)
    end = shown.starts[-1] if shown.starts else None
    return tuple(one for one in shown.beside if end is None or began.get(one, end) >= end)


def counted(shown: Study) -> bool:
    """Return whether the measure counts something, so that chance is that of counts."""
    return shown.choice.indicator.kind in COUNTED


@dataclass(frozen=True, slots=True)
class Asked:
    """How the series is fitted: what the call and the code that repeats it have in common."""

    own: str
    beside: tuple[str, ...]
    column: str
    has_whole: bool
    settings: dict[str, int | str | bool]


def _warnings(asked: Asked, found: Interrupted) -> tuple[str, ...]:
    """Return what speaks against the result; also that a season was there but not estimated."""
    per_year, season = asked.settings["periods_per_year"], asked.settings["season"]
    is_left = not asked.beside and per_year != 1 and season == "none"
    left = ("short_for_season",) if is_left and "short_for_season" not in found.warnings else ()
    return (*left, *found.warnings)


def _asked(page: Page, shown: Study, at: int) -> Asked:
    own, beside = shown.choice.area_code, comparison_areas(page, shown)
    is_counted = counted(shown)
    column = "numerator" if is_counted else "value"
    is_known = np.isfinite(shown.wide(column, (own,))[own].to_numpy(float))
    per_year = PER_YEAR[shown.choice.period_type]
    has_season = not beside and per_year > 1 and int(is_known[:at].sum()) >= 2 * per_year
    settings: dict[str, int | str | bool] = {
        "start": at,
        "periods_per_year": per_year,
        "kind": "counts" if is_counted else "linear",
        "season": ("harmonics" if per_year == 12 else "factors") if has_season else "none",
        "with_slope": int(is_known[at:].sum()) >= WITH_SLOPE,
    }
    has_whole = is_counted and shown.choice.indicator.denominator is not None
    return Asked(own, beside, column, has_whole, settings)


def _found(shown: Study, asked: Asked) -> Interrupted:
    every = (asked.own, *asked.beside)
    values = shown.wide(asked.column, every)
    given: dict[str, Any] = dict(asked.settings)
    if asked.beside:
        given["comparison"] = values[list(asked.beside)].to_numpy(float).T
    if asked.has_whole:
        wholes = shown.wide("denominator", every)
        given["exposures"] = wholes[asked.own].to_numpy(float)
        if asked.beside:
            given["comparison_exposures"] = wholes[list(asked.beside)].to_numpy(float).T
    return interrupted_series(values[asked.own].to_numpy(float), **given)


def _code(asked: Asked) -> str:
    """Return the call of `_found` as Python."""
    told = [
        f"{name}={json.dumps(one) if isinstance(one, str) else one}"
        for name, one in asked.settings.items()
    ]
    if asked.beside:
        told.append(f'comparison=wide("{asked.column}", beside).T')
    if asked.has_whole:
        told.append('exposures=wide("denominator")[own]')
        if asked.beside:
            told.append('comparison_exposures=wide("denominator", beside).T')
    lines = "".join(f"    {one},\n" for one in told)
    return CODE.format(own=asked.own, column=asked.column, lines=lines)


def _told(page: Page, shown: Study, found: Interrupted) -> str:
    key = "change_clear" if found.average.is_clear else "change_unclear"
    return page.text(
        key, when=_when(page, shown, int(found.start)), **words_of(page, found.average)
    )


def _against(page: Page, beside: tuple[str, ...]) -> str:
    if not beside:
        return page.text("against_itself")
    names = options.names_of_areas(page)
    return page.text("against", n=len(beside), names=", ".join(names[one] for one in beside))


def _effects(page: Page, found: Interrupted) -> tuple[tuple[str, str], ...]:
    parts = {"average": found.average, "level": found.level, "slope": found.slope}
    return tuple(
        (page.text(f"effect_{key}"), page.text("with_interval", **words_of(page, one)))
        for key, one in {**parts, "last": found.last}.items()
        if one is not None
    )


def words_of(page: Page, one: Effect) -> dict[str, str]:
    """Return an effect and its limits in words: per cent of a rate, or in the measure's unit."""
    if one.percent is None or one.percent_lower is None or one.percent_upper is None:
        told = [number(v, page.lang, 2) for v in (one.estimate, one.lower, one.upper)]
    else:
        each = (one.percent, one.percent_lower, one.percent_upper)
        told = [percent(value, page.lang, 1) for value in each]
    return dict(zip(("value", "low", "high"), told, strict=True))


def _diagnostics(page: Page, found: Interrupted) -> tuple[tuple[str, str], ...]:
    one, lang = found.diagnostics, page.lang
    told = [
        ("points", page.text("before_after", before=one.points_before, after=one.points_after)),
        ("correlation", number(one.correlation, lang, 2)),
        ("ljung_box", page.text("p_of", p=number(one.ljung_box, lang, 3), n=one.ljung_box_lags)),
    ]
    if one.dispersion is not None:
        told.append(("dispersion", number(one.dispersion, lang, 2)))
    if one.before_trend is not None:
        told.append(
            ("before_trend", page.text("with_interval", **words_of(page, one.before_trend)))
        )
    if one.placebo is not None:
        tried = len(one.placebo.times)
        told.append(("placebo", page.text("placebo_told", n=one.placebo.clear, m=tried)))
    if one.influence is not None:
        moved = number(abs(one.influence.moved), lang, 1)
        told.append(("influence", page.text("influence_told", moved=moved)))
    return tuple((page.text(f"check_{key}"), words) for key, words in told)


def _figure(page: Page, shown: Study, found: Interrupted, at: int) -> go.Figure:
    indicator = shown.choice.indicator
    times = indicator.scale if counted(shown) else 1.0
    observed, expected, without, low, high = (
        [None if one is None else one * times for one in part]
        for part in (
            found.observed,
            found.expected,
            found.counterfactual,
            found.counterfactual_lower,
            found.counterfactual_upper,
        )
    )
    own = options.names_of_areas(page)[shown.choice.area_code]
    drawn = [
        Drawn(page.text("without"), without, "without", low, high),
        Drawn(page.text("fit"), expected, "fit"),
        Drawn(own, observed, "own"),
    ]
    moment = Upright(place(shown.choice.period_type, shown.starts[at]), _when(page, shown, at))
    return curves_figure(
        shown.choice.period_type,
        shown.starts,
        drawn,
        page.lang,
        unit=indicator.unit.in_language(page.lang),
        uprights=[moment],
    )


def _when(page: Page, shown: Study, at: int) -> str:
    return period(shown.choice.period_type, shown.starts[at], page.lang)
