"""The curve of a promise's measure, cut at the promise: for its screen, and for its words."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from tilannehuone.charts.events import Event
from tilannehuone.charts.paint import paint
from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.trend import trend_figure
from tilannehuone.meeting.lookback import Curve, LookBack, SeenFrom, look_back, seen_from
from tilannehuone.meeting.lookback_words import look_words, seen_from_words
from tilannehuone.meeting.objects import Promise
from tilannehuone.texts import text
from tilannehuone.texts.format import day
from tilannehuone.ui import options, trend
from tilannehuone.ui.frame import Page
from tilannehuone.ui.trend import View
from tilannehuone.ui.words import as_day

SHAPE = (940.0, 430.0, 1.55)
"""Width, height and scale of type: that of a measure beside what is written in a meeting."""

BANDS = ("centre", "lower", "upper", "near_lower", "near_upper")


@dataclass(frozen=True, slots=True)
class Looked:
    """A promise looked back at: the series as it is drawn, and what it shows."""

    view: View
    look: LookBack
    made_on: date


def seen_first(page: Page, promise: Promise, made_on: date) -> SeenFrom | None:
    """Return when an effect of a promise could be seen; None where that cannot be told.

    It is asked when the promise is made, of the series as it is shown by itself.
    """
    if not promise.indicator_id or not promise.expected:
        return None
    shown = _view(page, promise)
    if shown.finding is None or shown.is_small:
        return None
    lag = shown.indicator.lag_days
    return seen_from(shown.finding, promise.expected, made_on, lag)


def seen_first_words(page: Page, promise: Promise, made_on: date) -> str:
    """Return the same as a sentence; empty where the promise names no measure and direction."""
    if not promise.indicator_id or not promise.expected:
        return ""
    shown = _view(page, promise)
    return seen_from_words(seen_first(page, promise, made_on), shown.names, page.lang)


def looked_back(page: Page, promise: Promise, made_on: date | None = None) -> Looked | None:
    """Return a promise looked back at; None without a measure, a direction or a readable series.

    `made_on` is the day of the meeting it was made in; without it, the day it was written.
    """
    made_on = made_on or (promise.created_at.date() if promise.created_at else None)
    if not promise.indicator_id or not promise.expected or made_on is None:
        return None
    shown = _view(page, promise)
    if not trend.has_chart(shown) or shown.is_small or shown.finding is None:
        return None
    look = look_back(
        _curve(shown), promise.expected, made_on, promise.seen_from, promise.seen_effect
    )
    return Looked(replace(shown, series=_cut_series(shown.series, look)), look, made_on)


def looked_words(looked: Looked, lang: str) -> str:
    """Return the sentence of what is seen after a promise."""
    return look_words(looked.look, looked.view.names, lang)


def looked_events(looked: Looked, lang: str) -> tuple[Event, ...]:
    """Return what happened around the measure, with the promise among it, oldest first."""
    promised = Event(looked.made_on, text("agenda.look_event", lang), False, is_named=True)
    return tuple(sorted((*looked.view.events, promised), key=lambda one: one.day))


def looked_drawing(looked: Looked, lang: str) -> str:
    """Return the cut curve as SVG: limits of what was before, and the promise as a line."""
    shown = looked.view
    figure = trend_figure(
        shown.series,
        shown.indicator,
        shown.choice.period_type,
        lang,
        events=looked_events(looked, lang),
        colours=LIGHT,
    )
    width, height, scale = SHAPE
    title = ", ".join(one for one in (shown.names.indicator, shown.names.area) if one)
    told = text(
        "agenda.look_alt",
        lang,
        title=title,
        day=day(looked.made_on, lang),
        words=looked_words(looked, lang),
    )
    return paint(figure, width, height, title=title, description=told, type_scale=scale)


def _view(page: Page, promise: Promise) -> View:
    query = {"indicator": promise.indicator_id, "area": promise.area_code}
    return trend.view(page, options.choice_of(page, query))


def _curve(shown: View) -> Curve:
    series, finding = shown.series, shown.finding
    values = tuple(None if pd.isna(one) else float(one) for one in series["value"])
    return Curve(
        period_type=shown.choice.period_type,
        periods=tuple(one for one in map(as_day, series["period_start"]) if one is not None),
        values=values,
        breaks=tuple(one.day for one in shown.events if one.begins_anew),
        is_seasonal=finding is not None and finding.evidence.seasonal,
        lag_days=shown.indicator.lag_days,
        direction=shown.indicator.direction,
        has_limits=finding is not None and finding.evidence.obstacle is None,
    )


def _cut_series(series: pd.DataFrame, look: LookBack) -> pd.DataFrame:
    """Return the series with the limits and marks of the cut; none where it has none."""
    if not look.points:
        return series.assign(**dict.fromkeys(BANDS, float("nan")), signal=None, side=None)
    bands = {name: [getattr(one, name) for one in look.points] for name in BANDS}
    marks = {
        name: [getattr(one.point, name) for one in look.points]
        for name in ("signal", "side", "kind")
    }
    return series.assign(**bands, **marks, segment=1)
